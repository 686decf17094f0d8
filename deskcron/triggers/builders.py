"""Make the calendar rules that people ask for: daily, weekly, monthly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from deskcron.domain.pattern import LAST, Pattern, rule_text
from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.triggers.calendar import Calendar


def daily(
    at: str, every: int = 1, *, start: date, trigger_id: str = "t1", zone: str = LOCAL_ZONE
) -> Calendar:
    """Return the rule for each `every`-th day from `start` on."""
    return _calendar(Pattern("daily", every), at, start=start, trigger_id=trigger_id, zone=zone)


def weekly(
    weekdays: Sequence[str],
    at: str,
    every: int = 1,
    *,
    start: date,
    trigger_id: str = "t1",
    zone: str = LOCAL_ZONE,
) -> Calendar:
    """Return the rule for weekdays ("mon" to "sun") of each `every`-th week from `start` on."""
    pattern = Pattern("weekly", every, tuple(weekdays))
    return _calendar(pattern, at, start=start, trigger_id=trigger_id, zone=zone)


def monthly(
    day: int | Literal["last"],
    at: str,
    every: int = 1,
    *,
    start: date,
    trigger_id: str = "t1",
    zone: str = LOCAL_ZONE,
) -> Calendar:
    """Return the rule for a day of each `every`-th month from `start` on."""
    pattern = Pattern("monthly", every, day=LAST if day == "last" else day)
    return _calendar(pattern, at, start=start, trigger_id=trigger_id, zone=zone)


def monthly_nth(
    nth: Literal[1, 2, 3, 4, 5, -1],
    weekday: str,
    at: str,
    every: int = 1,
    *,
    start: date,
    trigger_id: str = "t1",
    zone: str = LOCAL_ZONE,
) -> Calendar:
    """Return the rule for the first to fifth or last (-1) such weekday of a month."""
    pattern = Pattern("monthly", every, (weekday,), nth=nth)
    return _calendar(pattern, at, start=start, trigger_id=trigger_id, zone=zone)


def _calendar(pattern: Pattern, at: str, *, start: date, trigger_id: str, zone: str) -> Calendar:
    return Calendar(
        id=trigger_id, rule=rule_text(pattern), at=at, start_date=start.isoformat(), zone=zone
    )
