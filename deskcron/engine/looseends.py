"""Find what the clock would never come to: jobs, runs and holds whose wakeup is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskcron.domain.reason import BEFORE_GUARDS, Reason
from deskcron.domain.records import StoredJob, WakeKind, Wakeup
from deskcron.domain.run import JobId, Run, Status
from deskcron.domain.storage import Tables
from deskcron.engine.admission import is_guarded
from deskcron.engine.definitions import Definitions
from deskcron.engine.planner import Planner
from deskcron.triggers.schedule import Schedule

_EVER = timedelta(days=36_500)


class LooseEnds:
    """Look for them inside a transaction."""

    def __init__(self, definitions: Definitions, planner: Planner) -> None:
        self._definitions = definitions
        self._planner = planner

    def missing(self, tables: Tables, now: datetime) -> list[Wakeup]:
        """Return the wakeups that should be there and are not."""
        there = {(one.kind, one.ref) for one in tables.wakeups.others(now + _EVER, -1)}
        wanted = (*self._of_runs(tables, now), *self._of_holds(tables))
        found = [one for one in wanted if (one.kind, one.ref) not in there]
        return [*self._of_jobs(tables, now), *found]

    def _of_jobs(self, tables: Tables, now: datetime) -> Iterator[Wakeup]:
        for stored in tables.jobs.live():
            if stored.finished_at is None and tables.wakeups.due_at(stored.id) is None:
                yield from self._next(tables, stored, now)

    def _next(self, tables: Tables, stored: StoredJob, now: datetime) -> Iterator[Wakeup]:
        job = self._definitions.present(stored)
        if job.fault is not None:
            return
        schedule = Schedule(job.triggers, self._planner.context(tables, stored, job, now))
        due = schedule.next_after(stored.decided_until)
        if due is not None:
            yield Wakeup(due.at, WakeKind.DUE, stored.id, due)

    def _of_runs(self, tables: Tables, now: datetime) -> Iterator[Wakeup]:
        """Go through the waiting runs; one behind others goes on at their end."""
        before: set[JobId] = set()
        for one in tables.runs.open_runs():
            run, has_before = one.run, one.run.job_id in before
            before.add(run.job_id)
            is_behind = run.reason is Reason.BEHIND_PREVIOUS
            if run.status is not Status.WAITING or (is_behind and has_before):
                continue
            kind = WakeKind.GATE if self._is_at_gate(tables, run) else WakeKind.START
            yield Wakeup(now, kind, str(run.id))

    def _is_at_gate(self, tables: Tables, run: Run) -> bool:
        """Tell whether the gate decides what becomes of a run that waits."""
        if run.called_off is not None:
            return True
        if run.reason in BEFORE_GUARDS:
            return False
        job = self._definitions.of_revision(tables, run.job_id, run.revision)
        return job is not None and is_guarded(job, run.cause)

    def _of_holds(self, tables: Tables) -> Iterator[Wakeup]:
        for line in tables.jobs.lines(finished=True, tag=None):
            if line.hold is not None and line.hold.until is not None:
                yield Wakeup(line.hold.until, WakeKind.HOLD_END, line.job.id)
