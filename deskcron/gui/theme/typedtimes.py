"""Read dates and times of day as people type them. Pure."""

from __future__ import annotations

import re
from datetime import date, time

from deskcron.domain.daywords import date_pattern, month_name

_YEARS = range(1900, 3000)
_DIGITS = re.compile(r"(\d{1,2})(\d\d)|(\d\d)(\d\d)(\d\d)")
_PARTS = re.compile(r"(\d{1,2})(?:[:.h ]+(\d{1,2}))?(?:[:.m ]+(\d{1,2}))?[:.hm ]*?(am|pm)?")
_NUMBERS = re.compile(r"(\d{1,4})([-./ ]) *(\d{1,2})\2 *(\d{1,4})")
_JOINED = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WITH_MONTH = re.compile(r"(?P<day>\d{1,2})[., ]+(?P<month>[^\W\d_]{3,})[., ]+(?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d_]{3,})[. ]+(?P<day>\d{1,2})[, ]+(?P<year>\d{4})")
_FULL_YEAR = 4


def read_time(text: str) -> time | None:
    """Return the time of '22:45', '2245', '9:05', '9', '9.30', '9:05:30', '9 pm'; else None."""
    typed = text.strip().lower()
    half = None
    if digits := _DIGITS.fullmatch(typed):
        parts = [part for part in digits.groups() if part]
    elif found := _PARTS.fullmatch(typed):
        *parts, half = found.groups()
    else:
        return None
    hour, minute, second = (int(part or 0) for part in (*parts, "", "")[:3])
    if half is not None:
        if hour not in range(1, 13):
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def read_date(text: str, order: str = "") -> date | None:
    """Return the date of '2026-12-24', '20261224', '24.12.2026', '24 Dec 2026'; else None.

    `order` tells how dates with slashes or dashes are meant, "dmy" or "mdy"; without it they
    could mean two days, and mean none.
    """
    typed = text.strip()
    found = _year_month_day(typed, order)
    if found is None:
        return None
    year, month, day = found
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _year_month_day(typed: str, order: str) -> tuple[int, int, int] | None:
    if joined := _JOINED.fullmatch(typed):
        return int(joined[1]), int(joined[2]), int(joined[3])
    if numbers := _NUMBERS.fullmatch(typed):
        return _ordered((numbers[1], numbers[3], numbers[4]), numbers[2], order)
    for shape in (date_pattern(), _WITH_MONTH, _MONTH_FIRST):
        if (found := shape.fullmatch(typed)) and (month := _month(found["month"])):
            return int(found["year"]), month, int(found["day"])
    return None


def _ordered(
    numbers: tuple[str, str, str], between: str, order: str
) -> tuple[int, int, int] | None:
    """Tell year, month and day apart: the year is written out first, or stands at the end."""
    first, second, third = map(int, numbers)
    if len(numbers[0]) == _FULL_YEAR:
        return first, second, third
    year = {2: 2000 + third, _FULL_YEAR: third}.get(len(numbers[2]), 0)
    meant = "dmy" if between in ". " else order
    return {"dmy": (year, second, first), "mdy": (year, first, second)}.get(meant)


def _month(typed: str) -> int | None:
    """Return the month whose short name the word begins with."""
    word = typed.casefold()
    for number in range(1, 13):
        if word.startswith(month_name(number).casefold().rstrip(".")):
            return number
    return None
