"""End runs without their start, so that neither wakeup nor question is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import RunEnd, WakeKind
from deskcron.domain.run import BY_HAND, JobId, Run, RunId, Status
from deskcron.domain.storage import Tables


def unstarted(run_id: RunId, attempt: int, why: Why, now: datetime) -> RunEnd:
    """Return the end of a run that does not start; that it has failed before is not hidden."""
    return RunEnd(run_id, Status.FAILED if attempt > 1 else Status.SKIPPED, None, now, why)


def forget_waiting(tables: Tables, end: RunEnd) -> None:
    """Take away what would let a waiting run on, and the question about it."""
    tables.wakeups.clear(WakeKind.START, str(end.run_id))
    tables.wakeups.clear(WakeKind.GATE, str(end.run_id))
    tables.inbox.answered(end.run_id, end.ended_at)


def call_off(tables: Tables, end: RunEnd) -> None:
    """Record the end of a run whose job is gone, off or held, so that nothing follows from it."""
    forget_waiting(tables, end)
    tables.runs.ended(end)


def has_begun(runs: Sequence[Run]) -> bool:
    """Tell whether one of these runs has to be stopped before another may take its place."""
    return any(run.status is not Status.WAITING for run in runs)


def give_way(tables: Tables, runs: Sequence[Run], now: datetime) -> list[RunId]:
    """Let runs give way to a later one: end what waits, return the others, which are to be stopped.

    Nothing follows from the end of what waited but the run that takes its place.
    """
    why, begun = Why(Reason.REPLACED), []
    for run in runs:
        if run.status is Status.WAITING:
            call_off(tables, RunEnd(run.id, Status.CANCELLED, None, now, why))
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
            call_off(tables, unstarted(run.id, run.attempt, why, now))
        elif run.status is Status.QUEUED:
            queued.append(run.id)
    return queued
