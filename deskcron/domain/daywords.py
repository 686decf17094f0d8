"""Say when in the way people do: in 12 min, tomorrow 09:00, Monday 09:00."""

from __future__ import annotations

from datetime import datetime, tzinfo

from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local, relative

_HOUR_S = 3600
_WEEK_DAYS = 7


def moment(instant: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return the instant by its distance when near, else by its day; None: the computer's zone."""
    if abs((instant - now).total_seconds()) < _HOUR_S:
        return relative(instant, now)
    wall = instant.astimezone(zone)
    day = _day(wall, (wall.date() - now.astimezone(zone).date()).days)
    if not day:
        return local(instant.replace(second=0), zone)
    return _("{day} {time}").format(day=day, time=f"{wall:%H:%M}")


def until_words(instant: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return the end of a span by its time of day, with the day where that is not today."""
    wall = instant.astimezone(zone)
    if wall.date() == now.astimezone(zone).date():
        return f"{wall:%H:%M}"
    day = _day(wall, (wall.date() - now.astimezone(zone).date()).days)
    return _("{day} {time}").format(day=day or f"{wall:%Y-%m-%d}", time=f"{wall:%H:%M}")


def exact(instant: datetime, zone: tzinfo | None = None) -> str:
    """Return the instant with weekday, seconds and the zone's name; None: the computer's zone."""
    wall = instant.astimezone(zone)
    return _("{weekday} {time} {zone}").format(
        weekday=weekday(wall), time=f"{wall:%Y-%m-%d %H:%M:%S}", zone=wall.tzname()
    )


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
