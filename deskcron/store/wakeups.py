"""Wakeups in SQL: the only thing the engine's clock looks at."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.instant import from_us, to_us
from deskcron.domain.records import WakeKind, Wakeup
from deskcron.domain.run import JobId, RunId
from deskcron.domain.trigger import DueTime
from deskcron.store.packed import pack_ids, unpack_ids

_COLUMNS = "SELECT at, kind, ref, due_at, wall, triggers FROM wakeups"
_EARLIEST = f"{_COLUMNS} ORDER BY at, kind, ref LIMIT 1"
_IN_PAUSE = "kind <> 'due' AND kind NOT IN ('start', 'gate')"
_EARLIEST_IN_PAUSE = f"{_COLUMNS} WHERE {_IN_PAUSE} ORDER BY at, kind, ref LIMIT 1"
_OTHERS = f"{_COLUMNS} WHERE kind <> 'due' AND at <= ? ORDER BY at, kind, ref LIMIT ?"
_OTHERS_IN_PAUSE = f"{_COLUMNS} WHERE {_IN_PAUSE} AND at <= ? ORDER BY at, kind, ref LIMIT ?"
_DUE_AT = "SELECT at FROM wakeups WHERE kind = 'due' AND ref = ?"
_STARTS_AT = "SELECT at FROM wakeups WHERE kind = 'start' AND ref = ?"
_SET = """
INSERT INTO wakeups (at, kind, ref, due_at, wall, triggers) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, ref) DO UPDATE SET
    at = excluded.at, due_at = excluded.due_at, wall = excluded.wall, triggers = excluded.triggers
"""
_CLEAR = "DELETE FROM wakeups WHERE kind = ? AND ref = ?"


class WakeupRows:
    """Wakeups over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def earliest(self, *, paused: bool) -> Wakeup | None:
        """Return the earliest wakeup; what would start runs does not count while paused."""
        statement = _EARLIEST_IN_PAUSE if paused else _EARLIEST
        row = self._connection.execute(statement).fetchone()
        return None if row is None else _wakeup(*row)

    def others(self, until: datetime, limit: int, *, paused: bool = False) -> Sequence[Wakeup]:
        """Return wakeups not later than `until` but the due times of jobs, earliest first.

        What lets waiting runs on is left out while paused.
        """
        statement = _OTHERS_IN_PAUSE if paused else _OTHERS
        rows = self._connection.execute(statement, (to_us(until), limit)).fetchall()
        return [_wakeup(*row) for row in rows]

    def due_at(self, job_id: JobId) -> datetime | None:
        """Return when a job is due next, None where it is not."""
        row = self._connection.execute(_DUE_AT, (job_id,)).fetchone()
        return None if row is None else from_us(row[0])

    def starts_at(self, run_id: RunId) -> datetime | None:
        """Return when a run that waits for an instant starts, None where it waits for none."""
        row = self._connection.execute(_STARTS_AT, (str(run_id),)).fetchone()
        return None if row is None else from_us(row[0])

    def set(self, wakeup: Wakeup) -> None:
        """Set the wakeup of this kind and ref."""
        self._connection.execute(_SET, _values(wakeup))

    def clear(self, kind: WakeKind, ref: str) -> None:
        """Remove a wakeup."""
        self._connection.execute(_CLEAR, (kind.value, ref))


def _values(wakeup: Wakeup) -> tuple[object, ...]:
    at, kind, ref, due = wakeup
    if due is None:
        return (to_us(at), kind.value, ref, None, None, None)
    wall = None if due.wall is None else due.wall.isoformat()
    return (to_us(at), kind.value, ref, to_us(due.at), wall, pack_ids(due.trigger_ids))


def _wakeup(
    at: int, kind: str, ref: str, due_at: int | None, wall: str | None, triggers: str | None
) -> Wakeup:
    if due_at is None:
        return Wakeup(from_us(at), WakeKind(kind), ref)
    local = None if wall is None else datetime.fromisoformat(wall)
    return Wakeup(
        from_us(at), WakeKind(kind), ref, DueTime(from_us(due_at), local, unpack_ids(triggers))
    )
