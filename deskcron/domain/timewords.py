"""Put instants and lengths of time into words: local time, how far away, how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext

_MINUTE_S = 60
_HOUR_S = 60 * _MINUTE_S
_DAY_S = 24 * _HOUR_S
_WEEK_S = 7 * _DAY_S


def local(instant: datetime, zone: tzinfo | None = None) -> str:
    """Return the instant without seconds where there are none; in the computer's zone if None."""
    return _wall(instant.astimezone(zone))


def in_its_zone(wall: datetime) -> str:
    """Return an aware wall time, with its offset where that is not the computer's."""
    return f"{_wall(wall)} {offset_words(wall)}".rstrip()


def offset_words(wall: datetime) -> str:
    """Return the offset of an aware wall time, empty where it is the computer's."""
    if wall.utcoffset() == wall.astimezone().utcoffset():
        return ""
    return wall.isoformat(timespec="minutes")[16:]


def relative(instant: datetime, now: datetime) -> str:
    """Return how far away the instant is, as exactly as matters at that distance."""
    seconds = round((instant - now).total_seconds())
    if abs(seconds) < 1:
        return _("now")
    length = short_duration(abs(seconds))
    if seconds > 0:
        return _("in {length}").format(length=length)
    return _("{length} ago").format(length=length)


def local_and_relative(instant: datetime, now: datetime) -> str:
    """Return the local time with how far away it is."""
    return _("{time} ({relative})").format(time=local(instant), relative=relative(instant, now))


def short_duration(seconds: float) -> str:
    """Return the length to the nearest minute, from a day on hour, from a week on day."""
    if seconds < _MINUTE_S:
        return _("{count} s").format(count=int(seconds))
    for unit_s, most_s in ((_MINUTE_S, _DAY_S), (_HOUR_S, _WEEK_S)):
        rounded_s = round(seconds / unit_s) * unit_s
        if rounded_s < most_s:
            return length_words(rounded_s)
    return length_words(round(seconds / _DAY_S) * _DAY_S)


def exact_duration(seconds: int) -> str:
    """Return a whole length without rounding, as it can be typed: 1h30m."""
    return "".join(f"{count}{unit}" for unit, count in _parts(seconds)) or "0s"


def length_words(seconds: int) -> str:
    """Return a whole length without rounding, as it is read: 1 h 30 min."""
    parts = list(_parts(seconds)) or [("s", 0)]
    return " ".join(_counted(unit, count) for unit, count in parts)


def measured(seconds: float) -> str:
    """Return how long a run took: tenths of a second when short."""
    if seconds < _MINUTE_S:
        return _("{seconds} s").format(seconds=f"{seconds:.1f}")
    return length_words(round(seconds))


def _parts(seconds: int) -> Iterator[tuple[str, int]]:
    """Yield the units of a length with their number, the largest first."""
    for unit, length_s in (("d", _DAY_S), ("h", _HOUR_S), ("m", _MINUTE_S), ("s", 1)):
        count, seconds = divmod(seconds, length_s)
        if count:
            yield unit, count


def _counted(unit: str, count: int) -> str:
    match unit:
        case "d":
            text = ngettext("{count} day", "{count} days", count)
        case "h":
            text = _("{count} h")
        case "m":
            text = _("{count} min")
        case _:
            text = _("{count} s")
    return text.format(count=count)


def _wall(wall: datetime) -> str:
    if wall.second:
        return f"{wall:%Y-%m-%d %H:%M:%S}"
    return f"{wall:%Y-%m-%d %H:%M}"
