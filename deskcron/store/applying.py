"""How changes become part of one transaction: each may fail without the others."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from deskcron.store import failures
from deskcron.store.tables import SqliteTables

logger = logging.getLogger(__name__)


class Change(NamedTuple):
    """What waits for a transaction, and for whom. Any: each change has a result type of its own.

    A change for which nobody waits is `posted`.
    """

    call: Callable[[SqliteTables], Any]
    then: Callable[[Any, BaseException | None], None]
    is_posted: bool


class Outcome(NamedTuple):
    """What became of a change. Any, as above."""

    change: Change
    result: Any
    error: BaseException | None


class Ended(sqlite3.OperationalError):
    """A change has ended the transaction; `outcome` is of that change where it is known."""

    def __init__(self, outcome: Outcome | None) -> None:
        super().__init__("a change ended the transaction")
        self.outcome = outcome


def apply(tables: SqliteTables, taken: Sequence[Change]) -> list[Outcome]:
    """Make what was taken in its order; raise what ends the transaction."""
    outcomes: list[Outcome] = []
    for are_posted, neighbours in groupby(taken, attrgetter("is_posted")):
        changes = list(neighbours)
        if are_posted and len(changes) > 1:
            outcomes += _together(tables, changes)
        else:
            outcomes += [_alone(tables, change) for change in changes]
    return outcomes


def _together(tables: SqliteTables, changes: Sequence[Change]) -> list[Outcome]:
    """Make posted changes, which may be repeated: one by one where one of them raises."""
    try:
        with _savepoint(tables):
            return [Outcome(change, change.call(tables), None) for change in changes]
    except BaseException as error:
        if failures.is_surroundings(error):
            raise
        if not tables.connection.in_transaction:
            raise Ended(None) from error
        return [_alone(tables, change) for change in changes]


def _alone(tables: SqliteTables, change: Change) -> Outcome:
    """Make one change, undone alone when it raises."""
    try:
        with _savepoint(tables):
            return Outcome(change, change.call(tables), None)
    except BaseException as error:
        if failures.is_surroundings(error):
            raise
        outcome = Outcome(change, None, error)
        if not tables.connection.in_transaction:
            raise Ended(outcome) from error
        return outcome


def deliver(outcome: Outcome) -> None:
    """Tell what became of a change; what follows it cannot harm the writer."""
    try:
        outcome.change.then(outcome.result, outcome.error)
    except Exception:
        logger.exception("What follows a change had an error")


@contextmanager
def _savepoint(tables: SqliteTables) -> Iterator[None]:
    """Undo what is done inside when it raises, as long as there is a transaction to go on with."""
    execute = tables.connection.execute
    execute("SAVEPOINT change")
    try:
        yield
    except BaseException as error:
        if tables.connection.in_transaction and not failures.is_surroundings(error):
            execute("ROLLBACK TO change")
            execute("RELEASE change")
            tables.seq.forget()
        raise
    execute("RELEASE change")
