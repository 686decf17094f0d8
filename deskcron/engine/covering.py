"""Rows of due times that are not executed: neighbours with one fate and reason share one."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.job import Job
from deskcron.domain.policy import Verdict
from deskcron.domain.records import NewRun
from deskcron.domain.run import Run, RunId
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import Backlog
from deskcron.triggers.schedule import Schedule


def cover(tables: Tables, job: Job, verdict: Verdict, now: datetime) -> None:
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


def beyond_rows(
    tables: Tables, schedule: Schedule, job: Job, backlog: Backlog | None, until: datetime
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
    return schedule.backlog(covered_until, until, job.policy.keep())


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
