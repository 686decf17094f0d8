"""Turn due times into rows: what became of each, and when the job is due next."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from deskcron.domain.job import Job
from deskcron.domain.policy import Load, Verdict, decide
from deskcron.domain.ports import Zones
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import Cause, Run, RunId, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import Backlog, DueTime, RuleContext
from deskcron.engine.definitions import Definitions
from deskcron.engine.ready import Ready
from deskcron.triggers.schedule import Schedule

logger = logging.getLogger(__name__)

STAGGER = timedelta(seconds=2)
"""Between the starts of caught-up runs of different jobs, so that a wake is no storm."""
LONGEST_STAGGER = timedelta(seconds=60)


class Settlement:
    """What a transaction has decided: runs that may start, and what was missed.

    Where `defers` is set there is no runner in this process: runs are left to the engine by a
    wakeup.
    """

    def __init__(self, *, defers: bool = False) -> None:
        self.defers = defers
        self.ready: list[Ready] = []
        self.caught_up = 0
        self.missed = 0
        self.inbox_woken = False

    def clear(self) -> None:
        """Forget everything: the transaction begins anew."""
        self.ready.clear()
        self.caught_up = self.missed = 0
        self.inbox_woken = False

    @property
    def is_news(self) -> bool:
        """Tell whether a person may want to hear of it."""
        return bool(self.caught_up or self.missed or self.inbox_woken)

    def stagger(self) -> timedelta:
        """Return how long the next caught-up run should wait for the ones before it."""
        return min(STAGGER * self.caught_up, LONGEST_STAGGER)


class Planner:
    """Decide due times inside a transaction. Stateless apart from decoded jobs."""

    def __init__(self, definitions: Definitions, zones: Zones) -> None:
        self._definitions = definitions
        self._zones = zones

    def settle(
        self,
        tables: Tables,
        stored: StoredJob,
        now: datetime,
        settlement: Settlement,
        *,
        known: DueTime | None = None,
    ) -> None:
        """Write the row of each due time in (decided_until, now] and plan the next.

        `known` is the job's stored next due time; with it the usual case, one due time and
        the next one later, needs a single step of the rule. A rule that breaks is told in a row
        and must not stop the other jobs.
        """
        job = self._definitions.present(stored)
        if _is_off(stored, job):
            tables.wakeups.clear(WakeKind.DUE, stored.id)
            return
        schedule = self.schedule(tables, stored, job)
        try:
            backlog, upcoming = _backlog(schedule, job, stored, now, known)
        except Exception as error:  # noqa: BLE001 - a rule is data and may break in any way
            why = self._broken(tables, stored, error)
            row = NewRun(stored.id, stored.revision, Cause.SCHEDULE, Status.MISSED, now, known)
            tables.runs.insert(row._replace(why=why, ended_at=now))
            return
        backlog = _beyond_rows(tables, schedule, job, backlog, now)
        if backlog is not None:
            self._record(tables, job, backlog, upcoming, now, settlement)
            if job.follows_runs:
                schedule = self.schedule(tables, stored, job)
                upcoming = schedule.next_after(now)
        self._plan(tables, stored, job, upcoming, now)

    def skip(self, tables: Tables, stored: StoredJob, now: datetime, why: Why) -> int:
        """Cover all due times up to `now` by one unexecuted row, and return their number."""
        job = self._definitions.present(stored)
        if _is_off(stored, job):
            tables.wakeups.clear(WakeKind.DUE, stored.id)
            return 0
        schedule = self.schedule(tables, stored, job)
        try:
            backlog = schedule.backlog(stored.decided_until, now, 1)
            upcoming = schedule.next_after(now)
        except Exception as error:  # noqa: BLE001 - as above
            self._broken(tables, stored, error)
            return 0
        backlog = _beyond_rows(tables, schedule, job, backlog, now)
        if backlog is not None:
            verdict = Verdict(
                Status.SKIPPED,
                Cause.SCHEDULE,
                backlog.first,
                backlog.latest[-1],
                backlog.count,
                backlog.is_exact,
                why,
            )
            self._cover(tables, job, verdict, now)
        self._plan(tables, stored, job, upcoming, now)
        return backlog.count if backlog else 0

    def plan(
        self, tables: Tables, stored: StoredJob, *, set_back_to: datetime | None = None
    ) -> DueTime | None:
        """Set the wakeup of a job to its first due time after what is decided.

        Where the clock was set back, runs that are in the future now count as of this moment.
        """
        job = self._definitions.present(stored)
        if _is_off(stored, job):
            tables.wakeups.clear(WakeKind.DUE, stored.id)
            return None
        context = self.context(tables, stored, job)
        if set_back_to is not None:
            context = _not_after(context, set_back_to)
        try:
            upcoming = Schedule(job.triggers, context).next_after(stored.decided_until)
        except Exception as error:  # noqa: BLE001 - as above
            self._broken(tables, stored, error)
            return None
        self._plan(tables, stored, job, upcoming, stored.decided_until)
        return upcoming

    def schedule(self, tables: Tables, stored: StoredJob, job: Job) -> Schedule:
        """Return the schedule of a job as it stands inside this transaction."""
        return Schedule(job.triggers, self.context(tables, stored, job))

    def context(self, tables: Tables, stored: StoredJob, job: Job) -> RuleContext:
        """Return what the job's rules need to know."""
        start, end = tables.runs.last_times(stored.id) if job.follows_runs else (None, None)
        shift = timedelta(microseconds=stored.grid_shift_us)
        return RuleContext(self._zones.local_zone(), start, end, shift)

    def _broken(self, tables: Tables, stored: StoredJob, error: Exception) -> Why:
        """Take a job's wakeup away until its rule, such as one of a zone that is gone, works."""
        logger.warning("Job %s has no next due time, its rule broke: %r", stored.id, error)
        tables.wakeups.clear(WakeKind.DUE, stored.id)
        return Why(Reason.UNREADABLE, {"error": str(error)})

    def _plan(
        self,
        tables: Tables,
        stored: StoredJob,
        job: Job,
        upcoming: DueTime | None,
        decided_until: datetime,
    ) -> None:
        is_over = upcoming is None and bool(job.triggers) and not job.follows_runs
        finished_at = (stored.finished_at or decided_until) if is_over else None
        tables.jobs.decided(stored.id, decided_until, finished_at)
        if upcoming is None:
            tables.wakeups.clear(WakeKind.DUE, stored.id)
        else:
            tables.wakeups.set(Wakeup(upcoming.at, WakeKind.DUE, stored.id, upcoming))

    def _record(
        self,
        tables: Tables,
        job: Job,
        backlog: Backlog,
        upcoming: DueTime | None,
        now: datetime,
        settlement: Settlement,
    ) -> None:
        load = Load(*tables.runs.load(job.id))
        for verdict in decide(job.policy, backlog, now, load):
            if verdict.status in {Status.MISSED, Status.SKIPPED}:
                self._cover(tables, job, verdict, now)
                if verdict.why is not None and verdict.why.code is not Reason.COALESCED:
                    settlement.missed += verdict.count * (verdict.status is Status.MISSED)
            elif verdict.first.wall is not None and tables.runs.has_wall(
                job.id, verdict.first.wall.isoformat(), verdict.first.trigger_ids
            ):
                why = Why(Reason.SAME_WALL_TIME, {"wall": verdict.first.wall.isoformat()})
                skipped = Verdict(
                    Status.SKIPPED, verdict.cause, verdict.first, verdict.last, why=why
                )
                self._cover(tables, job, skipped, now)
            else:
                self._admit(tables, job, verdict, upcoming, now, settlement)

    def _admit(
        self,
        tables: Tables,
        job: Job,
        verdict: Verdict,
        upcoming: DueTime | None,
        now: datetime,
        settlement: Settlement,
    ) -> None:
        """Write the row of a due time that runs: now, after a pause, or behind others."""
        start_at = now
        status, why = verdict.status, verdict.why
        if verdict.cause is Cause.CATCH_UP:
            start_at = now + settlement.stagger()
            settlement.caught_up += 1
        waits = start_at > now and (upcoming is None or upcoming.at > start_at)
        if status is Status.QUEUED and (waits or settlement.defers):
            status, why = Status.WAITING, Why(Reason.STAGGERED)
        run_id = tables.runs.insert(
            NewRun(job.id, job.revision, verdict.cause, status, now, verdict.first, why=why)
        )
        if run_id is None:
            return  # the due time has its row: the clock was set back over it
        if status is Status.QUEUED:
            settlement.ready.append(Ready(run_id, job, verdict.cause, verdict.first.at))
        elif why is not None and why.code is Reason.STAGGERED:
            tables.wakeups.set(Wakeup(start_at, WakeKind.START, str(run_id)))

    def _cover(self, tables: Tables, job: Job, verdict: Verdict, now: datetime) -> None:
        """Write or extend the one row that covers neighbouring due times with one reason."""
        if verdict.why is None:
            return
        before = tables.runs.newest_due(job.id)
        if before is not None and _continues(before, job, verdict):
            tables.runs.extend(
                RunId(before.id), verdict.last.at, verdict.count, is_exact=verdict.is_exact
            )
            return
        tables.runs.insert(
            NewRun(
                job.id,
                job.revision,
                verdict.cause,
                verdict.status,
                now,
                verdict.first._replace(wall=None),
                due_until=verdict.last.at if verdict.count > 1 else None,
                count=verdict.count,
                is_exact=verdict.is_exact,
                why=verdict.why,
                ended_at=now,
            )
        )


