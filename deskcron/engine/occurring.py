"""Turn something that happened into runs of the jobs that listen to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from deskcron.domain.deciding import Load, placed
from deskcron.domain.job import Job
from deskcron.domain.listening import EventTrigger, Listener, Topic
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun, WakeKind, Wakeup
from deskcron.domain.run import Cause, RunId, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime
from deskcron.engine.bars import Bars
from deskcron.engine.callingoff import give_way, has_begun
from deskcron.engine.definitions import Definitions
from deskcron.engine.pause import is_paused
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import CHECKING, Settlement

Origin = Mapping[str, str]


class Occurring:
    """Write a row for each trigger that listens, inside a transaction. Thread: any.

    `chance` gives a number from 0 to 1.
    """

    def __init__(self, definitions: Definitions, bars: Bars, chance: Callable[[], float]) -> None:
        self._definitions = definitions
        self._bars = bars
        self._chance = chance

    def happen(
        self,
        tables: Tables,
        topic: Topic,
        origin: Origin,
        now: datetime,
        settlement: Settlement,
        *,
        cause: Cause = Cause.EVENT,
        counts: Callable[[EventTrigger], bool] = lambda _trigger: True,
    ) -> int:
        """Let a topic's listeners run, of those that count; return how many there were."""
        found = 0
        for listener in tables.listeners.of(topic):
            job, trigger = self._trigger(tables, listener)
            if job is not None and trigger is not None and counts(trigger):
                found += 1
                self._admit(
                    tables,
                    job,
                    trigger,
                    NewRun(
                        job.id,
                        job.revision,
                        cause,
                        Status.QUEUED,
                        now,
                        origin=origin,
                        triggers=(trigger.id,),
                    ),
                    settlement,
                )
        return found

    def _trigger(
        self, tables: Tables, listener: Listener
    ) -> tuple[Job | None, EventTrigger | None]:
        stored = tables.jobs.get(listener.job_id)
        job = None if stored is None else self._definitions.present(stored)
        if job is None or job.fault is not None:
            return None, None
        found = (one for one in job.listening if one.id == listener.trigger_id)
        return job, next(found, None)

    def _admit(
        self, tables: Tables, job: Job, trigger: EventTrigger, run: NewRun, settlement: Settlement
    ) -> None:
        now = run.recorded_at
        why = self._barred(tables, job, trigger, now)
        placement = placed(job.policy, Load(*tables.runs.load(job.id)))
        if why is not None or placement.status is Status.SKIPPED:
            self._skip(tables, run._replace(why=why or placement.why))
            return
        status, why, replaces = placement
        before = [one.run for one in tables.runs.open_runs(job.id)] if replaces else []
        if replaces and not has_begun(before):
            status, why = Status.QUEUED, None
        start_at = now + timedelta(seconds=trigger.start_after_s(self._chance()))
        if status is Status.QUEUED and start_at > now:
            status, why = Status.WAITING, Why(Reason.DELAYED)
        elif why is not None and start_at > now:  # its delay goes on while it waits for its turn
            why = why._replace(args={"delayed_until": start_at.isoformat()})
        elif status is Status.QUEUED and job.policy.is_guarded:
            status, why = Status.WAITING, CHECKING
        run_id = tables.runs.insert(run._replace(status=status, why=why))
        if run_id is None:
            return
        settlement.replaced += give_way(tables, before, now)
        if status is Status.QUEUED:
            settlement.ready.append(Ready(run_id, job, run.cause, None, 1, run.origin))
        elif why is not None:
            _wake(tables, run_id, why, start_at, now)

    def _barred(self, tables: Tables, job: Job, trigger: EventTrigger, now: datetime) -> Why | None:
        if is_paused(tables):
            return Why(Reason.PAUSED)
        why = self._bars.of(tables, job, tables.holds.get(job.id))(DueTime(now, None, ()))
        if why is not None or not trigger.at_most_every_s:
            return why
        since = now - timedelta(seconds=trigger.at_most_every_s)
        if not tables.runs.ran_since(job.id, trigger.id, since, now):
            return None
        return Why(Reason.TOO_SOON, {"most_once_s": trigger.at_most_every_s})

    def _skip(self, tables: Tables, run: NewRun) -> None:
        """Say in a row that nothing ran; one row for as many of a kind as follow each other."""
        before = tables.runs.newest(run.job_id)
        if (
            before is not None
            and run.why is not None
            and before.status is Status.SKIPPED
            and before.due_at is None
            and before.reason is run.why.code
            and before.revision == run.revision
            and before.triggers == run.triggers
        ):
            tables.runs.repeat(before.id, run.recorded_at)
        else:
            tables.runs.insert(run._replace(status=Status.SKIPPED, ended_at=run.recorded_at))


def _wake(tables: Tables, run_id: RunId, why: Why, start_at: datetime, now: datetime) -> None:
    if why.code is Reason.DELAYED:
        tables.wakeups.set(Wakeup(start_at, WakeKind.START, str(run_id)))
    elif why.code is Reason.CHECKING:
        tables.wakeups.set(Wakeup(now, WakeKind.GATE, str(run_id)))
