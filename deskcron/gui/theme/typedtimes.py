"""Read dates and times of day as people type them. Pure."""

from __future__ import annotations

import re
from datetime import date, time

_YEARS = range(1900, 3000)
_DIGITS = re.compile(r"(\d{1,2})(\d\d)|(\d\d)(\d\d)(\d\d)")
_PARTS = re.compile(r"(\d{1,2})(?:[:.h ]+(\d{1,2}))?(?:[:.m ]+(\d{1,2}))?[:.hm ]*?(am|pm)?")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-./ ]+(?P<month>\d{1,2})[-./ ]+(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d{1,2})[. ]+(?P<month>\d{1,2})[. ]+(?P<year>\d{4})"),
)


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


def read_date(text: str) -> date | None:
    """Return the date of '2026-12-24', '20261224', '2026/12/24', '24.12.2026'; else None."""
    for shape in _DATES:
        if found := shape.fullmatch(text.strip()):
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            try:
                return date(year, month, day) if year in _YEARS else None
            except ValueError:
                return None
    return None
