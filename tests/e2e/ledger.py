"""Hold a job's rows against its due times, which are worked out here without the engine."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta

from deskcron.domain.reason import Reason
from deskcron.engine.settlement import LEAD


def grid(start, every_s, after, until):
    """Return the due times of an interval in (after, until]."""
    step = timedelta(seconds=every_s)
    first = max(0, (after - start) // step + 1)
    count = (until - start) // step - first + 1
    return [start + (first + number) * step for number in range(max(0, count))]


def minutes(after, until):
    """Return the whole minutes in (after, until]."""
    return grid(after.replace(second=0, microsecond=0), 60, after, until)


def off_at(detail, rows):
    """Return until when a job had due times that is switched off now.

    One that was claimed ahead just before that has its row, and belongs to them.
    """
    off = detail.changed_at
    ahead = [row.due_at for row in rows if row.due_at and row.recorded_at < off < row.due_at]
    return max([off, *(due_at for due_at in ahead if due_at <= off + LEAD)])


def to_be_run(rows):
    """Return the rows without those that were claimed as their job was switched off."""
    return [row for row in rows if row.reason is not Reason.JOB_DISABLED]


def interval_dues(detail, rows):
    """Return the due times of a job with one interval, until it was switched off."""
    (rule,) = detail.document["triggers"]
    start = datetime.fromisoformat(rule["start"])
    return grid(start, rule["every_s"], detail.created_at, off_at(detail, rows))


def coverage_faults(dues, rows):
    """Say in words where a due time has no row or more than one, or a row no due time."""
    faults = []
    times_covered = [0] * len(dues)
    for row in rows:
        if row.due_at is None:
            continue
        last = row.due_until or row.due_at
        begin, end = bisect_left(dues, row.due_at), bisect_right(dues, last)
        for number in range(begin, end):
            times_covered[number] += 1
        ends_fit = begin < end and dues[begin] == row.due_at and dues[end - 1] == last
        if not ends_fit or not row.is_exact or end - begin != row.count:
            faults.append(
                f"row {row.id} ({row.status}) says {row.count} due times from {row.due_at} "
                f"to {last}, {end - begin} are known"
            )
    for due, times in zip(dues, times_covered, strict=True):
        if times != 1:
            faults.append(f"{due} is covered by {times} rows")
    return faults
