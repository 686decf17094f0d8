"""What people pick for repeating dates: each n-th day, weekdays, a day of the month.

The same pattern as text of RFC 5545 (a recurrence rule) and, where cron can say it, of cron.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Frequency = Literal["daily", "weekly", "monthly"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The codes of the days, in the order of `date.weekday`."""
LAST = -1
"""The last day, or the last such weekday, of a month."""

_CODES = {day: day[:2].upper() for day in WEEKDAYS}
_DAYS = {code: day for day, code in _CODES.items()}
_NTH_DAY = re.compile(r"(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_CRON_DAYS = {day: str((number + 1) % 7) for number, day in enumerate(WEEKDAYS)}
_CRON_NAMES = {"0": "sun", "7": "sun"} | {number: day for day, number in _CRON_DAYS.items()}


class Pattern(NamedTuple):
    """Dates that repeat, each `every`-th day, week or month.

    Weekly: on `weekdays`. Monthly: on `day` (1 to 31 or LAST), or with `nth` (1 to 5 or LAST) on
    that occurrence of the only one of `weekdays`.
    """

    frequency: Frequency
    every: int = 1
    weekdays: tuple[str, ...] = ()
    day: int = 0
    nth: int = 0


def rule_text(pattern: Pattern) -> str:
    """Return the pattern as a recurrence rule, such as FREQ=WEEKLY;BYDAY=MO,FR;INTERVAL=2."""
    parts = [f"FREQ={pattern.frequency.upper()}"]
    days = [_CODES.get(day, day) for day in pattern.weekdays]
    if pattern.nth:
        parts.append(f"BYDAY={pattern.nth}{days[0]}")
    elif pattern.frequency == "weekly":
        parts.append(f"BYDAY={','.join(days)}")
    elif pattern.frequency == "monthly":
        parts.append(f"BYMONTHDAY={pattern.day}")
    if pattern.every != 1:
        parts.append(f"INTERVAL={pattern.every}")
    return ";".join(parts)


def pattern_of_rule(text: str) -> Pattern | None:
    """Return the pattern of a recurrence rule, None for one that no pattern can say."""
    parts = dict(part.partition("=")[::2] for part in text.strip().upper().split(";"))
    frequency, every = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")
    if not every.isdecimal() or int(every) < 1:
        return None
    if frequency == "DAILY" and not parts:
        return Pattern("daily", int(every))
    if len(parts) != 1:
        return None
    [(name, value)] = parts.items()
    if frequency == "WEEKLY" and name == "BYDAY":
        days = [_DAYS.get(code, "") for code in value.split(",")]
        return Pattern("weekly", int(every), tuple(days)) if all(days) else None
    if frequency == "MONTHLY":
        return _monthly(name, value, int(every))
    return None


def cron_text(pattern: Pattern, at: str) -> str:
    """Return the pattern at a time 'HH:MM' as a cron expression, "" where cron cannot say it."""
    hour, minute, *seconds = at.split(":")
    if pattern.every != 1 or any(second != "00" for second in seconds):
        return ""
    day, weekday = "*", "*"
    if pattern.frequency == "weekly":
        weekday = ",".join(_CRON_DAYS[day] for day in WEEKDAYS if day in pattern.weekdays)
    elif pattern.nth:
        number = _CRON_DAYS[pattern.weekdays[0]]
        weekday = f"{number}L" if pattern.nth == LAST else f"{number}#{pattern.nth}"
    elif pattern.frequency == "monthly":
        day = "L" if pattern.day == LAST else str(pattern.day)
    return f"{int(minute)} {int(hour)} {day} * {weekday}" if weekday else ""


def pattern_of_cron(text: str) -> tuple[Pattern, str] | None:
    """Return pattern and time 'HH:MM' of a cron expression, None where there is no such pattern."""
    fields = text.lower().split()
    if len(fields) != 5 or fields[3] != "*":
        return None
    minute, hour, day, _month, weekday = fields
    if not (_is_number(minute, 0, 59) and _is_number(hour, 0, 23)):
        return None
    pattern = _cron_pattern(day, weekday)
    return None if pattern is None else (pattern, f"{int(hour):02}:{int(minute):02}")


def _monthly(name: str, value: str, every: int) -> Pattern | None:
    if name == "BYMONTHDAY" and (value == str(LAST) or _is_number(value, 1, 31)):
        return Pattern("monthly", every, day=int(value))
    match = _NTH_DAY.fullmatch(value)
    if name == "BYDAY" and match is not None:
        return Pattern("monthly", every, (_DAYS[match[2]],), nth=int(match[1]))
    return None


def _cron_pattern(day: str, weekday: str) -> Pattern | None:
    if weekday == "*":
        if day == "*":
            return Pattern("daily")
        if day == "l":
            return Pattern("monthly", day=LAST)
        return Pattern("monthly", day=int(day)) if _is_number(day, 1, 31) else None
    if day != "*":
        return None
    if match := re.fullmatch(r"([0-7])(?:l|#([1-5]))", weekday):
        return Pattern("monthly", 1, (_CRON_NAMES[match[1]],), nth=int(match[2] or LAST))
    days = _cron_days(weekday)
    return Pattern("weekly", 1, tuple(code for code in WEEKDAYS if code in days)) if days else None


def _cron_days(text: str) -> set[str]:
    """Return the weekdays of a cron field without steps; empty where it is anything else."""
    days: set[str] = set()
    for term in text.split(","):
        first, dash, last = term.partition("-")
        low, high = _cron_day(first), _cron_day(last if dash else first)
        if low is None or high is None or high < low:
            return set()
        days |= {_CRON_NAMES[str(number)] for number in range(low, high + 1)}
    return days


def _cron_day(text: str) -> int | None:
    if text in _CRON_DAYS:
        return int(_CRON_DAYS[text])
    return int(text) if _is_number(text, 0, 7) else None


def _is_number(text: str, low: int, high: int) -> bool:
    return re.fullmatch(r"[0-9]{1,2}", text) is not None and low <= int(text) <= high
