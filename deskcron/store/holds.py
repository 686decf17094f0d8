"""The jobs that do not run on for now, in SQL."""

from __future__ import annotations

import sqlite3

from deskcron.domain.instant import from_us, optional_from_us, optional_us, to_us
from deskcron.domain.records import Hold
from deskcron.domain.run import JobId

_GET = "SELECT failures, since, until FROM holds WHERE job_id = ?"
_SET = "INSERT OR REPLACE INTO holds (job_id, failures, since, until) VALUES (?, ?, ?, ?)"
_CLEAR = "DELETE FROM holds WHERE job_id = ?"


class HoldRows:
    """Holds over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, job_id: str) -> Hold | None:
        """Return what holds a job."""
        row = self._connection.execute(_GET, (job_id,)).fetchone()
        if row is None:
            return None
        return Hold(JobId(job_id), row[0], from_us(row[1]), optional_from_us(row[2]))

    def set(self, hold: Hold) -> None:
        """Hold a job from now on."""
        values = (hold.job_id, hold.failures, to_us(hold.since), optional_us(hold.until))
        self._connection.execute(_SET, values)

    def clear(self, job_id: str) -> bool:
        """Let a job go on; False where nothing held it."""
        return self._connection.execute(_CLEAR, (job_id,)).rowcount == 1
