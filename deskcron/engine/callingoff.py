"""End runs without their start, so that neither wakeup nor question is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.reason import COULD_NOT_START, STOPPING, WANTED, Reason, Why
from deskcron.domain.records import Prospect, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import BY_HAND, JobId, Run, RunId, Status
from deskcron.domain.storage import Tables


def called_off(prospect: Prospect) -> Why | None:
    """Return why a run that has not begun is not to start any more, None where it may."""
    run, hold = prospect.run, prospect.hold
    if run.called_off is not None:
        return run.called_off
    if prospect.is_removed:
        return Why(Reason.JOB_REMOVED)
    if run.cause in BY_HAND:
        return None
    if not prospect.is_enabled:
        return Why(Reason.JOB_DISABLED)
    return None if hold is None else hold.why


def unstarted(run_id: RunId, attempt: int, why: Why, now: datetime) -> RunEnd:
    """Return the end of a run that does not start; that it has run, or could not, is not hidden."""
    if why.code in COULD_NOT_START:
        status = Status.FAILED
    elif attempt == 1:
        status = Status.CANCELLED if why.code in STOPPING else Status.SKIPPED
    else:
        status = Status.CANCELLED if why.code in WANTED else Status.FAILED
    return RunEnd(run_id, status, None, now, why)


def forget_waiting(tables: Tables, run_id: RunId, now: datetime) -> None:
    """Take away what would let a waiting run on, and the question about it."""
    tables.wakeups.clear(WakeKind.START, str(run_id))
    tables.wakeups.clear(WakeKind.GATE, str(run_id))
    tables.inbox.answered(run_id, now)


def call_off(tables: Tables, run: Run, why: Why, now: datetime) -> None:
    """Let a run that waits be over.

    One that never ran ends here, and nothing follows. One that has is called off until the gate
    ends it, with all that follows.
    """
    forget_waiting(tables, run.id, now)
    if run.attempt == 1:
        tables.runs.ended(unstarted(run.id, run.attempt, why, now))
    elif tables.runs.waits(run.id, why):
        tables.wakeups.set(Wakeup(now, WakeKind.GATE, str(run.id)))


def has_begun(runs: Sequence[Run]) -> bool:
    """Tell whether one of these runs has to be stopped before another may take its place."""
    return any(run.status is not Status.WAITING for run in runs)


def give_way(tables: Tables, runs: Sequence[Run], now: datetime) -> list[RunId]:
    """Let runs give way to a later one: end what waits, return the others, to be stopped."""
    why, begun = Why(Reason.REPLACED), []
    for run in runs:
        if run.status is Status.WAITING:
            call_off(tables, run, why, now)
        else:
            tables.runs.stops(run.id, why)
            begun.append(run.id)
    return begun


def call_off_waiting(
    tables: Tables, job_id: JobId, why: Why, now: datetime, *, is_gone: bool = False
) -> list[RunId]:
    """Call off the runs of a job that wait, and return those that are queued.

    What a person has run goes on, unless the job `is_gone`.
    """
    queued = []
    for one in tables.runs.open_runs(job_id):
        run = one.run
        if run.cause in BY_HAND and not is_gone:
            continue
        if run.status is Status.WAITING:
            call_off(tables, run, why, now)
        elif run.status is Status.QUEUED:
            queued.append(run.id)
    return queued
