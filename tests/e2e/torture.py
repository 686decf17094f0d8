"""Kill the engine again and again under load, and count that nothing is lost or run twice.

The jobs append their due time to one file; afterwards that file, the rows of the history, the
logs and the due times worked out from the rules are held against each other.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))  # what several folders share

import failingwrites
import muchoutput
import powerloss
from desk import Desk, command, cron, every, wall_now
from ledger import coverage_faults, interval_dues, minutes, off_at
from waiting import until

from deskcron.domain.run import Status
from deskcron.engine.inboxentries import MOST_FAILURES

SETTLE_S = 240.0
OUTAGE_EVERY = 6
LONGEST_OUTAGE_S = 6.0
MOST_SHOWN = 20
MODEL_EXAMPLES = 10_000
PROMPT = {"environment": {"base": "minimal"}}
"""Nothing that is to be killed within a second waits for a login shell."""
SCRIPT = """\
printf 'begin %s %s %s %s\\n' \
    "$DESKCRON_RUN_ID" "$DESKCRON_SCHEDULED_AT" "$DESKCRON_CAUSE" "$DESKCRON_JOB" >> "$1"
[ "$2" -eq 0 ] && exit 0
n=0
while [ "$n" -lt "$2" ]; do
    n=$((n + 1))
    echo "line $n of $2"
    sleep 0.1
