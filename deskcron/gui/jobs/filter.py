"""Which jobs are shown and in which order: view, search, tag and column. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, NamedTuple

from deskcron.gui.jobs.listing import Line
from deskcron.gui.jobs.views import View, belongs

_NEVER = datetime.max.replace(tzinfo=UTC)


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
