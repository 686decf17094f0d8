"""The child process of a tidying: list what would happen, or do it and say so."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from deskcron.domain.errors import RequestFailed
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.tidying import FileOperation, TidyPlan
from deskcron.tidying.doing import Doer, Outcome
from deskcron.tidying.folder import files_in
from deskcron.tidying.journal import Journal, forget_old, journal_path
from deskcron.tidying.naming import Namer
from deskcron.tidying.planning import Left, Occupant, Planner, Step

_SILENT = frozenset({Left.IN_PLACE})


def perform(plan: Path) -> int:
    """Tidy by a plan; return 0, or 1 where a file failed. Raises RequestFailed without folder."""
    told = msgspec.json.decode(plan.read_bytes(), type=TidyPlan)
    tidying, folder = told.tidying, Path(told.tidying.folder)
    aside = folder / tidying.error_folder if tidying.error_folder else None
    without = {path for path in (aside, _own_folder(folder, Path(told.own))) if path is not None}
    try:
        files = files_in(folder, is_recursive=tidying.is_recursive, without=without)
    except OSError as error:
        raise RequestFailed(
            title=_("{folder} cannot be tidied").format(folder=_shown(folder)),
            detail=error.strerror or str(error),
        ) from error
    planner = Planner(tidying.rules, tidying.conflict, Namer(folder), look, time.time())
    steps = planner.plan(files)
    page = _Page(folder, is_rehearsal=tidying.rehearse)
    page.begin()
    if tidying.rehearse:
        page.tell(Outcome(step, step.left) for step in steps)
    else:
        journal, token = _journal(Path(told.journals))
        try:
            page.tell(Doer(planner, journal, token, aside).do(steps))
        finally:
            journal.close()
    return page.end(len(files) - len(steps))


def _own_folder(folder: Path, own: Path) -> Path | None:
    """Return where deskcron's data is below the folder, None for elsewhere.

    Raises RequestFailed for a folder of that data.
    """
    real, own = folder.resolve(), own.resolve()
    if real.is_relative_to(own):
        raise RequestFailed(
            title=_("{folder} is not tidied").format(folder=_shown(folder)),
            detail=_("deskcron keeps its own data there"),
            hint=_("Choose another folder."),
        )
    return folder / own.relative_to(real) if own.is_relative_to(real) else None


def look(path: Path) -> Occupant | None:
    """Return what is at a path, None for nothing."""
    try:
        info = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # who cannot look cannot tell that it is free
        return Occupant(False, 0, 0)
    return Occupant(stat.S_ISREG(info.st_mode), info.st_size, info.st_mtime_ns)


def _journal(directory: Path) -> tuple[Journal, str]:
    """Return the journal of this run, and a word that no other run has."""
    forget_old(directory)
    run_id = int(os.environ.get("DESKCRON_RUN_ID") or 0)
    attempt = int(os.environ.get("DESKCRON_ATTEMPT") or 1)
    return Journal(journal_path(directory, run_id, attempt)), f"{run_id}-{attempt}"


class _Page:
    """What the run's log gets, and the count of it."""

    def __init__(self, folder: Path, *, is_rehearsal: bool) -> None:
        self._folder = folder
        self._is_rehearsal = is_rehearsal
        self._counts = Counter[str]()

    def begin(self) -> None:
        """Say what is done."""
        text = _("Rehearsal for {folder}") if self._is_rehearsal else _("Tidying {folder}")
        _print(text.format(folder=_shown(self._folder)))

    def tell(self, outcomes: Iterable[Outcome]) -> None:
        """Say what came of each file, as it comes."""
        for outcome in outcomes:
            if outcome.failure:
                self._line("failed", _("failed"), outcome.step, self._trouble(outcome))
            elif outcome.left is None:
                word = _deed_words(outcome.step.rule.deed, is_rehearsal=self._is_rehearsal)
                self._line("done", word, outcome.step, self._place(outcome.step))
            elif outcome.left not in _SILENT:
                self._line("left", _("left"), outcome.step, _left_words(outcome.left))

    def end(self, unruled: int) -> int:
        """Print the sum and return the exit code."""
        done, left, failed = (self._counts[kind] for kind in ("done", "left", "failed"))
        what = ngettext("{count} file", "{count} files", done).format(count=done)
        done_words = _("{files} would be tidied") if self._is_rehearsal else _("{files} tidied")
        said = [done_words.format(files=what)]
        if left:
            said.append(_("{count} left alone").format(count=left))
        if failed:
            said.append(_("{count} failed").format(count=failed))
        if unruled:
            said.append(_("{count} that no rule fits").format(count=unruled))
        _print(_("{parts}.").format(parts=_(", ").join(said)))
        if self._is_rehearsal:
            _print(_("Nothing was changed: this is a rehearsal."))
        return 1 if failed else 0

    def _line(self, kind: str, word: str, step: Step, more: str) -> None:
        self._counts[kind] += 1
        _print(f"{word:<13} {_shown(step.file.inside)}  {more}".rstrip())

    def _place(self, step: Step) -> str:
        if step.target is None:
            return ""
        place = f"-> {self._near(step.target)}"
        text = _("{place} (the older one goes to the trash)")
        return text.format(place=place) if step.replaces else place

    def _trouble(self, outcome: Outcome) -> str:
        if outcome.aside is None:
            return _("{reason}; it stays where it is").format(reason=outcome.failure)
        return f"{outcome.failure} -> {self._near(outcome.aside)}"

    def _near(self, path: Path) -> str:
        is_near = path.is_relative_to(self._folder)
        return _shown(path.relative_to(self._folder) if is_near else path)


def _deed_words(deed: FileOperation, *, is_rehearsal: bool) -> str:
    would, did = {
        FileOperation.MOVE: (_("would move"), _("moved")),
        FileOperation.COPY: (_("would copy"), _("copied")),
        FileOperation.RENAME: (_("would rename"), _("renamed")),
        FileOperation.ARCHIVE: (_("would pack"), _("packed")),
        FileOperation.TRASH: (_("would trash"), _("trashed")),
    }[deed]
    return would if is_rehearsal else did


def _left_words(left: Left) -> str:
    return {
        Left.LINK: _("a link, not a file"),
        Left.IN_PROGRESS: _("still being downloaded"),
        Left.FRESH: _("changed within the last minute"),
        Left.IN_PLACE: _("in its place already"),
        Left.TAKEN: _("the name is taken"),
        Left.NOT_OLDER: _("the one that is there is not older"),
        Left.NO_NAME: _("the rule makes no name for it"),
    }[left]


def _print(line: str) -> None:
    """Print a line at once, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(f"{line}\n".encode(errors="replace"))
    sys.stdout.buffer.flush()


def _shown(path: os.PathLike[str]) -> str:
    """Make a name fit for one line of text, whatever bytes it is made of."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in os.fspath(path)
    )
