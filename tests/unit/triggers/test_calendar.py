"""Recurrence rules: their dates, their times at clock changes, and what is refused."""

# ruff: noqa: DTZ001, E501 - wall times are naive; tables are read in columns
from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.trigger import RuleContext
from deskcron.triggers.builders import daily, monthly, monthly_nth, weekly
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.limits import Limits
from deskcron.triggers.recurrence import first_date
from deskcron.triggers.rruletext import rule_parts
from deskcron.triggers.schedule import Schedule

CONTEXT = RuleContext("Europe/Berlin")
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)
START = date(2026, 1, 1)
RULES = [
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYMONTH=2,7;BYDAY=MO,FR",
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU",
    "FREQ=WEEKLY;INTERVAL=70", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1,15", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=5WE", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;INTERVAL=3;BYMONTH=5;BYDAY=2SU", "FREQ=YEARLY;BYYEARDAY=1,100,-1",
    "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO", "FREQ=YEARLY;BYDAY=20MO", "FREQ=DAILY;INTERVAL=500",
]  # fmt: skip


@given(
    text=st.sampled_from(RULES),
    start=st.dates(date(1995, 1, 1), date(2030, 1, 1)),
    skipped=st.integers(0, 200),
)
def test_dates_are_those_of_walking_from_the_start(text: str, start: date, skipped: int) -> None:
    """Any point of a rule is found as if all dates had been walked from its start."""
    begin = datetime(start.year, start.month, start.day)
    rule = rrulestr(text if "WKST" in text else f"{text};WKST=MO", dtstart=begin)
    walked = [moment.date() for moment in islice(rule, skipped, skipped + 3)]
    parts = rule_parts(text)
    day = walked[0]
    for expected in walked:
        assert first_date(parts, start, day) == expected
        day = expected.fromordinal(expected.toordinal() + 1)


def test_positions_count_in_whole_weeks() -> None:
    """The second of three weekdays is the same one in every week, wherever the rule began."""
    parts, start = rule_parts("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2"), date(2024, 1, 2)
    day = start
    for week in range(120):
        found = first_date(parts, start, day)
        assert found == date(2024, 1, 3) + timedelta(weeks=week)
        day = found + timedelta(days=1)


def test_rare_dates_are_found_across_a_century() -> None:
    """A leap day is found after a gap of years, also where blocks of years end before it."""
    parts = rule_parts("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    assert first_date(parts, date(2005, 1, 1), date(2396, 3, 1)) == date(2400, 2, 29)
    assert first_date(parts, date(2005, 1, 1), date(2097, 1, 1)) == date(2104, 2, 29)


def test_years_after_its_start_a_rule_is_as_fast() -> None:
    """The next date of a rule that began in 1950 takes no walk through the years."""
    trigger = daily("09:00", 3, start=date(1950, 1, 1))
    trigger.next_after(NOW, CONTEXT)
    began = time.perf_counter()
    for _ in range(100):
        trigger.next_after(NOW, CONTEXT)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (daily("09:00", start=START), "2026-07-02T09:00 2026-07-03T09:00"),
        (daily("12:30", start=date(2026, 8, 1)), "2026-08-01T12:30 2026-08-02T12:30"),
        (daily("12:00", 2, start=date(2026, 6, 30)), "2026-07-02T12:00 2026-07-04T12:00"),
        (weekly(("mon", "fri"), "17:00", start=START), "2026-07-03T17:00 2026-07-06T17:00"),
        (weekly(("wed",), "11:59", 2, start=date(2026, 7, 1)), "2026-07-15T11:59 2026-07-29T11:59"),
        (monthly(31, "16:00", start=START), "2026-07-31T16:00 2026-08-31T16:00 2026-10-31T16:00"),
        (monthly("last", "16:00", start=START), ("2026-07-31T16:00 2026-08-31T16:00 "
         "2026-09-30T16:00")),
        (monthly(1, "08:00:30", 3, start=START), "2026-10-01T08:00:30 2027-01-01T08:00:30"),
        (monthly_nth(-1, "fri", "16:00", start=START), "2026-07-31T16:00 2026-08-28T16:00"),
        (monthly_nth(2, "tue", "16:00", start=START), "2026-07-14T16:00 2026-08-11T16:00"),
    ],
)  # fmt: skip
def test_builders(trigger: Calendar, expected: str) -> None:
    """Each builder makes a rule that is due on the dates it is asked for."""
    assert not trigger.problems(NOW, CONTEXT)
    wanted = [datetime.fromisoformat(part) for part in expected.split()]
    found = [due.wall for due in islice(Schedule([trigger], CONTEXT).walk(NOW), len(wanted))]
    assert found == wanted


