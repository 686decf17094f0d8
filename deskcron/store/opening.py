"""Open the store: make it, bring it up to date, or restore it where it is damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from deskcron.domain.errors import StoreUnavailable
from deskcron.store import failures, schema
from deskcron.store.backup import backup
from deskcron.store.database import SHORT_WAIT_MS, connect_reader, connect_writer, prepare
from deskcron.store.recovery import Damaged, examine, leap, recover, refuse_emptied
from deskcron.store.store import SqliteStore
from deskcron.store.writer import Writer

_PROBES = (
    "SELECT count(*) FROM sqlite_master",
    "SELECT * FROM jobs LIMIT 1",
    "SELECT * FROM jobs ORDER BY rowid DESC LIMIT 1",
    "SELECT * FROM runs LIMIT 1",
    "SELECT * FROM runs ORDER BY id DESC LIMIT 1",
    "SELECT * FROM wakeups ORDER BY at LIMIT 1",
    "SELECT * FROM settings LIMIT 1",
    "SELECT * FROM inbox ORDER BY id DESC LIMIT 1",
    "SELECT value FROM counters",
)
"""Cheap questions that a cut or overwritten file does not survive."""


def open_store(
    path: Path,
    *,
    may_migrate: bool,
    backups: Path | None = None,
    busy_timeout_s: float = 5.0,
) -> SqliteStore:
    """Return the store of a database file. `may_migrate` is for the holder of the engine lock.

    Only with `may_migrate` is an older file brought up to date and a damaged one replaced by
    the newest good file of `backups` (by default the directory of that name beside it); what
    was done is told by `notices`. A missing file is made by anyone. Raises StoreUnavailable,
    StoreNewer or StoreBusy.
    """
    kept = backups or path.parent / "backups"
    try:
        return _open(path, kept, busy_timeout_s, may_migrate=may_migrate)
    except Damaged as error:
        raise failures.damaged(path, str(error)) from error
    except sqlite3.Error as error:
        raise failures.in_words(error, path) from error


def _open(path: Path, backups: Path, busy_timeout_s: float, *, may_migrate: bool) -> SqliteStore:
    is_new = prepare(path)
    if not is_new and not may_migrate and _is_made(path, busy_timeout_s):
        return SqliteStore(path, Writer(path, busy_timeout_s), busy_timeout_s)
    notices: tuple[str, ...] = ()
    try:
        if not is_new:
            refuse_emptied(path, backups)
        connection = _writable(path, backups, busy_timeout_s, may_migrate=may_migrate)
    except (sqlite3.DatabaseError, Damaged) as error:
        is_damaged = isinstance(error, Damaged) or failures.is_broken(error)
        if not (may_migrate and is_damaged):
            raise
        notices = (recover(path, backups),)
        prepare(path)
        connection = _writable(path, backups, busy_timeout_s, may_migrate=True)
        leap(connection)
    return SqliteStore(path, Writer(path, busy_timeout_s, connection), busy_timeout_s, notices)


def _is_made(path: Path, busy_timeout_s: float) -> bool:
    """Check an existing file; False where it is empty, as while another process makes it."""
    reader = connect_reader(path, busy_timeout_s)
    try:
        if schema.is_empty(reader):
            return False
        _check(reader, path)
    finally:
        reader.close()
    return True


def _writable(
    path: Path, backups: Path, busy_timeout_s: float, *, may_migrate: bool
) -> sqlite3.Connection:
    connection = connect_writer(path, busy_timeout_s)
    try:
        connection.execute(f"PRAGMA busy_timeout = {round(busy_timeout_s * 1000)}")
        schema.create(connection)
        if may_migrate and schema.is_ours(connection):
            _bring_up_to_date(connection, path, backups)
        _check(connection, path)
        if may_migrate:
            examine(connection, path)
        connection.execute(f"PRAGMA busy_timeout = {SHORT_WAIT_MS}")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, backups: Path) -> None:
    present = schema.version(connection)
    if 0 < present < schema.latest():
        backup(path, backups / f"before-schema-{present + 1}.db", whole=True)
        schema.migrate(connection)
    elif present == schema.latest():
        schema.complete_words(connection)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise what keeps this code from using the database."""
    present = schema.version(connection)
    problem: StoreUnavailable | None = None
    if not schema.is_ours(connection):
        problem = failures.foreign(path)
    elif present > schema.latest():
        problem = failures.newer(path)
    elif present < schema.latest():
        problem = failures.outdated(path)
    if problem is not None:
        raise problem
    for probe in _PROBES:
        connection.execute(probe).fetchall()
