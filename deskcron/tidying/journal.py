"""Write down each operation before and after it, so that a run can be undone, killed or not."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from deskcron.domain.tidying import FileOperation

_NEW = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
KEPT_S = 90 * 86_400
"""As long as runs are in the history unless the person wants it otherwise."""


class State(StrEnum):
    """How far an operation came; begun is also one that was killed half-way."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One operation on one file: where it was, where it is, and how it looked.

    `draft` is a file of ours that a kill may leave, `made` the folders that were made for it,
    `member` its name inside an archive.
    """

    number: int
    deed: FileOperation
    source: str
    target: str = ""
    size: int = 0
    mtime_ns: int = 0
    mode: int = 0o600
    member: str = ""
    draft: str = ""
    made: tuple[str, ...] = ()
    state: State = State.BEGUN


class Journal:
    """The journal of one attempt, appended to line by line.

    A line is with the system when a call returns, which a kill cannot take back; files are safe
    without the journal, so a loss of power may cost no more than the undoing of the last ones.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._fd = os.open(path, _NEW, 0o600)
        self._number = max((entry.number for entry in entries_of(path)), default=0)

    def begin(self, entry: Entry) -> Entry:
        """Write down what is about to be done, and return it with its number."""
        self._number += 1
        numbered = msgspec.structs.replace(entry, number=self._number)
        self._append(msgspec.to_builtins(numbered))
        return numbered

    def mark(self, entry: Entry, state: State) -> None:
        """Write down how it went."""
        self._append({"number": entry.number, "state": state.value})

    def next_number(self) -> int:
        """Return the number that comes next."""
        return self._number + 1

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def _append(self, line: dict[str, object]) -> None:
        # json, as names of files need not be text, which msgspec insists on
        data = json.dumps(line).encode() + b"\n"
        while data:
            data = data[os.write(self._fd, data) :]


def entries_of(path: Path) -> Sequence[Entry]:
    """Return the operations of a journal with their latest state, the oldest first.

    A line that was cut off in the middle tells of nothing that was done.
    """
    found: dict[int, Entry] = {}
    for line in _lines(path):
        if "deed" in line:
            entry = msgspec.convert(line, Entry)
            found[entry.number] = entry
        elif (number := line.get("number")) in found:
            state = State(str(line["state"]))
            found[number] = msgspec.structs.replace(found[number], state=state)
    return list(found.values())


def journal_path(directory: Path, run_id: int, attempt: int) -> Path:
    """Return where the journal of an attempt is."""
    return directory / f"{run_id}-{attempt}.jsonl"


def journals_of(directory: Path, run_id: int) -> Sequence[Path]:
    """Return the journals of a run, the latest attempt first."""
    found = directory.glob(f"{run_id}-*.jsonl")
    return sorted(found, key=lambda path: int(path.stem.partition("-")[2]), reverse=True)


def forget_old(directory: Path) -> None:
    """Remove the journals of runs that are long past."""
    for path in directory.glob("*-*.jsonl"):
        if time.time() - path.stat().st_mtime > KEPT_S:
            path.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue
