"""Count the due times of a cron expression by days, not one by one."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from deskcron.triggers.cronrule import CronRule
from deskcron.triggers.zones import is_missing_day, next_change, to_utc, wall_of

_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


def cron_tally(rule: CronRule, zone: ZoneInfo, after: datetime, until: datetime) -> int:
    """Return the number of due times in (after, until]."""
    if until <= after:
        return 0
    low, start = after, wall_of(after, zone)
    if not rule.is_wildcard:
        start = _past_repetition(after, start, zone)
    total = 0
    while (change := next_change(low, until, zone)) is not None:
        resumes = change.astimezone(zone).replace(tzinfo=None, fold=0)
        low, last = change, wall_of(change - _MICROSECOND, zone)
        total += _count(rule, start, last)
        if rule.is_wildcard:
            start = resumes - _MICROSECOND
        elif last < resumes:
            total += _moved(rule, max(start, last), resumes, zone)
            start = resumes
        else:
            start = max(start, last)
    return total + _count(rule, start, wall_of(until, zone))


def _past_repetition(after: datetime, wall: datetime, zone: ZoneInfo) -> datetime:
    """Return where fixed times go on: in the second pass of an hour that is its end."""
    first = to_utc(wall, zone)
    if first == after:
        return wall
    change = next_change(first, after, zone)
    return wall if change is None else wall_of(change - _MICROSECOND, zone)


def _moved(rule: CronRule, low: datetime, high: datetime, zone: ZoneInfo) -> int:
    """Count the one run right after the gap (low, high], if the rule names a time in it."""
    day = (low + _MICROSECOND).date()
    if high - low >= _DAY and is_missing_day(day, zone):
        low = high - _MICROSECOND
    return min(1, _count(rule, low, high))


def _count(rule: CronRule, low: datetime, high: datetime) -> int:
    """Return the number of matching local times in (low, high], as if clocks never changed."""
    if high <= low:
        return 0
    total, day = 0, low.date()
    while day <= high.date():
        if rule.matches_day(day):
            first = _up_to(rule, low.time()) if day == low.date() else 0
            last = _up_to(rule, high.time() if day == high.date() else time.max)
            total += last - first
        day += _DAY
    return total


def _up_to(rule: CronRule, hour: time) -> int:
    """Return the number of matching times of a day that are not later than `hour`."""
    hours = bisect_right(rule.hours, hour.hour)
    if hours and rule.hours[hours - 1] == hour.hour:
        return (hours - 1) * len(rule.minutes) + bisect_right(rule.minutes, hour.minute)
    return hours * len(rule.minutes)
