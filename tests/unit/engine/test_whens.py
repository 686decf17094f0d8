"""What people type for times becomes rules and instants, or words why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskcron.domain.errors import BadInput

OPTIONS = ("every", "cron", "at", "daily", "weekly", "monthly")


def due(rig, option: str, text: str, zone: str = "local", n: int = 3) -> list[str]:
    """Return the next due times of what was typed, as wall times there."""
    ahead = rig.catalogue.preview([rig.whens.when(option, text, zone)], n, None)
    return [f"{item.wall:%a %d %b %H:%M:%S}".removesuffix(":00") for item in ahead]


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("every", "90m", ["Thu 01 Jan 01:30", "Thu 01 Jan 03:00"]),
        ("cron", "0 9 * * 1", ["Mon 05 Jan 09:00", "Mon 12 Jan 09:00"]),
        ("daily", "09:00", ["Thu 01 Jan 09:00", "Fri 02 Jan 09:00"]),
        ("weekly", "mon@09:00", ["Mon 05 Jan 09:00", "Mon 12 Jan 09:00"]),
        ("monthly", "31", ["Sat 31 Jan 09:00", "Tue 31 Mar 09:00"]),
        ("at", "2026-01-05 09:00", ["Mon 05 Jan 09:00"]),
        ("at", "09:00", ["Thu 01 Jan 09:00"]),
    ],
)
def test_rules_can_be_tried_in_the_past(rig, option: str, text: str, expected: list[str]) -> None:
    """Rules that are tried from an instant in the past begin then, not today."""
    start = rig.whens.instant("2026-01-01 00:00")
    document = rig.whens.when(option, text, start=start)
    ahead = rig.catalogue.preview([document], 2, start)
    assert [f"{item.wall:%a %d %b %H:%M}" for item in ahead] == expected
    assert rig.catalogue.describe([document], start)
    later = rig.clock.now() + timedelta(days=10)
    assert rig.whens.when("daily", "09:00", start=later) == rig.whens.when("daily", "09:00")


UNDERSTOOD = [
    ("every", "15m", ["Wed 01 Jul 14:15", "Wed 01 Jul 14:30", "Wed 01 Jul 14:45"]),
    ("every", "90s", ["Wed 01 Jul 14:01:30", "Wed 01 Jul 14:03", "Wed 01 Jul 14:04:30"]),
    ("every", " 1H 30m ", ["Wed 01 Jul 15:30", "Wed 01 Jul 17:00", "Wed 01 Jul 18:30"]),
    ("every", "2d", ["Fri 03 Jul 14:00", "Sun 05 Jul 14:00", "Tue 07 Jul 14:00"]),
    ("every", "1w", ["Wed 08 Jul 14:00", "Wed 15 Jul 14:00", "Wed 22 Jul 14:00"]),
    ("cron", "0 9 * * 1-5", ["Thu 02 Jul 09:00", "Fri 03 Jul 09:00", "Mon 06 Jul 09:00"]),
    ("at", "2026-12-24 17:30", ["Thu 24 Dec 17:30"]),
    ("at", "2026-12-24T17:30:15", ["Thu 24 Dec 17:30:15"]),
    ("at", "2026-12-24 7:30", ["Thu 24 Dec 07:30"]),
    ("at", "17:30", ["Wed 01 Jul 17:30"]),
    ("at", " 17:30:15 ", ["Wed 01 Jul 17:30:15"]),
    ("daily", "09:00", ["Thu 02 Jul 09:00", "Fri 03 Jul 09:00", "Sat 04 Jul 09:00"]),
    ("daily", "9:00", ["Thu 02 Jul 09:00", "Fri 03 Jul 09:00", "Sat 04 Jul 09:00"]),
    ("weekly", "mon,fri@17:00", ["Fri 03 Jul 17:00", "Mon 06 Jul 17:00", "Fri 10 Jul 17:00"]),
    ("weekly", "Wednesday@15:00", ["Wed 01 Jul 15:00", "Wed 08 Jul 15:00", "Wed 15 Jul 15:00"]),
    (
        "weekly",
        " sat , SUN @ 8:00 ",
        ["Sat 04 Jul 08:00", "Sun 05 Jul 08:00", "Sat 11 Jul 08:00"],
    ),
    ("weekly", "fri-mon@09:00", ["Fri 03 Jul 09:00", "Sat 04 Jul 09:00", "Sun 05 Jul 09:00"]),
    ("weekly", "thu-fri@09:00", ["Thu 02 Jul 09:00", "Fri 03 Jul 09:00", "Thu 09 Jul 09:00"]),
    ("monthly", "31@08:00", ["Fri 31 Jul 08:00", "Mon 31 Aug 08:00", "Sat 31 Oct 08:00"]),
    ("monthly", "15", ["Wed 15 Jul 09:00", "Sat 15 Aug 09:00", "Tue 15 Sep 09:00"]),
    ("monthly", "last", ["Fri 31 Jul 09:00", "Mon 31 Aug 09:00", "Wed 30 Sep 09:00"]),
    ("monthly", "LAST@23:59", ["Fri 31 Jul 23:59", "Mon 31 Aug 23:59", "Wed 30 Sep 23:59"]),
    ("monthly", "last-fri@16:00", ["Fri 31 Jul 16:00", "Fri 28 Aug 16:00", "Fri 25 Sep 16:00"]),
    ("monthly", "2nd-tue", ["Tue 14 Jul 09:00", "Tue 11 Aug 09:00", "Tue 08 Sep 09:00"]),
    (
        "monthly",
        "1st-wednesday@15:00",
        ["Wed 01 Jul 15:00", "Wed 05 Aug 15:00", "Wed 02 Sep 15:00"],
    ),
]


def test_what_can_be_typed(rig) -> None:
    """Each option has its forms; spaces and case don't matter, hours need no zero."""
    found = [(option, text, due(rig, option, text)) for option, text, _expected in UNDERSTOOD]
    assert found == UNDERSTOOD


