"""Find the first due time at which hours and days let a job run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from deskcron.triggers.schedule import Schedule

MOST_BARRED = 50
"""Due times that are tried for the first that nothing bars; each is after the hours open again."""
_INSTANT = timedelta(microseconds=1)

Opens = Callable[[datetime], datetime | None]
"""Return from when on, then or later, nothing bars the job; None for never."""


def first_free(schedule: Schedule, opens: Opens, at: datetime | None) -> datetime | None:
    """Return the first due time, `at` or later, that nothing bars.

    None where none of the next ones is free, or `at` is never. Raises as a rule does that cannot
    be used.
    """
    for _ in range(MOST_BARRED):
        due = None if at is None else schedule.next_after(at - _INSTANT)
        if due is None:
            return None
        at = opens(due.at)
        if at == due.at:
            return due.at
    return None
