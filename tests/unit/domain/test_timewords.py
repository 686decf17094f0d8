"""Times become local, lengths of time can be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.daywords import exact, moment
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.timewords import (
    exact_duration,
    in_its_zone,
    length_words,
    local,
    measured,
    relative,
    short_duration,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=5), "in 5 s"),
        (timedelta(seconds=63), "in 1 min"),
        (timedelta(seconds=-119), "2 min ago"),
        (timedelta(minutes=2), "in 2 min"),
        (timedelta(minutes=59, seconds=40), "in 1 h"),
        (timedelta(minutes=116), "in 1 h 56 min"),
        (timedelta(hours=2, minutes=56), "in 2 h 56 min"),
        (timedelta(hours=-30), "1 day 6 h ago"),
        (timedelta(hours=47, minutes=10), "in 1 day 23 h"),
        (timedelta(hours=47, minutes=50), "in 2 days"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=20, hours=11), "in 20 days"),
    ],
)
def test_relative_times(delta, text):
    """How far away an instant is, rounded only where nobody minds."""
    assert relative(NOW + delta, NOW) == text


def test_lengths_of_time():
    """Lengths are short, exact, in words or measured."""
    assert short_duration(90) == "2 min"
    assert exact_duration(90_061) == "1d1h1m1s"
    assert exact_duration(0) == "0s"
    assert length_words(90_061) == "1 day 1 h 1 min 1 s"
    assert length_words(2 * 86_400 + 600) == "2 days 10 min"
    assert length_words(0) == "0 s"
    assert measured(0.04) == "0.0 s"
    assert measured(3661.2) == "1 h 1 min 1 s"


def test_a_zone_that_is_not_the_computers_is_stated():
    """A wall time elsewhere carries its offset."""
    local = NOW.astimezone()
    assert in_its_zone(local) == f"{local:%Y-%m-%d %H:%M}"
    elsewhere = NOW.astimezone(timezone((local.utcoffset() or timedelta()) + timedelta(minutes=45)))
    assert in_its_zone(elsewhere).startswith(f"{elsewhere:%Y-%m-%d %H:%M} ")
    assert in_its_zone(elsewhere)[-6] in "+-"
    odd = datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert "1900-01-01 00:00" in in_its_zone(odd)


def test_instants_are_said_in_the_zone_that_is_wanted() -> None:
    """Hour, day and name are those of the zone: what is tomorrow there may be today here."""
    tokyo = ZoneInfo("Asia/Tokyo")
    late = NOW + timedelta(hours=4)
    assert local(late, tokyo) == "2026-11-21 01:00"
    assert moment(late, NOW, tokyo) == "tomorrow 01:00"
    assert moment(late, NOW, UTC) == "today 16:00"
    assert exact(late, tokyo) == "Saturday 21 Nov 2026 01:00:00 JST"
    assert moment(NOW + timedelta(days=30), NOW, tokyo) == "20 Dec 2026 21:00"


def test_zone_display_says_which_zone_is_wanted() -> None:
    """A rule's own zone counts for instants that come from a rule, the computer's for others."""
    tokyo = ZoneInfo("Asia/Tokyo")
    assert [choice.zone(tokyo) for choice in ZoneDisplay] == [None, UTC, tokyo]
    assert [choice.zone() for choice in ZoneDisplay] == [None, UTC, None]