done
printf 'end %s\\n' "$DESKCRON_RUN_ID" >> "$1"
"""

_ALL = {"catch_up": "all", "catch_up_limit": 1_000}
_ONCE = {"catch_up": "once"}
_SKIP = {"catch_up": "skip"}
_QUEUE = {"overlap": "queue", "overlap_limit": 1_000}
_PARALLEL = {"overlap": "parallel", "overlap_limit": 1_000}


class Kind(NamedTuple):
    """One job: how often, how many lines of output at a tenth of a second each, which rules.

    `every_s` 0 stands for a cron rule of every minute.
    """

    name: str
    every_s: int
    lines: int
    rules: dict
    exact: bool = False

    @property
    def runs_all(self):
        """Tell whether every due time has to execute."""
        return self.exact and self.rules["catch_up"] == "all"


KINDS = (
    Kind("plain all, queue", 1, 0, {**_ALL, **_QUEUE}),
    Kind("plain all, parallel", 2, 0, {**_ALL, **_PARALLEL}),
    Kind("plain all, long, queue", 5, 10, {**_ALL, **_QUEUE}),
    Kind("plain all, long, parallel", 3, 30, {**_ALL, **_PARALLEL}),
    Kind("plain once", 1, 0, _ONCE),
    Kind("plain once, long", 2, 25, _ONCE),
    Kind("plain skip", 1, 0, _SKIP),
    Kind("plain skip, long", 2, 3, {**_SKIP, **_PARALLEL}),
    Kind("plain cron", 0, 2, {**_ONCE, **_QUEUE}),
    Kind("exact all, queue", 1, 0, {**_ALL, **_QUEUE}, exact=True),
    Kind("exact all, parallel", 2, 0, {**_ALL, **_PARALLEL}, exact=True),
    Kind("exact all, long, queue", 5, 12, {**_ALL, **_QUEUE}, exact=True),
    Kind("exact all, long, parallel", 4, 30, {**_ALL, **_PARALLEL}, exact=True),
    Kind("exact all, cron", 0, 5, {**_ALL, **_QUEUE}, exact=True),
    Kind("exact once", 1, 0, _ONCE, exact=True),
    Kind("exact once, long", 4, 20, _ONCE, exact=True),
    Kind("exact skip", 5, 0, _SKIP, exact=True),
    *(Kind(f"load {number}", 1 + number % 2, 0, {**_ALL, **_PARALLEL}) for number in range(6)),
)

SWITCHED_OFF = "job-disabled"
"""How runs end that wait when the jobs are switched off at last."""
NOT_EXECUTED = {Status.SKIPPED, Status.MISSED}
PLAIN_ENDS = {
    (Status.SUCCEEDED, None),
    (Status.UNKNOWN, "exit-code-unknown"),
    (Status.INTERRUPTED, "may-have-started"),
}
EXACT_ENDS = {(Status.SUCCEEDED, None)}


class Execution(NamedTuple):
    """What a job wrote when it began."""

    run_id: int
    due_at: datetime
    cause: str
    job: str


class Torture:
    """One run of the harness on one data directory."""

    told = frozenset({Status.INTERRUPTED, Status.UNKNOWN})
    """What a person is told of in the inbox."""
    may_not_begin = frozenset({Status.INTERRUPTED})
    """How runs may end that have written nothing."""
    may_be_cut = frozenset()
    """How runs may end that have not come to the end of their program."""

    def __init__(self, desk, seed, *, is_gentle=False):
        self._desk = desk
        self._is_gentle = is_gentle
        self._random = random.Random(seed)
        self._pause = Event()
        self._notes = desk.note("executions")
        self._ids = {}
        self._starts = {}
        self._faults = []
        self._survivors = set()
        self.kills = Counter()

    def prepare(self):
        """Store the jobs, each on a grid of its own."""
        script = self._desk.note("job.sh")
        script.write_text(SCRIPT, encoding="ascii")
        self._notes.touch()
        for kind in KINDS:
            start = wall_now() + timedelta(microseconds=self._random.randrange(1_000_000))
            trigger = every(kind.every_s, start) if kind.every_s else cron("* * * * *")
            action = command("/bin/sh", str(script), str(self._notes), str(kind.lines))
            rules = {**kind.rules, **PROMPT}
            job_id = self._desk.add(kind.name, action, trigger, exact=kind.exact, **rules)
            self._ids[kind.name] = job_id
            self._starts[kind.name] = start
        self._desk.leave()

    def kill_one(self, number):
        """Start an engine and kill it: anywhere, amid a claim, or just as a job begins.

        After some of the kills nothing serves for a while, so that there is much to catch up.
        """
        daemon = self._desk.launch()
        moment = self._random.choice(("anywhere", "anywhere", "claim", "start"))
        if moment == "anywhere":
            self._pause.wait(self._random.uniform(0, 1.5))
        elif moment == "claim":
            daemon.await_ready()
            self._await_due()
        else:
            daemon.await_ready()
            size = self._notes.stat().st_size
            until(lambda: self._notes.stat().st_size > size, "a job begins")
        if daemon.has_ended:
            self._faults.append(f"an engine ended by itself: {daemon.text}")
        self._survivors |= self._going()
        self._end(daemon)
        self.kills[moment] += 1
        if number % OUTAGE_EVERY == 0:
            self._pause.wait(self._random.uniform(1.0, LONGEST_OUTAGE_S))

    def _end(self, daemon):
        """Kill an engine, or ask it to end as a session does that is over."""
        if not self._is_gentle:
            daemon.kill()
            return
        was_ready = daemon.is_ready
        code = daemon.stop()
        if code and (was_ready or code != -signal.SIGTERM):
            self._faults.append(f"an engine asked to end did so with exit code {code}")

    def settle(self):
        """Let the last engine catch up, switch the jobs off, and wait for what is open."""
        last_row = max((run.id for run in self._desk.runs()), default=0)
        daemon = self._desk.daemon()
        short = [kind.name for kind in KINDS if kind.every_s == 1]
        for name in short:
            until(lambda name=name: self._has_row_after(name, last_row), f"{name!r} is decided")
        self._desk.facade.jobs.set_enabled(list(self._ids.values()), enabled=False)
        until(lambda: not self._desk.open_runs(), "every run is over", SETTLE_S)
        code = daemon.stop()
        if code != 0:
            self._faults.append(f"the last engine ended with exit code {code}")

    def close(self):
        """End what runs."""
        self._desk.close()

    def check(self):
        """Hold rows, executions, logs and due times against each other; return the faults."""
        rows = {name: self._desk.runs(job_id) for name, job_id in self._ids.items()}
        by_id = {row.id: row for found in rows.values() for row in found}
        executions, ended = self._executions()
        due_times = 0
        for kind in KINDS:
            dues = self._dues(kind, rows[kind.name])
            due_times += len(dues)
            self._fault(kind.name, coverage_faults(dues, rows[kind.name]))
            self._fault(kind.name, self._execution_faults(kind, dues, by_id, executions))
            self._fault(kind.name, self._row_faults(kind, rows[kind.name], executions, ended))
        self._fault("survivors", sorted(self._survivors - set(ended)))
        self._fault("inbox", self._inbox_faults(by_id.values()))
        self._fault("engine.log", self._log_faults())
        self._fault("database", self._database_faults())
        self._print(due_times, by_id.values(), executions)
        return self._faults

    def _await_due(self):
        """Wait for the next due time of some job, and at most 30 ms longer."""
        kind = self._random.choice([kind for kind in KINDS if kind.every_s])
        self._await_next(kind.name, kind.every_s)

    def _await_next(self, name, every_s):
        start, step = self._starts[name], timedelta(seconds=every_s)
        due = max(start, start + ((wall_now() - start) // step + 1) * step)
        delay_s = (due - wall_now()).total_seconds() + self._random.uniform(-0.002, 0.03)
        self._pause.wait(max(0.0, delay_s))

    def _going(self):
        """Return the runs of long jobs that have begun and not ended."""
        executions, ended = self._executions()
        long = {kind.name for kind in KINDS if kind.lines}
        return {one.run_id for one in executions if one.job in long} - set(ended)

    def _has_row_after(self, name, run_id):
        rows = self._desk.facade.catalogue.show(self._ids[name]).recent
        return any(row.id > run_id for row in rows)

    def _executions(self):
        executions, ended = [], []
        for line in self._notes.read_text(encoding="utf-8").splitlines():
            word, run_id, *rest = line.split(" ", 4)
            if word == "begin":
                due_at, cause, job = rest
                executions.append(
                    Execution(int(run_id), datetime.fromisoformat(due_at), cause, job)
                )
            else:
                ended.append(int(run_id))
        return executions, ended

    def _dues(self, kind, rows):
        """Return the due times from the creation of a job until it was switched off."""
        detail = self._desk.facade.catalogue.show(self._ids[kind.name])
        if not kind.every_s:
            return minutes(detail.created_at, off_at(detail, rows))
        return interval_dues(detail, rows)

    def _execution_faults(self, kind, dues, by_id, executions):
        own = [one for one in executions if one.job == kind.name]
        for due_at, times in Counter(one.due_at for one in own).items():
            if times > 1:
                yield f"{due_at} was executed {times} times"
        for one in own:
            row = by_id.get(one.run_id)
            if row is None:
                yield f"run {one.run_id} was executed and has no row"
            elif (row.job_name, row.due_at, row.cause) != (one.job, one.due_at, one.cause):
                yield f"run {one.run_id} was executed as {one}, its row is {row}"
            elif row.status in NOT_EXECUTED:
                yield f"run {one.run_id} was executed, its row says {row.status}"
        if kind.runs_all:
            decided = {one.due_at for one in own}
            for row in by_id.values():
                is_cut = row.status in self.may_be_cut
                if row.job_name == kind.name and (row.reason == SWITCHED_OFF or is_cut):
                    decided.add(row.due_at)
            yield from (f"{due} was not executed" for due in dues if due not in decided)

    def _row_faults(self, kind, rows, executions, ended):
        begun = {one.run_id for one in executions}
        ends = Counter(ended)
        allowed = self._ends_of(kind)
        for row in rows:
            if row.status in NOT_EXECUTED:
                if row.reason is None:
                    yield f"row {row.id} ({row.status}) has no reason"
                continue
            if (row.status, row.reason) not in allowed:
                yield f"row {row.id} ended as {row.status}, {row.reason} {row.reason_args}"
            if row.id not in begun and row.status not in self.may_not_begin:
                yield f"row {row.id} says {row.status} and was not executed"
            if row.status is Status.SUCCEEDED and row.exit_code != 0:
                yield f"row {row.id} succeeded with exit code {row.exit_code}"
            if kind.lines and row.id in begun and row.status not in self.may_be_cut:
                wanted = [f"line {number} of {kind.lines}" for number in range(1, kind.lines + 1)]
                if self._desk.log(row.id).splitlines() != wanted:
                    yield f"the log of run {row.id} ({row.status}) is not complete"
                if ends[row.id] != 1:
                    yield f"run {row.id} came to its end {ends[row.id]} times"

    def _ends_of(self, kind):
        return EXACT_ENDS if kind.exact else PLAIN_ENDS

    def _inbox_faults(self, rows):
        """Say which runs nobody is told of, such as those with an unclear start or end."""
        entries = {entry.job_id: entry for entry in self._desk.facade.inbox.waiting()}
        return [
            f"run {row.id}"
            for row in rows
            if row.status in self.told and not _is_told(entries.get(row.job_id), row.id)
        ]

    def _log_faults(self):
        wrong = (" ERROR ", " CRITICAL ")
        lines = self._desk.engine_log().splitlines()
        return [line for line in lines if any(word in line for word in wrong)]

    def _database_faults(self):
        self._desk.leave()
        database = sqlite3.connect(self._desk.paths.database)
        try:
            answers = [row[0] for row in database.execute("PRAGMA integrity_check")]
        finally:
            database.close()
        return [answer for answer in answers if answer != "ok"]

    def _fault(self, subject, texts):
        self._faults += [f"{subject}: {text}" for text in texts]

    def _print(self, due_times, rows, executions):
        covered = sum(row.count for row in rows if row.due_at is not None)
        told = [
            ("kills", ", ".join(f"{count} {moment}" for moment, count in self.kills.items())),
            ("jobs", len(KINDS)),
            ("due times", due_times),
            ("covered by rows", covered),
            ("rows", len(rows)),
            ("executions", len(executions)),
            ("runs that outlived a kill", len(self._survivors)),
        ]
        for label, value in told:
            print(f"{label:<28}{value}")
        by_fate = Counter(
            ("exact" if self._is_exact(row) else "plain", row.status.value, row.reason or "-")
            for row in rows
        )
        print(f"\n{'rows':<8}{'status':<14}{'reason':<22}{'count':>7}")
        for (switch, status, reason), count in sorted(by_fate.items()):
            print(f"{switch:<8}{status:<14}{reason:<22}{count:>7}")
        print(f"\nviolations                  {len(self._faults)}")

    def _is_exact(self, row):
        return next(kind.exact for kind in KINDS if kind.name == row.job_name)


def _is_told(entry, run_id):
    """Tell whether an entry of the inbox speaks of a run; a long one names its first and newest."""
    if entry is None:
        return False
    is_long = len(entry.run_ids) >= MOST_FAILURES
    return run_id in entry.run_ids or (is_long and min(entry.run_ids) < run_id)


def _torture_of(asked):
    # Both build on this module.
    if asked.rules:
        from torturerules import RulesTorture  # noqa: PLC0415

        return RulesTorture
    if asked.logout:
        from torturelogout import LogoutTorture  # noqa: PLC0415

        return LogoutTorture
    return Torture


def _hold_against_model():
    """Try as many histories of the engine as half an hour allows, and return the exit code."""
    test = Path(__file__).parent / "engine" / "test_model.py"
    environ = {**os.environ, "DESKCRON_MODEL_EXAMPLES": str(MODEL_EXAMPLES)}
    wanted = ["-q", "--timeout", "0", "--log-level", "ERROR", str(test)]
    return subprocess.call([sys.executable, "-m", "pytest", *wanted], env=environ)


def main(arguments=None):
    """Torture an engine as long as asked for; return 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often to kill (200)")
    parser.add_argument("--minutes", type=float, help="kill for so long instead")
    parser.add_argument("--seed", type=int, help="repeat the moments of an earlier run")
    parser.add_argument(
        "--power", type=int, metavar="RUNS", help="cut the power instead, all along so many runs"
    )
    parser.add_argument("--gently", action="store_true", help="ask it to end by SIGTERM instead")
    parser.add_argument(
        "--rules", action="store_true", help="kill it with jobs that wait, retry and follow"
    )
    parser.add_argument(
        "--logout", action="store_true", help="end its jobs with it, as the end of a session does"
    )
    parser.add_argument(
        "--model", action="store_true", help="hold the engine against a model instead, for long"
    )
    parser.add_argument(
        "--writes",
        type=int,
        nargs="?",
        const=1,
        metavar="STEP",
        help="let each write of an engine fail in turn instead, or each STEPth",
    )
    parser.add_argument("--output", type=int, metavar="GB", help="have a job write so much instead")
    asked = parser.parse_args(arguments)
    seed = random.randrange(10**6) if asked.seed is None else asked.seed
    instead = _instead(asked, seed)
    return _kill(asked, seed) if instead is None else instead


