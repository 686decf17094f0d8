"""One thread that makes all changes of this process, many in one commit."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.storage import Then
from deskcron.store import failures, schema
from deskcron.store.applying import Change, Ended, Outcome, apply, deliver
from deskcron.store.database import connect_writer
from deskcron.store.recovery import suspect
from deskcron.store.tables import SqliteTables

T = TypeVar("T")

logger = logging.getLogger(__name__)

BATCH = 500
"""Changes in one commit at most."""
GATHER = 100
GATHER_S = 0.02
"""Posted changes, for which nobody waits, gather this long or to this number for one commit."""
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 10.0
COMMIT_GRACE_S = 1.0


class Writer:
    """Own the only connection that writes; started by the first change. Thread: any.

    Changes keep the order in which they came. A change that raises is undone alone. When
    the store does not take a transaction, posted changes stay first in line, one in a
    transaction until one succeeds, and the others fail with the reason.
    """

    def __init__(
        self, path: Path, busy_timeout_s: float, connection: sqlite3.Connection | None = None
    ) -> None:
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._condition = threading.Condition()
        self._queue: deque[Change] = deque()
        self._in_work: list[Change] = []
        self._waiting_writes = 0
        self._ends_at: float | None = None
        self._thread: threading.Thread | None = None
        self._limit = BATCH
        self._turn = threading.Lock()  # who holds it may use the connection
        self._tables = None if connection is None else SqliteTables(connection)
        self._seen = None if connection is None else _data_version(connection)

    def write(self, call: Callable[[SqliteTables], T]) -> T:
        """Make a change and return its result after the commit."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a change waits for another one and would wait for ever")
        future: Future[T] = Future()
        self._enqueue(Change(call, partial(_settle, future), is_posted=False))
        return future.result()

    def post(self, call: Callable[[SqliteTables], T], then: Then[T]) -> None:
        """Queue a change that is tried until the store takes it."""
        self._enqueue(Change(call, then, is_posted=True))

    def foreign_changes(self) -> bool:
        """Tell whether another process has committed since the last call.

        While a transaction is being written the answer is put off.
        """
        if not self._turn.acquire(blocking=False):
            return False
        try:
            present = _data_version(self._open().connection)
        except sqlite3.Error as error:
            raise failures.in_words(error, self._path) from error
        finally:
            self._turn.release()
        is_other = present != self._seen
        self._seen = present
        return is_other

    def close(self, timeout_s: float) -> None:
        """Finish what is queued, as far as the time allows, and close."""
        with self._condition:
            if self._ends_at is None:
                self._ends_at = monotonic() + timeout_s
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s + COMMIT_GRACE_S)
        self._give_up()

    def _enqueue(self, change: Change) -> None:
        with self._condition:
            if self._ends_at is not None:
                raise failures.closed(self._path)
            self._queue.append(change)
            self._waiting_writes += not change.is_posted
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="deskcron-writer", daemon=True
                )
                self._thread.start()
            if not change.is_posted or len(self._queue) in {1, GATHER}:
                self._condition.notify_all()

    def _work(self) -> None:
        pause_s = 0.0
        while self._has_work(pause_s):
            if self._transact():
                pause_s = 0.0
            else:
                pause_s = min(max(2 * pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        self._give_up()

    def _has_work(self, pause_s: float) -> bool:
        """Wait until there is something to try; False at the end.

        After a failure wait `pause_s`, but less when somebody waits for a result.
        """
        with self._condition:
            if self._ends_at is not None:
                left_s = self._ends_at - monotonic()
                if pause_s and left_s > 0:
                    self._condition.wait(min(FIRST_PAUSE_S, left_s))
                return bool(self._queue) and left_s > 0
            if pause_s:
                self._condition.wait_for(self._is_urgent, pause_s)
            else:
                self._condition.wait_for(self._is_wanted)
                self._condition.wait_for(self._has_gathered, GATHER_S)
            return bool(self._queue) or self._ends_at is None

    def _is_urgent(self) -> bool:
        return self._waiting_writes > 0 or self._ends_at is not None

    def _is_wanted(self) -> bool:
        return bool(self._queue) or self._ends_at is not None

    def _has_gathered(self) -> bool:
        return self._is_urgent() or len(self._queue) >= GATHER

    def _transact(self) -> bool:
        """Try one transaction; False when the store does not take it."""
        came_before = len(self._queue)
        with self._turn:
            try:
                tables = self._begin()
                self._take()
                outcomes = apply(tables, tuple(self._in_work))
                tables.connection.execute("COMMIT")
            except (sqlite3.Error, StoreUnavailable) as error:
                self._undo(error)
                outcomes = self._put_back(came_before, error)
                is_done = False
            else:
                outcomes = self._done(outcomes)
                self._limit = min(2 * self._limit, BATCH)
                is_done = True
        for outcome in outcomes:
            deliver(outcome)
        return is_done

    def _open(self) -> SqliteTables:
        if self._tables is None:
            self._tables = SqliteTables(connect_writer(self._path, self._busy_timeout_s))
        return self._tables

    def _begin(self) -> SqliteTables:
        """Begin a transaction, waiting for other processes; SQLite's own wait is short."""
        tables = self._open()
        give_up_at = monotonic() + self._busy_timeout_s
        while True:
            try:
                tables.connection.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                limit = give_up_at if self._ends_at is None else min(give_up_at, self._ends_at)
                if not failures.is_busy(error) or monotonic() >= limit:
                    raise
        if schema.version(tables.connection) != schema.latest():
            raise failures.newer(self._path)
        tables.seq.forget()
        return tables

    def _take(self) -> None:
        """Take what waits by now: what came while the lock was waited for shares the commit."""
        with self._condition:
            count = min(len(self._queue), self._limit)
            self._in_work = [self._queue.popleft() for _ in range(count)]
            self._waiting_writes -= sum(not change.is_posted for change in self._in_work)

    def _undo(self, error: Exception) -> None:
        """Roll back, and begin with a new connection after what may spoil the present one."""
        if self._tables is None:
            return
        connection = self._tables.connection
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        if not failures.is_passing(error):
            self._tables = self._seen = None
            connection.close()

    def _done(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Return the outcomes that are to be told: none where close() has given up waiting."""
        with self._condition:
            is_given_up = not self._in_work
            self._in_work = []
        return [] if is_given_up else outcomes

    def _put_back(self, came_before: int, error: Exception) -> list[Outcome]:
        """Put posted changes first in line again; return the outcomes of those that are not."""
        is_first, self._limit = self._limit > 1, 1
        ended = error.outcome if isinstance(error, Ended) else None
        outcomes = []
        with self._condition:
            if ended is not None and ended.change in self._in_work:
                self._in_work.remove(ended.change)
                outcomes.append(ended)
            tried = max(came_before, len(self._in_work))
            self._queue.extendleft(reversed(self._in_work))
            self._in_work = []
            changes = list(self._queue)
            refused = [change for change in changes[:tried] if not change.is_posted]
            kept = [change for change in changes[:tried] if change.is_posted]
            self._queue = deque(kept + changes[tried:])
            self._waiting_writes = sum(not change.is_posted for change in self._queue)
        if kept and is_first:  # nobody else is told: those who post do not wait
            logger.info("Changes wait until the store takes them: %s", self._in_words(error))
        return outcomes + [Outcome(change, None, self._in_words(error)) for change in refused]

    def _in_words(self, error: Exception) -> Exception:
        if not isinstance(error, sqlite3.Error):
            return error
        if failures.is_broken(error):
            suspect(self._path)
        return failures.in_words(error, self._path)

    def _give_up(self) -> None:
        """Fail what is left and close the connection, unless it is stuck in a change."""
        with self._condition:
            left = [*self._in_work, *self._queue]
            self._in_work = []
            self._queue.clear()
        for change in left:
            deliver(Outcome(change, None, failures.closed(self._path)))
        if self._turn.acquire(timeout=0.1):
            try:
                if self._tables is not None:
                    self._tables.connection.close()
                    self._tables = None
            finally:
                self._turn.release()


def _settle(future: Future[T], result: T, error: BaseException | None) -> None:
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


def _data_version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return number
