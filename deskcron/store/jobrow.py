"""How a row of the jobs becomes a StoredJob, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskcron.domain.instant import from_us, optional_from_us, optional_us, to_us
from deskcron.domain.records import Hold, JobLine, StoredJob
from deskcron.domain.run import JobId
from deskcron.store.runrow import STATUSES

COLUMNS = """j.id, j.revision, j.name, j.enabled, j.body, j.schedule, j.action, j.created_at,
    j.changed_at, j.decided_until, j.grid_shift_us, j.finished_at, j.removed_at"""
JOB = f"SELECT {COLUMNS} FROM jobs AS j"  # noqa: S608 - names from this module
"""Begins a query for jobs."""
LINE = f"""SELECT {COLUMNS}, w.at, r.status, coalesce(r.ended_at, r.started_at, r.recorded_at),
    h.failures, h.since, h.until
FROM jobs AS j
LEFT JOIN wakeups AS w ON w.kind = 'due' AND w.ref = j.id
LEFT JOIN holds AS h ON h.job_id = j.id
LEFT JOIN runs AS r ON r.id = (
    SELECT k.id FROM runs AS k WHERE k.job = j.number ORDER BY k.id DESC LIMIT 1)"""  # noqa: S608 - names from this module
"""Begins a query for jobs with next due time, last run and hold."""


def job_from(row: Sequence[Any]) -> StoredJob:
    """Return the job of a row of COLUMNS, whatever follows them. Any: SQLite's values."""
    return StoredJob(
        id=JobId(row[0]),
        revision=row[1],
        name=row[2],
        enabled=row[3] == 1,
        body=row[4],
        schedule=row[5],
        action=row[6],
        created_at=from_us(row[7]),
        changed_at=from_us(row[8]),
        decided_until=from_us(row[9]),
        grid_shift_us=row[10],
        finished_at=optional_from_us(row[11]),
        removed_at=optional_from_us(row[12]),
    )


def line_from(row: Sequence[Any]) -> JobLine:
    """Return the line of a row of LINE."""
    status = row[14]
    return JobLine(
        job_from(row),
        optional_from_us(row[13]),
        None if status is None else STATUSES[status],
        optional_from_us(row[15]),
        hold_from(row[0], row[16:19]),
    )


def hold_from(job_id: str, columns: Sequence[Any]) -> Hold | None:
    """Return the hold of failures, since and until; None where an outer join found none."""
    failures, since, until = columns
    if since is None:
        return None
    return Hold(JobId(job_id), failures, from_us(since), optional_from_us(until))


def values_of(job: StoredJob) -> tuple[object, ...]:
    """Return the values of COLUMNS in their order."""
    return (
        job.id,
        job.revision,
        job.name,
        job.enabled,
        job.body,
        job.schedule,
        job.action,
        to_us(job.created_at),
        to_us(job.changed_at),
        to_us(job.decided_until),
        job.grid_shift_us,
        optional_us(job.finished_at),
        optional_us(job.removed_at),
    )
