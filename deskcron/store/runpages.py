"""The run history as it is leafed through: pages, counts, and what is old enough to go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import product

from deskcron.domain.instant import to_us
from deskcron.domain.records import RunFilter
from deskcron.domain.run import OPEN, Run
from deskcron.store.runrow import COLUMNS, JOBS, OF_JOB, OPEN_RUNS, run_from

_OPEN_WORDS = "('queued', 'waiting', 'running')"
_ANY, _OPEN, _ENDED = "any", "open", "ended"
_STATUS = {
    _ANY: "",
    _OPEN: f"r.status = ? AND r.status IN {_OPEN_WORDS} AND ",
    _ENDED: f"r.status = ? AND r.status NOT IN {_OPEN_WORDS} AND ",
}
_RUNS = {_ANY: "runs AS r", _OPEN: OPEN_RUNS, _ENDED: "runs AS r"}
_JOB = {False: "", True: f"{OF_JOB} AND "}
_SINCE = {False: "r.id < ?", True: "r.id < ? AND r.id >= ? AND r.recorded_at >= ?"}
_CLAUSES = {
    (job, status, since): f"WHERE {_JOB[job]}{_STATUS[status]}{_SINCE[since]}"
    for job, status, since in product(_JOB, _STATUS, _SINCE)
}
"""By whether a job is wanted, which kind of status is, and whether a first instant is."""
_PAGES = {
    kind: f"""SELECT {COLUMNS} FROM {_RUNS[kind[1]]} {JOBS} {clause}
    ORDER BY r.id DESC LIMIT ?"""  # noqa: S608 - names from here
    for kind, clause in _CLAUSES.items()
}
_COUNTS = {
    kind: f"""SELECT count(*) FROM (SELECT 1 FROM {_RUNS[kind[1]]} {clause}
    LIMIT ?)"""  # noqa: S608 - names from here
    for kind, clause in _CLAUSES.items()
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
    AND r.recorded_at < ? AND r.status NOT IN {_OPEN_WORDS}
LIMIT ?
"""  # noqa: S608 - names from modules beside
_LAST_ID = 2**63 - 1


class RunPages:
    """Read the run history, newest first, by id; ids rise as time goes on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def page(self, wanted: RunFilter) -> Sequence[Run]:
        """Return runs, newest first."""
        kind, parameters = self._asked(wanted)
        rows = self._connection.execute(_PAGES[kind], (*parameters, wanted.limit)).fetchall()
        return [run_from(row) for row in rows]

    def count(self, wanted: RunFilter, at_most: int) -> int:
        """Count matching runs, at most so many."""
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

    def _asked(self, wanted: RunFilter) -> tuple[tuple[bool, str, bool], tuple[int | str, ...]]:
        """Return which statement answers and its parameters, without the limit."""
        parameters: list[int | str] = []
        status_kind = _ANY
        if wanted.job_id is not None:
            parameters.append(wanted.job_id)
        if wanted.status is not None:
            status_kind = _OPEN if wanted.status in OPEN else _ENDED
            parameters.append(wanted.status.value)
        parameters.append(_LAST_ID if wanted.before is None else wanted.before)
        if wanted.since is not None:
            since = to_us(wanted.since)
            parameters += (self._first_since(since), since)
        kind = (wanted.job_id is not None, status_kind, wanted.since is not None)
        return kind, tuple(parameters)

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