def _instead(asked, seed):
    """Do what was asked for in the place of kills, and return the exit code; None for kills."""
    if asked.model:
        return _hold_against_model()
    if asked.writes:
        return failingwrites.main(asked.writes)
    if asked.output:
        return muchoutput.main(asked.output)
    if asked.power:
        return powerloss.main(asked.power, seed)
    return None


def _kill(asked, seed):
    place = Path(tempfile.mkdtemp(prefix="deskcron-torture-"))
    print(f"seed {seed}, data in {place}", flush=True)
    desk = Desk(place / "home", place / "aside")
    torture = _torture_of(asked)(desk, seed, is_gentle=asked.gently)
    ends_s = None if asked.minutes is None else time.monotonic() + 60 * asked.minutes
    try:
        torture.prepare()
        for number in itertools.count(1):
            if number > asked.kills if ends_s is None else time.monotonic() >= ends_s:
                break
            torture.kill_one(number)
            if number % 20 == 0:
                print(f"{number} kills", flush=True)
        torture.settle()
        faults = torture.check()
    finally:
        torture.close()
    for fault in faults[:MOST_SHOWN]:
        print(f"  {fault}")
    if len(faults) > MOST_SHOWN:
        print(f"  and {len(faults) - MOST_SHOWN} more")
    if faults:
        print(f"Kept for inspection: {place}")
        return 1
    desk.remove()
    place.rmdir()
    return 0


if __name__ == "__main__":
    sys.exit(main())
