"""Which jobs are shown and in which order: view, search, tag and column. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Any, NamedTuple

from deskcron.domain.job import JobSummary
from deskcron.gui.jobs.listing import Line

_NEVER = datetime.max.replace(tzinfo=UTC)


class View(Enum):
    """The parts of the list; jobs that are held are active as well."""

    ALL = "all"
    ACTIVE = "active"
    HELD = "held"
    OFF = "off"
    FINISHED = "finished"


class Column(IntEnum):
    """The columns of the table, from left to right."""

    ENABLED = 0
    NAME = 1
    SCHEDULE = 2
    NEXT = 3
    LAST = 4


class JobFilter(NamedTuple):
    """What the person wants to see."""

    view: View = View.ALL
    search: str = ""
    tag: str | None = None
    column: Column = Column.NAME
    is_descending: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Tell whether search or tag leave jobs out."""
        return bool(self.search.strip()) or self.tag is not None


def view_of(job: JobSummary) -> View:
    """Return the part of the list a job belongs to, beside all."""
    if job.finished_at is not None:
        return View.FINISHED
    return View.ACTIVE if job.enabled and job.fault is None else View.OFF


def is_held_back(job: JobSummary) -> bool:
    """Tell whether nothing but its failures keeps a job from running."""
    return job.is_held and view_of(job) is View.ACTIVE


def belongs(job: JobSummary, view: View) -> bool:
    """Tell whether a view shows a job."""
    if view is View.HELD:
        return is_held_back(job)
    return view is View.ALL or view_of(job) is view


def counts(lines: Sequence[Line]) -> Mapping[View, int]:
    """Count the jobs of each view."""
    found = dict.fromkeys(View, 0)
    found[View.ALL] = len(lines)
    for line in lines:
        found[view_of(line.job)] += 1
        found[View.HELD] += is_held_back(line.job)
    return found


def chosen(lines: Sequence[Line], choice: JobFilter) -> list[Line]:
    """Return what is to be shown; `lines` are by name and stay so where a column has equals."""
    words = choice.search.casefold().split()
    tag = None if choice.tag is None else choice.tag.casefold()
    wanted = [
        line
        for line in lines
        if belongs(line.job, choice.view)
        and all(word in line.sought for word in words)
        and (tag is None or tag in (known.casefold() for known in line.job.tags))
    ]
    return _ordered(wanted, choice)


def _ordered(lines: list[Line], choice: JobFilter) -> list[Line]:
    """Sort by the column; what has nothing there comes last either way."""
    if choice.column is Column.NAME:
        return lines[::-1] if choice.is_descending else lines
    key = _KEYS[choice.column]
    filled = [line for line in lines if key(line) is not None]
    filled.sort(key=key, reverse=choice.is_descending)
    return filled + [line for line in lines if key(line) is None]


def _schedule(line: Line) -> str | None:
    return line.job.schedule.casefold() or None


def _next(line: Line) -> datetime | None:
    return line.job.next_due_at


def _last(line: Line) -> datetime | None:
    return _NEVER if line.is_running else line.job.last_run_at


# Any: each column is compared by values of its own kind.
_KEYS: Mapping[Column, Callable[[Line], Any]] = {
    Column.ENABLED: lambda line: not line.job.enabled,
    Column.SCHEDULE: _schedule,
    Column.NEXT: _next,
    Column.LAST: _last,
}
