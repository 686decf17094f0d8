"""Limits: hours, weekdays and spans of dates, and what is refused of them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.trigger import RuleContext
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.limits import NO_LIMITS, Limits
from deskcron.triggers.schedule import Schedule

BERLIN = ZoneInfo("Europe/Berlin")
CONTEXT = RuleContext("Europe/Berlin")
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)


def wall(text: str) -> datetime:
    """Read a naive local time."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("limits", "moment", "is_allowed"),
    [
        (NO_LIMITS, "2026-07-01T00:00", True),
        (Limits(between="09:00-18:00"), "2026-07-01T08:59:59", False),
        (Limits(between="09:00-18:00"), "2026-07-01T09:00", True),
        (Limits(between="09:00-18:00"), "2026-07-01T18:00", True),
        (Limits(between="09:00-18:00"), "2026-07-01T18:00:01", False),
        (Limits(between="22:00 - 06:00"), "2026-07-01T23:00", True),
        (Limits(between="22:00-06:00"), "2026-07-01T06:00", True),
        (Limits(between="22:00-06:00"), "2026-07-01T12:00", False),
        (Limits(between="09:00-24:00"), "2026-07-01T23:59:59", True),
        (Limits(weekdays=("wed",)), "2026-07-01T23:59", True),
        (Limits(weekdays=("wed",)), "2026-07-02T00:00", False),
        (Limits(between="22:00-06:00", weekdays=("wed",)), "2026-07-02T05:00", True),
        (Limits(between="22:00-06:00", weekdays=("wed",)), "2026-07-01T05:00", False),
        (Limits(between="22:00-06:00", weekdays=("wed",)), "2026-07-02T22:30", False),
    ],
)
def test_hours_and_weekdays(limits: Limits, moment: str, *, is_allowed: bool) -> None:
    """Both ends of the hours count, and a night belongs to the day on which it begins."""
    assert limits.allows(wall(moment)) is is_allowed


@pytest.mark.parametrize(
    ("limits", "moment", "opening"),
    [
        (Limits(between="09:00-18:00"), "2026-07-01T08:00", "2026-07-01T09:00"),
        (Limits(between="09:00-18:00"), "2026-07-01T19:00", "2026-07-02T09:00"),
        (Limits(between="09:00-18:00"), "2026-07-01T09:00", "2026-07-02T09:00"),
        (Limits(weekdays=("wed",)), "2026-07-02T00:00", "2026-07-08T00:00"),
        (Limits(weekdays=("wed",)), "2026-07-01T00:00", "2026-07-08T00:00"),
        (Limits(between="10:00-09:00", weekdays=("tue",)), "2026-07-01T09:30", "2026-07-07T10:00"),
    ],
)
def test_the_next_opening(limits: Limits, moment: str, opening: str) -> None:
    """The next opening is later than the time asked from, at most a week and a day away."""
    assert limits.opening_after(wall(moment)) == wall(opening)


def test_no_known_weekday_never_opens() -> None:
    """Weekdays nobody knows leave no opening."""
    assert Limits(weekdays=("someday",)).opening_after(wall("2026-07-01T00:00")) is None


def test_unknown_weekdays_are_never_due() -> None:
    """A rule limited to weekdays nobody knows is never due, and says so without a search."""
    trigger = Cron(id="t1", expression="* * * * *", limits=Limits(weekdays=("someday",)))
    assert trigger.next_after(NOW, CONTEXT) is None


def test_no_run_outside_the_span_of_dates() -> None:
    """Start and end are inside the span, in the zone of the trigger."""
    limits = Limits(not_before="2026-07-05T09:00", not_after="2026-07-06T09:00")
    trigger = Cron(id="t1", expression="0 9 * * *", limits=limits)
    found = [due.at for due in Schedule([trigger], CONTEXT).walk(NOW)]
    assert found == [datetime(2026, 7, 5, 7, tzinfo=UTC), datetime(2026, 7, 6, 7, tzinfo=UTC)]


def test_the_end_includes_the_second_pass() -> None:
    """An end in a repeated hour is the later of the two instants, a start the earlier."""
    limits = Limits(not_before="2026-10-25T02:30", not_after="2026-10-25T02:30")
    assert limits.begins(BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert limits.ends(BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_far_start_is_no_mistake() -> None:
    """A rule that begins in twenty years is accepted."""
    limits = Limits(not_before="2046-01-01T00:00", weekdays=("mon",))
    assert not Cron(id="t1", expression="0 9 * * *", limits=limits).problems(NOW, CONTEXT)


def test_both_passes_of_a_repeated_hour_are_open() -> None:
    """Hours that the clocks show twice are open twice to elapsed time."""
    limits = Limits(between="02:00-02:20")
    trigger = Interval(
        id="t1", every_s=600, start="2026-10-25T00:00:00+00:00", zone="Europe/Berlin", limits=limits
    )
    walk = Schedule([trigger], CONTEXT).walk(datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert [f"{due.at:%d %H:%M}" for due in islice(walk, 7)] == [
        "25 00:00", "25 00:10", "25 00:20", "25 01:00", "25 01:10", "25 01:20", "26 01:00",
    ]  # fmt: skip


def test_fixed_times_are_judged_by_the_rule() -> None:
    """A time inside the hours still runs when the clocks move it out of them."""
    trigger = Cron(id="t1", expression="30 2 * * *", limits=Limits(between="02:00-02:45"))
    due = trigger.next_after(datetime(2026, 3, 28, 12, tzinfo=UTC), CONTEXT)
    assert due is not None
    assert due.at == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("limits", "field", "words"),
    [
        (Limits(not_before="soon"), "not_before", "'soon' is not a date and time"),
        (Limits(not_after="2026-13-01T00:00"), "not_after", "is not a date and time"),
        (Limits(not_before="2026-09-01T00:00", not_after="2026-08-01T00:00"), "not_after",
         "The end is before the start."),
        (Limits(not_after="2026-06-01T00:00"), "not_after", "The end is in the past."),
        (Limits(between="9-18"), "between", "'9' is not a time of day. Write it as 09:30."),
        (Limits(between="09:00"), "between", "Write it as 09:00-18:00."),
        (Limits(between="09:00-09:00"), "between", "Leave them empty for the whole day."),
        (Limits(between="09:00-25:00"), "between", "'25:00' is not a time of day"),
        (Limits(weekdays=("mon", "Tue")), "weekdays", "'Tue' is not a day of the week. Use mon,"),
    ],
)  # fmt: skip
def test_unusable_limits_are_refused_in_words(limits: Limits, field: str, words: str) -> None:
    """Each limit is refused at its own field, in every kind of trigger."""
    for trigger in (
        Cron(id="t1", expression="0 9 * * *", limits=limits),
        Interval(id="t1", every_s=60, start="2026-07-01T00:00:00Z", limits=limits),
    ):
        problems = list(trigger.problems(NOW, CONTEXT))
        assert [problem.field for problem in problems] == [field]
        assert words in problems[0].message


def test_words() -> None:
    """All limits are told in one line."""
    limits = Limits(
        not_before="2026-07-05T09:00", not_after="2026-12-24T17:30", between="09:00-24:00",
        weekdays=("sun", "mon"),
    )  # fmt: skip
    assert limits.describe() == (
        "between 09:00 and 24:00, only Monday and Sunday, from 5 Jul 2026, 09:00, "
        "until 24 Dec 2026, 17:30"
    )
    assert not NO_LIMITS.describe()
    assert limits.ends(BERLIN) == datetime(2026, 12, 24, 16, 30, tzinfo=UTC)
