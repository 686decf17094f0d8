"""Let runs on that have waited: to what guards them, or to their start."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.job import Job
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import WakeKind, Wakeup
from deskcron.domain.run import BY_HAND, Cause, Run
from deskcron.domain.storage import Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.pause import is_paused
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import CHECKING


def as_ready(definitions: Definitions, tables: Tables, run: Run) -> Ready | None:
    """Return a run with the revision its row names, None where that is gone."""
    job = definitions.of_revision(tables, run.job_id, run.revision)
    if job is None:
        return None
    return Ready(run.id, job, run.cause, run.due_at, run.attempt, run.origin)


def is_guarded(job: Job, cause: Cause) -> bool:
    """Tell whether something is looked at before a start that comes later than it was due.

    These are the hours, conditions and a question; nothing of it for what is run by hand.
    """
    return (job.policy.is_guarded or job.policy.hours.is_set) and cause not in BY_HAND


def heeds_hours(ready: Ready) -> bool:
    """Tell whether a run may start only in the hours of its job."""
    by_hand = ready.by_hand or ready.cause in BY_HAND
    return ready.job.policy.hours.is_set and not by_hand


def let_on(definitions: Definitions, tables: Tables, run: Run, now: datetime) -> Ready | None:
    """Let a run on as nothing is before it any more; in a pause it waits for the end of that."""
    if is_paused(tables):
        tables.wakeups.set(Wakeup(now, WakeKind.START, str(run.id)))
        return None
    return proceed(definitions, tables, run, now)


def proceed(definitions: Definitions, tables: Tables, run: Run, now: datetime) -> Ready | None:
    """Let a waiting run on; return it where it may start at once.

    One that is called off is let on to its end. One that a person has taken out of the line of
    its job finds its place in it again.
    """
    if run.called_off is not None:
        tables.wakeups.set(Wakeup(now, WakeKind.GATE, str(run.id)))
        return None
    ready = as_ready(definitions, tables, run)
    if ready is None:
        return None
    delayed_until = run.delayed_until
    if delayed_until is not None and now < delayed_until:
        if tables.runs.waits(run.id, Why(Reason.DELAYED)):
            tables.wakeups.set(Wakeup(delayed_until, WakeKind.START, str(run.id)))
        return None
    others = tables.runs.in_place(run.job_id) - (run.reason is not Reason.BEHIND_PREVIOUS)
    if run.cause not in BY_HAND and others >= ready.job.policy.places():
        tables.runs.waits(run.id, Why(Reason.BEHIND_PREVIOUS))
        return None
    if is_guarded(ready.job, run.cause):
        if tables.runs.waits(run.id, CHECKING):
            tables.wakeups.set(Wakeup(now, WakeKind.GATE, str(run.id)))
        return None
    return ready if tables.runs.release(run.id) else None
