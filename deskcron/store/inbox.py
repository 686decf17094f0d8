"""The inbox in SQL: what stays until a person has dealt with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deskcron.domain.instant import from_us, optional_from_us, optional_us, to_us
from deskcron.domain.records import InboxItem, InboxKind
from deskcron.domain.run import JobId
from deskcron.store.changed import ChangedSeq

_ADD = """
INSERT INTO inbox (
    kind, run_id, job_id, title, text, urgency, created_at, presented_at, snoozed_until, done_at,
    changed_seq
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS = """SELECT id, kind, run_id, job_id, title, text, urgency, created_at, presented_at,
    snoozed_until, done_at FROM inbox"""
_GET = f"{_COLUMNS} WHERE id = ?"
_WAITING = f"{_COLUMNS} WHERE done_at IS NULL ORDER BY id DESC"
_UNPRESENTED = f"""{_COLUMNS}
WHERE done_at IS NULL AND presented_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= ?)
ORDER BY id
"""
_PRESENTED = """
UPDATE inbox SET presented_at = ?, changed_seq = ?
WHERE id = ? AND presented_at IS NULL AND done_at IS NULL
    AND (snoozed_until IS NULL OR snoozed_until <= ?)
"""
_RELEASE = """
UPDATE inbox SET presented_at = NULL, changed_seq = ? WHERE id = ? AND presented_at = ?
"""
_DONE = "UPDATE inbox SET done_at = ?, changed_seq = ? WHERE id = ? AND done_at IS NULL"
_REOPEN = """
UPDATE inbox SET done_at = NULL, changed_seq = ? WHERE id = ? AND done_at IS NOT NULL
"""
_SNOOZE = """
UPDATE inbox SET snoozed_until = ?, presented_at = NULL, changed_seq = ?
WHERE id = ? AND done_at IS NULL
"""
_THIN_OUT = """
DELETE FROM inbox WHERE id IN (
    SELECT id FROM inbox WHERE job_id = ? AND kind = 'trouble' AND done_at IS NULL
    ORDER BY id DESC LIMIT -1 OFFSET ?
) AND id > (
    SELECT min(id) FROM inbox WHERE job_id = ? AND kind = 'trouble' AND done_at IS NULL
)
"""
_PURGE = "DELETE FROM inbox WHERE run_id IS NULL AND done_at < ? AND done_at IS NOT NULL"

_HAS = "SELECT 1 FROM inbox WHERE run_id = ? AND run_id IS NOT NULL AND kind = ? LIMIT 1"
_ANSWERED = """
UPDATE inbox SET done_at = ?, changed_seq = ?
WHERE run_id = ? AND run_id IS NOT NULL AND kind = 'question' AND done_at IS NULL
"""
_RESUMED = """
UPDATE inbox SET done_at = ?, changed_seq = ?
WHERE job_id = ? AND job_id IS NOT NULL AND kind = 'held' AND done_at IS NULL
"""


class InboxRows:
    """The inbox over one connection."""

    def __init__(self, connection: sqlite3.Connection, seq: ChangedSeq) -> None:
        self._connection = connection
        self._seq = seq

    def add(self, item: InboxItem) -> int:
        """Put an item in; its id is chosen here and returned."""
        done = self._connection.execute(
            _ADD,
            (
                item.kind.value,
                item.run_id,
                item.job_id,
                item.title,
                item.text,
                item.urgency,
                to_us(item.created_at),
                optional_us(item.presented_at),
                optional_us(item.snoozed_until),
                optional_us(item.done_at),
                self._seq.now(),
            ),
        )
        return done.lastrowid or 0

    def get(self, item_id: int) -> InboxItem | None:
        """Return an item."""
        row = self._connection.execute(_GET, (item_id,)).fetchone()
        return None if row is None else _item(row)

    def waiting(self) -> Sequence[InboxItem]:
        """Return what is not done, newest first."""
        return [_item(row) for row in self._connection.execute(_WAITING).fetchall()]

    def unpresented(self, now: datetime) -> Sequence[InboxItem]:
        """Return what no banner has shown yet and is not snoozed beyond `now`."""
        rows = self._connection.execute(_UNPRESENTED, (to_us(now),)).fetchall()
        return [_item(row) for row in rows]

    def presented(self, item_id: int, at: datetime) -> bool:
        """Claim the right to show an item; False when somebody else has, or it is put off."""
        values = (to_us(at), self._seq.now(), item_id, to_us(at))
        return self._connection.execute(_PRESENTED, values).rowcount == 1

    def release(self, item_id: int, claimed_at: datetime) -> None:
        """Give back the right to show an item, where it was claimed at that instant."""
        self._connection.execute(_RELEASE, (self._seq.now(), item_id, to_us(claimed_at)))

    def done(self, item_id: int, at: datetime) -> bool:
        """Mark an item as dealt with; False when it was."""
        return self._mark(_DONE, at, item_id)

    def has(self, kind: InboxKind, run_id: int) -> bool:
        """Tell whether there was ever an item of this kind about a run."""
        return self._connection.execute(_HAS, (run_id, kind.value)).fetchone() is not None

    def answered(self, run_id: int, at: datetime) -> None:
        """Mark the question about a run as dealt with."""
        self._connection.execute(_ANSWERED, (to_us(at), self._seq.now(), run_id))

    def resumed(self, job_id: str, at: datetime) -> None:
        """Mark what is said of a job's hold as dealt with."""
        self._connection.execute(_RESUMED, (to_us(at), self._seq.now(), job_id))

    def reopen(self, item_id: int) -> bool:
        """Let an item wait again; False when it does, or is gone."""
        return self._connection.execute(_REOPEN, (self._seq.now(), item_id)).rowcount == 1

    def snooze(self, item_id: int, until: datetime) -> bool:
        """Put an item off, to be presented again; False when it is done."""
        return self._mark(_SNOOZE, until, item_id)

    def thin_out(self, job_id: JobId, most: int) -> None:
        """Remove failures of a job that are not done, but for the first and the newest ones."""
        self._connection.execute(_THIN_OUT, (job_id, most - 1, job_id))

    def purge(self, done_before: datetime) -> None:
        """Remove what was done before that instant and belongs to no run that would take it."""
        self._connection.execute(_PURGE, (to_us(done_before),))

    def _mark(self, statement: str, at: datetime, item_id: int) -> bool:
        values = (to_us(at), self._seq.now(), item_id)
        return self._connection.execute(statement, values).rowcount == 1


def _item(row: Sequence[Any]) -> InboxItem:
    return InboxItem(
        id=row[0],
        kind=InboxKind(row[1]),
        run_id=row[2],
        job_id=row[3],
        title=row[4],
        text=row[5],
        urgency=row[6],
        created_at=from_us(row[7]),
        presented_at=optional_from_us(row[8]),
        snoozed_until=optional_from_us(row[9]),
        done_at=optional_from_us(row[10]),
    )