REFUSED = [
    ("every", ""),
    ("every", "soon"),
    ("every", "0s"),
    ("every", "-5m"),
    ("every", "1.5h"),
    ("every", "1d12h"),
    ("every", "5 minutes"),
    ("every", "999999w"),
    ("every", "999999999h"),
    ("cron", ""),
    ("cron", "0 9 * *"),
    ("cron", "0 0 9 * * *"),
    ("cron", "61 * * * *"),
    ("cron", "0 0 30 2 *"),
    ("at", ""),
    ("at", "25:00"),
    ("at", "2026-02-30 10:00"),
    ("at", "2026-06-30 10:00"),
    ("at", "13:58"),
    ("at", "tomorrow"),
    ("at", "2026-12-24T17:30+02:00"),
    ("daily", ""),
    ("daily", "25:00"),
    ("daily", "9"),
    ("weekly", "mon"),
    ("weekly", "@17:00"),
    ("weekly", "mon@"),
    ("weekly", "moon@17:00"),
    ("weekly", "monster@17:00"),
    ("weekly", "mo@17:00"),
    ("weekly", "mon,,fri@17:00"),
    ("weekly", "mon@17:00@18:00"),
    ("monthly", ""),
    ("monthly", "0"),
    ("monthly", "32"),
    ("monthly", "²"),
    ("monthly", "9" * 5000),
    ("monthly", "6th-mon"),
    ("monthly", "last-"),
    ("monthly", "last-fridge@16:00"),
    ("monthly", "last@"),
    ("monthly", "first"),
]


def test_what_cannot_be_typed(rig) -> None:
    """Anything else is refused in words, at the latest when it is checked."""
    for option, text in REFUSED:
        with pytest.raises(BadInput) as caught:
            pytest.fail(f"{option} {text!r} became {due(rig, option, text)}")
        told = caught.value
        assert told.title
        assert told.detail or told.hint or told.title.endswith((".", "nowhere")), text


