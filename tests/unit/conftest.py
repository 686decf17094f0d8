"""What holds for every unit test: files are in memory, as no test here is about disks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from deskcron.store import schema


@pytest.fixture(scope="session")
def _places(memory: Path | None) -> Iterator[Iterator[Path]]:
    """Return the names of places in memory that nobody has used yet."""
    with TemporaryDirectory(prefix="deskcron-places-", dir=memory) as top:
        yield (Path(top, str(number)) for number in count(1))


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a directory of the test's own that costs no time."""
    return memory_path


@pytest.fixture(scope="session")
def _database() -> Iterator[sqlite3.Connection]:
    """Return an empty database in memory, made once."""
    connection = sqlite3.connect(
        ":memory:", isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA foreign_keys = ON")
    schema.create(connection)
    yield connection
    connection.close()


@pytest.fixture
def database(_database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Return a connection within a transaction on an empty database, taken back at the end."""
    _database.execute("BEGIN")
    yield _database
    _database.execute("ROLLBACK")
