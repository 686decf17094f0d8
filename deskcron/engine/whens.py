"""Read what people type for times: rules, lengths of time, instants."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from deskcron.domain.errors import BadInput
from deskcron.domain.ports import Clock, Zones
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE, Trigger
from deskcron.domain.weekdays import weekday, weekdays
from deskcron.triggers.builders import daily, monthly, monthly_nth, weekly
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.cron import Cron
from deskcron.triggers.durations import every, parse_duration
from deskcron.triggers.once import Once
from deskcron.triggers.zones import to_utc, zone_of

_LONGEST_S = 10 * 366 * 86_400
_HOUR = re.compile(r"(?<!\d)\d(?=:\d)")
_NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": -1}


class Whens:
    """Turn the texts of options into trigger documents and values. Thread: any."""

    def __init__(self, zones: Zones, clock: Clock) -> None:
        self._zones = zones
        self._clock = clock
        self._readers: Mapping[str, Callable[[str, str, datetime], Trigger]] = {
            "every": _every,
            "cron": lambda text, zone, _now: Cron(id="t1", expression=text, zone=zone),
            "at": _at,
            "daily": lambda text, zone, now: daily(_padded(text), start=now.date(), zone=zone),
            "weekly": _weekly,
            "monthly": _monthly,
            "rrule": _rrule,
        }

    def when(
        self,
        option: str,
        text: str,
        zone: str = LOCAL_ZONE,
        start: datetime | None = None,
        anchor: datetime | None = None,
    ) -> dict[str, Any]:
        """Return the trigger document of an option such as every, cron or daily.

        Rules begin now, or at `start` where that is earlier; one that is counted from an `anchor`
        begins then, whenever that is. Raises BadInput in words.
        """
        local = zone_of(zone, self._zones.local_zone())
        now = self._clock.now()
        begin = (anchor or min(start or now, now)).astimezone(local)
        document: dict[str, Any] = msgspec.to_builtins(self._readers[option](text, zone, begin))
        if anchor is not None and "start_date" in document:
            document["start_date"] = begin.date().isoformat()  # not the Monday of its week
        return document

    def duration_s(self, text: str) -> int:
        """Return the seconds of a length of time such as 90s, 10m or 2d; raises BadInput."""
        length = parse_duration(text)
        seconds = length.seconds + 86_400 * length.days
        if seconds > _LONGEST_S:
            raise BadInput(title=_("'{text}' is longer than ten years").format(text=text))
        return seconds

    def instant(self, text: str, zone: str = LOCAL_ZONE) -> datetime:
        """Return an instant typed as ISO 8601, or "2h" for 2 h ago.

        It is a time in the zone where it has no offset. The answer is aware UTC; raises BadInput.
        """
        local = zone_of(zone, self._zones.local_zone())
        try:
            return self._instant(text.strip(), local)
        except (ValueError, OverflowError, BadInput):
            raise BadInput(
                title=_("'{text}' is no point in time").format(text=text),
                hint=_("Write 2026-12-24 17:30, or 2h for two hours ago."),
            ) from None

    def _instant(self, text: str, zone: ZoneInfo) -> datetime:
        if text[-1:].isalpha() and text[-1:] != "Z":
            return self._clock.now() - timedelta(seconds=self.duration_s(text))
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        return to_utc(moment, zone)


def _every(text: str, zone: str, now: datetime) -> Trigger:
    return msgspec.structs.replace(every(text, now), zone=zone)


def _at(text: str, zone: str, now: datetime) -> Trigger:
    moment = _padded(text).replace(" ", "T", 1)
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", moment):
        moment = f"{now.date().isoformat()}T{moment}"
    return Once(id="t1", at=moment, zone=zone)


def _weekly(text: str, zone: str, now: datetime) -> Trigger:
    days, at = _split(text, "mon,fri@17:00")
    return weekly(tuple(weekdays(days)), at, start=_monday(now.date()), zone=zone)


def _monthly(text: str, zone: str, now: datetime) -> Trigger:
    day, at = _split(text, "last-fri@16:00", default="09:00")
    day = day.lower()
    start = now.date().replace(day=1)
    if day == "last":
        return monthly("last", at, start=start, zone=zone)
    if re.fullmatch(r"\d{1,2}", day) and 1 <= int(day) <= 31:
        return monthly(int(day), at, start=start, zone=zone)
    nth, _dash, name = day.partition("-")
    if nth in _NTH and name:
        number: Any = _NTH[nth]
        return monthly_nth(number, weekday(name), at, start=start, zone=zone)
    raise BadInput(
        title=_("'{text}' is no day of the month").format(text=text),
        hint=_("Write 31, last, 2nd-tue or last-fri, each with a time as in last-fri@16:00."),
    )


def _rrule(text: str, zone: str, now: datetime) -> Trigger:
    rule, at = _split(text, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO@09:00")
    start = _monday(now.date()).isoformat()  # a week that has begun counts as the first
    return Calendar(id="t1", rule=rule.upper(), at=at, start_date=start, zone=zone)


def _split(text: str, example: str, default: str | None = None) -> tuple[str, str]:
    days, at_sign, at = text.strip().partition("@")
    if not at_sign and default is not None:
        return days.strip(), default
    if not days.strip() or not at.strip():
        raise BadInput(
            title=_("'{text}' lacks a day or a time").format(text=text),
            hint=_("Write it as in {example}.").format(example=example),
        )
    return days.strip(), _padded(at)


def _padded(text: str) -> str:
    """Return a typed time with two digits for the hour."""
    return _HOUR.sub(r"0\g<0>", text.strip())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
