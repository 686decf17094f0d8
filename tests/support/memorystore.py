"""A store over one connection, without a thread of its own: for what is not about files."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import TypeVar

from deskcron.domain.storage import Tables, Then
from deskcron.store.applying import Change, Outcome, apply, deliver
from deskcron.store.tables import SqliteTables

T = TypeVar("T")


class MemoryStore:
    """Make each change at once, within the transaction that its connection is in. Thread: any.

    It has no file: what looks at one wants a real store.
    """

    notices = ()

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables = SqliteTables(connection)
        self._turn = threading.RLock()

    def read(self, query: Callable[[Tables], T]) -> T:
        """Run a query."""
        with self._turn:
            before = self._connection.total_changes
            result = query(self._tables)
            assert self._connection.total_changes == before, "a query has written"
            return result

    def write(self, change: Callable[[Tables], T]) -> T:
        """Make a change."""
        outcome = self._outcome(Change(change, lambda *_: None, is_posted=False))
        if outcome.error is not None:
            raise outcome.error
        result: T = outcome.result
        return result

    def post(self, change: Callable[[Tables], T], then: Then[T]) -> None:
        """Make a change and tell what became of it."""
        deliver(self._outcome(Change(change, then, is_posted=True)))

    def version(self) -> int:
        """Return a number that rises with each change."""
        return self._connection.total_changes

    def close(self) -> None:
        """Leave the connection to its owner."""

    def _outcome(self, change: Change) -> Outcome:
        with self._turn:
            self._tables.seq.forget()
            (outcome,) = apply(self._tables, [change])
            return outcome
