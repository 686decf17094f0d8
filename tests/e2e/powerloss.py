"""Cut the power: what an engine wrote is recorded, and brought to the disk only in part.

strace records the writes and syncs of the database, of its write-ahead log, and the making of the
logs of runs. Each moment of that record is then a power cut: what was synced is there, of the rest
nothing, all, or anything, the last write torn. deskcron's own code opens what is left.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from desk import Desk, every, shell
from tracing import traced
from waiting import until

from deskcron.store.opening import open_store
from deskcron.system.runlog import FileRunLogs

DATABASE = "deskcron.db"
LOG = "deskcron.db-wal"
FILES = (DATABASE, LOG)
SECTOR = 512
NAMES = ("plain", "exact")
WAYS = ("nothing", "everything", "anything")
_CALLS = "openat,pwrite64,ftruncate,fdatasync,fsync,unlink"
_LONGEST = 1 << 20
_BEGIN = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>)?(.*)")
_UNFINISHED = " <unfinished ...>"
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_OPENED = re.compile(r"\d+<([^>]*)>")
_NAMED = re.compile(r'"([^"]*)"')
_DATA = re.compile(r'"([^"]*)", \d+, (\d+)$')
_RUN_IDS = "SELECT id FROM runs"
_OTHER_BOOT = "UPDATE settings SET value = '\"another boot\"' WHERE key = 'boot'"
_RUN_LOG = re.compile(r"logs/\d+/(\d+)-1\.log")


class Step(NamedTuple):
    """One thing that reached the kernel: `call` on the file `name`, relative to the directory."""

    call: str
    name: str
    offset: int = 0
    data: bytes = b""


def record(desk: Desk, is_enough: Callable[[], bool]) -> list[Step]:
    """Run an engine under strace until there is enough, end it, and return its steps."""
    trace = desk.note("trace")
    options = ["-y", "-xx", "-s", str(_LONGEST), "-e", f"trace={_CALLS}"]
    with traced(desk, *options, output=trace):
        until(is_enough, "enough is recorded", 60)
    with trace.open(encoding="ascii") as lines:
        return list(_steps(lines, f"{desk.home}/"))


def _steps(lines: Iterator[str], home: str) -> Iterator[Step]:
    begun: dict[str, str] = {}
    for line in lines:
        match = _BEGIN.match(line)
        if match is None:
            continue
        pid, resumed, text = match[1], match[2], match[3]
        if resumed:
            text = begun.pop(pid, "") + text
        if text.endswith(_UNFINISHED):
            begun[pid] = text.removesuffix(_UNFINISHED)
            continue
        call = _CALL.match(text)
        step = None if call is None or int(call[3]) < 0 else _step(call[1], call[2], home)
        if step is not None:
            yield step


def _step(call: str, arguments: str, home: str) -> Step | None:
    found = (_NAMED if call in {"openat", "unlink"} else _OPENED).search(arguments)
    path = "" if found is None else _plain(found[1])
    if not path.startswith(home):
        return None
    name = path.removeprefix(home)
    if call == "openat":
        return Step("make", name) if "O_EXCL" in arguments and _RUN_LOG.match(name) else None
    if name not in FILES:
        return None
    if call == "pwrite64":
        written = _DATA.search(arguments)
        assert written is not None, f"Not understood: {arguments[:200]}"
        return Step("write", name, int(written[2]), _bytes(written[1]))
    if call == "ftruncate":
        return Step("cut", name, int(arguments.rpartition(",")[2]))
    return Step("unlink" if call == "unlink" else "sync", name)


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _plain(name: str) -> str:
    return os.fsdecode(_bytes(name)) if name.startswith("\\x") else name


class Disk:
    """What the steps have brought to the disk for good, and what may still be lost."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self._safe = {name: bytearray(data) for name, data in before.items()}
        self._loose: dict[str, list[Step]] = {name: [] for name in FILES}
        self.begun: set[int] = set()

    def take(self, step: Step) -> None:
        """Let one step happen."""
        if step.call == "make":
            found = _RUN_LOG.match(step.name)
            assert found is not None
            self.begun.add(int(found[1]))
        elif step.call == "sync":
            for one in self._loose[step.name]:
                _apply(self._safe, one)
            self._loose[step.name] = []
        else:
            self._loose[step.name].append(step)

    def after_a_cut(self, way: str, chance: random.Random) -> dict[str, bytes]:
        """Return the files as they are after a power cut now; `way` is of WAYS."""
        files = {name: bytearray(data) for name, data in self._safe.items()}
        for steps in self._loose.values():
            for step in _kept(steps, way, chance):
                _apply(files, step)
        return {name: bytes(data) for name, data in files.items()}


def _kept(steps: Sequence[Step], way: str, chance: random.Random) -> list[Step]:
    if way != "anything":
        return list(steps) if way == "everything" else []
    kept = [step for step in steps if chance.random() < 0.5]
    if kept and kept[-1].call == "write":
        torn = chance.randrange(0, len(kept[-1].data) + 1, SECTOR)
        kept[-1] = kept[-1]._replace(data=kept[-1].data[:torn])
    return kept


def _apply(files: dict[str, bytearray], step: Step) -> None:
    if step.call == "unlink":
        files.pop(step.name, None)
        return
    file = files.setdefault(step.name, bytearray())
    end = step.offset + len(step.data)
    if len(file) < end:
        file.extend(bytes(end - len(file)))
    if step.call == "cut":
        del file[step.offset :]
    else:
        file[step.offset : end] = step.data


