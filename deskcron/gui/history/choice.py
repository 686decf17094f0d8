"""Which runs are to be seen, as a person chooses them, and as the history is asked for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from enum import Enum, auto
from typing import NamedTuple

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Cause, Run, Status
from deskcron.gui.zones import midnight


class Span(Enum):
    """The days of the runs."""

    ANY = auto()
    TODAY = auto()
    WEEK = auto()
    MONTH = auto()
    RANGE = auto()


_DAYS_BACK = {Span.TODAY: 0, Span.WEEK: 6, Span.MONTH: 29}


class RunChoice(NamedTuple):
    """What is chosen; `first` and `last` are days, for a range."""

    job_id: str | None = None
    status: Status | None = None
    trouble: bool = False
    cause: Cause | None = None
    span: Span = Span.ANY
    first: date | None = None
    last: date | None = None

    def wanted(self, now: datetime, zone: tzinfo | None) -> RunFilter:
        """Return what to ask the history for; days are those of the zone."""
        first, last = self._days(now.astimezone(zone).date())
        return RunFilter(
            job_id=self.job_id,
            status=self.status,
            trouble=self.trouble,
            cause=self.cause,
            since=None if first is None else midnight(first, zone),
            until=None if last is None else midnight(last + timedelta(days=1), zone),
        )

    def _days(self, today: date) -> tuple[date | None, date | None]:
        if self.span is Span.RANGE:
            return self.first, self.last
        if self.span is Span.ANY:
            return None, None
        return today - timedelta(days=_DAYS_BACK[self.span]), None


def fits(run: Run, wanted: RunFilter) -> bool:
    """Tell whether a run is among those that are asked for."""
    return (
        (wanted.job_id is None or run.job_id == wanted.job_id)
        and (wanted.status is None or run.status is wanted.status)
        and (not wanted.trouble or run.status.is_trouble)
        and (wanted.cause is None or run.cause is wanted.cause)
        and (wanted.since is None or run.recorded_at >= wanted.since)
        and (wanted.until is None or run.recorded_at < wanted.until)
    )
