"""The run history in SQL: inserting due times, recording starts and ends, removing old rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from deskcron.domain.instant import from_us, optional_from_us, optional_us, to_us
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Why
from deskcron.domain.records import NewRun, OpenRun, Prospect, RunEnd
from deskcron.domain.run import Attempt, JobId, Run, RunId, Status
from deskcron.domain.statistics import MOST_ROWS, PastRun
from deskcron.domain.watchdogs import Usual
from deskcron.store.changed import ChangedSeq
from deskcron.store.jobrow import hold_from
from deskcron.store.packed import pack, pack_ids, unpack_ids
from deskcron.store.runpages import RunPages
from deskcron.store.runrow import (
    COLUMNS,
    IN_LINE,
    IS_OPEN,
    JOBS,
    OF_JOB,
    OPEN_RUN,
    PID,
    RUN,
    STATUSES,
    attempt_from,
    run_from,
)

_INSERT = """
INSERT INTO runs (
    job, revision, cause, status, reason, reason_args, due_at, due_until, count, is_exact,
    wall, triggers, recorded_at, ended_at, origin, changed_seq
) VALUES ((SELECT number FROM jobs WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (job, due_at) WHERE due_at IS NOT NULL AND due_until IS NULL DO NOTHING
"""
_GET = f"{RUN} WHERE r.id = ?"
_PROSPECT = f"""
SELECT {COLUMNS}, j.enabled, j.removed_at IS NOT NULL, h.failures, h.since, h.until
FROM runs AS r {JOBS} LEFT JOIN holds AS h ON h.job_id = j.id WHERE r.id = ?
"""  # noqa: S608 - names from the module beside
_NEWEST_SINGLE = f"""{RUN}
WHERE {OF_JOB} AND r.due_at IS NOT NULL AND r.due_until IS NULL
ORDER BY r.due_at DESC LIMIT 1
"""
_NEWEST_RANGE = f"""{RUN}
WHERE {OF_JOB} AND r.due_until IS NOT NULL ORDER BY r.due_at DESC LIMIT 1
"""
_DECIDED_SPANS = f"""
SELECT due_at, due_at AS last FROM runs AS r
WHERE {OF_JOB} AND due_at > ? AND due_at <= ? AND due_at IS NOT NULL AND due_until IS NULL
UNION ALL
SELECT due_at, due_until FROM runs AS r
WHERE {OF_JOB} AND due_until > ? AND due_at <= ? AND due_until IS NOT NULL
ORDER BY 1
"""  # noqa: S608 - names from the module beside
_EXTEND = """
UPDATE runs
SET due_until = ?, count = count + ?, is_exact = is_exact AND ?, changed_seq = ? WHERE id = ?
"""
_EXTENDED = f"""
SELECT {COLUMNS} FROM jobs AS j CROSS JOIN runs AS r ON r.id = (
    SELECT k.id FROM runs AS k INDEXED BY runs_by_range
    WHERE k.job = j.number AND k.due_until IS NOT NULL AND k.due_at <= ?
    ORDER BY k.due_at DESC LIMIT 1)
WHERE r.due_until BETWEEN ? AND ? AND r.recorded_at < ?
"""  # noqa: S608 - names from the module beside
_ANSWER = """
UPDATE runs SET origin = ?, changed_seq = ?
WHERE id = ? AND status IN ('missed', 'skipped') AND origin IS NULL
"""
_AT_WALL = f"""
SELECT revision, triggers FROM runs AS r
WHERE {OF_JOB} AND due_at BETWEEN ? AND ? AND due_at IS NOT NULL AND due_until IS NULL
    AND wall = ? AND status NOT IN ('skipped', 'missed')
"""  # noqa: S608 - a condition from beside
_LOAD = f"""
SELECT count(*), coalesce(sum({IN_LINE}), 0) FROM runs AS r
WHERE {OF_JOB}
    AND {IS_OPEN}
"""  # noqa: S608 - a condition from beside
_IN_PLACE = f"""
SELECT count(*) FROM runs AS r
WHERE {OF_JOB}
    AND {IS_OPEN}
    AND NOT {IN_LINE}
"""  # noqa: S608 - a condition from beside
_LAST_TIMES = f"""
SELECT max(start), CASE WHEN sum(is_open) THEN NULL ELSE max(end) END FROM (
    SELECT coalesce(started_at, max(recorded_at, coalesce(due_at, recorded_at))) AS start,
        coalesce(ended_at, recorded_at) AS end,
        {IS_OPEN} AS is_open
    FROM runs AS r WHERE {OF_JOB} ORDER BY id DESC LIMIT 20)
"""  # noqa: S608 - a condition from beside
"""The last end need not be that of the newest row, but lies among the newest ones."""
_OPEN = f"""{OPEN_RUN}
WHERE {IS_OPEN} ORDER BY r.id
"""
_OPEN_OF_JOB = f"""{OPEN_RUN}
WHERE {OF_JOB} AND {IS_OPEN} ORDER BY r.id
"""
_NEXT_WAITING = f"""{RUN}
WHERE {OF_JOB} AND r.status = 'waiting' AND {IS_OPEN}
    AND r.reason = 'behind-previous'
ORDER BY r.id LIMIT 1
"""
_RELEASE = """
UPDATE runs SET status = 'queued', reason = NULL, reason_args = NULL, changed_seq = ?
WHERE id = ? AND status = 'waiting'
"""
_STARTED = f"""
UPDATE runs AS r
SET status = 'running', reason = CASE WHEN reason IN ('stopped', 'replaced') THEN reason END,
    reason_args = NULL, started_at = ?, pid = ?, start_ticks = ?, boot_id = ?, changed_seq = ?
WHERE id = ? AND {IS_OPEN}
"""  # noqa: S608 - a condition from beside
_ENDED = f"""
UPDATE runs AS r
SET status = ?, started_at = coalesce(?, started_at), ended_at = ?, reason = ?, reason_args = ?,
    duration_us = ?, exit_code = ?, signal = ?, output_bytes = ?, dropped_bytes = ?,
    changed_seq = ?
WHERE id = ? AND {IS_OPEN}
"""  # noqa: S608 - a condition from beside
_KEEP_ATTEMPT = f"""
INSERT INTO attempts
SELECT id, attempt, ?, ?, ?, coalesce(?, started_at), ?, ?, ?, ?, ?, ? FROM runs AS r
WHERE id = ? AND {IS_OPEN}
"""  # noqa: S608 - a condition from beside
_AGAIN = f"""
UPDATE runs AS r
SET status = 'waiting', reason = ?, reason_args = ?, attempt = attempt + 1, started_at = NULL,
    pid = NULL, start_ticks = NULL, boot_id = NULL, changed_seq = ?
WHERE id = ? AND {IS_OPEN}
"""  # noqa: S608 - a condition from beside
_WAITS = """
UPDATE runs SET reason = ?, reason_args = ?, changed_seq = ? WHERE id = ? AND status = 'waiting'
"""
_STEPS_BACK = """
UPDATE runs SET status = 'waiting', reason = ?, reason_args = ?, changed_seq = ?
WHERE id = ? AND status = 'queued'
"""
_QUEUES = """
UPDATE runs SET reason = ?, reason_args = ?, changed_seq = ?
WHERE id = ? AND status = 'queued'
    AND (reason IS NULL OR reason IN ('lane-full', 'places-taken'))
"""
_STOPS = f"""
UPDATE runs AS r SET reason = ?, reason_args = NULL, changed_seq = ?
WHERE id = ? AND {IS_OPEN} AND status <> 'waiting'
"""  # noqa: S608 - a condition from beside
_MAY_HAVE_SLEPT = "UPDATE runs SET may_have_slept = 1, changed_seq = ? WHERE id = ?"
_ATTEMPTS = """
SELECT attempt, status, reason, reason_args, started_at, ended_at, duration_us, exit_code, signal,
    output_bytes, dropped_bytes
FROM attempts WHERE run = ? ORDER BY attempt
"""
_LAST_OUTCOMES = f"""
SELECT r.status FROM runs AS r
WHERE {OF_JOB} AND r.cause <> 'test' AND NOT {IS_OPEN}
    AND r.status NOT IN ('skipped', 'missed', 'cancelled')
ORDER BY r.id DESC LIMIT ?
"""  # noqa: S608 - conditions from beside
_SINCE = """r.id > coalesce((
        SELECT max(k.id) FROM runs AS k
        WHERE k.job = (SELECT number FROM jobs WHERE id = ?) AND k.recorded_at < ?), 0)"""
"""Bounds the rows of a job to those since an instant; only these are looked at."""
_CAME_TO_NOTHING = """(r.status IN ('skipped', 'missed')
        OR r.status = 'cancelled' AND r.started_at IS NULL AND r.attempt = 1)"""
"""Tells runs that are over and never ran."""
_EXECUTED_SINCE = f"""
SELECT count(*) FROM runs AS r
WHERE {OF_JOB} AND {_SINCE} AND r.cause <> 'test' AND NOT {_CAME_TO_NOTHING}
"""  # noqa: S608 - conditions from beside
_USUAL = f"""
WITH newest AS (
    SELECT r.duration_us AS duration, r.output_bytes + r.dropped_bytes AS output FROM runs AS r
    WHERE {OF_JOB} AND r.status = 'succeeded' AND NOT {IS_OPEN}
        AND r.id < ? AND r.cause <> 'test' AND r.duration_us IS NOT NULL
    ORDER BY r.id DESC LIMIT 50
)
SELECT count(*),
    (SELECT duration FROM newest ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM newest)),
    (SELECT output FROM newest ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM newest))
