"""Rows of due times that are not executed: neighbours with one fate and reason share one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskcron.domain.deciding import Verdict
from deskcron.domain.job import Job
from deskcron.domain.records import NewRun, StoredJob
from deskcron.domain.review import last_due
from deskcron.domain.run import Run, RunId
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import Backlog
from deskcron.engine.absences import has_ended_between
from deskcron.triggers.schedule import Schedule

_INSTANT = timedelta(microseconds=1)


def cover(tables: Tables, job: Job, verdict: Verdict, now: datetime) -> None:
    """Write or extend the one row that covers neighbouring due times with one reason.

    What was told of an absence stays as it is: no row goes on after the end of one.
    """
    if verdict.why is None:
        return
    before = tables.runs.newest_due(job.id)
    if (
        before is not None
        and _continues(before, job, verdict)
        and not has_ended_between(tables, last_due(before), verdict.first.at)
    ):
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
    tables: Tables,
    schedule: Schedule,
    job: Job,
    backlog: Backlog | None,
    stored: StoredJob,
    until: datetime,
) -> Backlog | None:
    """Leave out of the due times in (decided_until, until] those that have rows.

    Such rows are from before the clock was set back, maybe by another rule or another grid. A
    single due time of a job that never lived through that needs no look.
    """
    if backlog is None or (backlog.count == 1 and not stored.grid_shift_us):
        return backlog
    since = stored.decided_until
    rows = tables.runs.decided_spans(job.id, since, until)
    if not rows:
        return backlog
    keep, left = job.policy.keep(), []
    for first, last in rows:
        left.append(_within(schedule, since, first - _INSTANT, keep))
        since = max(since, last)
    left.append(_within(schedule, since, until, keep))
    return _joined([one for one in left if one is not None], keep)


def _within(schedule: Schedule, since: datetime, until: datetime, keep: int) -> Backlog | None:
    return schedule.backlog(since, until, keep) if since < until else None


def _joined(parts: Sequence[Backlog], keep: int) -> Backlog | None:
    if not parts:
        return None
    latest = tuple(due for part in parts for due in part.latest)
    is_exact = all(part.is_exact for part in parts)
    return Backlog(sum(part.count for part in parts), is_exact, parts[0].first, latest[-keep:])


def _continues(before: Run, job: Job, verdict: Verdict) -> bool:
    """Tell whether a row can take in the next due times: same revision, fate, reason; no answer."""
    return (
        before.status is verdict.status
        and verdict.why is not None
        and before.reason is verdict.why.code
        and before.revision == job.revision
        and not before.origin  # a person has answered it
        and before.due_at is not None
        and last_due(before) < verdict.first.at
    )
