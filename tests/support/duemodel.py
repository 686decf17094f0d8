"""A simple model of when jobs are due, worked out without the engine's arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

INSTANT = timedelta(microseconds=1)
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Grid:
    """Every so many seconds from a start."""

    start: datetime
    every_s: int

    def between(
        self, after: datetime, until: datetime, _zone: str, shift: timedelta
    ) -> Iterator[datetime]:
        """Go through the due times in (after, until]."""
        step, start = timedelta(seconds=self.every_s), self.start + shift
        number = max(0, (after - start) // step + 1)
        while (at := start + number * step) <= until:
            yield at
            number += 1


@dataclass(frozen=True)
class Daily:
    """Every day at a time of the computer's zone: right after a gap, once in a fold."""

    at: time
    first: date

    def between(
        self, after: datetime, until: datetime, zone: str, _shift: timedelta
    ) -> Iterator[datetime]:
        """Go through the due times in (after, until]."""
        day = max(self.first, (after - timedelta(days=2)).date())
        while day <= (until + timedelta(days=2)).date():
            at = instant_of(datetime.combine(day, self.at), zone)
            if after < at <= until:
                yield at
            day += timedelta(days=1)


@dataclass(frozen=True)
class Once:
    """At one time of the computer's zone."""

    at: datetime

    def between(
        self, after: datetime, until: datetime, zone: str, _shift: timedelta
    ) -> Iterator[datetime]:
        """Return the due time where it is in (after, until]."""
        at = instant_of(self.at, zone)
        if after < at <= until:
            yield at


@dataclass(frozen=True)
class Never:
    """A job that only events start."""

    def between(self, *_span: object) -> Iterator[datetime]:
        """Go through nothing."""
        yield from ()


@dataclass(frozen=True)
class AfterEnd(Never):
    """So long after the end of the run before, which the model does not work out."""


Rule = Grid | Daily | Once | Never


def instant_of(wall: datetime, zone: str) -> datetime:
    """Return when a wall time is: the first of two, and right after a gap."""
    local = ZoneInfo(zone)
    while True:
        at = wall.replace(tzinfo=local).astimezone(UTC)
        if at.astimezone(local).replace(tzinfo=None) == wall:
            return at
        wall = wall.replace(second=0, microsecond=0) + timedelta(minutes=1)


@dataclass
class ModelJob:
    """What the model knows of a job; `due` are the due times that must each have one row."""

    rule: Rule
    decided: datetime
    enabled: bool = True
    removed: bool = False
    finished: bool = False
    shift: timedelta = timedelta(0)
    due: list[datetime] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        """Tell whether it has due times."""
        return self.enabled and not self.removed and not self.finished

    def pending(self, until: datetime, zone: str) -> list[datetime]:
        """Return what was due and is not decided."""
        if not self.enabled or self.removed:
            return []
        return list(self.rule.between(self.decided, until, zone, self.shift))

    def upcoming(self, zone: str) -> datetime | None:
        """Return the first due time that is not decided, looking 3 days ahead."""
        ahead = self.decided + timedelta(days=3)
        return next(iter(self.rule.between(self.decided, ahead, zone, self.shift)), None)

    def reaching_back(self, now: datetime, zone: str) -> datetime:
        """Return from when on a new rule counts: a one-off of a moment ago still runs."""
        if isinstance(self.rule, Once):
            at = instant_of(self.rule.at, zone)
            if now - A_MOMENT < at <= now:
                return at - INSTANT
        return now

    def copy(self) -> ModelJob:
        """Return what can be gone back to."""
        return replace(self, due=[])
