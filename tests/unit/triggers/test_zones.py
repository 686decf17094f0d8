"""Zones: names, and wall times taken to instants."""

# ruff: noqa: DTZ001 - wall times are naive
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.errors import BadInput
from deskcron.triggers.zones import (
    exists,
    is_missing_day,
    is_repeated,
    next_change,
    to_utc,
    wall_of,
    zone_of,
)

BERLIN, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")


def test_local_is_the_computers_zone() -> None:
    """The name "local" stands for the zone of the computer, others for themselves."""
    assert zone_of("local", "Asia/Tokyo").key == "Asia/Tokyo"
    assert zone_of("Europe/Berlin", "Asia/Tokyo").key == "Europe/Berlin"


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "Europe", "../etc/passwd", "/etc/passwd", "a\0b"]
)
def test_unknown_names_are_refused_in_words(name: str) -> None:
    """What is no zone, a folder or a path is refused alike."""
    with pytest.raises(BadInput) as caught:
        zone_of(name, "Asia/Tokyo")
    assert str(caught.value) == (
        f"'{name}' is not a known time zone. Use a name such as Europe/Berlin."
    )


def test_an_unknown_zone_of_the_computer_is_named() -> None:
    """When the computer's own zone is unknown, the words name it."""
    with pytest.raises(BadInput, match="'Moon/Sea' is not"):
        zone_of("local", "Moon/Sea")


@pytest.mark.parametrize(
    ("wall", "fold", "expected"),
    [
        ("2026-07-01T12:00", 0, "2026-07-01T10:00"),
        ("2026-03-29T01:59:59.5", 0, "2026-03-29T00:59:59.5"),
        ("2026-03-29T02:00", 0, "2026-03-29T01:00"),
        ("2026-03-29T02:59:59", 1, "2026-03-29T01:00"),
        ("2026-03-29T03:00", 0, "2026-03-29T01:00"),
        ("2026-10-25T02:30", 0, "2026-10-25T00:30"),
        ("2026-10-25T02:30", 1, "2026-10-25T01:30"),
    ],
)
def test_wall_times_become_instants(wall: str, fold: int, expected: str) -> None:
    """All of a gap leads to its end, a repeated time to the pass that is asked for."""
    found = to_utc(datetime.fromisoformat(wall), BERLIN, fold)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_gaps_and_repetitions_are_told_apart() -> None:
    """A time exists or not, and is repeated only if it exists."""
    assert not exists(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert not is_repeated(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert exists(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert is_repeated(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert not is_repeated(datetime(2026, 10, 25, 3, 0), BERLIN)


def test_a_day_left_out_is_known() -> None:
    """Only a day that is left out as a whole is missing."""
    assert is_missing_day(date(2011, 12, 30), APIA)
    assert not is_missing_day(date(2011, 12, 29), APIA)
    assert not is_missing_day(date(2026, 9, 6), ZoneInfo("America/Santiago"))


def test_clock_changes_are_found_to_the_instant() -> None:
    """The next change is found among years, and none where there is none."""
    low = datetime(2026, 4, 1, tzinfo=UTC)
    change = datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert next_change(low, low + timedelta(days=400), BERLIN) == change
    assert next_change(low, change, BERLIN) == change
    assert next_change(low, change - timedelta(microseconds=1), BERLIN) is None
    assert next_change(change, change + timedelta(days=100), BERLIN) is None
    assert next_change(low, low, BERLIN) is None


def test_local_times_carry_no_fold() -> None:
    """A naive local time compares and combines alike in both passes."""
    second = wall_of(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN)
    assert (second, second.fold) == (datetime(2026, 10, 25, 2, 30), 0)


def test_clock_changes_a_week_apart_are_both_found() -> None:
    """Gaza's summer time of one week in October 2040 is not overlooked."""
    gaza, end = ZoneInfo("Asia/Gaza"), datetime(2040, 12, 1, tzinfo=UTC)
    first = next_change(datetime(2040, 10, 10, tzinfo=UTC), end, gaza)
    assert first == datetime(2040, 10, 20, 0, tzinfo=UTC)
    assert next_change(first, end, gaza) == datetime(2040, 10, 26, 23, tzinfo=UTC)
