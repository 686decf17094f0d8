"""The number that rises with each transaction, so that viewers can ask for what is newer."""

from __future__ import annotations

import sqlite3

_RAISE = "UPDATE counters SET value = value + 1 WHERE name = 'changed_seq'"
_READ = "SELECT value FROM counters WHERE name = 'changed_seq'"


class ChangedSeq:
    """Draw the number of the present transaction on first use and remember it until `forget`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._number: int | None = None

    def now(self) -> int:
        """Return the number of this transaction."""
        if self._number is None:
            self._connection.execute(_RAISE)
            number: int = self._connection.execute(_READ).fetchone()[0]
            self._number = number
        return self._number

    def forget(self) -> None:
        """Draw anew next time: a transaction begins, or the one that drew was rolled back."""
        self._number = None
