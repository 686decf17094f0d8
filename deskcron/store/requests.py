"""Requests in SQL: what other processes ask of the engine, and its answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from deskcron.domain.instant import to_us
from deskcron.domain.records import Request, RequestState
from deskcron.store.packed import pack, unpack

_ADD = """
INSERT INTO requests (kind, args, state, created_at, expires_at) VALUES (?, ?, 'pending', ?, ?)
"""
_FORGET = "DELETE FROM requests WHERE expires_at < ?"
_COLUMNS = "SELECT id, kind, args, state, result FROM requests"
_PENDING = f"{_COLUMNS} WHERE state = 'pending' AND expires_at > ? ORDER BY id"
_ANSWER = "UPDATE requests SET state = ?, result = ? WHERE id = ?"
_GET = f"{_COLUMNS} WHERE id = ?"
_WITHDRAW = "DELETE FROM requests WHERE id = ? AND state = 'pending'"

KEPT = timedelta(days=1)
"""How long a request stays after it has expired, so that its answer can still be read."""


class RequestRows:
    """Requests over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, kind: str, args: Mapping[str, Any], at: datetime, expires_at: datetime) -> int:
        """File a request and return its number; those long expired go. Any: JSON."""
        self._connection.execute(_FORGET, (to_us(at - KEPT),))
        done = self._connection.execute(_ADD, (kind, pack(args), to_us(at), to_us(expires_at)))
        return done.lastrowid or 0

    def pending(self, now: datetime) -> Sequence[Request]:
        """Return the requests nobody has answered and that have not expired."""
        rows = self._connection.execute(_PENDING, (to_us(now),)).fetchall()
        return [_request(*row) for row in rows]

    def answer(self, request_id: int, state: RequestState, result: Mapping[str, Any]) -> None:
        """Write the answer. Any: JSON."""
        self._connection.execute(_ANSWER, (state.value, pack(result), request_id))

    def get(self, request_id: int) -> Request | None:
        """Return a request."""
        row = self._connection.execute(_GET, (request_id,)).fetchone()
        return None if row is None else _request(*row)

    def withdraw(self, request_id: int) -> bool:
        """Take back a request that nobody has answered; False when it is too late."""
        return self._connection.execute(_WITHDRAW, (request_id,)).rowcount == 1


def _request(number: int, kind: str, args: str, state: str, result: str) -> Request:
    return Request(number, kind, unpack(args), RequestState(state), unpack(result))
