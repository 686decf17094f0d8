"""Copies of the database that are known to be whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from deskcron.store import failures, schema
from deskcron.store.database import connect_reader, uri

_ATTACH = "ATTACH DATABASE ? AS source"
_COPIES = (
    "INSERT INTO main.jobs SELECT * FROM source.jobs",
    "INSERT INTO main.operations SELECT * FROM source.operations",
    "INSERT INTO main.revisions SELECT * FROM source.revisions",
    "INSERT INTO main.settings SELECT * FROM source.settings",
    "INSERT INTO main.wakeups SELECT * FROM source.wakeups WHERE kind <> 'start'",
    """
    INSERT INTO main.inbox
    SELECT id, kind, NULL, job_id, title, text, urgency, created_at, presented_at,
        snoozed_until, done_at, changed_seq
    FROM source.inbox
    """,
    "INSERT OR REPLACE INTO main.counters SELECT * FROM source.counters",
    # numbers are not given twice: logs are named by them
    "DELETE FROM main.sqlite_sequence",
    "INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence",
)


def backup(source: Path, target: Path, *, whole: bool) -> None:
    """Write a copy to `target` under a temporary name first; without the history unless whole.

    Uses a connection of its own and holds up no writer. Raises StoreUnavailable.
    """
    draft = target.with_name(f"{target.name}.part")
    try:
        _make_empty(draft)
        if whole:
            with closing(connect_reader(source)) as connection:
                connection.execute("VACUUM INTO ?", (os.fspath(draft),))
        else:
            _copy_without_history(source, draft)
        found = quick_check(draft)
        if found != "ok":
            raise failures.damaged(source, found)
        _settle(draft, target)
    except sqlite3.Error as error:
        raise failures.in_words(error, source) from error
    except OSError as error:
        raise failures.unreachable(error, target) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def quick_check(path: Path) -> str:
    """Return "ok" or what SQLite finds wrong with a file that nobody writes to."""
    with closing(sqlite3.connect(uri(path, "ro&immutable=1"), uri=True)) as connection:
        rows = connection.execute("PRAGMA quick_check(10)").fetchall()
    return "\n".join(str(row[0]) for row in rows)


def _make_empty(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _copy_without_history(source: Path, draft: Path) -> None:
    connection = sqlite3.connect(uri(draft, "rw"), uri=True, isolation_level=None)
    with closing(connection):
        # the draft is checked and written to disk as a whole before it counts
        for pragma in ("auto_vacuum = INCREMENTAL", "journal_mode = MEMORY", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        schema.create(connection)
        connection.execute(_ATTACH, (uri(source, "ro"),))
        connection.execute("BEGIN")
        number = connection.execute("PRAGMA source.user_version").fetchone()[0]
        if number != schema.latest():
            raise failures.newer(source)
        for statement in _COPIES:
            connection.execute(statement)
        connection.execute("COMMIT")


def _settle(draft: Path, target: Path) -> None:
    """Give a finished copy its name, so that it survives a power failure."""
    _flush(draft, os.O_RDWR)
    draft.replace(target)
    if os.name == "posix":
        _flush(target.parent, os.O_RDONLY)


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
