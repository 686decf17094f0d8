"""Read dates and times of day as people type them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from deskcron.domain.daywords import date_pattern, month_name

_YEARS = range(1900, 3000)
_DIGITS = re.compile(r"(\d{1,2})(\d\d)|(\d\d)(\d\d)(\d\d)")
_PARTS = re.compile(r"(\d{1,2})(?:[:.h ]+(\d{1,2}))?(?:[:.m ]+(\d{1,2}))?[:.hm ]*?(am|pm)?")
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_YEAR, _LONG_YEAR = r"(?P<year>\d\d|\d{4})", r"(?P<year>\d{4})"
_NEXT = r"(?P=between) *"
_YEAR_FIRST = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(rf"{_LONG_YEAR}(?P<between>[-./ ]) *{_MONTH}{_NEXT}{_DAY}"),
)
_DAY_FIRST = re.compile(rf"{_DAY}(?P<between>[. ]) *{_MONTH}{_NEXT}{_YEAR}")
_IN_ORDER = {
    "dmy": (re.compile(rf"{_DAY}(?P<between>[-/]) *{_MONTH}{_NEXT}{_YEAR}"),),
    "mdy": (re.compile(rf"{_MONTH}(?P<between>[-/]) *{_DAY}{_NEXT}{_YEAR}"),),
}
_NAME = r"(?P<month>[^\W\d_]{3,})"
_WITH_NAME = (
    re.compile(rf"{_DAY}[., ]+{_NAME}[., ]+{_LONG_YEAR}"),
    re.compile(rf"{_NAME}[. ]+{_DAY}[, ]+{_LONG_YEAR}"),
)
_CENTURY = 2000


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
    parts = {unit: text[begin:end] for unit, (begin, end) in date_spans(text, order).items()}
    if not parts:
        return None
    year = int(parts["year"]) + (_CENTURY if len(parts["year"]) == 2 else 0)
    try:
        found = date(year, _month(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
    return found if year in _YEARS else None


def date_spans(text: str, order: str = "") -> Mapping[str, tuple[int, int]]:
    """Return where year, month and day stand in a text, nothing where it has no shape of a date.

    `order` is that of `read_date`.
    """
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for shape in (*_YEAR_FIRST, _DAY_FIRST, *_IN_ORDER.get(order, ()), date_pattern(), *_WITH_NAME):
        if found := shape.fullmatch(text, begin, end):
            return {unit: found.span(unit) for unit in ("year", "month", "day")}
    return {}


def _month(typed: str) -> int:
    """Return the number, or that of the month whose short name the word begins with, else 0."""
    if typed.isdecimal():
        return int(typed)
    word = typed.casefold()
    names = (month_name(number).casefold().rstrip(".") for number in range(1, 13))
    return next((number for number, name in enumerate(names, 1) if word.startswith(name)), 0)
