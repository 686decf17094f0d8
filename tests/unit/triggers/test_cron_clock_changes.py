"""What cron rules do where clocks change, as a table of instants worked out by hand."""

# ruff: noqa: DTZ001, E501 - wall times are naive; tables are read in columns
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.trigger import Due, RuleContext
from deskcron.triggers.cron import Cron

CONTEXT = RuleContext("Pacific/Honolulu")

# New York 2026-03-08 02:00 -> 03:00 at 07:00Z, 2026-11-01 02:00 -> 01:00 at 06:00Z
# Berlin 2026-03-29 02:00 -> 03:00 at 01:00Z, 2026-10-25 03:00 -> 02:00 at 01:00Z
# Lord Howe 2026-10-04 02:00 -> 02:30 at 10-03 15:30Z, 2026-04-05 02:00 -> 01:30 at 04-04 15:00Z
# Santiago 2026-09-06 00:00 -> 01:00 at 04:00Z, 2026-04-05 00:00 -> 04-04 23:00 at 03:00Z
# Cairo 2026-04-24 00:00 -> 01:00 at 04-23 22:00Z, 2026-10-30 00:00 -> 10-29 23:00 at 21:00Z
# Apia 2011-12-30 00:00 -> 2011-12-31 00:00 at 12-30 10:00Z
# Apia 2012-04-01 04:00 -> 03:00 at 03-31 14:00Z, 2012-09-30 03:00 -> 04:00 at 09-29 14:00Z
TABLE = [
    # fixed times in a gap run right after it, once, and on the next day as ever
    ("America/New_York", "30 2 * * *", "2026-03-07T12:00", "03-08T07:00 03-09T06:30"),
    ("America/New_York", "0,30 2 * * *", "2026-03-07T12:00", "03-08T07:00 03-09T06:00"),
    ("America/New_York", "30 2,3 8 3 *", "2026-03-07T12:00", "03-08T07:00 03-08T07:30"),
    ("America/New_York", "0 2,3 8 3 *", "2026-03-07T12:00", "03-08T07:00 2027-03-08T07:00"),
    ("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00", "03-29T01:00 03-30T00:30"),
    ("Europe/Berlin", "0 3 * * *", "2026-03-28T12:00", "03-29T01:00 03-30T01:00"),
    ("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T10:00", "10-03T15:30 10-04T15:15"),
    ("America/Santiago", "30 0 * * *", "2026-09-05T12:00", "09-06T04:00 09-07T03:30"),
    ("America/Santiago", "0 0 * * sun", "2026-09-05T12:00", "09-06T04:00 09-13T03:00"),
    ("Africa/Cairo", "0 0 * * fri", "2026-04-23T12:00", "04-23T22:00 04-30T21:00"),
    ("Africa/Cairo", "45 0 24 4 *", "2026-04-23T12:00", "04-23T22:00 2027-04-23T22:45"),
    ("Pacific/Apia", "30 3 * * *", "2012-09-29T12:00", "09-29T14:00 09-30T13:30"),
    # fixed times in a repeated hour run in its first pass only
    ("America/New_York", "30 1 * * *", "2026-10-31T12:00", "11-01T05:30 11-02T06:30"),
    ("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00", "10-25T00:30 10-26T01:30"),
    ("Europe/Berlin", "0 2,3 * * *", "2026-10-24T12:00", "10-25T00:00 10-25T02:00 10-26T01:00"),
    ("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T10:00", "04-04T14:45 04-05T15:15"),
    ("America/Santiago", "30 23 * * *", "2026-04-04T12:00", "04-05T02:30 04-06T03:30"),
    ("Africa/Cairo", "30 23 * * *", "2026-10-29T12:00", "10-29T20:30 10-30T21:30"),
    ("Pacific/Apia", "30 3 * * *", "2012-03-31T10:00", "03-31T13:30 04-01T14:30"),
    # from the second pass a fixed time is not in the past but on the next day
    ("America/New_York", "30 1 * * *", "2026-11-01T06:10", "11-02T06:30"),
    ("Europe/Berlin", "5,55 2 * * *", "2026-10-25T01:10", "10-26T01:05 10-26T01:55"),
    # wildcard rules follow real time: nothing in the gap, both passes of a repeated hour
    ("America/New_York", "*/30 * * * *", "2026-03-08T06:00", "03-08T06:30 03-08T07:00"),
    ("America/New_York", "0 */2 * * *", "2026-03-08T05:00", "03-08T08:00 03-08T10:00"),
    ("America/New_York", "30 * * * *", "2026-11-01T05:00", "11-01T05:30 11-01T06:30 11-01T07:30"),
    ("America/New_York", "*/30 1 * * *", "2026-11-01T05:10", "11-01T05:30 11-01T06:00 11-01T06:30"),
    ("Europe/Berlin", "*/20 2 * * *", "2026-03-28T12:00", "03-30T00:00 03-30T00:20"),
    ("Europe/Berlin", "15 * * * *", "2026-10-25T00:00", "10-25T00:15 10-25T01:15 10-25T02:15"),
    ("Europe/Berlin", "*/30 2 * * *", "2026-10-25T00:45", "10-25T01:00 10-25T01:30 10-26T01:00"),
    # half-hour changes lose no run
    ("Australia/Lord_Howe", "0 * * * *", "2026-10-03T14:00", "10-03T14:30 10-03T16:00 10-03T17:00"),
    ("Australia/Lord_Howe", "30 * * * *", "2026-10-03T14:00", "10-03T15:00 10-03T15:30 10-03T16:30"),
    ("Australia/Lord_Howe", "0 * * * *", "2026-04-04T13:30", "04-04T14:00 04-04T15:30 04-04T16:30"),
    ("Australia/Lord_Howe", "45 * * * *", "2026-04-04T14:00", "04-04T14:45 04-04T15:15 04-04T16:15"),
    ("Australia/Lord_Howe", "*/15 * * * *", "2026-04-04T14:45", "04-04T15:00 04-04T15:15 04-04T15:30"),
    # a gap at midnight adds no run at 01:00 to a wildcard rule with a day
    ("America/Santiago", "*/30 0 * * sun", "2026-09-05T12:00", "09-13T03:00 09-13T03:30"),
    ("America/Santiago", "15 * 6 9 *", "2026-09-05T12:00", "09-06T04:15 09-06T05:15"),
    ("Africa/Cairo", "15 * * * fri", "2026-04-23T12:00", "04-23T22:15 04-23T23:15"),
    ("Africa/Cairo", "*/20 0 24 4 *", "2026-04-23T12:00", "2027-04-23T22:00"),
    ("America/Santiago", "0 * 4 4 *", "2026-04-05T01:30", "04-05T02:00 04-05T03:00 2027-04-04T04:00"),
    ("Africa/Cairo", "30 * * * thu", "2026-10-29T20:00", "10-29T20:30 10-29T21:30 11-04T22:30"),
    # a day that a zone left out has no runs, by fixed times or wildcards
    ("Pacific/Apia", "0 9 * * *", "2011-12-29T12:00", "12-29T19:00 12-30T19:00"),
    ("Pacific/Apia", "0 0 * * *", "2011-12-28T12:00", "12-29T10:00 12-30T10:00 12-31T10:00"),
    ("Pacific/Apia", "0 9 30 * *", "2011-12-01T00:00", "2012-01-29T19:00"),
    ("Pacific/Apia", "0 * 30 12 *", "2011-12-01T00:00", "2012-12-29T10:00 2012-12-29T11:00"),
    ("Pacific/Apia", "0 */12 * * *", "2011-12-29T12:00", "12-29T22:00 12-30T10:00 12-30T22:00"),
    ("Pacific/Apia", "30 * * * *", "2012-03-31T13:00", "03-31T13:30 03-31T14:30 03-31T15:30"),
    ("Pacific/Apia", "30 * * * *", "2012-09-29T13:00", "09-29T13:30 09-29T14:30 09-29T15:30"),
]  # fmt: skip


