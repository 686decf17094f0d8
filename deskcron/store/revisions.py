"""Every version of every job in SQL, and the operations that undo takes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from deskcron.domain.instant import to_us
from deskcron.domain.records import Change, Revision, StoredJob
from deskcron.domain.run import JobId

_BEGIN = "INSERT INTO operations (change, label, at) VALUES (?, ?, ?)"
_ADD = """
INSERT INTO revisions (job_id, revision, operation, is_removed, body) VALUES (?, ?, ?, ?, ?)
"""
_BODY = "SELECT body FROM revisions WHERE job_id = ? AND revision = ?"
_LAST = """
SELECT id, change, label FROM operations WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1
"""
_BEFORE = """
SELECT n.job_id, p.revision, p.body, p.is_removed
FROM (
    SELECT job_id, min(revision) AS revision FROM revisions WHERE operation = ? GROUP BY job_id
) AS n
LEFT JOIN revisions AS p ON p.job_id = n.job_id AND p.revision = (
    SELECT max(k.revision) FROM revisions AS k
    WHERE k.job_id = n.job_id AND k.revision < n.revision)
"""
_UNDONE = "UPDATE operations SET undone_at = ? WHERE id = ?"
_OPERATIONS_OF = "SELECT DISTINCT operation FROM revisions WHERE job_id = ?"
_DROP_UNUSED = """
DELETE FROM operations
WHERE id = ? AND NOT EXISTS (SELECT 1 FROM revisions WHERE operation = operations.id)
"""


class RevisionRows:
    """Revisions and operations over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, change: Change, label: str, at: datetime) -> int:
        """Open an operation that undo can take back, and return its number."""
        return self._connection.execute(_BEGIN, (change.value, label, to_us(at))).lastrowid or 0

    def add(self, jobs: Iterable[StoredJob], operation: int) -> None:
        """Keep the present version of these jobs."""
        self._connection.executemany(
            _ADD,
            [
                (job.id, job.revision, operation, job.removed_at is not None, job.body)
                for job in jobs
            ],
        )

    def body(self, job_id: JobId, revision: int) -> bytes | None:
        """Return the document of one revision."""
        row = self._connection.execute(_BODY, (job_id, revision)).fetchone()
        return None if row is None else row[0]

    def last_operation(self) -> tuple[int, Change, str] | None:
        """Return number, kind and label of the newest operation not undone."""
        row = self._connection.execute(_LAST).fetchone()
        return None if row is None else (row[0], Change(row[1]), row[2])

    def before(self, operation: int) -> Sequence[tuple[JobId, Revision | None]]:
        """Return each job of an operation with its revision before, None where there was none."""
        rows = self._connection.execute(_BEFORE, (operation,)).fetchall()
        return [
            (
                JobId(job_id),
                None
                if revision is None
                else Revision(JobId(job_id), revision, body, is_removed == 1),
            )
            for job_id, revision, body, is_removed in rows
        ]

    def mark_undone(self, operation: int, at: datetime) -> None:
        """Record that an operation was taken back."""
        self._connection.execute(_UNDONE, (to_us(at), operation))

    def operations_of(self, job_ids: Iterable[tuple[str]]) -> set[tuple[int]]:
        """Return the operations that touched these jobs, as rows."""
        return {
            row
            for job_id in job_ids
            for row in self._connection.execute(_OPERATIONS_OF, job_id).fetchall()
        }

    def drop_unused(self, operations: Iterable[tuple[int]]) -> None:
        """Drop those of these operations whose jobs are all gone."""
        self._connection.executemany(_DROP_UNUSED, operations)
