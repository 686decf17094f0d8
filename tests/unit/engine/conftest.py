"""The engine's parts over real tables and real logs; time and nudges are ours."""

from __future__ import annotations

import sqlite3

import pytest
from enginefixtures import (  # noqa: F401 - fixtures
    machine,
    new_store,
    notifier,
    rig,
)
from memorystore import MemoryStore


@pytest.fixture
def store(database: sqlite3.Connection) -> MemoryStore:
    """Return an empty store."""
    return MemoryStore(database)
