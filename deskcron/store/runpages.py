"""The run history as it is leafed through: pages, counts, and what is old enough to go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import product
from typing import NamedTuple

from deskcron.domain.instant import to_us
from deskcron.domain.records import RunFilter
from deskcron.domain.run import OPEN, Cause, Run
from deskcron.store.runrow import (
    COLUMNS,
    IS_OPEN,
    IS_TROUBLE,
    JOBS,
    OF_JOB,
    OPEN_RUNS,
    run_from,
)

_ANY, _OPEN, _ENDED, _TROUBLE = "any", "open", "ended", "trouble"
_SCHEDULE, _OTHER = "schedule", "other"


class _Kind(NamedTuple):
    """Which statement answers: the conditions there are, whatever their values."""

    has_job: bool
    status: str
    cause: str
    has_span: bool


_JOB = {False: "", True: f"{OF_JOB} AND "}
_STATUS = {
    _ANY: "",
    _OPEN: f"r.status = ? AND {IS_OPEN} AND ",
    _ENDED: f"r.status = ? AND NOT {IS_OPEN} AND ",
    _TROUBLE: f"{IS_TROUBLE} AND ",
}
_CAUSE = {
    _ANY: "",
    _SCHEDULE: "r.cause = ? AND ",
    _OTHER: "r.cause = ? AND r.cause <> 'schedule' AND ",
}
_SPAN = {
    False: "r.id < ?",
    True: "r.id < ? AND r.id >= ? AND r.recorded_at >= ? AND r.recorded_at < ?",
}
_KINDS = [_Kind(*parts) for parts in product(_JOB, _STATUS, _CAUSE, _SPAN)]


def _from(kind: _Kind) -> str:
    """Return the table with the index that leaves the fewest rows, whatever SQLite guesses."""
    if kind.status == _OPEN:
        return OPEN_RUNS
    if kind.cause == _OTHER:
        return "runs AS r INDEXED BY runs_by_cause"
    if kind.status == _TROUBLE:
        return f"runs AS r INDEXED BY runs_in_trouble{'_by_job' if kind.has_job else ''}"
    return "runs AS r"


def _where(kind: _Kind) -> str:
    job, status, cause, span = kind
    return f"WHERE {_JOB[job]}{_STATUS[status]}{_CAUSE[cause]}{_SPAN[span]}"


_PAGES = {
    kind: f"""SELECT {COLUMNS} FROM {_from(kind)} {JOBS} {_where(kind)}
    ORDER BY r.id DESC LIMIT ?"""  # noqa: S608 - names from here
    for kind in _KINDS
}
_COUNTS = {
    kind: f"""SELECT count(*) FROM (SELECT 1 FROM {_from(kind)} {_where(kind)}
    LIMIT ?)"""  # noqa: S608 - names from here
    for kind in _KINDS
}
_BOUNDS = """
SELECT coalesce((SELECT min(id) FROM runs), 1), coalesce((SELECT max(id) FROM runs), 0)
"""
_RECORDED_FROM = "SELECT id, recorded_at FROM runs WHERE id >= ? ORDER BY id LIMIT 1"
_EXPIRED = f"""SELECT {COLUMNS} FROM jobs AS j CROSS JOIN runs AS r ON r.job = j.number
WHERE r.id <= min(
        ?,
        CASE WHEN j.removed_at < ? OR j.finished_at < ? THEN ?
        ELSE coalesce(
            (SELECT k.id FROM runs AS k WHERE k.job = j.number ORDER BY k.id DESC LIMIT 1 OFFSET ?),
            0) END)
    AND r.recorded_at < ? AND NOT {IS_OPEN}
LIMIT ?
"""  # noqa: S608 - names from modules beside
_LAST_ID = _LAST_INSTANT = 2**63 - 1


class RunPages:
    """Read the run history, newest first, by id; ids rise as time goes on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def page(self, wanted: RunFilter) -> Sequence[Run]:
        """Return runs, newest first."""
        if _is_void(wanted):
            return []
        kind, parameters = self._asked(wanted)
        rows = self._connection.execute(_PAGES[kind], (*parameters, wanted.limit)).fetchall()
        return [run_from(row) for row in rows]

    def count(self, wanted: RunFilter, at_most: int) -> int:
        """Count matching runs, at most so many."""
        if _is_void(wanted):
            return 0
        kind, parameters = self._asked(wanted)
        count: int = self._connection.execute(_COUNTS[kind], (*parameters, at_most)).fetchone()[0]
        return count

    def expired(self, before: datetime, keep_per_job: int, limit: int) -> Sequence[Run]:
        """Return ended runs older than `before` beyond the newest `keep_per_job` of each job.

        Of a job removed or finished before that instant nothing is kept.
        """
        instant = to_us(before)
        last = self._first_since(instant) - 1
        rows = self._connection.execute(
            _EXPIRED, (last, instant, instant, last, keep_per_job, instant, limit)
        ).fetchall()
        return [run_from(row) for row in rows]

    def _asked(self, wanted: RunFilter) -> tuple[_Kind, tuple[int | str, ...]]:
        """Return which statement answers and its parameters, without the limit."""
        parameters: list[int | str] = []
        status = _TROUBLE if wanted.trouble else _ANY
        cause = _ANY
        before = _LAST_ID if wanted.before is None else wanted.before
        if wanted.job_id is not None:
            parameters.append(wanted.job_id)
        if wanted.status is not None:
            status = _OPEN if wanted.status in OPEN else _ENDED
            parameters.append(wanted.status.value)
        if wanted.cause is not None:
            cause = _SCHEDULE if wanted.cause is Cause.SCHEDULE else _OTHER
            parameters.append(wanted.cause.value)
        has_span = wanted.since is not None or wanted.until is not None
        parameters += self._span(wanted, before) if has_span else (before,)
        return _Kind(wanted.job_id is not None, status, cause, has_span), tuple(parameters)

    def _span(self, wanted: RunFilter, before: int) -> tuple[int, int, int, int]:
        """Return the ids and instants between which runs are wanted."""
        first, since, until = 0, 0, _LAST_INSTANT
        if wanted.since is not None:
            since = to_us(wanted.since)
            first = self._first_since(since)
        if wanted.until is not None:
            until = to_us(wanted.until)
            before = min(before, self._first_since(until))
        return before, first, since, until

    def _first_since(self, instant: int) -> int:
        """Return the id from which on runs were recorded at or after an instant.

        Found by halving: ids rise with time, so no index of times has to be kept. Where the
        clock was set back in between, one of the possible ids.
        """
        low, high = self._connection.execute(_BOUNDS).fetchone()
        high += 1
        while low < high:
            middle = (low + high) // 2
            row = self._connection.execute(_RECORDED_FROM, (middle,)).fetchone()
            if row is None or row[1] >= instant:
                high = middle
            else:
                low = row[0] + 1
        return int(low)


def _is_void(wanted: RunFilter) -> bool:
    """Tell whether no run can be in trouble and have the status that is wanted."""
    return wanted.trouble and wanted.status is not None and not wanted.status.is_trouble
