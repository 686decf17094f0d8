"""Read lengths of time such as 15m, 1h30m or 2w, and make rules that repeat after them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from deskcron.domain.errors import BadInput
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _
from deskcron.triggers.builders import daily, weekly
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.interval import Interval

_DURATION = re.compile(
    r"(?:(\d{1,6})w)?(?:(\d{1,6})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?", re.ASCII
)


class Duration(NamedTuple):
    """A length of time: elapsed seconds, and calendar days that clock changes make uneven."""

    seconds: int
    days: int


def parse_duration(text: str) -> Duration:
    """Return the length of '90s', '15m', '1h30m', '2d' or '2w'; raises BadInput in words."""
    compact = "".join(text.split()).lower()
    match = _DURATION.fullmatch(compact)
    if not compact or match is None:
        raise BadInput(
            title=_("'{text}' is not a length of time").format(text=text),
            hint=_("Write it as 90s, 15m, 1h30m, 2d or 2w."),
        )
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    duration = Duration(seconds + 60 * minutes + 3600 * hours, days + 7 * weeks)
    if duration == Duration(0, 0):
        raise BadInput(title=_("A length of time of zero goes nowhere"))
    return duration


def every(text: str, now_local: datetime, trigger_id: str = "t1") -> Interval | Calendar:
    """Return the rule that repeats after the length of time, first that much after `now_local`.

    `now_local` is aware, in the computer's zone. Whole days become a calendar rule at the
    present time of day, which clock changes do not shift; anything else counts elapsed time.
    """
    seconds, days = parse_duration(text)
    if seconds and days:
        raise BadInput(
            title=_("'{text}' mixes days with hours").format(text=text),
            hint=_("Days follow the calendar and hours the clock; use 36h for 36 hours."),
        )
    if seconds:
        start = now_local.replace(microsecond=0).isoformat()
        return Interval(id=trigger_id, every_s=seconds, start=start)
    at, day = f"{now_local:%H:%M}", now_local.date()
    if days % 7:
        return daily(at, every=days, start=day, trigger_id=trigger_id)
    weekday = WEEKDAYS[day.weekday()]
    return weekly((weekday,), at, every=days // 7, start=day, trigger_id=trigger_id)
