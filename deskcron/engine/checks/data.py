"""Look at what is kept: the database, its backups, the logs, and the place where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from deskcron.domain.answers import Finding, Health
from deskcron.domain.datafolder import DataFolder
from deskcron.domain.ports import Clock, RunLogs
from deskcron.domain.sizewords import MB, size_words
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative
from deskcron.engine.checks.finding import bad, good, mendable, note
from deskcron.engine.housekeeping import backup_failure

LITTLE_SPACE_BYTES = 500 * MB
MUCH_FREE_BYTES = 20 * MB
OLD_BACKUP = timedelta(days=3)


class DataCheck:
    """Look at the files of a data directory; `warning` says what speaks against its place."""

    def __init__(
        self, store: Store, logs: RunLogs, clock: Clock, folder: DataFolder, warning: str | None
    ) -> None:
        self._store = store
        self._logs = logs
        self._clock = clock
        self._folder = folder
        self._warning = warning

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        yield self._database()
        yield self._backups()
        yield self._output()
        yield self._place()
        yield self._space()
        yield from self._access()

    def _database(self) -> Finding:
        verdict = self._store.check()
        if verdict != "ok":
            text = _("The database is damaged: {what}").format(what=verdict)
            why = _("Jobs or their history may be lost.")
            hint = _("Restart deskcron, which restores the newest good copy of the backups folder.")
            return bad("store", text, why, hint)
        figures = self._store.figures()
        size = size_words(figures.size_bytes + figures.beside_bytes)
        if figures.free_bytes > max(MUCH_FREE_BYTES, figures.size_bytes // 2):
            text = _("The database is sound; of its {size}, {free} are no longer needed.")
            text = text.format(size=size, free=size_words(figures.free_bytes))
            why = _("The engine gives them back little by little.")
            return mendable("store", text, why, health=Health.NOTE)
        return good("store", _("The database is sound and takes {size}.").format(size=size))

    def _backups(self) -> Finding:
        failure = self._store.read(backup_failure)
        copies = self._folder.backups()
        why = _("A database that is damaged is restored from its newest good copy.")
        now = self._clock.now()
        if failure is not None:
            text = _("The last backup failed, {time}: {error}").format(
                time=local_and_relative(failure.at, now), error=failure.error
            )
            return bad("backups", text, why, _("The engine tries again each hour."))
        by_itself = _("An engine that runs makes one a day.")
        if not copies:
            return note("backups", _("There is no backup yet."), why, by_itself)
        newest = copies[-1]
        if (verdict := self._store.check_copy(newest.path)) != "ok":
            text = _("The newest backup, {path}, is damaged: {what}")
            text = text.format(path=newest.path.name, what=verdict)
            return bad("backups", text, why, _("Check the disk. {more}").format(more=by_itself))
        text = ngettext(
            "There is {count} backup; it is sound and from {time}.",
            "There are {count} backups; the newest is sound and from {time}.",
            len(copies),
        )
        text = text.format(count=len(copies), time=local_and_relative(newest.made_at, now))
        if now - newest.made_at > OLD_BACKUP:
            return note("backups", text, why, by_itself)
        return good("backups", text)

    def _output(self) -> Finding:
        sizes = [size for _run_id, _attempt, size in self._logs.all_logs()]
        text = ngettext(
            "{count} log with the output of runs takes {size}.",
            "{count} logs with the output of runs take {size}.",
            len(sizes),
        )
        return good("logs", text.format(count=len(sizes), size=size_words(sum(sizes))))

    def _place(self) -> Finding:
        if self._warning:
            why = _("Jobs and their history may be lost.")
            return bad("place", self._warning, why, _("Quit deskcron and move the folder."))
        return good("place", _("Everything is kept in {path}.").format(path=self._folder.path))

    def _space(self) -> Finding:
        free = self._folder.free_bytes()
        text = _("{size} are free where the data is.").format(size=size_words(free))
        if free < LITTLE_SPACE_BYTES:
            why = _("On a full disk nothing can be recorded, and output is cut short.")
            hint = _("Free some space, or keep less output: Settings, Retention.")
            return bad("space", text, why, hint)
        return good("space", text)

    def _access(self) -> Iterator[Finding]:
        for path in self._folder.open_to_others():
            text = _("Other people can read {path}.").format(path=path)
            yield mendable("access", text, _("Jobs and their output may hold what is private."))