def test_a_zone_goes_for_the_rule(rig) -> None:
    """A rule typed with a zone is kept in that zone, and "today" is the day there."""
    rig.clock.set(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert due(rig, "at", "10:00", "Asia/Tokyo") == ["Thu 02 Jul 10:00"]
    assert due(rig, "daily", "10:00", "Asia/Tokyo", 1) == ["Thu 02 Jul 10:00"]
    assert rig.whens.when("cron", "0 9 * * *", "Asia/Tokyo")["zone"] == "Asia/Tokyo"
    assert rig.whens.when("every", "2d", "Asia/Tokyo")["zone"] == "Asia/Tokyo"
    with pytest.raises(BadInput, match="Mars"):
        rig.whens.when("daily", "10:00", "Mars/Olympus")


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("every", "2d", ["Wed 15 Jul 09:30", "Fri 17 Jul 09:30"]),
        ("every", "2w", ["Wed 15 Jul 09:30", "Wed 29 Jul 09:30"]),
        ("every", "36h", ["Wed 15 Jul 09:30", "Thu 16 Jul 21:30"]),
        ("rrule", "FREQ=DAILY;INTERVAL=3@07:00", ["Wed 15 Jul 07:00", "Sat 18 Jul 07:00"]),
    ],
)
def test_rules_are_counted_from_a_later_time(rig, option: str, text: str, expected) -> None:
    """Lengths begin at that time, at its time of day there; a calendar rule on its day."""
    anchor = rig.whens.instant("2026-07-15 09:30", "Asia/Tokyo")
    document = rig.whens.when(option, text, "Asia/Tokyo", anchor=anchor)
    tokyo = ZoneInfo("Asia/Tokyo")
    ahead = rig.catalogue.preview([document], 2, None)
    assert [f"{item.at.astimezone(tokyo):%a %d %b %H:%M}" for item in ahead] == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(OPTIONS), st.text("0123456789:-@,+ .dhmswTZfrionlat*/é", max_size=20))
def test_nothing_typed_raises_but_words(rig, option: str, text: str) -> None:
    """Whatever is typed, the answer is a rule or words."""
    try:
        due(rig, option, text, n=1)
    except BadInput:
        return


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("1h30m", 5400), ("2d", 172_800), ("1w", 604_800)],
)
def test_lengths_of_time(rig, text: str, seconds: int) -> None:
    """A length of time is seconds; a day has 24 hours."""
    assert rig.whens.duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "0s", "-1h", "11w999999d", "999999999h", "99999d"])
def test_lengths_that_are_none(rig, text: str) -> None:
    """What is no length, or longer than ten years, is refused in words."""
    with pytest.raises(BadInput):
        rig.whens.duration_s(text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-06-30 14:00", datetime(2026, 6, 30, 12, tzinfo=UTC)),
        ("2026-06-30T14:00:05", datetime(2026, 6, 30, 12, 0, 5, tzinfo=UTC)),
        ("2026-06-30", datetime(2026, 6, 29, 22, tzinfo=UTC)),
        ("2026-06-30T14:00Z", datetime(2026, 6, 30, 14, tzinfo=UTC)),
        ("2026-06-30T14:00+05:30", datetime(2026, 6, 30, 8, 30, tzinfo=UTC)),
        (" 2026-06-30 14:00 ", datetime(2026, 6, 30, 12, tzinfo=UTC)),
    ],
)
def test_instants(rig, text: str, instant: datetime) -> None:
    """A point in time is local unless it says otherwise, and comes back in UTC."""
    assert rig.whens.instant(text) == instant
    assert rig.whens.instant(text).utcoffset() == timedelta(0)


def test_instants_in_a_zone(rig) -> None:
    """A zone says where a time without an offset is meant, and has to be one."""
    tokyo = datetime(2026, 6, 30, 5, tzinfo=UTC)
    assert rig.whens.instant("2026-06-30 14:00", "Asia/Tokyo") == tokyo
    assert rig.whens.instant("2026-06-30T05:00Z", "Asia/Tokyo") == tokyo
    with pytest.raises(BadInput, match="Mars"):
        rig.whens.instant("2026-06-30 14:00", "Mars/Olympus")


def test_instants_ago(rig) -> None:
    """A length of time means so long ago."""
    assert rig.whens.instant("2h") == rig.clock.now() - timedelta(hours=2)
    assert rig.whens.instant("7d") == rig.clock.now() - timedelta(days=7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-02-30",
        "25:00",
        "999999w",
        "0001-01-01T00:00+05:00",
        "0001-01-01",
        "9999-12-31T23:59-12:00",
    ],
)
def test_instants_that_are_none(rig, text: str) -> None:
    """What is no point in time, or beyond the calendar, is refused with an example."""
    with pytest.raises(BadInput, match="no point in time") as caught:
        rig.whens.instant(text)
    assert "2026-12-24 17:30" in caught.value.hint
