"""A single time: what it is in real time, and what is said about it."""

# ruff: noqa: DTZ001 - wall times are naive
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.errors import BadInput
from deskcron.domain.trigger import Due, RuleContext
from deskcron.triggers.once import Once

CONTEXT = RuleContext("Europe/Berlin")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_it_is_due_once() -> None:
    """The time is due from any earlier instant and never from itself or later."""
    trigger = Once(id="t1", at="2026-12-24T17:30")
    at = datetime(2026, 12, 24, 16, 30, tzinfo=UTC)
    assert trigger.next_after(NOW, CONTEXT) == Due(at, datetime(2026, 12, 24, 17, 30))
    assert trigger.next_after(at - timedelta(microseconds=1), CONTEXT) is not None
    assert trigger.next_after(at, CONTEXT) is None
    assert trigger.tally(NOW, at, CONTEXT) == 1
    assert trigger.tally(NOW, at - timedelta(seconds=1), CONTEXT) == 0
    assert trigger.tally(at, at + timedelta(days=1), CONTEXT) == 0
    assert trigger.relative_to is None


@pytest.mark.parametrize(
    ("at", "fold", "expected", "words"),
    [
        ("2026-03-29T02:30", 0, "2026-03-29T01:00", ("02:30 does not exist on that day; runs at "
         "03:00.")),
        ("2026-10-25T02:30", 0, "2026-10-25T00:30", ("02:30 occurs twice on that day; the first "
         "is meant.")),
        ("2026-10-25T02:30", 1, "2026-10-25T01:30", ("02:30 occurs twice on that day; the second "
         "is meant.")),
        ("2026-10-25T03:00", 0, "2026-10-25T02:00", ""),
        ("2026-12-24T17:30:15", 0, "2026-12-24T16:30:15", ""),
    ],
)  # fmt: skip
def test_clock_changes_are_told(at: str, fold: int, expected: str, words: str) -> None:
    """A time in a gap runs right after it, of a doubled time the chosen one; both are said."""
    trigger = Once(id="t1", at=at, fold=1 if fold else 0)
    due = trigger.next_after(NOW, CONTEXT)
    assert due is not None
    assert due.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert list(trigger.warnings(NOW, CONTEXT)) == ([words] if words else [])


def test_a_day_left_out_moves_to_the_next() -> None:
    """A time on a day that a zone left out runs when the next day begins."""
    trigger = Once(id="t1", at="2011-12-30T09:00", zone="Pacific/Apia")
    now = datetime(2011, 12, 1, tzinfo=UTC)
    due = trigger.next_after(now, CONTEXT)
    assert due is not None
    assert due.at == datetime(2011, 12, 30, 10, tzinfo=UTC)
    (words,) = trigger.warnings(now, CONTEXT)
    assert words == "09:00 does not exist on that day; runs at 31 Dec 2011, 00:00."


@pytest.mark.parametrize(
    ("late_s", "is_refused"), [(-60, False), (0, False), (60, False), (61, True), (86_400, True)]
)
def test_the_past_is_refused_after_a_minute(late_s: int, *, is_refused: bool) -> None:
    """A time up to a minute in the past is accepted and still runs, an older one is refused."""
    trigger = Once(id="t1", at="2026-03-01T13:00")
    now = NOW + timedelta(seconds=late_s)
    problems = trigger.problems(now, CONTEXT)
    if not is_refused:
        assert not problems
        assert trigger.next_after(NOW - timedelta(seconds=1), CONTEXT) is not None
        return
    (problem,) = problems
    assert problem.field == "at"
    assert problem.message == (
        "1 Mar 2026, 13:00 is in the past. Choose a later time, or run the job now."
    )
    assert not trigger.warnings(now, CONTEXT)


@pytest.mark.parametrize(
    "at",
    ["", "tomorrow", "2026-12-24", "2026-02-30T10:00", "2026-12-24T25:00", "0001-01-01T00:00",
     "2026-12-24T17:30+01:00", "9999-12-31T23:59", "2026-12-24T17:30:15.5", "20261224T1730"],
)  # fmt: skip
def test_unreadable_times_are_refused_in_words(at: str) -> None:
    """What is no local date and time is refused with an example."""
    trigger = Once(id="t1", at=at)
    (problem,) = trigger.problems(NOW, CONTEXT)
    assert problem.field == "at"
    assert problem.message == (
        f"'{at}' is not a date and time. Write it as 2026-12-24T17:30, without a time zone."
    )
    with pytest.raises(BadInput, match="is not a date and time"):
        trigger.next_after(NOW, CONTEXT)


def test_unknown_zone_is_refused() -> None:
    """A zone nobody knows is refused at its field."""
    (problem,) = Once(id="t1", at="2026-12-24T17:30", zone="").problems(NOW, CONTEXT)
    assert problem.field == "zone"


def test_words() -> None:
    """The words name date, time and a zone that is not the computer's."""
    assert Once(id="t1", at="2026-12-24T17:30").describe() == "Once on 24 Dec 2026 at 17:30"
    trigger = Once(id="t1", at="2026-12-24 17:30:05", zone="Asia/Tokyo")
    assert trigger.describe() == "Once on 24 Dec 2026 at 17:30:05 (Asia/Tokyo)"
