"""Make the calendar rules that people ask for: daily, weekly, monthly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.names import WEEKDAYS
from deskcron.triggers.rruletext import DAY_CODES


def daily(
    at: str, every: int = 1, *, start: date, trigger_id: str = "t1", zone: str = LOCAL_ZONE
) -> Calendar:
    """Return the rule for each `every`-th day from `start` on."""
    return _calendar("FREQ=DAILY", every, at, start=start, trigger_id=trigger_id, zone=zone)


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
    days = ",".join(_day_code(day) for day in weekdays)
    return _calendar(
        f"FREQ=WEEKLY;BYDAY={days}", every, at, start=start, trigger_id=trigger_id, zone=zone
    )


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
    number = -1 if day == "last" else day
    return _calendar(
        f"FREQ=MONTHLY;BYMONTHDAY={number}",
        every,
        at,
        start=start,
        trigger_id=trigger_id,
        zone=zone,
    )


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
    rule = f"FREQ=MONTHLY;BYDAY={nth}{_day_code(weekday)}"
    return _calendar(rule, every, at, start=start, trigger_id=trigger_id, zone=zone)


def _day_code(weekday: str) -> str:
    """Return the code of RFC 5545; what is no weekday stays, for `problems` to name it."""
    return DAY_CODES[WEEKDAYS.index(weekday)] if weekday in WEEKDAYS else weekday


def _calendar(
    rule: str, every: int, at: str, *, start: date, trigger_id: str, zone: str
) -> Calendar:
    text = rule if every == 1 else f"{rule};INTERVAL={every}"
    return Calendar(id=trigger_id, rule=text, at=at, start_date=start.isoformat(), zone=zone)
