"""Limit a recurring trigger to a span of dates, hours of the day and days of the week."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from deskcron.domain.daywords import date_text
from deskcron.domain.errors import BadInput, Problem
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _
from deskcron.domain.weekdaywords import days_text
from deskcron.triggers.clocktext import parse_moment, parse_time
from deskcron.triggers.names import time_text
from deskcron.triggers.zones import to_utc

_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


class Window(NamedTuple):
    """The hours of a day, both ends included; `closes` before `opens` means the next day."""

    opens: time
    closes: time

    @property
    def spans_midnight(self) -> bool:
        """Say whether the window closes on the day after."""
        return self.closes < self.opens


_WHOLE_DAY = Window(time(), time.max)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Where a recurring trigger may say "now"; everything empty means everywhere.

    Both ends of each span are included. A window over midnight belongs to the weekday on
    which it opens.
    """

    not_before: str = ""
    """Local time 'YYYY-MM-DDTHH:MM[:SS]' in the trigger's zone."""
    not_after: str = ""
    """Local time 'YYYY-MM-DDTHH:MM[:SS]' in the trigger's zone."""
    between: str = ""
    """Hours of the day such as '09:00-18:00' or '22:00-06:00'."""
    weekdays: tuple[str, ...] = ()
    """Codes from "mon" to "sun"."""

    @property
    def has_hours(self) -> bool:
        """Say whether there are limits inside the span of dates."""
        return bool(self.between or self.weekdays)

    def begins(self, zone: ZoneInfo) -> datetime | None:
        """Return the first allowed instant, None without one."""
        return _bound(self.not_before, zone, 0) if self.not_before else None

    def ends(self, zone: ZoneInfo) -> datetime | None:
        """Return the last allowed instant, None without one."""
        return _bound(self.not_after, zone, 1) if self.not_after else None

    def clip(self, after: datetime, until: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the part of (after, until] inside the span of dates, again without its start."""
        begins, ends = self.begins(zone), self.ends(zone)
        return (
            after if begins is None else max(after, begins - _MICROSECOND),
            until if ends is None else min(until, ends),
        )

    def allows(self, wall: datetime) -> bool:
        """Say whether hour and weekday of a naive local time are inside the limits."""
        window = parse_window(self.between)
        hour = wall.time()
        if not window.spans_midnight:
            return window.opens <= hour <= window.closes and self._has_day(wall)
        return (hour >= window.opens and self._has_day(wall)) or (
            hour <= window.closes and self._has_day(wall - _DAY)
        )

    def opening_after(self, wall: datetime) -> datetime | None:
        """Return the next naive local time at which a window opens, None without any."""
        opens = datetime.combine(wall.date(), parse_window(self.between).opens)
        for days in range(9):
            opening = opens + timedelta(days=days)
            if opening > wall and self._has_day(opening):
                return opening
        return None

    def problems(self, now: datetime, zone: ZoneInfo) -> list[Problem]:
        """Say what is wrong with the limits themselves, in words."""
        found: list[Problem] = []
        for field, text in (("not_before", self.not_before), ("not_after", self.not_after)):
            try:
                if text:
                    parse_moment(text)
            except BadInput as error:
                found.append(Problem(field, str(error)))
        if not found:
            found += self._span_problems(now, zone)
        try:
            parse_window(self.between)
        except BadInput as error:
            found.append(Problem("between", str(error)))
        found += [
            Problem(
                "weekdays",
                _("'{day}' is not a day of the week. Use {days}.").format(
                    day=day, days=", ".join(WEEKDAYS)
                ),
            )
            for day in self.weekdays
            if day not in WEEKDAYS
        ]
        return found

    def describe(self) -> str:
        """Put the limits into words that follow the rule's own; empty without limits."""
        parts = []
        if self.between:
            window = parse_window(self.between)
            parts.append(
                _("between {opens} and {closes}").format(
                    opens=time_text(window.opens), closes=closing_text(window.closes)
                )
            )
        if self.weekdays:
            parts.append(_("only {days}").format(days=days_text(self.weekdays)))
        if self.not_before:
            parts.append(_("from {moment}").format(moment=_moment_text(self.not_before)))
        if self.not_after:
            parts.append(_("until {moment}").format(moment=_moment_text(self.not_after)))
        return _(", ").join(parts)

    def _has_day(self, wall: datetime) -> bool:
        return not self.weekdays or WEEKDAYS[wall.weekday()] in self.weekdays

    def _span_problems(self, now: datetime, zone: ZoneInfo) -> list[Problem]:
        begins, ends = self.begins(zone), self.ends(zone)
        if ends is not None and begins is not None and ends < begins:
            return [Problem("not_after", _("The end is before the start."))]
        if ends is not None and ends < now:
            return [Problem("not_after", _("The end is in the past."))]
        return []


NO_LIMITS = Limits()


@lru_cache(maxsize=256)
def parse_window(text: str) -> Window:
    """Return the hours of '09:00-18:00', the whole day for ""; raises BadInput in words."""
    if not text:
        return _WHOLE_DAY
    head, dash, tail = text.replace(" ", "").partition("-")
    if not dash:
        raise BadInput(
            title=_("'{text}' is not a span of hours").format(text=text),
            hint=_("Write it as 09:00-18:00."),
        )
    opens = parse_time(head)
    closes = time.max if tail in {"24:00", "24:00:00"} else parse_time(tail)
    if opens == closes:
        raise BadInput(
            title=_("The hours {text} open and close at the same time").format(text=text),
            hint=_("Leave them empty for the whole day."),
        )
    return Window(opens, closes)


def closing_text(closes: time) -> str:
    """Return the closing time in words, midnight as 24:00."""
    return "24:00" if closes == time.max else time_text(closes)


@lru_cache(maxsize=1024)
def _bound(text: str, zone: ZoneInfo, fold: int) -> datetime:
    return to_utc(parse_moment(text), zone, fold)


def _moment_text(text: str) -> str:
    moment = parse_moment(text)
    return _("{date}, {time}").format(date=date_text(moment), time=time_text(moment.time()))
