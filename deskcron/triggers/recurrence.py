"""List the dates of a recurrence rule from any point on, fast also years after its start.

dateutil walks from the start of a rule, and for a rule without dates to the year 9999. Here
it is asked for one block of time after another, aligned with the interval of the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from dateutil.rrule import rrulestr

from deskcron.triggers.rruletext import DAY_CODES, RuleParts

_CYCLE_YEARS = 400
"""The calendar repeats after 400 years, weekdays and ISO weeks included."""
_LAST_YEAR = 9898
"""Leaves a century for the date after a block, within what dateutil knows."""
_BLOCK_DAYS = MappingProxyType({"DAILY": 128, "WEEKLY": 371})
_BLOCK_MONTHS = MappingProxyType({"MONTHLY": 36, "YEARLY": 96})
_YEARS = range(1900, 3000)
"""Dates are listed for these years, away from the edges of what dateutil knows."""


def first_date(rule: RuleParts, start: date, day: date) -> date | None:
    """Return the first date from `day` on of the rule that starts at `start`, or None."""
    wanted: date | None = max(day, start)
    text = _explicit_text(rule, start)
    while wanted is not None and wanted.year in _YEARS:
        dates, beyond = _dates(text, *_block(rule, start, wanted))
        index = bisect_left(dates, wanted)
        if index < len(dates):
            return dates[index]
        wanted = beyond
    return None


@lru_cache(maxsize=256)
def _explicit_text(rule: RuleParts, start: date) -> str:
    """Return the rule with the parts that RFC 5545 takes from the start spelled out."""
    parts = {"FREQ": rule.frequency, "INTERVAL": str(rule.interval), "WKST": rule.week_starts}
    parts |= dict(rule.others)
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        if rule.frequency == "WEEKLY":
            parts["BYDAY"] = DAY_CODES[start.weekday()]
        elif rule.frequency == "MONTHLY":
            parts["BYMONTHDAY"] = str(start.day)
        elif rule.frequency == "YEARLY":
            parts["BYMONTHDAY"] = str(start.day)
            parts.setdefault("BYMONTH", str(start.month))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _block(rule: RuleParts, start: date, day: date) -> tuple[date, date]:
    """Return the first day of the aligned block around `day` and the first day after it."""
    if rule.frequency in _BLOCK_DAYS:
        period = rule.interval
        if rule.frequency == "WEEKLY":
            period *= 7
            start -= timedelta(days=(start.weekday() - DAY_CODES.index(rule.week_starts)) % 7)
        size = period * max(1, _BLOCK_DAYS[rule.frequency] // period)
        low = start + timedelta(days=(day - start).days // size * size)
        return low, low + timedelta(days=size)
    period, origin = rule.interval, start.year * 12
    if rule.frequency == "MONTHLY":
        origin += start.month - 1
    else:
        period *= 12
    size = period * max(1, _BLOCK_MONTHS[rule.frequency] // period)
    month = origin + (day.year * 12 + day.month - 1 - origin) // size * size
    return _first_of(month), _first_of(month + size)


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


@lru_cache(maxsize=256)
def _dates(text: str, low: date, high: date) -> tuple[tuple[date, ...], date | None]:
    """Return the dates of the rule in [low, high) and the first one after them.

    The question is moved to the last 400-year cycle that dateutil knows, so that a rule
    without dates has an end soon.
    """
    shift = (_LAST_YEAR - high.year) // _CYCLE_YEARS * _CYCLE_YEARS
    rule = rrulestr(text, dtstart=datetime.combine(_moved(low, shift), time()))
    found: list[date] = []
    for moment in rule:
        day = _moved(moment.date(), -shift)
        if day >= high:
            return tuple(found), day
        found.append(day)
    return tuple(found), None


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