def boundaries(steps: Sequence[Step]) -> list[int]:
    """Return the moments just before and just after each sync, and after each start."""
    found = set()
    for index, step in enumerate(steps):
        if step.call == "sync":
            found |= {index, index + 1}
        elif step.call == "make":
            found.add(index + 1)
    return sorted(found)


class Cuts:
    """Cut the power at the moments of one record, and look at what is left."""

    def __init__(self, before: dict[str, bytes], steps: Sequence[Step], seed: int) -> None:
        self._before = before
        self._steps = steps
        self._chance = random.Random(seed)
        self.starts = [index + 1 for index, step in enumerate(steps) if step.call == "make"]
        self.number = 0

    def look_at_all(self, place: Path) -> Iterator[str]:
        """Say what is wrong with what is left after each cut, each way."""
        disk, seen, done = Disk(self._before), set(), 0
        for moment in boundaries(self._steps):
            for step in self._steps[done:moment]:
                disk.take(step)
            done = moment
            for way in WAYS:
                self.number += 1
                shutil.rmtree(place, ignore_errors=True)
                write_files(place, disk.after_a_cut(way, self._chance))
                rows, wrong = _look(place / DATABASE)
                lost = (seen | disk.begun) - rows
                if wrong or lost:
                    yield f"after step {moment} with {way} of the rest: {wrong or ''}, lost {lost}"
                if way == "nothing":
                    safe = rows
            seen = safe

    def go_on(self, moment: int, desk: Desk, way: str) -> str:
        """Let an engine of another boot serve what a cut leaves; say what it starts again.

        Nobody has synced the logs of runs: they are lost, or there and empty.
        """
        disk = Disk(self._before)
        for step in self._steps[:moment]:
            disk.take(step)
        ran = {run_id: due for run_id, due in executions(desk).items() if run_id in disk.begun}
        after = Desk(desk.home.with_name(f"cut-{moment}-{way}"), desk.aside)
        write_files(after.home, disk.after_a_cut(way, self._chance))
        if way == "everything":
            for run_id in disk.begun:
                os.close(FileRunLogs(after.paths.logs).create(run_id, 1))
        with closing(sqlite3.connect(after.paths.database)) as connection, connection:
            connection.execute(_OTHER_BOOT)
        notes = desk.note("ran")
        recorded = notes.read_bytes()
        try:
            notes.write_bytes(b"")
            daemon = after.daemon()
            until(lambda: len(executions(after)) >= len(NAMES), "the engine goes on")
            code = daemon.stop()
            after.leave()
            again = executions(after)
        finally:
            after.close()
            notes.write_bytes(recorded)
        shutil.rmtree(after.home)
        twice = set(ran) & set(again) or set(ran.values()) & set(again.values())
        return f"after step {moment}: {twice} again, exit {code}" if twice or code else ""


def read_files(place: Path) -> dict[str, bytes]:
    """Return the database as its files are."""
    return {name: (place / name).read_bytes() for name in FILES if (place / name).exists()}


def write_files(place: Path, files: dict[str, bytes]) -> None:
    """Write the files of a database."""
    place.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (place / name).write_bytes(data)


def _look(path: Path) -> tuple[set[int], str]:
    """Open a database as the engine does; return the numbers of its rows, and what is wrong."""
    with closing(open_store(path, may_migrate=True)) as store:
        wrong = "".join(store.notices) or store.check()
        rows = store.read(lambda tables: tables.connection.execute(_RUN_IDS).fetchall())
        return {row[0] for row in rows}, "" if wrong == "ok" else wrong


def prepare(desk: Desk) -> None:
    """Store jobs of each second that note run and due time."""
    text = f'echo "$DESKCRON_RUN_ID $DESKCRON_JOB $DESKCRON_SCHEDULED_AT" >> {desk.note("ran")}'
    for name in NAMES:
        rules = {"overlap": "parallel", "overlap_limit": 100, "exact": name == "exact"}
        desk.add(name, shell(text), every(1), **rules)
    desk.note("ran").touch()
    desk.leave()


def executions(desk: Desk) -> dict[int, str]:
    """Return job and due time of each run that was executed; fails where one was so twice."""
    rows = [line.split(" ", 1) for line in desk.note("ran").read_text().splitlines()]
    found = {int(run_id): due for run_id, due in rows}
    assert len(found) == len(rows), "a run was executed twice"
    assert len(set(found.values())) == len(rows), "a due time was executed twice"
    return found


def main(executed: int, seed: int) -> int:
    """Cut the power at every moment of a record of so many runs; return 1 where that harms."""
    place = Path(tempfile.mkdtemp(prefix="deskcron-power-"))
    desk = Desk(place / "home", place / "aside")
    faults = []
    try:
        prepare(desk)
        before = read_files(desk.home)
        steps = record(desk, lambda: len(executions(desk)) >= executed)
        cuts = Cuts(before, steps, seed)
        faults += cuts.look_at_all(place / "cut")
        print(f"{len(steps)} steps, {cuts.number} cuts looked at", flush=True)
        for number, moment in enumerate(cuts.starts):
            fault = cuts.go_on(moment, desk, WAYS[number % len(WAYS)])
            faults += [fault] if fault else []
        print(f"{len(cuts.starts)} cuts an engine went on from\nviolations {len(faults)}")
    finally:
        desk.close()
    for fault in faults:
        print(f"  {fault}")
    if not faults:
        shutil.rmtree(place)
    return bool(faults)
