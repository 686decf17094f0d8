"""What is going on at a glance, in SQL: figures about everything, read from indexes alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.answers import Ahead, Runnable, Waiting
from deskcron.domain.instant import from_us, optional_from_us, to_us
from deskcron.domain.run import JobId, Run, RunId, Running
from deskcron.store.runrow import COLUMNS, IS_OPEN, JOBS, OPEN_RUNS, run_from

_JOBS = """
SELECT (SELECT count(*) FROM jobs INDEXED BY jobs_by_name WHERE removed_at IS NULL)
    - (SELECT count(*) FROM jobs INDEXED BY jobs_at_rest
        WHERE removed_at IS NULL AND (NOT enabled OR finished_at IS NOT NULL))
"""
_RUNNING = f"""SELECT r.id, j.id, j.name, r.started_at FROM {OPEN_RUNS} {JOBS}
WHERE r.status = 'running' AND {IS_OPEN} ORDER BY r.id
"""  # noqa: S608 - names from beside
_WAITING = f"""SELECT {COLUMNS} FROM {OPEN_RUNS} {JOBS}
WHERE r.status = 'waiting' AND {IS_OPEN} ORDER BY r.id LIMIT ?
"""  # noqa: S608 - names from beside
_NEEDS_YOU = """
SELECT count(*) FROM (
    SELECT min(id), snoozed_until AS first_snoozed_until FROM inbox WHERE done_at IS NULL
    GROUP BY CASE WHEN kind = 'trouble' THEN coalesce(job_id, id) ELSE id END
) WHERE first_snoozed_until IS NULL OR first_snoozed_until <= ?
"""
"""An entry is put off with its first item; beside min() SQLite takes values from that row."""
_UPCOMING = """
SELECT j.id, j.name, w.at FROM wakeups AS w INDEXED BY wakeups_by_time
CROSS JOIN jobs AS j ON j.id = w.ref
WHERE w.kind = 'due' AND NOT EXISTS (
    SELECT 1 FROM holds AS h WHERE h.job_id = w.ref AND (h.until IS NULL OR h.until > w.at)
) ORDER BY w.at LIMIT ?
"""
_SNOOZED = """
SELECT i.job_id, i.title, w.at FROM wakeups AS w INDEXED BY wakeups_in_pause
CROSS JOIN inbox AS i ON i.id = CAST(w.ref AS INTEGER)
WHERE w.at > ? AND w.kind <> 'due' AND w.kind = 'snooze'
    AND i.kind = 'reminder' AND i.done_at IS NULL AND i.job_id IS NOT NULL
ORDER BY w.at
"""
_RUNNABLE = """
SELECT id, name FROM jobs INDEXED BY jobs_by_name
WHERE removed_at IS NULL AND finished_at IS NULL
ORDER BY (SELECT max(r.id) FROM runs AS r WHERE r.job = number) DESC NULLS LAST, name_key LIMIT ?
"""


class OverviewQueries:
    """Figures about all jobs, runs and inbox items over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def jobs(self) -> int:
        """Count the jobs that are enabled and not finished."""
        count: int = self._connection.execute(_JOBS).fetchone()[0]
        return count

    def running(self) -> Sequence[Running]:
        """Return the runs whose process is recorded as running, oldest first."""
        return [
            Running(
                run_id=RunId(run_id),
                job_id=JobId(job_id),
                job_name=name,
                started_at=optional_from_us(started_at),
            )
            for run_id, job_id, name, started_at in self._connection.execute(_RUNNING).fetchall()
        ]

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """Return the first runs that wait, oldest first."""
        rows = self._connection.execute(_WAITING, (limit,)).fetchall()
        return [_waiting(run_from(row)) for row in rows]

    def needs_you(self, now: datetime) -> int:
        """Count what is not done and not put off beyond `now`, the failures of a job as one."""
        count: int = self._connection.execute(_NEEDS_YOU, (to_us(now),)).fetchone()[0]
        return count

    def upcoming(self, ahead: int) -> Sequence[Ahead]:
        """Return the next due times that no hold leaves out, at most `ahead`, earliest first."""
        rows = self._connection.execute(_UPCOMING, (ahead,)).fetchall()
        return [
            Ahead(job_id=JobId(job_id), job_name=name, at=from_us(at)) for job_id, name, at in rows
        ]

    def snoozed(self, now: datetime) -> Sequence[Ahead]:
        """Return the reminders of jobs that are put off beyond `now`, earliest first."""
        rows = self._connection.execute(_SNOOZED, (to_us(now),)).fetchall()
        return [
            Ahead(job_id=JobId(job_id), job_name=title, at=from_us(until), is_snoozed=True)
            for job_id, title, until in rows
        ]

    def runnable(self, limit: int) -> Sequence[Runnable]:
        """Return jobs that are not finished: those with the latest runs first, then by name."""
        rows = self._connection.execute(_RUNNABLE, (limit,)).fetchall()
        return [Runnable(job_id=JobId(job_id), job_name=name) for job_id, name in rows]


def _waiting(run: Run) -> Waiting:
    return Waiting(
        run_id=run.id,
        job_id=run.job_id,
        job_name=run.job_name,
        reason=run.reason,
        reason_args=run.reason_args,
        since=run.recorded_at,
    )
