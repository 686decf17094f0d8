"""Do what was planned, one file after the other; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from deskcron.domain.tidying import FileOperation
from deskcron.tidying.folder import Found
from deskcron.tidying.journal import Entry, Journal, State
from deskcron.tidying.naming import numbered
from deskcron.tidying.packing import member_of, pack
from deskcron.tidying.placing import (
    copy,
    make_folder,
    missing_folders,
    move,
    remove_original,
    take_name,
)
from deskcron.tidying.planning import Left, Planner, Step
from deskcron.tidying.trash import put_into_trash


class Outcome(NamedTuple):
    """What came of a step: all went well, it was left, or it failed for a reason in words.

    `aside` is where the file is now that could not be dealt with.
    """

    step: Step
    left: Left | None = None
    failure: str = ""
    aside: Path | None = None


class Doer:
    """Does steps and writes them down; `token` tells drafts of runs apart."""

    def __init__(
        self, planner: Planner, journal: Journal, token: str, error_folder: Path | None
    ) -> None:
        self._planner = planner
        self._journal = journal
        self._token = token
        self._error_folder = error_folder

    def do(self, steps: Sequence[Step]) -> Iterator[Outcome]:
        """Do the steps and yield what came of each, those of an archive together."""
        for archive, group in groupby(_packed_last(steps), _archive_of):
            if archive is None:
                for step in group:
                    yield self._done(step)
            else:
                yield from self._pack(archive, list(group))

    def _done(self, step: Step) -> Outcome:
        if step.left is not None:
            return Outcome(step, step.left)
        try:
            return self._do_one(step)
        except OSError as error:
            return self._failed(step, error)

    def _do_one(self, step: Step) -> Outcome:
        if step.target is None:
            self._trash(step.file.path, step.file.size, step.file.mtime_ns, step.file.mode)
            return Outcome(step)
        if step.replaces:
            there = step.target.lstat()
            self._trash(step.target, there.st_size, there.st_mtime_ns, there.st_mode & 0o7777)
        while step.target is not None:
            try:
                self._place(step.file, step.target, step.rule.deed)
            except FileExistsError:  # somebody took the name since it was planned
                step = self._planner.another(step)
            else:
                return Outcome(step)
        return Outcome(step, step.left)

    def _place(self, file: Found, target: Path, deed: FileOperation) -> None:
        draft = self._draft(target.parent)
        entry = self._begin(file, deed, target, draft)
        try:
            (copy if deed is FileOperation.COPY else move)(file, target, draft)
        except OSError:
            self._journal.mark(entry, State.FAILED)
            raise
        self._journal.mark(entry, State.DONE)

    def _trash(self, path: Path, size: int, mtime_ns: int, mode: int) -> None:
        entry = self._journal.begin(
            Entry(
                number=0,
                deed=FileOperation.TRASH,
                source=str(path),
                size=size,
                mtime_ns=mtime_ns,
                mode=mode,
            )
        )
        try:
            put_into_trash(path)
        except OSError:
            self._journal.mark(entry, State.FAILED)
            raise
        self._journal.mark(entry, State.DONE)

    def _pack(self, archive: Path, steps: Sequence[Step]) -> Iterator[Outcome]:
        readable, failed = [], []
        for step in steps:
            try:
                step.file.path.open("rb").close()
                readable.append(step)
            except OSError as error:
                failed.append(self._failed(step, error))
        yield from failed
        if readable:
            yield from self._pack_readable(archive, readable)

    def _pack_readable(self, archive: Path, steps: Sequence[Step]) -> Iterator[Outcome]:
        draft = self._draft(archive.parent)
        made = missing_folders(archive.parent)
        entries = [
            self._begin(
                step.file, FileOperation.ARCHIVE, archive, draft, member_of(step.file), made
            )
            for step in steps
        ]
        try:
            make_folder(archive.parent)
            pack([step.file for step in steps], draft)
            take_name(draft, archive)
        except OSError as error:
            draft.unlink(missing_ok=True)
            for entry in entries:
                self._journal.mark(entry, State.FAILED)
            yield from (self._failed(step, error) for step in steps)
            return
        for step, entry in zip(steps, entries, strict=True):
            try:
                remove_original(step.file)
            except OSError as error:
                yield Outcome(step, failure=_reason(error))  # it is in the archive, and here
            else:
                self._journal.mark(entry, State.DONE)
                yield Outcome(step)

    def _failed(self, step: Step, error: OSError) -> Outcome:
        """Move a file that made trouble to the error folder, if that is possible at least."""
        reason = _reason(error)
        if self._error_folder is None or not step.file.is_as_found():
            return Outcome(step, failure=reason)
        for target in numbered(self._error_folder / step.file.path.name):
            try:
                self._place(step.file, target, FileOperation.MOVE)
            except FileExistsError:
                continue
            except OSError:
                break
            return Outcome(step, failure=reason, aside=target)
        return Outcome(step, failure=reason)

    def _begin(
        self,
        file: Found,
        deed: FileOperation,
        target: Path,
        draft: Path,
        member: str = "",
        made: tuple[str, ...] | None = None,
    ) -> Entry:
        return self._journal.begin(
            Entry(
                number=0,
                deed=deed,
                source=str(file.path),
                target=str(target),
                size=file.size,
                mtime_ns=file.mtime_ns,
                mode=file.mode,
                member=member,
                draft=str(draft),
                made=missing_folders(target.parent) if made is None else made,
            )
        )

    def _draft(self, folder: Path) -> Path:
        return folder / f".deskcron-{self._token}-{self._journal.next_number()}.part"


def _packed_last(steps: Sequence[Step]) -> list[Step]:
    """Return what goes into the same archive side by side, behind the rest."""
    return sorted(steps, key=lambda step: str(_archive_of(step) or ""))


def _archive_of(step: Step) -> Path | None:
    return step.target if step.left is None and step.rule.deed is FileOperation.ARCHIVE else None


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
