"""Let each write of an engine fail in turn, and look whether anything was lost, doubled or hidden.

One engine is recorded: which calls it and its jobs make on which of its files, how often. Then each
of these calls fails, with a few that follow it, in an engine of its own on new data. A job may fail
whose own file could not be written, and says so; all else has to go well.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from desk import Daemon, Desk, every, shell, wall_now
from ledger import coverage_faults, interval_dues
from tracing import can_trace, end_traced, launch_traced, traced
from waiting import until

from deskcron.domain.run import Run, Status

CALLS = "openat,write,pwrite64,ftruncate,fdatasync,fsync,mkdir,rename,link,unlink"
ERRORS = ("ENOSPC", "EDQUOT", "EIO")
MORE = 2
"""Calls after the first that fail as well."""
RUNS = 3
"""As many of each job have to be over: until then all calls have been made once."""
WITHIN_S = 90.0
_RULES = {
    "catch_up": "all",
    "overlap": "parallel",
    "overlap_limit": 100,
    "environment": {"base": "minimal"},
}
_LINE = re.compile(r"(\d+) +(\w+)\((.*)")
_WRITES = re.compile("O_WRONLY|O_RDWR|O_CREAT")
_RUN_FILE = re.compile(r"logs/\d+/(\d+)-1\.(?:log|exit)")
_NAMED_BY_CHANCE = re.compile(r"logs/\d+/.*\.env.*")
_TIME = re.compile(r"\d{8}-\d{6}")
WHEN = "{when}"
"""Stands for the second in the name of a backup."""
_NAMES_FOR_S = 40
"""Backups are named by their second; one is made this soon after the start."""
_PIPE = "wake"
_ALONE = {"fsync", "link", "rename", "unlink"}
"""So few of these are made that they need no file to be told from others."""
_FIRST_RUNS = 2
"""Of the runs, whose files are alike, so many are tried."""


class Call(NamedTuple):
    """A call that the engine makes; without a path where nobody knows the name before."""

    name: str
    path: str
    number: int
    """Counted from 1, of the calls of one thread."""

    def options(self, desk: Desk, error: str) -> list[str]:
        """Return what lets strace have it fail."""
        paths = [f"-P{desk.home / path}" for path in self._paths()]
        last = self.number + MORE
        return [*paths, f"-einject={self.name}:error={error}:when={self.number}..{last}"]

    def _paths(self) -> Iterator[str]:
        if WHEN in self.path:
            now = wall_now()
            for second in range(_NAMES_FOR_S):
                at = now + timedelta(seconds=second)
                yield self.path.replace(WHEN, f"{at:%Y%m%d-%H%M%S}")
        elif self.path:
            yield self.path

    def __str__(self) -> str:
        return f"{self.name} {self.number} of {self.path or 'any file'}"


def main(step: int) -> int:
    """Try each `step`th call; return 1 where that harms."""
    if not can_trace():
        print("This needs strace, and leave to trace.")
        return 2
    place = Path(tempfile.mkdtemp(prefix="deskcron-writes-"))
    calls = recorded(place / "record")[::step]
    print(f"{len(calls)} calls to try, data in {place}", flush=True)
    faults, met = [], 0
    for number, (call, error) in enumerate(zip(calls, cycle(ERRORS)), start=1):
        trial = Trial(place / str(number))
        found = [f"{call} with {error}: {fault}" for fault in trial.run(call, error)]
        met += trial.has_met
        faults += found
        print(*found, sep="\n", end="\n" if found else "")
        if not found:
            shutil.rmtree(place / str(number))
        if number % 20 == 0:
            print(f"{number} tried, {met} have failed", flush=True)
    print(f"calls that failed           {met}\nviolations                  {len(faults)}")
    return bool(faults)


def recorded(place: Path) -> Sequence[Call]:
    """Run an engine until all has been written once, and return the calls."""
    trial = Trial(place)
    times = trial.record()
    shutil.rmtree(place)
    calls = [
        Call(name, path, number)
        for (name, path), count in sorted(times.items())
        for number in range(1, count + 1)
    ]
    return [call for call in calls if _is_wanted(call)]


def _is_wanted(call: Call) -> bool:
    if not call.path:
        return call.name in _ALONE
    if call.path == _PIPE:
        return call.name != "write"  # which no disk takes
    found = _RUN_FILE.fullmatch(call.path)
    return found is None or int(found[1]) <= _FIRST_RUNS


class Trial:
    """One engine on new data, some of whose calls fail."""

    def __init__(self, place: Path) -> None:
        self._desk = Desk(place / "home", place / "aside")
        self._trace = self._desk.note("trace")
        self._ran = self._desk.note("ran")
        self._ran.touch()
        text = f'echo "$DESKCRON_RUN_ID" >> {self._ran}; echo said'
        self._jobs = [
            self._desk.add(name, shell(text), every(1), exact=exact, **_RULES)
            for name, exact in (("Exact", True), ("Plain", False))
        ]
        self._desk.leave()
        self.has_met = False

    def record(self) -> Counter[tuple[str, str]]:
        """Return how often one thread makes each call on each file."""
        with traced(self._desk, "-y", f"-etrace={CALLS}", output=self._trace):
            until(self._is_enough, "enough is written", WITHIN_S)
        self._desk.close()
        by_thread: Counter[tuple[str, str, str]] = Counter()
        for line in self._trace.read_text(encoding="utf-8", errors="replace").splitlines():
            call = self._call_in(line)
            if call is not None:
                by_thread[call] += 1
        most: Counter[tuple[str, str]] = Counter()
        for (_thread, name, path), count in by_thread.items():
            most[name, path] = max(most[name, path], count)
        return most

    def run(self, call: Call, error: str) -> Sequence[str]:
        """Let the call fail, and say what is wrong afterwards."""
        options = ("-y", f"-etrace={call.name}", *call.options(self._desk, error))
        daemon = launch_traced(self._desk, *options, output=self._trace)
        try:
            faults = [*self._go_through(daemon), *self._look(call)]
        except AssertionError as failure:
            faults = [str(failure)]
        finally:
            if not daemon.has_ended:
                end_traced(daemon)
            self._desk.close()
        self.has_met = "(INJECTED)" in self._trace.read_text(encoding="utf-8", errors="replace")
        return faults

    def _go_through(self, daemon: Daemon) -> Iterator[str]:
        """Let the engine work until all is over; where it has not begun, another one."""
        until(lambda: daemon.has_ended or self._is_enough(), "enough has run", WITHIN_S)
        end = end_traced
        if daemon.has_ended:
            code = daemon.wait()
            if code <= 0 or not daemon.text:
                yield f"the engine ended with exit code {code}, and said {daemon.text!r}"
            daemon, end = self._desk.daemon(), Daemon.stop
            until(self._is_enough, "enough has run", WITHIN_S)
        self._desk.facade.jobs.set_enabled(self._jobs, enabled=False)
        until(lambda: not self._desk.open_runs(), "every run is over", WITHIN_S)
        code = end(daemon)
        if code:
            yield f"the engine ended with exit code {code}: {daemon.text}"

    def _is_enough(self) -> bool:
        """Tell whether each job has run some times, and backups were made or are missed."""
        runs = (self._desk.runs(job_id) for job_id in self._jobs)
        have_run = all(sum(not run.status.is_open for run in own) >= RUNS for own in runs)
        return have_run and (self._has_backups() or bool(self._desk.facade.inbox.waiting()))

    def _has_backups(self) -> bool:
        kinds = {path.name.partition("-")[0] for path in self._desk.paths.backups.glob("*.db")}
        return kinds == {"daily", "weekly"}

    def _look(self, call: Call) -> Iterator[str]:
        """Say what was lost, doubled or hidden."""
        may_fail = not call.path or call.path.startswith("logs")
        executed = Counter(map(int, self._ran.read_text(encoding="ascii").split()))
        yield from (f"run {number} began {n} times" for number, n in executed.items() if n > 1)
        for job_id in self._jobs:
            rows = self._desk.runs(job_id)
            detail = self._desk.facade.catalogue.show(job_id)
            yield from coverage_faults(interval_dues(detail, rows), rows)
            for run in rows:
                if not _is_fair(run, executed[run.id], may_fail=may_fail):
                    fate = f"{run.status}, {run.reason} {dict(run.reason_args)}"
                    yield f"run {run.id} began {executed[run.id]} times and ended as {fate}"
        if "Traceback" in self._desk.engine_log():
            yield "the engine's log has a traceback"
        self._desk.leave()
        with closing(sqlite3.connect(self._desk.paths.database)) as database:
            yield from (
                row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"
            )

    def _call_in(self, line: str) -> tuple[str, str, str] | None:
        """Return thread, call and file of a line of the record, None where it writes nothing."""
        found = _LINE.match(line)
        if found is None or (found[2] == "openat" and not _WRITES.search(line)):
            return None
        path = re.search(re.escape(f"{self._desk.home}/") + r'([^>"]+)', found[3])
        if path is None:
            return None
        name = "" if _NAMED_BY_CHANCE.fullmatch(path[1]) else _TIME.sub(WHEN, path[1])
        return found[1], found[2], name


def _is_fair(run: Run, times: int, *, may_fail: bool) -> bool:
    """Tell whether a run has ended as it may, and was executed as it says."""
    if run.status is Status.SUCCEEDED:
        return times == 1
    if run.status is Status.SKIPPED:
        return times == 0 and run.reason == "job-disabled"
    return may_fail and run.reason is not None
