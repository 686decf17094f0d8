"""What was due while nobody was there to decide it, and what was done about it, job by job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from deskcron.domain.reason import Reason
from deskcron.domain.run import JobId, Run, RunId, Status

STANDS_IN_FOR_RUN = "stands_in_for_run_id"
STANDS_IN_FOR = "stands_in_for"
"""In the origin of a run by hand: the row it stands in for, and that row's last due time."""
_STAND_IN = "stand_in_run_id"
_LEFT = "left"
"""In the origin of a row that was not executed: how a person has answered it."""
_NOT_EXECUTED = frozenset({Status.MISSED, Status.SKIPPED})
_FOR_ABSENCE = frozenset(
    {
        Reason.CATCH_UP_OFF,
        Reason.TOO_OLD,
        Reason.OVER_LIMIT,
        Reason.STILL_RUNNING,
        Reason.QUEUE_FULL,
        Reason.ON_BATTERY,
        Reason.BATTERY_LOW,
        Reason.OFFLINE,
        Reason.IN_USE,
        Reason.LOAD_HIGH,
        Reason.NOT_PRESENT,
        Reason.NO_SPACE,
        Reason.PROCESS_AWAY,
        Reason.PROCESS_THERE,
        Reason.PRESENTING,
        Reason.CHECK_FAILED,
        Reason.CHECK_TOO_LONG,
    }
)
"""Why a due time was left out that could have run had somebody been there at its moment.

What the rules of its job leave out whenever it is decided, nobody needs to be asked about.
"""


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which due times were not decided: the computer slept, or no engine ran.

    `since` is the first of them, `until` when they began to be decided, `settled_at` when the last
    of them was. All are aware UTC.
    """

    since: datetime
    until: datetime
    settled_at: datetime


class ReviewNews(NamedTuple):
    """An absence to be told of: how many jobs were due, and how many may be answered."""

    absence: Absence
    jobs: int
    open_jobs: int


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was due of one job during an absence, and what was done about it.

    `runs` are its rows by their due times, at least one. `starts_at` is known of a run that waits
    for an instant. Where the latest one was not executed there may be a `stand_in`, the run that a
    person has started for it; `is_left` says that a person wants none.
    """

    job_id: JobId
    job_name: str
    runs: tuple[Run, ...]
    starts_at: datetime | None = None
    stand_in: Run | None = None
    is_left: bool = False
    may_run: bool = False
    may_skip: bool = False

    @property
    def waiting(self) -> tuple[Run, ...]:
        """Return the rows that wait to be run."""
        return tuple(run for run in self.runs if run.status is Status.WAITING)

    @property
    def run_ids(self) -> tuple[RunId, ...]:
        """Return the rows that skipping is about: all that wait, else that of the latest time."""
        return tuple(run.id for run in self.waiting or (self.last,))

    @property
    def run_id(self) -> RunId:
        """Return the row that running is about, by which the line goes."""
        return self.run_ids[0]

    @property
    def last(self) -> Run:
        """Return the row of the latest due time."""
        return self.runs[-1]

    @property
    def count(self) -> int:
        """Return how many due times there were."""
        return sum(run.count for run in self.runs)

    @property
    def is_exact(self) -> bool:
        """Tell whether there were just so many."""
        return all(run.is_exact for run in self.runs)

    @property
    def first_due_at(self) -> datetime:
        """Return the first due time."""
        return self.runs[0].due_at or self.runs[0].recorded_at

    @property
    def last_due_at(self) -> datetime:
        """Return the latest due time."""
        return last_due(self.last)


def last_due(run: Run) -> datetime:
    """Return the latest due time that a row covers."""
    return run.due_until or run.due_at or run.recorded_at


def by_job(runs: Iterable[Run]) -> Mapping[JobId, Sequence[Run]]:
    """Return the rows of each job by their due times."""
    found: dict[JobId, list[Run]] = defaultdict(list)
    for run in sorted(runs, key=last_due):
        found[run.job_id].append(run)
    return found


def is_to_answer(run: Run) -> bool:
    """Tell whether due times of a row had no run for an absence, and nobody has answered that."""
    is_left_out = run.status in _NOT_EXECUTED and run.due_at is not None
    return is_left_out and run.reason in _FOR_ABSENCE and not run.origin


def is_to_start(waiting: Sequence[Run]) -> bool:
    """Tell whether one run alone waits, and may start before its time."""
    return len(waiting) == 1 and waiting[0].reason is not Reason.BEHIND_PREVIOUS


def stands_in(run: Run) -> Mapping[str, str]:
    """Return the origin of a run that stands in for a row."""
    return {STANDS_IN_FOR_RUN: str(run.id), STANDS_IN_FOR: last_due(run).isoformat()}


def answered_by(run_id: RunId) -> Mapping[str, str]:
    """Return the origin of a row for which a run stands in."""
    return {_STAND_IN: str(run_id)}


def left() -> Mapping[str, str]:
    """Return the origin of a row that a person leaves as it is."""
    return {_LEFT: "1"}


def stand_in_of(origin: Mapping[str, str]) -> int | None:
    """Return the run that stands in for a row, None where there is none."""
    number = origin.get(_STAND_IN, "")
    return int(number) if number.isdecimal() else None


def is_left(origin: Mapping[str, str]) -> bool:
    """Tell whether a person leaves a row as it is."""
    return _LEFT in origin
