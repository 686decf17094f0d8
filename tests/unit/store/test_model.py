"""Whatever is done in whatever order, the tables hold what a few dictionaries would."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deskcron.domain.errors import BadInput
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    Change,
    NewRun,
    RunEnd,
    RunFilter,
    StoredJob,
    WakeKind,
    Wakeup,
    folded,
)
from deskcron.domain.run import OPEN, Cause, JobId, Status
from deskcron.domain.trigger import DueTime
from deskcron.store import schema
from deskcron.store.tables import SqliteTables

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
JOBS = st.sampled_from([JobId(name) for name in ("a1", "a2", "b1")])
NAMES = st.sampled_from(["Tea", "TEA", "Backup"])
MINUTES = st.integers(0, 6)


def minute(number: int) -> datetime:
    """Return so many minutes from now."""
    return NOW + timedelta(minutes=number)


class TablesMachine(RuleBasedStateMachine):
    """Do the same to the tables and to dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.jobs: dict[JobId, StoredJob] = {}
        self.runs: dict[int, list[object]] = {}
        self.wakeups: dict[tuple[WakeKind, str], Wakeup] = {}

    @initialize()
    def create(self):
        """Begin with an empty database."""
        schema.create(self.connection)
        self.tables = SqliteTables(self.connection)

    def teardown(self):
        """Close the database."""
        self.connection.close()

    @rule(job_id=JOBS, name=NAMES, is_removed=st.booleans())
    def put(self, job_id, name, is_removed):
        """Write a job; a taken name is refused and changes nothing."""
        before = self.jobs.get(job_id)
        job = StoredJob(
            id=job_id,
            revision=1 if before is None else before.revision + 1,
            name=name,
            enabled=True,
            body=name.encode(),
            schedule="",
            action="",
            created_at=NOW,
            changed_at=NOW,
            decided_until=NOW,
            removed_at=NOW if is_removed else None,
        )
        is_taken = not is_removed and any(
            other.id != job_id and not other.removed_at and folded(other.name) == folded(name)
            for other in self.jobs.values()
        )
        self.connection.execute("SAVEPOINT change")
        try:
            self.tables.jobs.put(job, self.tables.jobs.begin(Change.EDIT, name, NOW))
        except BadInput:
            assert is_taken
            self.connection.execute("ROLLBACK TO change")
        else:
            assert not is_taken
            self.jobs[job_id] = job
        self.connection.execute("RELEASE change")

    @rule(
        job_id=JOBS,
        due=MINUTES,
        is_range=st.booleans(),
        status=st.sampled_from(Status),
        why=st.sampled_from([None, Why(Reason.BEHIND_PREVIOUS), Why(Reason.ASKED)]),
    )
    def insert(self, job_id, due, is_range, status, why):
        """Insert a run; a due time that has its row is passed over."""
        if job_id not in self.jobs:
            return
        is_taken = not is_range and any(
            run[:3] == [job_id, due, False] for run in self.runs.values()
        )
        run_id = self.tables.runs.insert(
            NewRun(
                job_id,
                1,
                Cause.SCHEDULE,
                status,
                NOW,
                DueTime(minute(due), None, ()),
                minute(due + 1) if is_range else None,
                why=why,
            )
        )
        assert (run_id is None) == is_taken
        if run_id is not None:
            self.runs[run_id] = [job_id, due, is_range, status, why]

    @rule(choice=st.integers(0, 50), status=st.sampled_from([Status.FAILED, Status.SUCCEEDED]))
    def end(self, choice, status):
        """End a run, open or not."""
        if not self.runs:
            return
        run_id = sorted(self.runs)[choice % len(self.runs)]
        is_open = self.runs[run_id][3] in OPEN
        assert self.tables.runs.ended(RunEnd(run_id, status, None, NOW)) == is_open
        if is_open:
            self.runs[run_id][3] = status

    @rule(choice=st.integers(0, 50))
    def delete(self, choice):
        """Delete a run."""
        if self.runs:
            run_id = sorted(self.runs)[choice % len(self.runs)]
            self.tables.runs.delete([run_id])
            del self.runs[run_id]

    @rule(kind=st.sampled_from(WakeKind), ref=JOBS, at=MINUTES)
    def wake(self, kind, ref, at):
        """Set a wakeup."""
        wakeup = Wakeup(minute(at), kind, ref, DueTime(minute(at), None, ("t",)))
        self.tables.wakeups.set(wakeup)
        self.wakeups[kind, ref] = wakeup

    @rule(kind=st.sampled_from(WakeKind), ref=JOBS)
    def clear(self, kind, ref):
        """Clear a wakeup."""
        self.tables.wakeups.clear(kind, ref)
        self.wakeups.pop((kind, ref), None)

    @rule(now=MINUTES, paused=st.booleans())
    def due(self, now, paused):
        """Ask for what is due."""
        reached = sorted(
            (w for w in self.wakeups.values() if w.at <= minute(now)),
            key=lambda w: (w.at, w.kind.value, w.ref),
        )
        others = [w for w in reached if w.kind is not WakeKind.DUE]
        assert self.tables.wakeups.others(minute(now), 99) == others
        due = [one.due for one in self.tables.jobs.due(minute(now), 99)]
        assert due == [w.due for w in reached if w.kind is WakeKind.DUE]
        left_out = {WakeKind.DUE, WakeKind.START, WakeKind.GATE} if paused else ()
        counting = [w for w in self.wakeups.values() if w.kind not in left_out]
        earliest = min(counting, key=lambda w: (w.at, w.kind.value, w.ref), default=None)
        assert self.tables.wakeups.earliest(paused=paused) == earliest

    @rule(job_id=st.none() | JOBS, status=st.none() | st.sampled_from(Status))
    def page(self, job_id, status):
        """Ask for a page of the history."""
        expected = [
            run_id
            for run_id in sorted(self.runs, reverse=True)
            if job_id in {None, self.runs[run_id][0]} and status in {None, self.runs[run_id][3]}
        ]
        wanted = RunFilter(job_id, status, limit=5)
        assert [run.id for run in self.tables.runs.page(wanted)] == expected[:5]
        assert self.tables.runs.count(wanted, 100) == len(expected)

    @rule(job_id=JOBS)
    def load(self, job_id):
        """Ask how many runs are not over, and how many of them wait behind others."""
        fates = [run[3:] for run in self.runs.values() if run[0] == job_id and run[3] in OPEN]
        in_line = fates.count([Status.WAITING, Why(Reason.BEHIND_PREVIOUS)])
        assert self.tables.runs.load(job_id) == (len(fates) - in_line, in_line)

    @rule()
    def lines(self):
        """Ask for the list of jobs."""
        lines = list(self.tables.jobs.lines(finished=False, tag=None))
        there = [job for job in self.jobs.values() if job.removed_at is None]
        assert [line.job for line in lines] == sorted(there, key=lambda job: folded(job.name))
        for line in lines:
            runs = [number for number, run in self.runs.items() if run[0] == line.job.id]
            assert line.last_status == (self.runs[max(runs)][3] if runs else None)
            wakeup = self.wakeups.get((WakeKind.DUE, line.job.id))
            assert line.next_due_at == (wakeup.at if wakeup else None)

    @invariant()
    def jobs_are_kept(self):
        """Every job is there with all its revisions."""
        for job_id, job in self.jobs.items():
            assert self.tables.jobs.get(job_id) == job
            assert self.tables.jobs.body(job_id, job.revision) == job.body


TablesMachine.TestCase.settings = settings(stateful_step_count=30)
TestTables = TablesMachine.TestCase
