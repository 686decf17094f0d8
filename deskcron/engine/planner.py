"""Turn due times into rows: what became of each, and when the job is due next."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from deskcron.domain.deciding import ON_TIME_S, Load, Verdict, decide
from deskcron.domain.job import Job
from deskcron.domain.ports import Zones
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, NewRun, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import Backlog, DueTime, RuleContext, UnknownTrigger
from deskcron.engine.bars import Bars
from deskcron.engine.callingoff import give_way, has_begun
from deskcron.engine.covering import beyond_rows, cover
from deskcron.engine.definitions import Definitions
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import CHECKING, Settlement, decided_by
from deskcron.engine.watchdogs import await_start, tell_late
from deskcron.triggers.schedule import Schedule

logger = logging.getLogger(__name__)


class _Span(NamedTuple):
    """What was due of a job in a span of time, and what is due first after it."""

    job: Job
    until: datetime
    backlog: Backlog | None
    upcoming: DueTime | None


class Known(NamedTuple):
    """What is known of a job before it is settled; `due` is its stored next due time."""

    due: DueTime | None
    load: Load
    hold: Hold | None


class Planner:
    """Decide due times inside a transaction. Stateless apart from decoded jobs."""

    def __init__(self, definitions: Definitions, zones: Zones, bars: Bars | None = None) -> None:
        self._definitions = definitions
        self._zones = zones
        self._bars = bars or Bars(zones)

    def settle(
        self,
        tables: Tables,
        stored: StoredJob,
        now: datetime,
        settlement: Settlement,
        known: Known | None = None,
    ) -> None:
        """Write the row of each due time in (decided_until, now + lead] and plan the next.

        With the stored next due time the usual case, one due time and the next one later, needs
        a single step of the rule. What is not `known` is read. A rule that breaks is told in a
        row and must not stop the other jobs.
        """
        due = None if known is None else known.due
        span = self._span(tables, stored, now, now + settlement.lead, due)
        if span is None:
            return
        if span.backlog is not None:
            if known is None:
                load = Load(*tables.runs.load(stored.id))
                known = Known(None, load, tables.holds.get(stored.id))
            self._record(tables, span, span.backlog, now, settlement, known)
        self._go_on(tables, stored, span, now)

    def skip(self, tables: Tables, stored: StoredJob, now: datetime, why: Why) -> int:
        """Cover all due times up to `now` by one unexecuted row, and return their number."""
        span = self._span(tables, stored, now, now, None)
        if span is None:
            return 0
        count, backlog = 0, span.backlog
        if backlog is not None:
            count, first, last = backlog.count, backlog.first, backlog.latest[-1]
            verdict = Verdict(
                Status.SKIPPED, Cause.SCHEDULE, first, last, count, backlog.is_exact, why
            )
            cover(tables, span.job, verdict, now)
        self._go_on(tables, stored, span, now)
        return count

    def plan(self, tables: Tables, stored: StoredJob, now: datetime) -> DueTime | None:
        """Set the wakeup of a job to its first due time after what is decided."""
        job = self._present(tables, stored)
        if job is None:
            return None
        try:
            upcoming = self._schedule(tables, stored, job, now).next_after(stored.decided_until)
        except Exception as error:  # noqa: BLE001 - a rule is data and may break in any way
            self._broken(tables, stored, error)
            return None
        self._plan(tables, stored, job, upcoming, stored.decided_until)
        return upcoming

    def context(self, tables: Tables, stored: StoredJob, job: Job, now: datetime) -> RuleContext:
        """Return what the job's rules need to know.

        After the clock was set back, a run that is in the future now counts as of `now`.
        """
        start, end = tables.runs.last_times(stored.id) if job.follows_runs else (None, None)
        return RuleContext(
            self._zones.local_zone(),
            None if start is None else min(start, now),
            None if end is None else min(end, now),
            timedelta(microseconds=stored.grid_shift_us),
        )

    def _schedule(self, tables: Tables, stored: StoredJob, job: Job, now: datetime) -> Schedule:
        """Return the schedule of a job as it stands inside this transaction."""
        return Schedule(job.triggers, self.context(tables, stored, job, now))

    def _present(self, tables: Tables, stored: StoredJob) -> Job | None:
        """Return the job where it has due times, else take its wakeup away.

        One that is removed or disabled has none; one with a fault is off, too, but not finished.
        """
        job = self._definitions.present(stored)
        if stored.removed_at is None and job.enabled and job.fault is None:
            return job
        tables.wakeups.clear(WakeKind.DUE, stored.id)
        return None

    def _span(
        self,
        tables: Tables,
        stored: StoredJob,
        now: datetime,
        until: datetime,
        known: DueTime | None,
    ) -> _Span | None:
        """Return what was due in (decided_until, until]; None where the job has no due times."""
        job = self._present(tables, stored)
        if job is None:
            return None
        schedule = self._schedule(tables, stored, job, until)
        try:
            backlog, upcoming = _backlog(schedule, job, stored, until, known)
        except Exception as error:  # noqa: BLE001 - as above
            why = self._broken(tables, stored, error)
            row = NewRun(stored.id, stored.revision, Cause.SCHEDULE, Status.MISSED, now, known)
            tables.runs.insert(row._replace(why=why, ended_at=now))
            return None
        backlog = beyond_rows(tables, schedule, job, backlog, stored, until)
        return _Span(job, until, backlog, upcoming)

    def _go_on(self, tables: Tables, stored: StoredJob, span: _Span, now: datetime) -> None:
        """Plan what follows a span. Nothing is passed over that has no row."""
        decided_until, upcoming = decided_by(now, stored.decided_until), span.upcoming
        if span.backlog is not None:
            decided_until = max(decided_until, span.backlog.latest[-1].at)
            if span.job.follows_runs:
                schedule = self._schedule(tables, stored, span.job, span.until)
                upcoming = schedule.next_after(span.until)
        self._plan(tables, stored, span.job, upcoming, decided_until)

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
        may_come = job.follows_runs or bool(job.listening) or not job.triggers
        is_over = upcoming is None and not may_come
        finished_at = (stored.finished_at or decided_until) if is_over else None
        tables.jobs.decided(stored.id, decided_until, finished_at)
        if upcoming is None:
            tables.wakeups.clear(WakeKind.DUE, stored.id)
        else:
            tables.wakeups.set(Wakeup(upcoming.at, WakeKind.DUE, stored.id, upcoming))

    def _record(
        self,
        tables: Tables,
        span: _Span,
        backlog: Backlog,
        now: datetime,
        settlement: Settlement,
        known: Known,
    ) -> None:
        job, upcoming = span.job, span.upcoming
        bar = self._bars.of(tables, job, known.hold)
        verdicts = list(decide(job.policy, backlog, now, known.load, bar))
        if now - backlog.first.at > timedelta(seconds=ON_TIME_S):
            settlement.note_late(backlog.first.at)
        settlement.inbox_woken |= tell_late(tables, job, verdicts, now)
        for verdict in verdicts:
            if verdict.status in {Status.MISSED, Status.SKIPPED}:
                cover(tables, job, verdict, now)
                if verdict.why is not None and verdict.why.code is not Reason.COALESCED:
                    settlement.missed += verdict.count * (verdict.status is Status.MISSED)
            elif verdict.first.wall is not None and self._ran_at(
                tables, job, verdict.first.wall, verdict.first.trigger_ids
            ):
                why = Why(Reason.SAME_WALL_TIME, {"wall": verdict.first.wall.isoformat()})
                skipped = Verdict(
                    Status.SKIPPED, verdict.cause, verdict.first, verdict.last, why=why
                )
                cover(tables, job, skipped, now)
            else:
                self._admit(tables, job, verdict, upcoming, now, settlement)

    def _ran_at(self, tables: Tables, job: Job, wall: datetime, trigger_ids: Sequence[str]) -> bool:
        """Tell whether one of these triggers, in the same zone, was let run at this wall time."""
        rules = _rules(job, trigger_ids)
        for revision, ids in tables.runs.at_wall(job.id, wall.isoformat()):
            earlier = self._definitions.of_revision(tables, job.id, revision)
            if earlier is not None and not rules.isdisjoint(_rules(earlier, ids)):
                return True
        return False

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
        before = [one.run for one in tables.runs.open_runs(job.id)] if verdict.replaces else []
        start_at = now
        status, why = verdict.status, verdict.why
        if verdict.replaces and not has_begun(before):
            status, why = Status.QUEUED, None
        if verdict.cause is Cause.CATCH_UP:
            start_at = now + settlement.stagger()
            settlement.caught_up += 1
        waits = start_at > now and (upcoming is None or upcoming.at > start_at)
        if status is Status.QUEUED and (waits or settlement.defers):
            status, why = Status.WAITING, Why(Reason.STAGGERED)
        elif status is Status.QUEUED and (
            job.policy.is_guarded or (verdict.cause is Cause.CATCH_UP and job.policy.hours.is_set)
        ):
            status, why = Status.WAITING, CHECKING
        run_id = tables.runs.insert(
            NewRun(job.id, job.revision, verdict.cause, status, now, verdict.first, why=why)
        )
        if run_id is None:
            return  # the due time has its row: the clock was set back over it
        await_start(tables, job, run_id, verdict.first.at, now)
        if status is Status.QUEUED:
            settlement.ready.append(Ready(run_id, job, verdict.cause, verdict.first.at))
        elif why is not None and why.code is Reason.STAGGERED:
            tables.wakeups.set(Wakeup(start_at, WakeKind.START, str(run_id)))
        elif why is CHECKING:
            tables.wakeups.set(Wakeup(verdict.first.at, WakeKind.GATE, str(run_id)))
        settlement.replaced += give_way(tables, before, now)


def _rules(job: Job, trigger_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Return id and zone of those of a job's triggers."""
    return {
        (trigger.id, trigger.zone)
        for trigger in job.triggers
        if not isinstance(trigger, UnknownTrigger) and trigger.id in trigger_ids
    }


def _backlog(
    schedule: Schedule, job: Job, stored: StoredJob, until: datetime, known: DueTime | None
) -> tuple[Backlog | None, DueTime | None]:
    """Return what was due in (decided_until, until] and the next due time after that."""
    if known is not None and stored.decided_until < known.at <= until:
        upcoming = schedule.next_after(known.at)
        if upcoming is None or upcoming.at > until:
            return Backlog(1, True, known, (known,)), upcoming
    backlog = schedule.backlog(stored.decided_until, until, job.policy.keep())
    return backlog, schedule.next_after(until)
