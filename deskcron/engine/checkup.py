"""Findings of the doctor about jobs, backups, wakeups, autostart and keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskcron.domain.answers import Finding, Health
from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import Autostart, Clock
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative
from deskcron.engine.definitions import Definitions
from deskcron.engine.looseends import LooseEnds
from deskcron.engine.mending import open_to_others

MOST_NAMED = 5
OLD_BACKUP = timedelta(days=3)


class Checkup:
    """Look at what goes unnoticed until it is needed. Thread: any, not the GUI's.

    `keyring` says in words why no secret can be kept, "" where it can; it may take seconds.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        loose_ends: LooseEnds,
        autostart: Autostart,
        keyring: Callable[[], str],
        clock: Clock,
        home: Path,
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._loose_ends = loose_ends
        self._autostart = autostart
        self._keyring = keyring
        self._clock = clock
        self._home = home

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        yield from self._store.read(lambda tables: [*self._jobs(tables), *self._wakeups(tables)])
        yield from self._access()
        yield self._backups()
        yield self._login()
        yield self._secrets()

    def _jobs(self, tables: Tables) -> Iterator[Finding]:
        lines = list(tables.jobs.lines(finished=True, tag=None))
        broken = [line.job.name for line in lines if self._definitions.fault(line.job) is not None]
        held = [line.job.name for line in lines if line.hold is not None]
        if broken:
            text = _("These jobs cannot be run as they are: {names}.").format(names=_named(broken))
            hint = _("'deskcron why JOB' says why; a newer version of deskcron may know them.")
            yield Finding(topic="jobs", health=Health.BAD, text=text, hint=hint)
        if held:
            text = _("These jobs are held after failures: {names}.").format(names=_named(held))
            hint = _("Let one run on with 'deskcron resume JOB'.")
            yield Finding(topic="held", health=Health.NOTE, text=text, hint=hint)

    def _wakeups(self, tables: Tables) -> Iterator[Finding]:
        count = len(self._loose_ends.missing(tables, self._clock.now()))
        if count:
            text = ngettext(
                "{count} job or run would never be woken.",
                "{count} jobs or runs would never be woken.",
                count,
            )
            yield Finding(
                topic="wakeups", health=Health.BAD, text=text.format(count=count), hint=_by_mend()
            )

    def _access(self) -> Iterator[Finding]:
        for path, _mode in open_to_others(self._home):
            text = _("Other people can read {path}.").format(path=path)
            yield Finding(topic="access", health=Health.BAD, text=text, hint=_by_mend())

    def _backups(self) -> Finding:
        now = self._clock.now()
        made = [
            datetime.fromtimestamp(path.stat().st_mtime, UTC)
            for path in (self._home / "backups").glob("*.db")
        ]
        if not made:
            text = _("There is no backup yet; the engine makes one a day.")
            return Finding(topic="backups", health=Health.NOTE, text=text)
        text = _("The newest of {count} backups is from {time}.")
        text = text.format(count=len(made), time=local_and_relative(max(made), now))
        is_old = now - max(made) > OLD_BACKUP
        hint = _("An engine that runs makes one a day.") if is_old else ""
        health = Health.NOTE if is_old else Health.GOOD
        return Finding(topic="backups", health=health, text=text, hint=hint)

    def _login(self) -> Finding:
        try:
            state = self._autostart.state()
        except RequestFailed as error:
            return Finding(topic="autostart", health=Health.NOTE, text=str(error))
        if state.is_stale:
            text = _("At login a program is started that is gone: {program}").format(
                program=state.starts
            )
            return Finding(topic="autostart", health=Health.BAD, text=text, hint=_by_mend())
        if not state.is_on:
            text = _("deskcron is not started at login.")
            hint = _("Switch it on with 'deskcron autostart on'.")
            return Finding(topic="autostart", health=Health.NOTE, text=text, hint=hint)
        text = state.remark or _("deskcron is started at login.")
        return Finding(topic="autostart", health=Health.GOOD, text=text)

    def _secrets(self) -> Finding:
        obstacle = self._keyring()
        if obstacle:
            return Finding(topic="keyring", health=Health.NOTE, text=obstacle)
        text = _("Secrets can be kept in the keyring.")
        return Finding(topic="keyring", health=Health.GOOD, text=text)


def _named(names: list[str]) -> str:
    more = [_("and {count} more").format(count=len(names) - MOST_NAMED)]
    return ", ".join(names[:MOST_NAMED] + (more if len(names) > MOST_NAMED else []))


def _by_mend() -> str:
    return _("'deskcron doctor --mend' puts it right.")
