"""The store the rest of deskcron sees: who runs which transaction on which connection."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

from deskcron.domain.storage import Tables, Then
from deskcron.domain.vitals import StoreFigures
from deskcron.store import backup, failures, schema
from deskcron.store.database import connect_reader
from deskcron.store.recovery import suspect
from deskcron.store.tables import SqliteTables
from deskcron.store.writer import Writer

T = TypeVar("T")

_SHRINK = "PRAGMA incremental_vacuum(200)"
_FORGET = "PRAGMA shrink_memory"
_VERSION = "PRAGMA data_version"
_PAGE_SIZE, _FREE_PAGES, _PAGES = (
    "PRAGMA page_size",
    "PRAGMA freelist_count",
    "PRAGMA page_count",
)
_CHECK = "PRAGMA integrity_check(20)"
CLOSE_TIMEOUT_S = 10.0
QUERY_GRACE_S = 1.0


class _Reader:
    """The read-only connection of one thread; closed with the thread or with the store."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.number = number
        self.turn = threading.RLock()
        self.tables = SqliteTables(connection)
        self.close = weakref.finalize(self, connection.close)

    def run(self, query: Callable[[SqliteTables], T]) -> T:
        """Run a query in a transaction, so that all its parts see the same state."""
        connection = self.tables.connection
        if connection.in_transaction:  # a query within a query
            return query(self.tables)
        connection.execute("BEGIN")
        try:
            return query(self.tables)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


class SqliteStore:
    """Run transactions on the database file. Thread: any.

    `notices` tells in words what was done to the file when it was opened.
    """

    def __init__(
        self, path: Path, writer: Writer, busy_timeout_s: float, notices: tuple[str, ...] = ()
    ) -> None:
        self.notices = notices
        self._path = path
        self._writer = writer
        self._busy_timeout_s = busy_timeout_s
        self._mine = threading.local()
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._numbers = count()
        self._lock = threading.Lock()
        self._is_closed = False

    def forget_notices(self) -> None:
        """Say no more of what was done to the file."""
        self.notices = ()

    def read(self, query: Callable[[Tables], T]) -> T:
        """Run a query on a read-only connection of the calling thread."""
        return self._read(query)

    def write(self, change: Callable[[Tables], T]) -> T:
        """Run a change in a transaction and return its result after the commit."""
        return self._writer.write(change)

    def post(self, change: Callable[[Tables], T], then: Then[T]) -> None:
        """Queue a change that must not be lost; it is tried until the store takes it."""
        self._writer.post(change, then)

    def foreign_changes(self) -> bool:
        """Tell whether another process has committed since the last call."""
        return self._writer.foreign_changes()

    def version(self) -> int:
        """Return a number that differs from the calling thread's last one after any commit."""
        number = self._reader().number  # a new connection counts anew, in 32 bits
        seen: int = self._read(lambda tables: tables.connection.execute(_VERSION).fetchone()[0])
        return number << 32 | seen

    def check_schema(self) -> None:
        """Raise StoreNewer when another process has migrated the store beyond this code."""
        if self._read(lambda tables: schema.version(tables.connection)) > schema.latest():
            raise failures.newer(self._path)

    def complete_words(self) -> None:
        """Add the words of codes that the engine before did not know; for the lock's holder."""
        if self._read(lambda tables: schema.lacks_words(tables.connection)):
            self._writer.write(lambda tables: schema.fill_words(tables.connection))

    def backup(self, target: Path, *, whole: bool) -> None:
        """Write a copy that passes an integrity check; without the history unless `whole`."""
        backup.backup(self._path, target, whole=whole)

    def shrink(self) -> None:
        """Give freed pages back to the file system, a few at a time."""
        self._writer.write(lambda tables: tables.connection.execute(_SHRINK).fetchall())

    def forget(self) -> None:
        """Give back the memory of pages that were read; connections in use keep theirs."""
        with self._lock:
            readers = list(self._readers)
        for reader in readers:
            if reader.turn.acquire(blocking=False):
                try:
                    if reader.close.alive:
                        reader.tables.connection.execute(_FORGET)
                finally:
                    reader.turn.release()

    def check(self) -> str:
        """Return "ok" or what SQLite finds wrong with the file."""
        rows = self._read(lambda tables: tables.connection.execute(_CHECK).fetchall())
        return "\n".join(str(row[0]) for row in rows)

    def check_copy(self, copy: Path) -> str:
        """Return "ok" or what is wrong with a backup, which nobody writes to."""
        try:
            return backup.quick_check(copy)
        except sqlite3.DatabaseError as error:
            return str(error)

    def figures(self) -> StoreFigures:
        """Return how much the database takes."""
        size, free, pages = self._read(
            lambda tables: [
                tables.connection.execute(pragma).fetchone()[0]
                for pragma in (_PAGE_SIZE, _FREE_PAGES, _PAGES)
            ]
        )
        return StoreFigures(size * pages, size * free, self._beside_bytes())

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Finish what is queued, as far as the time allows, and close."""
        with self._lock:
            self._is_closed = True
            readers = list(self._readers)
        for reader in readers:
            if reader.turn.acquire(timeout=QUERY_GRACE_S):
                reader.close()
                reader.turn.release()
        self._writer.close(timeout_s)  # last, because then it folds the log into the file

    def _beside_bytes(self) -> int:
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def _read(self, query: Callable[[SqliteTables], T]) -> T:
        reader = self._reader()
        with reader.turn:
            try:
                return reader.run(query)
            except sqlite3.Error as error:
                if not reader.close.alive:
                    raise failures.closed(self._path) from error
                if not failures.is_surroundings(error):
                    raise
                if failures.is_broken(error):
                    suspect(self._path)
                if not failures.is_passing(error):
                    del self._mine.reader
                    reader.close()
                raise failures.in_words(error, self._path) from error

    def _reader(self) -> _Reader:
        reader: _Reader | None = getattr(self._mine, "reader", None)
        if reader is not None:
            return reader
        with self._lock:
            if self._is_closed:
                raise failures.closed(self._path)
            try:
                connection = connect_reader(self._path, self._busy_timeout_s)
                reader = _Reader(connection, next(self._numbers))
            except sqlite3.Error as error:
                raise failures.in_words(error, self._path) from error
            self._readers.add(reader)
        self._mine.reader = reader
        return reader