FROM newest
"""  # noqa: S608 - conditions from beside
_PAST = f"""
SELECT r.status, r.count, r.is_exact, r.recorded_at, r.duration_us,
    CASE WHEN r.cause = 'schedule' AND r.attempt = 1 THEN r.started_at - r.due_at END
FROM runs AS r
WHERE {OF_JOB} AND NOT {IS_OPEN} AND r.cause <> 'test' AND r.id >= ? AND r.recorded_at >= ?
ORDER BY r.id DESC LIMIT ?
"""  # noqa: S608 - conditions from beside
"""The start of a run that was tried again is that of its last attempt, and tells of no delay."""
_LAST_SUCCESS = f"""
SELECT r.ended_at FROM runs AS r
WHERE {OF_JOB} AND r.status = 'succeeded' AND NOT {IS_OPEN} ORDER BY r.id DESC LIMIT 1
"""  # noqa: S608 - conditions from beside
_RAN_SINCE = f"""
SELECT EXISTS (SELECT 1 FROM runs AS r
WHERE {OF_JOB} AND {_SINCE} AND r.recorded_at > ? AND r.recorded_at <= ?
    AND r.cause IN ('event', 'chain') AND r.triggers = ? AND NOT {_CAME_TO_NOTHING})
"""  # noqa: S608 - conditions from beside
_NEWEST_OF_JOB = f"{RUN} WHERE {OF_JOB} ORDER BY r.id DESC LIMIT 1"
_REPEAT = "UPDATE runs SET count = count + 1, ended_at = ?, changed_seq = ? WHERE id = ?"
_DELETE = "DELETE FROM runs WHERE id = ?"
_DELETE_DONE_ITEMS = "DELETE FROM inbox WHERE run_id = ? AND done_at IS NOT NULL"

_WALL_REACH = timedelta(hours=27)
"""No wall time is further from its instant than this, in any zone there ever was."""


class RunRows(RunPages):
    """The run history over one connection."""

    def __init__(self, connection: sqlite3.Connection, seq: ChangedSeq) -> None:
        super().__init__(connection)
        self._seq = seq

    def insert(self, run: NewRun) -> RunId | None:
        """Insert a row; None when its due time has its row already."""
        due, why = run.due, run.why
        done = self._connection.execute(
            _INSERT,
            (
                run.job_id,
                run.revision,
                run.cause.value,
                run.status.value,
                None if why is None else why.code.value,
                pack(why.args) if why is not None and why.args else None,
                None if due is None else to_us(due.at),
                None if run.due_until is None else to_us(run.due_until),
                run.count,
                run.is_exact,
                None if due is None or due.wall is None else due.wall.isoformat(),
                pack_ids(run.triggers if due is None else due.trigger_ids),
                to_us(run.recorded_at),
                None if run.ended_at is None else to_us(run.ended_at),
                pack(run.origin) if run.origin else None,
                self._seq.now(),
            ),
        )
        return RunId(done.lastrowid or 0) if done.rowcount == 1 else None

    def get(self, run_id: int) -> Run | None:
        """Return a run."""
        return self._one(_GET, run_id)

    def prospect(self, run_id: RunId) -> Prospect | None:
        """Return a run with what decides whether it may still start."""
        row = self._connection.execute(_PROSPECT, (run_id,)).fetchone()
        if row is None:
            return None
        run, (is_enabled, is_removed, *held) = run_from(row), row[-5:]
        return Prospect(run, is_enabled == 1, is_removed == 1, hold_from(run.job_id, held))

    def newest_due(self, job_id: JobId) -> Run | None:
        """Return the job's row with the latest due time."""
        single, span = self._one(_NEWEST_SINGLE, job_id), self._one(_NEWEST_RANGE, job_id)
        if single is None or span is None:
            return single or span
        return single if _last_due(single) >= _last_due(span) else span

    def decided_spans(
        self, job_id: JobId, since: datetime, until: datetime
    ) -> Sequence[tuple[datetime, datetime]]:
        """Return first and last due time of each row of the job in (since, until], in order."""
        asked = (job_id, to_us(since), to_us(until))
        rows = self._connection.execute(_DECIDED_SPANS, asked * 2).fetchall()
        return [(from_us(first), from_us(last)) for first, last in rows]

    def extend(self, run_id: RunId, until: datetime, more: int, *, is_exact: bool) -> None:
        """Let an unexecuted row cover `more` further due times, up to `until`."""
        self._connection.execute(_EXTEND, (to_us(until), more, is_exact, self._seq.now(), run_id))

    def extended(self, since: datetime, until: datetime) -> Sequence[Run]:
        """Return the range rows from before `until` whose last due time is in [since, until].

        Of each job the latest one that began before `until`.
        """
        until_us = to_us(until)
        asked = (until_us, to_us(since), until_us, until_us)
        return [run_from(row) for row in self._connection.execute(_EXTENDED, asked).fetchall()]

    def answer(self, run_id: RunId, answer: Mapping[str, str]) -> bool:
        """Write into a row that was not executed how a person has answered it.

        False where it was executed, or has an answer.
        """
        values = (pack(answer), self._seq.now(), run_id)
        return self._connection.execute(_ANSWER, values).rowcount == 1

    def at_wall(self, job_id: JobId, wall: str) -> Sequence[tuple[int, Sequence[str]]]:
        """Return revision and trigger ids of what was let run at this wall time (ISO 8601)."""
        middle = datetime.fromisoformat(f"{wall}+00:00")
        reach = (to_us(middle - _WALL_REACH), to_us(middle + _WALL_REACH))
        rows = self._connection.execute(_AT_WALL, (job_id, *reach, wall)).fetchall()
        return [(revision, unpack_ids(triggers)) for revision, triggers in rows]

    def load(self, job_id: JobId) -> tuple[int, int]:
        """Count the job's runs that are not over: those that take a place, those behind them."""
        count, in_line = self._connection.execute(_LOAD, (job_id,)).fetchone()
        return count - in_line, in_line

    def in_place(self, job_id: JobId) -> int:
        """Count the job's runs that are not over, but for those that wait behind others."""
        count: int = self._connection.execute(_IN_PLACE, (job_id,)).fetchone()[0]
        return count

    def last_times(self, job_id: JobId) -> tuple[datetime | None, datetime | None]:
        """Return start and end of the job's latest started or decided run.

        What is claimed ahead starts at its due time; while a run of the job is open there is no
        end.
        """
        row = self._connection.execute(_LAST_TIMES, (job_id,)).fetchone()
        return optional_from_us(row[0]), optional_from_us(row[1])

    def open_runs(self, job_id: str | None = None) -> Sequence[OpenRun]:
        """Return the runs that are not over, oldest first."""
        if job_id is None:
            rows = self._connection.execute(_OPEN).fetchall()
        else:
            rows = self._connection.execute(_OPEN_OF_JOB, (job_id,)).fetchall()
        return [OpenRun(run_from(row), _identity(row)) for row in rows]

    def next_waiting(self, job_id: JobId) -> Run | None:
        """Return the oldest run of the job that waits behind the previous one."""
        return self._one(_NEXT_WAITING, job_id)

    def release(self, run_id: RunId) -> bool:
        """Turn a waiting run into a queued one; False when it no longer waits."""
        return self._connection.execute(_RELEASE, (self._seq.now(), run_id)).rowcount == 1

    def started(self, run_id: RunId, at: datetime, identity: ProcessIdentity) -> None:
        """Record that the run's process has started."""
        self._connection.execute(_STARTED, (to_us(at), *identity, self._seq.now(), run_id))

    def ended(self, end: RunEnd) -> bool:
        """Record the end of an open run; False when it had one already."""
        why = end.why
        done = self._connection.execute(
            _ENDED,
            (
                end.status.value,
                optional_us(end.started_at),
                to_us(end.ended_at),
                None if why is None else why.code.value,
                pack(why.args) if why is not None and why.args else None,
                None if end.duration_s is None else round(end.duration_s * 1_000_000),
                end.exit_code,
                end.signal,
                end.output_bytes,
                end.dropped_bytes,
                self._seq.now(),
                end.run_id,
            ),
        )
        return done.rowcount == 1

    def again(self, end: RunEnd, why: Why) -> bool:
        """Keep how an attempt ended, and let the run wait for the next; False when it is over."""
        kept = self._connection.execute(
            _KEEP_ATTEMPT,
            (
                end.status.value,
                None if end.why is None else end.why.code.value,
                pack(end.why.args) if end.why is not None and end.why.args else None,
                optional_us(end.started_at),
                to_us(end.ended_at),
                None if end.duration_s is None else round(end.duration_s * 1_000_000),
                end.exit_code,
                end.signal,
                end.output_bytes,
                end.dropped_bytes,
                end.run_id,
            ),
        )
        if kept.rowcount == 0:
            return False
        self._connection.execute(
            _AGAIN, (why.code.value, pack(why.args), self._seq.now(), end.run_id)
        )
        return True

    def attempts(self, run_id: int) -> Sequence[Attempt]:
        """Return the attempts of a run before its last one, the first one first."""
        return [attempt_from(row) for row in self._connection.execute(_ATTEMPTS, (run_id,))]

    def waits(self, run_id: RunId, why: Why) -> bool:
        """Write what a waiting run waits for; False when it no longer waits."""
        values = (why.code.value, pack(why.args) if why.args else None, self._seq.now(), run_id)
        return self._connection.execute(_WAITS, values).rowcount == 1

    def queues(self, run_id: RunId, why: Why) -> None:
        """Write what a queued run waits for to start, where it is still queued and nothing else."""
        values = (why.code.value, pack(why.args), self._seq.now(), run_id)
        self._connection.execute(_QUEUES, values)

    def steps_back(self, run_id: RunId, why: Why) -> bool:
        """Turn a queued run into a waiting one; False when it is not queued any more."""
        values = (why.code.value, pack(why.args) if why.args else None, self._seq.now(), run_id)
        return self._connection.execute(_STEPS_BACK, values).rowcount == 1

    def stops(self, run_id: RunId, why: Why) -> None:
        """Write into a run that is queued or goes on that it is being stopped."""
        self._connection.execute(_STOPS, (why.code.value, self._seq.now(), run_id))

    def may_have_slept(self, run_id: RunId) -> None:
        """Write into a run that the computer was to be kept awake for it, and could not be."""
        self._connection.execute(_MAY_HAVE_SLEPT, (self._seq.now(), run_id))

    def last_outcomes(self, job_id: JobId, limit: int) -> Sequence[Status]:
        """Return how the job's newest executed runs ended, newest first, without tests."""
        rows = self._connection.execute(_LAST_OUTCOMES, (job_id, limit)).fetchall()
        return [STATUSES[row[0]] for row in rows]

    def executed_since(self, job_id: JobId, since: datetime) -> int:
        """Count the job's runs recorded since an instant that ran or will, without tests."""
        asked = (job_id, job_id, to_us(since))
        count: int = self._connection.execute(_EXECUTED_SINCE, asked).fetchone()[0]
        return count

    def usual(self, job_id: JobId, before: RunId) -> Usual:
        """Return what the job's newest successes before a run are like, tests left out."""
        row = self._connection.execute(_USUAL, (job_id, before)).fetchone()
        return Usual(row[0], (row[1] or 0) / 1_000_000, row[2] or 0)

    def past(self, job_id: JobId, since: datetime | None) -> Sequence[PastRun]:
        """Return what counts of the job's newest runs that are over, newest first, without tests.

        At most MOST_ROWS of them, none that was recorded before `since`.
        """
        first, instant = 0, 0
        if since is not None:
            instant = to_us(since)
            first = self._first_since(instant)
        rows = self._connection.execute(_PAST, (job_id, first, instant, MOST_ROWS))
        return [
            PastRun(
                STATUSES[status],
                count,
                is_exact == 1,
                from_us(recorded),
                _seconds(duration),
                _seconds(late),
            )
            for status, count, is_exact, recorded, duration, late in rows
        ]

    def last_success(self, job_id: JobId) -> datetime | None:
        """Return when the job's newest successful run ended."""
        row = self._connection.execute(_LAST_SUCCESS, (job_id,)).fetchone()
        return None if row is None else optional_from_us(row[0])

    def ran_since(self, job_id: JobId, trigger_id: str, since: datetime, now: datetime) -> bool:
        """Tell whether an event has started a run by this trigger after an instant, up to now."""
        since_us, ids = to_us(since), pack_ids((trigger_id,))
        asked = (job_id, job_id, since_us, since_us, to_us(now), ids)
        return bool(self._connection.execute(_RAN_SINCE, asked).fetchone()[0])

    def newest(self, job_id: JobId) -> Run | None:
        """Return the newest row of a job."""
        return self._one(_NEWEST_OF_JOB, job_id)

    def repeat(self, run_id: RunId, at: datetime) -> None:
        """Let a row of an event that ran nothing stand for one more."""
        self._connection.execute(_REPEAT, (to_us(at), self._seq.now(), run_id))

    def delete(self, run_ids: Iterable[RunId]) -> None:
        """Remove rows of the history, with the inbox items of theirs that are done."""
        ids = [(run_id,) for run_id in run_ids]
        self._connection.executemany(_DELETE_DONE_ITEMS, ids)
        self._connection.executemany(_DELETE, ids)

    def _one(self, statement: str, key: int | str) -> Run | None:
        row = self._connection.execute(statement, (key,)).fetchone()
        return None if row is None else run_from(row)


def _seconds(length_us: int | None) -> float | None:
    return None if length_us is None else length_us / 1_000_000


def _last_due(run: Run) -> datetime:
    return run.due_until or run.due_at or run.recorded_at


def _identity(row: Sequence[int | str | None]) -> ProcessIdentity | None:
    pid, ticks, boot_id = row[PID], row[-2], row[-1]
    if isinstance(pid, int) and isinstance(ticks, int) and isinstance(boot_id, str):
        return ProcessIdentity(pid, ticks, boot_id)
    return None