@pytest.mark.parametrize(
    ("zone", "at", "after", "expected"),
    [
        ("America/New_York", "02:30", "2026-03-07T12:00", "2026-03-08T07:00 2026-03-09T06:30"),
        ("America/New_York", "01:30", "2026-10-31T12:00", "2026-11-01T05:30 2026-11-02T06:30"),
        ("America/New_York", "01:30", "2026-11-01T06:10", "2026-11-02T06:30"),
        ("Europe/Berlin", "02:00", "2026-03-28T12:00", "2026-03-29T01:00 2026-03-30T00:00"),
        ("Europe/Berlin", "02:30", "2026-10-24T12:00", "2026-10-25T00:30 2026-10-26T01:30"),
        ("Australia/Lord_Howe", "02:15", "2026-10-03T12:00", "2026-10-03T15:30 2026-10-04T15:15"),
        ("Australia/Lord_Howe", "01:45", "2026-04-04T12:00", "2026-04-04T14:45 2026-04-05T15:15"),
        ("America/Santiago", "00:30", "2026-09-05T12:00", "2026-09-06T04:00 2026-09-07T03:30"),
        ("America/Santiago", "23:30", "2026-04-04T12:00", "2026-04-05T02:30 2026-04-06T03:30"),
        ("Africa/Cairo", "00:00", "2026-04-23T12:00", "2026-04-23T22:00 2026-04-24T21:00"),
        ("Africa/Cairo", "23:59", "2026-10-29T12:00", "2026-10-29T20:59 2026-10-30T21:59"),
        ("Pacific/Apia", "09:00", "2011-12-29T12:00", "2011-12-29T19:00 2011-12-30T19:00"),
        ("Pacific/Apia", "03:30", "2012-03-31T12:00", "2012-03-31T13:30 2012-04-01T14:30"),
        ("Pacific/Apia", "03:30", "2012-09-29T12:00", "2012-09-29T14:00 2012-09-30T13:30"),
    ],
)
def test_daily_at_clock_changes(zone: str, at: str, after: str, expected: str) -> None:
    """Right after a gap, once in a repeated hour, never on a day left out."""
    trigger = daily(at, start=date(2011, 1, 1), zone=zone)
    walk = Schedule([trigger], CONTEXT).walk(datetime.fromisoformat(after).replace(tzinfo=UTC))
    wanted = [datetime.fromisoformat(part).replace(tzinfo=UTC) for part in expected.split()]
    assert [due.at for due in islice(walk, len(wanted))] == wanted


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "'' is not understood"),
        ("every friday", "'EVERY FRIDAY' is not understood"),
        ("FREQ=DAILY;", "'' is not understood"),
        ("FREQ=DAILY;INTERVAL", "'INTERVAL' is not understood"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ occurs twice"),
        ("INTERVAL=2", "FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=HOURLY", "use an interval for hours and less"),
        ("FREQ=DAILY;COUNT=3", "COUNT has no place here; give start and end"),
        ("FREQ=DAILY;UNTIL=20270101", "UNTIL has no place here"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR has no place here; give the time"),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER is not known"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=x", "INTERVAL is a number from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=1001", "INTERVAL is a number from 1 to 1000"),
        ("FREQ=WEEKLY;WKST=XX", "WKST is a day such as MO"),
        ("FREQ=MONTHLY;BYMONTH=13", "BYMONTH=13 is out of range"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0 is out of range"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", "BYMONTHDAY= is out of range"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO counts days of a month or year"),
        ("FREQ=WEEKLY;BYDAY=monday", "BYDAY=MONDAY is not a day"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO is out of range"),
        ("FREQ=MONTHLY;BYDAY=-6MO", "BYDAY=-6MO is out of range"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses from another part"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never comes about"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never comes about"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "never comes about"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY=54MO is out of range"),
        ("FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO;BYMONTHDAY=1", "never comes about"),
    ],
)
def test_unusable_rules_are_refused_in_words(rule: str, words: str) -> None:
    """A rule that cannot be is refused at its field, naming the part."""
    trigger = Calendar(id="t1", rule=rule, at="09:00", start_date="2025-01-01")
    (problem,) = trigger.problems(NOW, CONTEXT)
    assert problem.field == "rule"
    assert words in problem.message


def test_every_wrong_field_is_named() -> None:
    """Time, date, zone and rule are each refused at their own field."""
    trigger = Calendar(id="t1", rule="x", at="25:00", start_date="30.2.2026", zone="Nowhere")
    problems = trigger.problems(NOW, CONTEXT)
    assert [problem.field for problem in problems] == ["rule", "at", "start_date", "zone"]
    assert problems[1].message == "'25:00' is not a time of day. Write it as 09:30."
    assert problems[2].message == "'30.2.2026' is not a date. Write it as 2026-12-24."


def test_a_date_has_to_exist() -> None:
    """The 30th of February is refused as any other text."""
    trigger = Calendar(id="t1", rule="FREQ=DAILY", at="09:00", start_date="2026-02-30")
    (problem,) = trigger.problems(NOW, CONTEXT)
    assert problem == ("start_date", "'2026-02-30' is not a date. Write it as 2026-12-24.")


def test_limits_that_leave_nothing_are_refused() -> None:
    """A time outside the hours of the limits is refused at the limits."""
    trigger = Calendar(
        id="t1", rule="FREQ=DAILY", at="09:00", start_date="2026-01-01",
        limits=Limits(between="10:00-11:00"),
    )  # fmt: skip
    (problem,) = trigger.problems(NOW, CONTEXT)
    assert problem.field == "limits"


def test_a_weekday_that_does_not_exist_is_refused() -> None:
    """A builder leaves what is no weekday for the rule to refuse by name."""
    (problem,) = weekly(("moonday",), "09:00", start=START).problems(NOW, CONTEXT)
    assert "BYDAY=MOONDAY" in problem.message


def test_rare_rules_are_kept() -> None:
    """Every ten years is rare but meant; only never is refused."""
    trigger = Calendar(id="t1", rule="FREQ=YEARLY;INTERVAL=10", at="09:00", start_date="2020-06-01")
    assert not trigger.problems(NOW, CONTEXT)
    due = trigger.next_after(NOW, CONTEXT)
    assert due is not None
    assert due.wall == datetime(2030, 6, 1, 9)


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (monthly(31, "09:00", start=START), ("Months without a 31st are skipped; choose the last "
         "day to run in every month.")),
        (monthly(30, "09:00", start=START), "Months without a 30th are skipped"),
        (monthly(29, "09:00", start=START), "Most Februaries have no 29th"),
        (Calendar(id="t1", rule="FREQ=MONTHLY", at="09:00", start_date="2026-01-31"), "a 31st"),
        (Calendar(id="t1", rule="FREQ=YEARLY", at="09:00", start_date="2024-02-29"),
         "only every 4 years"),
        (monthly(28, "09:00", start=START), ""),
        (monthly("last", "09:00", start=START), ""),
        (monthly_nth(1, "mon", "09:00", start=date(2026, 1, 31)), ""),
        (daily("09:00", start=START), ""),
        (Calendar(id="t1", rule="FREQ=YEARLY;BYMONTH=3", at="09:00", start_date="2024-02-29"), ""),
        (monthly(32, "09:00", start=START), ""),
    ],
)  # fmt: skip
def test_month_ends_come_with_a_word(trigger: Calendar, words: str) -> None:
    """Days that some months lack are accepted with a warning, other rules without."""
    warnings = trigger.warnings(NOW, CONTEXT)
    assert len(warnings) == bool(words)
    assert words in "".join(warnings)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "Every day at 09:00"),
        ("FREQ=DAILY;INTERVAL=2", "Every 2 days at 09:00"),
        ("FREQ=WEEKLY;BYDAY=FR,MO", "Every Monday and Friday at 09:00"),
        ("FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks on Thursday at 09:00"),
        ("FREQ=MONTHLY", "On day 1 of every month at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "On days 1, 15 of every month at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of every month at 09:00"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=+2TU", "On the second Tuesday of every 3 months at 09:00"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "On the last Friday of every month at 09:00"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "Every year on 24 Dec at 09:00"),
        ("FREQ=YEARLY;INTERVAL=4", "Every 4 years on 1 Jan at 09:00"),
        ("FREQ=DAILY;BYMONTH=7", "By the rule FREQ=DAILY;INTERVAL=1;BYMONTH=7 at 09:00"),
        ("FREQ=WEEKLY;BYMONTH=7", "By the rule FREQ=WEEKLY;INTERVAL=1;BYMONTH=7 at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", ("By the rule FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-2 at "
         "09:00")),
        ("FREQ=MONTHLY;BYDAY=MO", "By the rule FREQ=MONTHLY;INTERVAL=1;BYDAY=MO at 09:00"),
        ("FREQ=MONTHLY;BYMONTH=2", "By the rule FREQ=MONTHLY;INTERVAL=1;BYMONTH=2 at 09:00"),
        ("FREQ=YEARLY;BYYEARDAY=9", "By the rule FREQ=YEARLY;INTERVAL=1;BYYEARDAY=9 at 09:00"),
        ("FREQ=YEARLY;BYMONTH=1,2", "By the rule FREQ=YEARLY;INTERVAL=1;BYMONTH=1,2 at 09:00"),
    ],
)  # fmt: skip
def test_words(rule: str, words: str) -> None:
    """Usual rules are put into words, others are told by their own text."""
    trigger = Calendar(id="t1", rule=rule, at="09:00", start_date="2026-01-01")
    assert trigger.describe() == words


def test_words_name_limits_and_zone() -> None:
    """Limits come after the rule and a zone that is not the computer's at the end."""
    trigger = Calendar(
        id="t1", rule="FREQ=DAILY", at="09:00", start_date="2026-01-01", zone="Asia/Tokyo",
        limits=Limits(not_after="2026-12-24T17:30"),
    )  # fmt: skip
    assert trigger.describe() == "Every day at 09:00, until 24 Dec 2026, 17:30 (Asia/Tokyo)"
    assert trigger.tally(NOW, NOW, CONTEXT) is None
    assert trigger.relative_to is None