def instants(text: str, year: str) -> list[datetime]:
    """Read expected instants, the year added where it is left out."""
    return [
        datetime.fromisoformat(part if part.count("-") == 2 else f"{year}-{part}").replace(
            tzinfo=UTC
        )
        for part in text.split()
    ]


@pytest.mark.parametrize(("zone", "expression", "after", "expected"), TABLE)
def test_due_times_around_clock_changes(
    zone: str, expression: str, after: str, expected: str
) -> None:
    """Each rule is due at the instants of the table and at no other between them."""
    trigger = Cron(id="t1", expression=expression, zone=zone)
    cursor = datetime.fromisoformat(after).replace(tzinfo=UTC)
    wanted = instants(expected, after[:4])
    found = []
    for _instant in wanted:
        due = trigger.next_after(cursor, CONTEXT)
        assert due is not None
        found.append(due.at)
        cursor = due.at
    assert found == wanted


def test_counting_agrees_around_clock_changes() -> None:
    """Counting by arithmetic finds as many due times up to each instant of the table."""
    microsecond = timedelta(microseconds=1)
    for zone, expression, after, expected in TABLE:
        trigger = Cron(id="t1", expression=expression, zone=zone)
        start = datetime.fromisoformat(after).replace(tzinfo=UTC)
        for number, instant in enumerate(instants(expected, after[:4])):
            assert trigger.tally(start, instant - microsecond, CONTEXT) == number, trigger
            assert trigger.tally(start, instant, CONTEXT) == number + 1, trigger


def test_fixed_times_name_the_wall_time() -> None:
    """A fixed time carries the time of the rule, also where the clocks leave it out."""
    trigger = Cron(id="t1", expression="30 2 * * *", zone="Europe/Berlin")
    due = trigger.next_after(datetime(2026, 3, 28, 12, tzinfo=UTC), CONTEXT)
    assert due == Due(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, 30))


def test_wildcard_rules_name_no_wall_time() -> None:
    """A wildcard rule follows real time and carries no wall time."""
    trigger = Cron(id="t1", expression="30 * * * *", zone="Europe/Berlin")
    due = trigger.next_after(datetime(2026, 3, 28, 12, tzinfo=UTC), CONTEXT)
    assert due == Due(datetime(2026, 3, 28, 12, 30, tzinfo=UTC))


def test_local_follows_the_computer() -> None:
    """The zone "local" is the one the computer is in now."""
    trigger = Cron(id="t1", expression="0 9 * * *")
    after = datetime(2026, 7, 1, tzinfo=UTC)
    due = trigger.next_after(after, RuleContext("Europe/Berlin"))
    assert due is not None
    assert due.at == datetime(2026, 7, 1, 7, tzinfo=UTC)
    due = trigger.next_after(after, RuleContext("Asia/Tokyo"))
    assert due is not None
    assert due.at == datetime(2026, 7, 2, 0, tzinfo=UTC)
