"""Say when in the way people do: in 12 min, tomorrow 09:00, Monday 09:00, 24 Dec 2026 09:00."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import cache

from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import offset_words, relative

_HOUR_S = 3600
_WEEK_DAYS = 7


def moment(instant: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return the instant by its distance when near, else by its day; None: the computer's zone."""
    if abs((instant - now).total_seconds()) < _HOUR_S:
        return relative(instant, now)
    wall = instant.astimezone(zone)
    day = _day(wall, (wall.date() - now.astimezone(zone).date()).days) or date_text(wall)
    return _("{day} {time}").format(day=day, time=f"{wall:%H:%M}")


def until_words(instant: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return the end of a span by its time of day, with the day where that is not today."""
    wall = instant.astimezone(zone)
    if wall.date() == now.astimezone(zone).date():
        return f"{wall:%H:%M}"
    day = _day(wall, (wall.date() - now.astimezone(zone).date()).days) or date_text(wall)
    return _("{day} {time}").format(day=day, time=f"{wall:%H:%M}")


def at_words(instant: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return when something happens: at 14:05, yesterday 22:00."""
    words = until_words(instant, now, zone)
    is_today = instant.astimezone(zone).date() == now.astimezone(zone).date()
    return _("at {time}").format(time=words) if is_today else words


def exact(instant: datetime, zone: tzinfo | None = None) -> str:
    """Return the instant with weekday, seconds and the zone's name; None: the computer's zone."""
    wall = instant.astimezone(zone)
    return _("{weekday} {date} {time} {zone}").format(
        weekday=weekday(wall), date=date_text(wall), time=f"{wall:%H:%M:%S}", zone=wall.tzname()
    )


def dated(wall: datetime, *, with_seconds: bool = False) -> str:
    """Return a wall time with its date, without seconds where there are none and none are asked."""
    time = f"{wall:%H:%M:%S}" if with_seconds or wall.second else f"{wall:%H:%M}"
    return _("{day} {time}").format(day=date_text(wall), time=time)


def dated_in_its_zone(wall: datetime, *, with_seconds: bool = False) -> str:
    """Return an aware wall time with its date, and its offset where that is not the computer's."""
    return f"{dated(wall, with_seconds=with_seconds)} {offset_words(wall)}".rstrip()


def date_text(day: date) -> str:
    """Return the date in words, such as 24 Dec 2026."""
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)


def date_pattern() -> re.Pattern[str]:
    """Return what matches a `date_text`, with the groups day, month and year."""
    marks = _("{day} {month} {year}").format(day="\0d", month="\0m", year="\0y")
    return _date_pattern(marks, tuple(month_name(number) for number in range(1, 13)))


@cache
def _date_pattern(marks: str, month_names: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, month_names))
    return re.compile(
        re.escape(marks)
        .replace(re.escape("\0d"), r"(?P<day>\d{1,2})")
        .replace(re.escape("\0m"), f"(?P<month>{names})")
        .replace(re.escape("\0y"), r"(?P<year>\d{4})")
    )


def month_name(number: int) -> str:
    """Return the short name of the month."""
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[number - 1]


def weekday(wall: datetime) -> str:
    """Return the name of the day."""
    return day_name(wall.weekday())


def day_name(number: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[number]


def _day(wall: datetime, days_ahead: int) -> str:
    """Return the day by its name, empty where only its date says which one it is."""
    if 1 < days_ahead < _WEEK_DAYS:
        return weekday(wall)
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days_ahead, "")
