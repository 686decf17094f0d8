"""Connections to the database file: one that writes, and any number that only read."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic

from deskcron.store import failures

SHORT_WAIT_MS = 100
"""SQLite's own wait for a lock on the writing connection; the writer repeats it."""
_WRITER = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -4096",
    "PRAGMA journal_size_limit = 4194304",
    "PRAGMA temp_store = MEMORY",
)
_READER = ("PRAGMA cache_size = -2048", "PRAGMA temp_store = MEMORY")


def prepare(path: Path) -> bool:
    """Make directory and file for the user alone; tell whether the file was made now."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _close_to_others(path)
        return False
    except OSError as error:
        raise failures.unreachable(error, path) from error
    return True


def _close_to_others(path: Path) -> None:
    with suppress(OSError):  # not ours to change: opening it will tell
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def connect_writer(path: Path, busy_timeout_s: float = 5.0) -> sqlite3.Connection:
    """Open an existing file, maybe empty, for writing. Raises sqlite3.Error.

    Usable from any thread, one at a time: its owner sees to that.
    """
    connection = _connect(path, "rw", busy_timeout_s)
    try:
        if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # later it would need VACUUM
        write_ahead(connection, path, busy_timeout_s)
        for pragma in _WRITER:
            connection.execute(pragma)
        connection.execute(f"PRAGMA busy_timeout = {SHORT_WAIT_MS}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, busy_timeout_s: float = 5.0) -> sqlite3.Connection:
    """Open a file for reading alone. Raises sqlite3.Error. Usable from one thread at a time."""
    connection = _connect(path, "ro", busy_timeout_s)
    try:
        for pragma in _READER:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str, busy_timeout_s: float) -> sqlite3.Connection:
    return sqlite3.connect(
        uri(path, mode),
        uri=True,
        timeout=busy_timeout_s,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def uri(path: Path, mode: str) -> str:
    """Return the address of a file for SQLite; `mode` is "rw", "ro" or "ro&immutable=1"."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def write_ahead(connection: sqlite3.Connection, path: Path, busy_timeout_s: float) -> None:
    """Switch to a write-ahead log; SQLite does not wait here while another process does so."""
    give_up_at = monotonic() + busy_timeout_s
    pause = threading.Event()
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            break
        except sqlite3.OperationalError as error:
            if not failures.is_busy(error) or monotonic() > give_up_at:
                raise
            pause.wait(0.02)
    if mode != "wal":
        raise failures.no_log(path)