def _not_after(context: RuleContext, now: datetime) -> RuleContext:
    start, end = context.last_start, context.last_end
    return context._replace(
        last_start=None if start is None else min(start, now),
        last_end=None if end is None else min(end, now),
    )


def _is_off(stored: StoredJob, job: Job) -> bool:
    """Tell whether a job has no due times; one with a fault is off, too, but never finished."""
    return stored.removed_at is not None or not job.enabled or job.fault is not None


def _backlog(
    schedule: Schedule, job: Job, stored: StoredJob, now: datetime, known: DueTime | None
) -> tuple[Backlog | None, DueTime | None]:
    """Return what was due in (decided_until, now] and the next due time after `now`."""
    if known is not None and stored.decided_until < known.at <= now:
        upcoming = schedule.next_after(known.at)
        if upcoming is None or upcoming.at > now:
            return Backlog(1, True, known, (known,)), upcoming
    backlog = schedule.backlog(stored.decided_until, now, job.policy.keep())
    return backlog, schedule.next_after(now)


def _beyond_rows(
    tables: Tables, schedule: Schedule, job: Job, backlog: Backlog | None, now: datetime
) -> Backlog | None:
    """Leave out of several due times those that have rows from before the clock was set back.

    A single one needs no look: its row is unique.
    """
    newest = tables.runs.newest_due(job.id) if backlog and backlog.count > 1 else None
    if backlog is None or newest is None or newest.due_at is None:
        return backlog
    covered_until = newest.due_until or newest.due_at
    if covered_until < backlog.first.at:
        return backlog
    return schedule.backlog(covered_until, now, job.policy.keep())


def _continues(before: Run, job: Job, verdict: Verdict) -> bool:
    """Tell whether a row can take in the next due times: same revision, fate and reason."""
    return (
        before.status is verdict.status
        and verdict.why is not None
        and before.reason is verdict.why.code
        and before.revision == job.revision
        and before.due_at is not None
        and (before.due_until or before.due_at) < verdict.first.at
        and before.wall is None
    )
