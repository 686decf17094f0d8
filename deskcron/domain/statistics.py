"""What the runs of a job come to: shares, percentiles and streaks, counted from its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import msgspec

from deskcron.domain.run import JobId, Status

MOST_ROWS = 10_000
"""So many of the newest rows of a job are counted."""


class PastRun(NamedTuple):
    """What counts of a row that is over: `times` are the due times it stands for.

    How late it was is known of scheduled starts only.
    """

    status: Status
    times: int
    is_exact: bool
    recorded_at: datetime
    duration_s: float | None
    lateness_s: float | None


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How long something takes: the median, and what 95 of 100 do not exceed."""

    median_s: float
    p95_s: float


class Streaks(msgspec.Struct, frozen=True, kw_only=True):
    """Successes and failures in a row: those up to now, one of them 0, and the most there were."""

    successes: int = 0
    failures: int = 0
    most_successes: int = 0
    most_failures: int = 0


class JobStatistics(msgspec.Struct, frozen=True, kw_only=True):
    """What the runs of a job come to, without tests and what is not over.

    `executed` are succeeded, failed and cancelled ones; a cancelled one is left out of the success
    rate and the streaks. `missed` and `skipped` count due times, and events that ran nothing; where
    `is_exact` is false there were at least so many. `counted_from` is when the oldest row that is
    counted was recorded.
    """

    job_id: JobId
    job_name: str
    counted_from: datetime | None
    executed: int
    succeeded: int
    failed: int
    cancelled: int
    success_rate: float | None
    duration: Spread | None
    lateness: Spread | None
    missed: int
    skipped: int
    is_exact: bool
    streaks: Streaks


def counted(job_id: JobId, job_name: str, runs: Sequence[PastRun]) -> JobStatistics:
    """Return what the runs of a job come to; they are given newest first."""
    ends = Counter(run.status for run in runs)
    succeeded, cancelled = ends[Status.SUCCEEDED], ends[Status.CANCELLED]
    failed = sum(number for status, number in ends.items() if status.is_trouble)
    idle = [run for run in runs if run.status in {Status.MISSED, Status.SKIPPED}]
    return JobStatistics(
        job_id=job_id,
        job_name=job_name,
        counted_from=runs[-1].recorded_at if runs else None,
        executed=succeeded + failed + cancelled,
        succeeded=succeeded,
        failed=failed,
        cancelled=cancelled,
        success_rate=succeeded / (succeeded + failed) if succeeded + failed else None,
        duration=_spread(run.duration_s for run in runs),
        lateness=_spread(run.lateness_s for run in runs),
        missed=sum(run.times for run in idle if run.status is Status.MISSED),
        skipped=sum(run.times for run in idle if run.status is Status.SKIPPED),
        is_exact=all(run.is_exact for run in idle),
        streaks=_streaks(runs),
    )


def _spread(values: Iterable[float | None]) -> Spread | None:
    ordered = sorted(value for value in values if value is not None)
    if not ordered:
        return None
    return Spread(median_s=_percentile(ordered, 50), p95_s=_percentile(ordered, 95))


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """Return the value at a share of the way from the first to the last, between two if need be."""
    place, part = divmod((len(ordered) - 1) * percent, 100)
    below, above = ordered[place], ordered[min(place + 1, len(ordered) - 1)]
    return below + (above - below) * part / 100


def _streaks(runs: Sequence[PastRun]) -> Streaks:
    ends = [
        run.status is Status.SUCCEEDED
        for run in runs
        if run.status is Status.SUCCEEDED or run.status.is_trouble
    ]
    if not ends:
        return Streaks()
    lengths = [(is_success, len(list(group))) for is_success, group in groupby(ends)]
    is_success, length = lengths[0]
    return Streaks(
        successes=length if is_success else 0,
        failures=0 if is_success else length,
        most_successes=max((length for good, length in lengths if good), default=0),
        most_failures=max((length for good, length in lengths if not good), default=0),
    )
