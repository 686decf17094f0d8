"""Put back what a run has done, from its journal and from what is on the disk."""

from __future__ import annotations

import contextlib
import filecmp
import os
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePath

from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import FileOperation
from deskcron.domain.tidyundo import NotPutBack, PutBack
from deskcron.tidying.folder import Found
from deskcron.tidying.journal import Entry, Journal, State, entries_of, journals_of
from deskcron.tidying.packing import members, take_out
from deskcron.tidying.placing import move, take_name
from deskcron.tidying.trash import find_in_trash, is_searchable

_TO_UNDO = frozenset({State.BEGUN, State.DONE, State.UNDOING})
_COARSE_NS = 2_000_000_000
"""FAT keeps dates in steps of two seconds."""


class _KeptError(Exception):
    """A file cannot be put back, in words."""


class FileTidyJournals:
    """The TidyJournals of a directory. Thread: any; one undo of a run at a time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def may_undo(self, run_id: int) -> bool:
        """Tell whether a run has done something that is not put back yet."""
        return any(
            entry.state in _TO_UNDO
            for path in journals_of(self._directory, run_id)
            for entry in entries_of(path)
        )

    def undo(self, run_id: int) -> PutBack:
        """Put back what a run has done, the newest first, as far as it is unchanged."""
        back: list[str] = []
        left: list[NotPutBack] = []
        for path in journals_of(self._directory, run_id):
            journal = Journal(path)
            try:
                _Undo(path, journal, back, left).run()
            finally:
                journal.close()
        return PutBack(back, left)


class _Undo:
    """The undoing of one journal."""

    def __init__(
        self, path: Path, journal: Journal, back: list[str], left: list[NotPutBack]
    ) -> None:
        self._path = path
        self._journal = journal
        self._back = back
        self._left = left

    def run(self) -> None:
        """Put back all that can be, then remove archives and folders that are of no use now."""
        for entry in reversed(entries_of(self._path)):
            if entry.state in _TO_UNDO:
                self._try(entry)
        entries = entries_of(self._path)
        _remove_archives(entries)
        for entry in reversed(entries):
            if entry.state is not State.DONE:
                _remove_folders(entry)

    def _try(self, entry: Entry) -> None:
        try:
            is_back = self._put_back(entry)
            if entry.draft:
                Path(entry.draft).unlink(missing_ok=True)
        except (_KeptError, zipfile.BadZipFile, KeyError) as error:
            self._keep(entry, str(error))
        except OSError as error:
            self._keep(entry, error.strerror or str(error))
        else:
            self._journal.mark(entry, State.UNDONE)
            if is_back:
                self._back.append(entry.source)

    def _keep(self, entry: Entry, why: str) -> None:
        self._left.append(NotPutBack(entry.target or entry.source, why))

    def _put_back(self, entry: Entry) -> bool:
        """Put one file back; return whether there was anything to do."""
        source, target = Path(entry.source), Path(entry.target)
        if entry.deed is FileOperation.COPY:
            return _without_copy(entry)
        if _is_same(source, entry):  # cut short before it was away, or put back before
            if (
                entry.state is State.BEGUN
                and entry.deed is not FileOperation.TRASH
                and not entry.member
            ):
                _remove_double(source, target)
            return False
        if entry.deed is FileOperation.TRASH:
            self._from_trash(entry)
        elif entry.deed is FileOperation.ARCHIVE:
            _require_there(target)
            draft = self._make_way(entry)
            take_out(entry, draft)
            take_name(draft, source)
        else:
            _require(target, entry)
            move(_as_found(target), source, self._make_way(entry))
        return True

    def _from_trash(self, entry: Entry) -> None:
        if not is_searchable():
            raise _KeptError(_("put it back from the trash by hand"))
        source = Path(entry.source)
        trashed = find_in_trash(source, entry.size, entry.mtime_ns)
        if trashed is None:
            raise _KeptError(_("it is no longer in the trash"))
        move(_as_found(trashed.file), source, self._make_way(entry))
        trashed.note.unlink(missing_ok=True)

    def _make_way(self, entry: Entry) -> Path:
        """Return the draft to use for putting a file back to its place, which has to be free."""
        source = Path(entry.source)
        draft = source.with_name(f".deskcron-undo-{self._path.stem}-{entry.number}.part")
        if entry.state is State.UNDOING:  # an undo that was killed
            draft.unlink(missing_ok=True)
            if _is_empty(source):
                source.unlink()
        if os.path.lexists(source):
            raise _KeptError(_("{path} is taken").format(path=source))
        source.parent.mkdir(parents=True, exist_ok=True)
        self._journal.mark(entry, State.UNDOING)
        return draft


def _without_copy(entry: Entry) -> bool:
    source, target = Path(entry.source), Path(entry.target)
    if not os.path.lexists(target):
        return False
    if entry.state is State.BEGUN and _is_empty(target):
        target.unlink()
        return False
    _require(target, entry)
    if not (_is_same(source, entry) and filecmp.cmp(source, target, shallow=False)):
        raise _KeptError(_("the original is no longer as it was, so the copy is kept"))
    target.unlink()
    return True


def _remove_double(source: Path, target: Path) -> None:
    """Remove what a move that was killed has put at its target, while the source is there too."""
    if _is_empty(target) or (
        target.is_file()
        and not target.samefile(source)
        and filecmp.cmp(source, target, shallow=False)
    ):
        target.unlink()


def _remove_archives(entries: Sequence[Entry]) -> None:
    """Remove each archive of the run of which every file is back."""
    packed = [entry for entry in entries if entry.deed is FileOperation.ARCHIVE]
    for archive in {Path(entry.target) for entry in packed}:
        inside = [entry for entry in packed if entry.target == str(archive)]
        is_back = all(entry.state is State.UNDONE for entry in inside)
        if is_back and archive.is_file():
            with contextlib.suppress(zipfile.BadZipFile):  # not the one of the run any more
                mine = {entry.member for entry in inside}
                if _is_empty(archive) or members(archive) <= mine:
                    archive.unlink()


def _remove_folders(entry: Entry) -> None:
    for folder in reversed(entry.made):
        with contextlib.suppress(OSError):  # not empty, or gone
            Path(folder).rmdir()


def _is_same(path: Path, entry: Entry) -> bool:
    try:
        info = path.lstat()
    except OSError:
        return False
    is_dated = abs(info.st_mtime_ns - entry.mtime_ns) <= _COARSE_NS
    return stat.S_ISREG(info.st_mode) and info.st_size == entry.size and is_dated


def _require_there(target: Path) -> None:
    if not os.path.lexists(target):
        raise _KeptError(_("it is no longer there"))


def _require(target: Path, entry: Entry) -> None:
    _require_there(target)
    if not _is_same(target, entry):
        raise _KeptError(_("it was changed since"))


def _is_empty(path: Path) -> bool:
    """Tell an empty file, such as the one by which a name is taken before its content comes."""
    try:
        info = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(info.st_mode) and info.st_size == 0


def _as_found(path: Path) -> Found:
    info = path.lstat()
    return Found(
        path, PurePath(path.name), False, info.st_size, info.st_mtime_ns, info.st_mode, False
    )
