"""How a row of the history becomes a Run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskcron.domain.instant import from_us, optional_from_us
from deskcron.domain.reason import NO_PARAMETERS, Reason
from deskcron.domain.run import NO_ORIGIN, Attempt, Cause, JobId, Run, RunId, Status
from deskcron.store.packed import unpack, unpack_ids

COLUMNS = """r.id, j.id, j.name, r.revision, r.cause, r.status, r.reason, r.reason_args,
    r.due_at, r.due_until, r.count, r.is_exact, r.wall, r.triggers, r.recorded_at, r.started_at,
    r.ended_at, r.duration_us, r.exit_code, r.signal, r.attempt, r.pid, r.output_bytes,
    r.dropped_bytes, r.origin, r.may_have_slept"""
JOBS = "CROSS JOIN jobs AS j ON j.number = r.job"
"""Adds the jobs of runs; CROSS keeps SQLite from beginning with them."""
OPEN_RUNS = "runs AS r INDEXED BY runs_open"
"""The runs that are not over: few, though SQLite's guess is half of all."""
RUN = f"SELECT {COLUMNS} FROM runs AS r {JOBS}"  # noqa: S608 - names from here
"""Begins a query for runs."""
OPEN_RUN = f"SELECT {COLUMNS}, r.start_ticks, r.boot_id FROM {OPEN_RUNS} {JOBS}"  # noqa: S608
"""Begins a query for open runs with what identifies their process, the last two columns."""
IS_OPEN = "(r.status IN ('queued', 'waiting') OR r.status = 'running')"
"""Tells runs that are not over, word for word as the indexes have it: for a list of more than two
words SQLite builds a table each time a row is written."""
IN_LINE = "(r.status = 'waiting' AND r.reason IS 'behind-previous')"
"""Tells runs that wait behind others of their job; all others that are not over take a place."""
IS_TROUBLE = "(r.status IN ('failed', 'timed-out') OR r.status IN ('interrupted', 'unknown'))"
"""Tells runs that a person should look at, word for word as the indexes have it."""
OF_JOB = "r.job = (SELECT number FROM jobs WHERE id = ?)"
PID = 21

STATUSES = {status.value: status for status in Status}
_CAUSES = {cause.value: cause for cause in Cause}
_REASONS: dict[str | None, Reason | None] = {reason.value: reason for reason in Reason}
_REASONS[None] = None


def run_from(row: Sequence[Any]) -> Run:
    """Return the run of a row of COLUMNS, whatever follows them. Any: SQLite's values."""
    duration_us = row[17]
    return Run(
        id=RunId(row[0]),
        job_id=JobId(row[1]),
        job_name=row[2],
        revision=row[3],
        cause=_CAUSES[row[4]],
        status=STATUSES[row[5]],
        reason=_REASONS[row[6]],
        reason_args=unpack(row[7]) if row[7] else NO_PARAMETERS,
        due_at=optional_from_us(row[8]),
        due_until=optional_from_us(row[9]),
        count=row[10],
        is_exact=row[11] == 1,
        wall=row[12],
        triggers=unpack_ids(row[13]),
        recorded_at=from_us(row[14]),
        started_at=optional_from_us(row[15]),
        ended_at=optional_from_us(row[16]),
        duration_s=None if duration_us is None else duration_us / 1_000_000,
        exit_code=row[18],
        signal=row[19],
        attempt=row[20],
        pid=row[PID],
        output_bytes=row[22],
        dropped_bytes=row[23],
        origin=unpack(row[24]) if row[24] else NO_ORIGIN,
        may_have_slept=row[25] == 1,
    )


def attempt_from(row: Sequence[Any]) -> Attempt:
    """Return an earlier attempt of a row of the attempts. Any: SQLite's values."""
    number, status, reason, args, started, ended, duration_us, code, signal, size, dropped = row
    return Attempt(
        number=number,
        status=STATUSES[status],
        reason=_REASONS[reason],
        reason_args=unpack(args) if args else NO_PARAMETERS,
        started_at=optional_from_us(started),
        ended_at=from_us(ended),
        duration_s=None if duration_us is None else duration_us / 1_000_000,
        exit_code=code,
        signal=signal,
        output_bytes=size,
        dropped_bytes=dropped,
    )
