"""The hours and days at which a job may run, and those at which it may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.reason import Reason, Why

HolidayName = Callable[[str, date], str | None]
"""Return the name of the public holiday that a day is in a country or region ("DE-BY")."""

LOOK_AHEAD_DAYS = 400
"""Hours that do not open within so many days never do, as far as a person is concerned."""

Places = Mapping[str, Mapping[str, str]]
"""Countries by their codes, each with the names of its regions by theirs."""


class Window(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hours of the day on some weekdays: from `begin` to before `end`, both "HH:MM".

    An end that is not later than the beginning lies on the next day; the weekday is that of the
    beginning. No weekdays means all.
    """

    begin: str = "00:00"
    end: str = "00:00"
    days: tuple[str, ...] = ()

    def holds(self, local: datetime) -> bool:
        """Tell whether a local time lies within; raises ValueError for hours that are none."""
        begin, end = time.fromisoformat(self.begin), time.fromisoformat(self.end)
        if begin < end:
            return self._is_day(local) and begin <= local.time() < end
        yesterday = local - timedelta(days=1)
        return (self._is_day(local) and local.time() >= begin) or (
            self._is_day(yesterday) and local.time() < end
        )

    def _is_day(self, local: datetime) -> bool:
        return not self.days or WEEKDAYS[local.weekday()] in self.days


class Hours(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Only within `windows`, not on the days of `blackout`, not on holidays of `holidays`.

    A blackout is "2026-12-24" or, both days included, "2026-12-24/2027-01-02". `holidays` is a
    country or one of its regions by ISO 3166: "DE", "DE-BY". All are local times of the computer.
    """

    windows: tuple[Window, ...] = ()
    blackout: tuple[str, ...] = ()
    holidays: str = ""

    @property
    def is_set(self) -> bool:
        """Tell whether there are times at which a job may not run."""
        return bool(self.windows or self.blackout or self.holidays)

    def bar(self, local: datetime, holiday_name: HolidayName) -> Why | None:
        """Return why a job may not run at a local time, None where it may."""
        if self.windows and not any(window.holds(local) for window in self.windows):
            return Why(Reason.OUTSIDE_HOURS)
        day = local.date()
        if any(begin <= day <= end for begin, end in map(days_of, self.blackout)):
            return Why(Reason.BLACKOUT, {"date": day.isoformat()})
        name = holiday_name(self.holidays, day) if self.holidays else None
        return None if name is None else Why(Reason.HOLIDAY, {"name": name})

    def opens(self, local: datetime, holiday_name: HolidayName) -> datetime | None:
        """Return the first local time, `local` or later, at which a job may run.

        None where there is none within LOOK_AHEAD_DAYS. Raises ValueError for hours that are none.
        """
        if self.bar(local, holiday_name) is None:
            return local
        now, begins = local.astimezone(UTC), {time.fromisoformat(one.begin) for one in self.windows}
        for days in range(LOOK_AHEAD_DAYS):
            day = local.date() + timedelta(days=days)
            for begin in sorted({time(), *begins}):
                # by way of UTC, as clocks leave some local times out
                instant = datetime.combine(day, begin, local.tzinfo).astimezone(UTC)
                at = instant.astimezone(local.tzinfo)
                if instant > now and self.bar(at, holiday_name) is None:
                    return at
        return None


def days_of(blackout: str) -> tuple[date, date]:
    """Return first and last day of a blackout; raises ValueError where it names none."""
    first, slash, last = blackout.partition("/")
    begin = date.fromisoformat(first.strip())
    end = date.fromisoformat(last.strip()) if slash else begin
    if end < begin:
        raise ValueError(blackout)
    return begin, end


def wrong_hours(hours: Hours) -> Sequence[str]:
    """Return what is typed wrong: times, weekdays and days that are none."""
    wrong = []
    for window in hours.windows:
        wrong += [text for text in (window.begin, window.end) if not _is_time(text)]
        wrong += [day for day in window.days if day not in WEEKDAYS]
    for blackout in hours.blackout:
        try:
            days_of(blackout)
        except ValueError:
            wrong.append(blackout)
    return wrong


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("HH:MM")
