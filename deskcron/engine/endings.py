"""Record how runs ended, with everything that follows from it, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from deskcron.domain.action import Presentation
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.job import Job
from deskcron.domain.listening import EventTrigger, Topic
from deskcron.domain.policy import Notify
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    InboxItem,
    InboxKind,
    RunEnd,
    Standing,
    WakeKind,
    Wakeup,
)
from deskcron.domain.run import Cause, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.domain.watchdogs import Watchdogs
from deskcron.engine.admission import let_on
from deskcron.engine.callingoff import called_off
from deskcron.engine.definitions import Definitions
from deskcron.engine.holds import brake
from deskcron.engine.inboxentries import MOST_FAILURES
from deskcron.engine.occurring import Occurring
from deskcron.engine.planner import Planner
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import Settlement
from deskcron.engine.watchdogs import look_at_success, tell_slow
from deskcron.triggers.afterjob import AFTER, AfterJob

logger = logging.getLogger(__name__)

_NO_WATCHDOGS = Watchdogs()


def outcome(exited: Exit, codes: ExitCodes, *, has_leftovers: bool) -> tuple[Status, Why | None]:
    """Say what the end of a process means for its run."""
    if exited.signal is not None:
        return Status.FAILED, Why(Reason.SIGNAL, {"signal": exited.signal})
    if exited.code is None:
        return Status.UNKNOWN, Why(Reason.EXIT_CODE_UNKNOWN)
    status, why = codes.meaning(exited.code)
    if status is Status.SUCCEEDED and why is None and has_leftovers:
        return status, Why(Reason.LEFT_PROCESSES)
    return status, why


def _is_silent(job: Job, cause: Cause) -> bool:
    """Tell whether the reminder of a muted job goes into the inbox without a banner."""
    return job.policy.notify is Notify.NEVER and cause is not Cause.TEST


class Ended(NamedTuple):
    """The last end of a run; `ready` has the job as it is now, which says how that is told."""

    ready: Ready
    end: RunEnd
    presentation: Presentation | None


class Aftermath(NamedTuple):
    """What follows a decision: runs that may start now, those that give way, the clock's news.

    Where it was the run's end, that is told; one that `is_noticed` is in the inbox though it
    succeeded.
    """

    released: Sequence[Ready] = ()
    replaced: Sequence[RunId] = ()
    has_wakeup: bool = False
    ended: Ended | None = None
    is_noticed: bool = False


class Endings:
    """Write ends of runs, let on what waited for them, tell those who want to know.

    `replace` stops runs that give way, `wakes` tells the clock of something new, `chance` gives a
    number from 0 to 1. `look` has the inbox looked at by who shows it.
    """

    def __init__(
        self,
        store: Store,
        planner: Planner,
        definitions: Definitions,
        *,
        occurring: Occurring,
        submit: Callable[[Sequence[Ready]], None],
        replace: Callable[[Sequence[RunId]], None],
        told: Callable[[Ready, RunEnd, Presentation | None], None],
        wakes: Callable[[], None],
        chance: Callable[[], float],
        look: Callable[[], None],
    ) -> None:
        self._store = store
        self._planner = planner
        self._definitions = definitions
        self._occurring = occurring
        self._submit = submit
        self._replace = replace
        self._told = told
        self._wakes = wakes
        self._chance = chance
        self._look = look

    def record(
        self,
        ready: Ready,
        end: RunEnd,
        presentation: Presentation | None = None,
        *,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Record an end; what follows happens when it is committed, on the writer thread.

        So does `then`, also where it could not be recorded.
        """

        def committed(aftermath: Aftermath | None, error: BaseException | None) -> None:
            if then is not None:
                then()
            if error is not None:
                logger.error("The end of run %d could not be recorded: %s", ready.run_id, error)
            elif aftermath is not None:
                self.follow(aftermath)

        self._store.post(lambda tables: self.end(tables, ready, end, presentation), committed)

    def follow(self, aftermath: Aftermath) -> None:
        """Do what follows a decision that is committed. Thread: any."""
        self._submit(aftermath.released)
        self._replace(aftermath.replaced)
        if aftermath.has_wakeup:
            self._wakes()
        if aftermath.is_noticed:
            self._look()
        if aftermath.ended is not None:
            self._told(*aftermath.ended)

    def warn(self, ready: Ready, now: datetime) -> None:
        """Tell once, while a run goes on, that it takes long."""

        def committed(item: int | None, error: BaseException | None) -> None:
            if error is not None:
                logger.error("Run %d takes long, which cannot be told: %s", ready.run_id, error)
            elif item is not None:
                self._look()

        self._store.post(lambda tables: tell_slow(tables, ready, now), committed)

    def may_have_slept(self, run_id: RunId) -> None:
        """Write into a run that the machine could not be kept awake for it."""

        def committed(_none: None, error: BaseException | None) -> None:
            if error is not None:
                logger.error("That run %d had no lock cannot be recorded: %s", run_id, error)

        self._store.post(lambda tables: tables.runs.may_have_slept(run_id), committed)

    def end(
        self,
        tables: Tables,
        ready: Ready,
        end: RunEnd,
        presentation: Presentation | None = None,
    ) -> Aftermath | None:
        """Record an end with all that follows in this transaction; None when it had one."""
        if self._is_tried_again(tables, ready, end):
            return Aftermath(has_wakeup=True)
        if not tables.runs.ended(end):
            return None
        job = ready.job
        standing = tables.jobs.standing(job.id)
        present = self._present(tables, job, standing)
        followed = Settlement()
        if job.policy.ask_s:
            tables.inbox.answered(end.run_id, end.ended_at)
        if presentation is not None:
            tables.inbox.add(
                InboxItem(
                    id=0,
                    kind=InboxKind.REMINDER,
                    run_id=end.run_id,
                    job_id=job.id,
                    title=presentation.title,
                    text=presentation.text,
                    urgency=presentation.urgency,
                    created_at=end.ended_at,
                    presented_at=end.ended_at if _is_silent(present, ready.cause) else None,
                )
            )
        elif end.status.is_trouble and ready.cause is not Cause.TEST:  # who tests looks on
            tables.inbox.add(
                InboxItem(
                    id=0,
                    kind=InboxKind.TROUBLE,
                    run_id=end.run_id,
                    job_id=job.id,
                    title=job.name,
                    text="",
                    urgency="normal",
                    created_at=end.ended_at,
                    presented_at=None if present.policy.notify.wants(end.status) else end.ended_at,
                )
            )
            tables.inbox.thin_out(job.id, MOST_FAILURES)
        has_wakeup = is_noticed = False
        if ready.cause is not Cause.TEST:
            if end.status is Status.SUCCEEDED and present.policy.watchdogs != _NO_WATCHDOGS:
                is_noticed = look_at_success(tables, present, end)
                has_wakeup = True
            has_wakeup |= brake(tables, present, end)
            if standing is not None and standing.has_followers:
                self._let_follow(tables, ready, end, followed)
                has_wakeup = True
        if standing is not None and standing.has_waiting:
            followed.ready += self._released(tables, job, end.ended_at)
            has_wakeup = True
        has_wakeup |= self._replan(tables, present, end.ended_at)
        ended = Ended(ready._replace(job=present), end, presentation)
        return Aftermath(followed.ready, followed.replaced, has_wakeup, ended, is_noticed)

    def _is_tried_again(self, tables: Tables, ready: Ready, end: RunEnd) -> bool:
        """Let the run wait for its next attempt, where its job is still there and wants one."""
        retry = ready.job.policy.retry
        delay_s = retry.delay_after(ready.attempt, end.status, self._chance())
        if delay_s is None or ready.cause is Cause.TEST:
            return False
        prospect = tables.runs.prospect(end.run_id)
        if prospect is None or called_off(prospect) is not None:
            return False
        why = Why(Reason.RETRYING, {"attempt": ready.attempt + 1, "of": retry.count + 1})
        if not tables.runs.again(end, why):
            return False
        at = end.ended_at + timedelta(seconds=delay_s)
        tables.wakeups.set(Wakeup(at, WakeKind.START, str(end.run_id)))
        return True

    def _let_follow(
        self, tables: Tables, ready: Ready, end: RunEnd, settlement: Settlement
    ) -> None:
        """Let the jobs run that follow this one."""
        origin = {
            "previous_run_id": str(end.run_id),
            "previous_status": end.status.value,
            "previous_attempt": str(ready.attempt),
        }

        def counts(trigger: EventTrigger) -> bool:
            return isinstance(trigger, AfterJob) and trigger.counts(end.status)

        topic = Topic(AFTER, ready.job.id)
        self._occurring.happen(
            tables, topic, origin, end.ended_at, settlement, cause=Cause.CHAIN, counts=counts
        )

    def _present(self, tables: Tables, job: Job, standing: Standing | None) -> Job:
        """Return the job as it is now, which may be another revision than the run's."""
        if standing is None or standing.revision == job.revision:
            return job
        stored = tables.jobs.get(job.id)
        return job if stored is None else self._definitions.present(stored)

    def _replan(self, tables: Tables, job: Job, now: datetime) -> bool:
        """Plan the next due time where the job counts from its runs."""
        stored = tables.jobs.get(job.id) if job.follows_runs else None
        if stored is None:
            return False
        self._planner.plan(tables, stored, now)
        return True

    def _released(self, tables: Tables, job: Job, now: datetime) -> list[Ready]:
        """Let the run on that waits behind the others, if there is a place for it."""
        waiting = tables.runs.next_waiting(job.id)
        if waiting is None or tables.runs.in_place(job.id) >= job.policy.places():
            return []
        released = let_on(self._definitions, tables, waiting, now)
        return [released] if released is not None else []
