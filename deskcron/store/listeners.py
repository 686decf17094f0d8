"""Who listens to what, in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from deskcron.domain.listening import Listener, Topic

_OF = """
SELECT l.kind, l.key, l.job_id, l.trigger_id FROM listeners AS l JOIN jobs AS j ON j.id = l.job_id
WHERE l.kind = ? AND l.key = ? AND j.enabled AND j.removed_at IS NULL
ORDER BY l.job_id, l.trigger_id
"""
_OF_KIND = """
SELECT l.kind, l.key, l.job_id, l.trigger_id FROM listeners AS l JOIN jobs AS j ON j.id = l.job_id
WHERE l.kind = ? AND j.removed_at IS NULL ORDER BY l.key, l.job_id, l.trigger_id
"""
_DROP = "DELETE FROM listeners WHERE job_id = ?"
_ADD = "INSERT INTO listeners (kind, key, job_id, trigger_id) VALUES (?, ?, ?, ?)"


class ListenerRows:
    """Listeners over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, topic: Topic) -> Sequence[Listener]:
        """Return who listens to a topic, of the jobs that are switched on."""
        return [_listener(*row) for row in self._connection.execute(_OF, topic)]

    def of_kind(self, kind: str) -> Sequence[Listener]:
        """Return who listens to anything of a kind, also of jobs that are switched off."""
        return [_listener(*row) for row in self._connection.execute(_OF_KIND, (kind,))]

    def set(self, job_id: str, listeners: Sequence[Listener]) -> None:
        """Let a job listen to just this."""
        self._connection.execute(_DROP, (job_id,))
        if listeners:
            rows = [(*one.topic, one.job_id, one.trigger_id) for one in listeners]
            self._connection.executemany(_ADD, rows)


def _listener(kind: str, key: str, job_id: str, trigger_id: str) -> Listener:
    return Listener(Topic(kind, key), job_id, trigger_id)
