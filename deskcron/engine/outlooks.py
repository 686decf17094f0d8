"""Say from the rows what a job would meet at its next due time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from deskcron.domain.deciding import Load, placed
from deskcron.domain.job import Job
from deskcron.domain.lane import MOST_RUNNING, Lane
from deskcron.domain.outlook import Beside, Closed, OpenRun, Outlook
from deskcron.domain.preferences import ONE_AT_ONCE
from deskcron.domain.reason import NO_PARAMETERS, Reason, Why
from deskcron.domain.records import StoredJob
from deskcron.domain.run import Run, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime
from deskcron.engine.bars import Bars
from deskcron.engine.freetimes import first_free
from deskcron.engine.lanes import runs_in
from deskcron.engine.planner import Planner
from deskcron.engine.preferences import preferences_in
from deskcron.triggers.schedule import Schedule


class Outlooks:
    """Look ahead for one job, inside a transaction. Thread: any."""

    def __init__(self, planner: Planner, bars: Bars) -> None:
        self._planner = planner
        self._bars = bars

    def of(self, tables: Tables, stored: StoredJob, job: Job, now: datetime) -> Outlook:
        """Return what is known without a look at the machine."""
        due_at, per_day = tables.wakeups.due_at(stored.id), job.policy.brake.runs_per_day
        at = now if due_at is None and job.listening else due_at
        if at is None:  # by hand only, or not at all: no rule but the lane's is asked
            return Outlook(
                places_taken=_places_taken(tables, job),
                lane=_lane(tables, job),
                beside=_beside(tables, job, comes=False),
            )
        return Outlook(
            closed=self._closed(tables, stored, job, at, now),
            ran_today=self._bars.ran_today(tables, job, now) if per_day else 0,
            runs_per_day=per_day,
            places_taken=_places_taken(tables, job),
            lane=_lane(tables, job),
            beside=_beside(tables, job, comes=True),
            ask_s=job.policy.ask_s,
        )

    def _closed(
        self, tables: Tables, stored: StoredJob, job: Job, at: datetime, now: datetime
    ) -> Closed | None:
        why = self._bars.of(tables, job, None)(DueTime(at, None, ()))
        if why is None:
            return None
        opens_at = self._bars.opens(tables, job, at)
        is_now = tables.wakeups.due_at(stored.id) is None
        comes_by_rule = not is_now and not job.follows_runs
        schedule = Schedule(job.triggers, self._planner.context(tables, stored, job, now))
        first_at = self._first(tables, job, schedule, opens_at) if comes_by_rule else None
        if isinstance(first_at, Why):
            return Closed(at=at, reason=first_at.code, reason_args=first_at.args, opens_at=None)
        return Closed(
            at=at,
            reason=why.code,
            reason_args=why.args,
            opens_at=opens_at,
            first_at=first_at,
            has_none=comes_by_rule and first_at is None,
            is_now=is_now,
        )

    def _first(
        self, tables: Tables, job: Job, schedule: Schedule, opens_at: datetime | None
    ) -> datetime | Why | None:
        """Return the first due time that nothing bars, None where none of the next ones is free.

        Where the rule breaks it is that why the next one is left out.
        """
        try:
            return first_free(schedule, partial(self._bars.opens, tables, job), opens_at)
        except Exception as error:  # noqa: BLE001 - a rule is data and may break in any way
            return Why(Reason.UNREADABLE, {"error": str(error)})


def _places_taken(tables: Tables, job: Job) -> int:
    """Return how many programs run where the job has to wait for the end of one."""
    running = len(tables.overview.running()) if job.starts_process else 0
    return running if running >= MOST_RUNNING else 0


def _lane(tables: Tables, job: Job) -> Lane | None:
    """Return the lane of a job where it has no room now."""
    name = job.policy.lane if job.starts_process else ""
    if not name:
        return None
    limit = preferences_in(tables).lanes.get(name, ONE_AT_ONCE)
    inside = runs_in(tables, name)
    if len(inside) < limit or all(run.job_id == job.id for run in inside):
        return None  # what its own runs mean for the next one is another rule
    return Lane(name=name, limit=limit, runs=tuple(inside))


def _beside(tables: Tables, job: Job, *, comes: bool) -> Beside | None:
    """Return the runs of a job that are not over, and what they mean for one that `comes`."""
    runs = tuple(_open(tables, one.run) for one in tables.runs.open_runs(job.id))
    if not runs or not comes:
        return Beside(runs=runs, status=Status.QUEUED) if runs else None
    status, why, replaces = placed(job.policy, Load(*tables.runs.load(job.id)))
    return Beside(
        runs=runs,
        status=status,
        reason=None if why is None else why.code,
        reason_args=NO_PARAMETERS if why is None else why.args,
        replaces=replaces,
    )


def _open(tables: Tables, run: Run) -> OpenRun:
    attempts = tables.runs.attempts(run.id) if run.attempt > 1 else ()
    waits = run.status is Status.WAITING
    return OpenRun(
        run=run,
        goes_on_at=tables.wakeups.starts_at(run.id) if waits else None,
        before=attempts[-1] if attempts else None,
    )
