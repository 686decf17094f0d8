"""Instants are said the way people do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain import daywords
from deskcron.domain.daywords import (
    at_words,
    date_pattern,
    dated,
    dated_in_its_zone,
    exact,
    moment,
    until_words,
)

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(minutes=12), "in 12 min"),
        (-timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3), "today 15:00"),
        (-timedelta(hours=3), "today 09:00"),
        (timedelta(hours=13), "tomorrow 01:00"),
        (-timedelta(hours=13), "yesterday 23:00"),
        (timedelta(days=2), "Friday 12:00"),
        (timedelta(days=6), "Tuesday 12:00"),
        (timedelta(days=7), "27 May 2026 12:00"),
        (-timedelta(days=2), "18 May 2026 12:00"),
    ],
)
def test_an_instant_is_said_by_distance_day_or_date(ahead: timedelta, said: str) -> None:
    """An instant is said by its distance when near, by its day within days, else by its date."""
    assert moment(NOW + ahead, NOW) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(minutes=12), "12:12"),
        (timedelta(hours=13), "tomorrow 01:00"),
        (timedelta(days=2), "Friday 12:00"),
        (timedelta(days=7), "27 May 2026 12:00"),
    ],
)
def test_the_end_of_a_span_is_said_by_its_time_of_day(ahead: timedelta, said: str) -> None:
    """The end of a span is a time of day, with the day or date where that is not today."""
    assert until_words(NOW + ahead, NOW) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(minutes=12), "at 12:12"),
        (-timedelta(hours=14), "yesterday 22:00"),
        (timedelta(days=7), "27 May 2026 12:00"),
    ],
)
def test_when_something_happens_is_said_with_at_where_no_day_is_named(
    ahead: timedelta, said: str
) -> None:
    """It can stand behind a verb: it ran at 12:12, it ran yesterday 22:00."""
    assert at_words(NOW + ahead, NOW) == said


def test_days_are_those_of_the_zone() -> None:
    """Whether it is today or tomorrow is for the zone to say."""
    tokyo = ZoneInfo("Asia/Tokyo")
    assert at_words(NOW + timedelta(hours=5), NOW, tokyo) == "tomorrow 02:00"
    assert until_words(NOW + timedelta(hours=5), NOW, tokyo) == "tomorrow 02:00"
    assert moment(NOW + timedelta(hours=5), NOW, tokyo) == "tomorrow 02:00"
    assert exact(NOW, tokyo) == "Wednesday 20 May 2026 21:00:00 JST"


def test_the_exact_time_has_weekday_seconds_and_zone() -> None:
    """The exact time has weekday, seconds and the name of the zone."""
    assert exact(NOW) == "Wednesday 20 May 2026 12:00:00 UTC"


def test_a_wall_time_of_another_zone_has_its_offset() -> None:
    """A date is said in words; the offset is there only where it is not the computer's."""
    wall = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    assert dated(wall) == "20 May 2026 21:00"
    assert dated_in_its_zone(wall) == "20 May 2026 21:00 +09:00"
    assert dated_in_its_zone(NOW.replace(second=5)) == "20 May 2026 12:00:05"
    assert dated_in_its_zone(NOW, with_seconds=True) == "20 May 2026 12:00:00"


def test_dates_are_recognised_by_the_names_of_months_as_they_are_now(monkeypatch) -> None:
    """What was recognised before in another language does not matter."""
    assert date_pattern().fullmatch("24 Dec 2026")
    monkeypatch.setattr(daywords, "month_name", lambda number: f"{number}. month")
    assert date_pattern().fullmatch("24 12. month 2026")
    assert not date_pattern().fullmatch("24 Dec 2026")
