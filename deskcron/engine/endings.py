"""Record how runs ended, with everything that follows from it, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from deskcron.domain.action import Presentation
from deskcron.domain.job import Job
from deskcron.domain.policy import Notify
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, RunEnd, Standing
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import as_ready
from deskcron.engine.inboxentries import MOST_FAILURES
from deskcron.engine.planner import Planner
from deskcron.engine.ready import Ready

logger = logging.getLogger(__name__)


def outcome(exited: Exit, *, has_leftovers: bool) -> tuple[Status, Why | None]:
    """Say what the end of a process means for its run."""
    if exited.signal is not None:
        return Status.FAILED, Why(Reason.SIGNAL, {"signal": exited.signal})
    if exited.code is None:
        return Status.UNKNOWN, Why(Reason.EXIT_CODE_UNKNOWN)
    if exited.code:
        return Status.FAILED, Why(Reason.EXIT_CODE, {"code": exited.code})
    return Status.SUCCEEDED, Why(Reason.LEFT_PROCESSES) if has_leftovers else None


def _is_silent(job: Job, cause: Cause) -> bool:
    """Tell whether the reminder of a muted job goes into the inbox without a banner."""
    return job.policy.notify is Notify.NEVER and cause is not Cause.TEST


class Aftermath(NamedTuple):
    """What follows an end: runs that may start now, and whether the next due time has moved.

    `job` is the job as it is now; it says how the end is told.
    """

    job: Job
    released: list[Ready]
    is_replanned: bool


class Endings:
    """Write ends of runs, release what waited for them, tell those who want to know."""

    def __init__(
        self,
        store: Store,
        planner: Planner,
        definitions: Definitions,
        *,
        submit: Callable[[Sequence[Ready]], None],
        told: Callable[[Ready, RunEnd, Presentation | None], None],
        replanned: Callable[[], None],
    ) -> None:
        self._store = store
        self._planner = planner
        self._definitions = definitions
        self._submit = submit
        self._told = told
        self._replanned = replanned

    def record(self, ready: Ready, end: RunEnd, presentation: Presentation | None = None) -> None:
        """Record an end; what follows happens when it is committed, on the writer thread."""

        def committed(aftermath: Aftermath | None, error: BaseException | None) -> None:
            if error is not None:
                logger.error("The end of run %d could not be recorded: %s", ready.run_id, error)
            elif aftermath is not None:
                self._submit(aftermath.released)
                if aftermath.is_replanned:
                    self._replanned()
                self._told(ready._replace(job=aftermath.job), end, presentation)

        self._store.post(lambda tables: self.end(tables, ready, end, presentation), committed)

    def end(
        self,
        tables: Tables,
        ready: Ready,
        end: RunEnd,
        presentation: Presentation | None = None,
    ) -> Aftermath | None:
        """Record an end with all that follows in this transaction; None when it had one."""
        if not tables.runs.ended(end):
            return None
        job = ready.job
        standing = tables.jobs.standing(job.id)
        present = self._present(tables, job, standing)
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
        return Aftermath(
            present,
            self._released(tables, job) if standing is not None and standing.has_waiting else [],
            is_replanned=self._replan(tables, present, end.ended_at),
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

    def _released(self, tables: Tables, job: Job) -> list[Ready]:
        """Release the run that waits behind the others, if there is a place for it."""
        waiting = tables.runs.next_waiting(job.id)
        if waiting is None or tables.runs.load(job.id)[0] >= job.policy.places():
            return []
        released = as_ready(self._definitions, tables, waiting)
        return [released] if released is not None and tables.runs.release(waiting.id) else []
