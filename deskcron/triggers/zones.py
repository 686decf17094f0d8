"""Look up time zones and take wall times to instants, with clock changes met on purpose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE

_PROBE = timedelta(days=3)
"""Shorter than the time between any two clock changes of the same zone."""
_MICROSECOND = timedelta(microseconds=1)


def zone_of(name: str, local_zone: str) -> ZoneInfo:
    """Return the zone called `name`, "local" being `local_zone`; raises BadInput in words."""
    key = local_zone if name == LOCAL_ZONE else name
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as error:
        raise BadInput(
            title=_("'{name}' is not a known time zone").format(name=key),
            hint=_("Use a name such as Europe/Berlin."),
        ) from error


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the naive local time of an aware instant."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def to_utc(wall: datetime, zone: ZoneInfo, fold: int = 0) -> datetime:
    """Return the instant of a naive local time.

    A time that does not exist gives the instant right after the gap; of a time that occurs
    twice `fold` chooses the first (0) or the second (1).
    """
    at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if wall_of(at, zone) == wall:
        return at
    # In a gap the fold attribute means "by the clock before (0) or after (1) the change".
    before_gap = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after_gap = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    change = next_change(before_gap, after_gap, zone)
    return at if change is None else change


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clocks of the zone ever show the naive local time."""
    return wall_of(wall.replace(tzinfo=zone, fold=0).astimezone(UTC), zone) == wall


def is_repeated(wall: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clocks of the zone show the naive local time twice."""
    first = wall.replace(tzinfo=zone, fold=0).utcoffset()
    second = wall.replace(tzinfo=zone, fold=1).utcoffset()
    return first != second and exists(wall, zone)


def is_missing_day(day: date, zone: ZoneInfo) -> bool:
    """Say whether the whole day was left out, as 30 December 2011 in Samoa."""
    return not exists(datetime.combine(day, time()), zone) and not exists(
        datetime.combine(day, time(23, 59, 59)), zone
    )


def next_change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant in (low, high] with another UTC offset than at `low`."""
    offset = low.astimezone(zone).utcoffset()
    known = low
    while known < high:
        probe = min(known + _PROBE, high)
        if probe.astimezone(zone).utcoffset() != offset:
            return _bisect(known, probe, zone)
        known = probe
    return None


def _bisect(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the one clock change in (low, high]."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > _MICROSECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
