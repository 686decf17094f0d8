"""Settings and state in SQL, as JSON values."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

_GET = "SELECT value FROM settings WHERE key = ?"
_SET = """
INSERT INTO settings (key, value) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
_UNSET = "DELETE FROM settings WHERE key = ?"


class SettingRows:
    """Settings over one connection. Any, because JSON is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Any:
        """Return a value, None where it was never set."""
        row = self._connection.execute(_GET, (key,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0])

    def set(self, key: str, value: Any) -> None:
        """Set a value; None removes it."""
        if value is None:
            self._connection.execute(_UNSET, (key,))
        else:
            self._connection.execute(_SET, (key, msgspec.json.encode(value).decode()))
