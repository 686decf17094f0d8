"""Elapsed time: the grid, counting from runs, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskcron.domain.errors import BadInput
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.interval import Interval
from deskcron.triggers.limits import Limits

CONTEXT = RuleContext("Europe/Berlin")
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


def interval(every_s: int, **others: Any) -> Interval:
    """Return an interval from 1 March 2026, 09:00 in Berlin."""
    return Interval(id="t1", every_s=every_s, start="2026-03-01T09:00:00+01:00", **others)


def due_at(trigger: Interval, after: datetime, context: RuleContext = CONTEXT) -> datetime | None:
    """Return the next due instant or None."""
    due = trigger.next_after(after, context)
    return due.at if due else None


def test_the_grid_begins_at_its_start() -> None:
    """The first due time is the start itself, the next ones whole intervals later."""
    trigger = interval(900)
    assert due_at(trigger, START - timedelta(days=9)) == START
    assert due_at(trigger, START - MICROSECOND) == START
    assert due_at(trigger, START) == START + 900 * SECOND
    assert due_at(trigger, START + 899 * SECOND) == START + 900 * SECOND
    assert due_at(trigger, START + timedelta(days=365, seconds=1)) == START + timedelta(
        days=365, seconds=900
    )


def test_clock_changes_do_not_move_the_grid() -> None:
    """Intervals are elapsed time, also a day of them over a clock change."""
    trigger = interval(86_400)
    assert due_at(trigger, datetime(2026, 3, 29, tzinfo=UTC)) == datetime(
        2026, 3, 29, 8, tzinfo=UTC
    )


def test_the_grid_moves_with_a_clock_set_back() -> None:
    """A shift moves all of the grid, so that intervals go on from the clock's new time."""
    context = CONTEXT._replace(grid_shift=timedelta(seconds=-600))
    trigger = interval(900)
    assert due_at(trigger, START, context) == START + 300 * SECOND
    assert trigger.tally(START, START + 1200 * SECOND, context) == 2


@pytest.mark.parametrize(
    ("after_s", "until_s", "expected"),
    [(-50, -1, 0), (-50, 0, 1), (0, 9, 0), (0, 10, 1), (-1, 100, 11), (5, 25, 2), (30, 10, 0)],
)
def test_counting_is_arithmetic(after_s: int, until_s: int, expected: int) -> None:
    """The due times of a span are counted without the one at its start, with that at its end."""
    trigger = interval(10)
    until = START + until_s * SECOND
    assert trigger.tally(START + after_s * SECOND, until, CONTEXT) == expected


def test_counting_respects_the_span_of_dates() -> None:
    """Dates before the start or after the end are not counted, hours are left to walking."""
    limits = Limits(not_before="2026-03-01T10:00", not_after="2026-03-01T10:01")
    trigger = interval(10, limits=limits)
    assert trigger.tally(START, START + timedelta(days=1), CONTEXT) == 7
    assert interval(10, limits=Limits(between="09:00-10:00")).tally(START, START, CONTEXT) is None


def test_counted_from_the_last_start() -> None:
    """The next due time is an interval after the last start, whether or not it has ended."""
    trigger = interval(600, anchor="start")
    assert trigger.relative_to == "start"
    assert due_at(trigger, START) == START + 600 * SECOND
    context = CONTEXT._replace(last_start=START + 60 * SECOND)
    assert due_at(trigger, START + 61 * SECOND, context) == START + 660 * SECOND


def test_counted_from_the_last_end() -> None:
    """The next due time is an interval after the last end, none while a run is in progress."""
    trigger = interval(600, anchor="end")
    assert trigger.relative_to == "end"
    assert due_at(trigger, START) == START + 600 * SECOND
    running = CONTEXT._replace(last_start=START)
    assert due_at(trigger, START, running) is None
    assert trigger.tally(START, START + timedelta(days=1), running) == 0
    ended = running._replace(last_end=START + 30 * SECOND)
    assert due_at(trigger, START + 31 * SECOND, ended) == START + 630 * SECOND
    assert trigger.tally(START + 31 * SECOND, START + timedelta(days=1), ended) == 1


def test_overdue_runs_at_once() -> None:
    """A time counted from the last run that has passed is due right after the one asked from."""
    trigger = interval(600, anchor="end")
    ended = CONTEXT._replace(last_start=START, last_end=START)
    late = START + timedelta(hours=5)
    assert due_at(trigger, late, ended) == late + MICROSECOND


def test_overdue_waits_for_the_limits() -> None:
    """Counted from the last run or not, nothing is due outside the hours."""
    trigger = interval(600, anchor="end", limits=Limits(between="09:00-18:00"))
    ended = CONTEXT._replace(last_start=START, last_end=datetime(2026, 3, 1, 16, 55, tzinfo=UTC))
    assert due_at(trigger, datetime(2026, 3, 1, 17, tzinfo=UTC), ended) == datetime(
        2026, 3, 2, 8, tzinfo=UTC
    )


def test_a_fast_grid_jumps_to_the_next_opening() -> None:
    """Each second on Mondays: a week is skipped in one step, not in 518,400."""
    trigger = interval(1, limits=Limits(weekdays=("mon",)))
    monday_over = datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)
    assert due_at(trigger, monday_over) == datetime(2026, 3, 8, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every_s", "words"), [(0, "at least one second"), (-5, "at least one second"),
                           (10**10, "at most ten years")]
)  # fmt: skip
def test_impossible_lengths_are_refused(every_s: int, words: str) -> None:
    """No time and too much time are refused in words, also when asked for a due time."""
    (problem,) = interval(every_s).problems(START, CONTEXT)
    assert problem.field == "every_s"
    assert words in problem.message
    with pytest.raises(BadInput, match=words):
        interval(every_s).next_after(START, CONTEXT)


@pytest.mark.parametrize("start", ["", "now", "2026-03-01T09:00:00", "0001-01-01T00:00:00x"])
def test_a_start_needs_its_offset(start: str) -> None:
    """What is no instant is refused with an example."""
    (problem,) = Interval(id="t1", every_s=60, start=start).problems(START, CONTEXT)
    assert problem.field == "start"
    assert "2026-12-24T17:30:00+01:00" in problem.message


def test_every_wrong_field_is_named() -> None:
    """Anchor and zone are refused by name, together with the rest."""
    trigger = Interval(id="t1", every_s=0, start="", zone="Nowhere", anchor="never")  # type: ignore[arg-type]
    fields = [problem.field for problem in trigger.problems(START, CONTEXT)]
    assert fields == ["every_s", "anchor", "start", "zone"]


def test_limits_that_leave_nothing_are_refused() -> None:
    """A daily grid outside its hours is refused at the limits, in bounded time."""
    trigger = interval(86_400, limits=Limits(between="20:00-21:00"))
    (problem,) = trigger.problems(START, CONTEXT)
    assert problem.field == "limits"
    assert "never" in problem.message


def test_limits_that_leave_something_are_accepted() -> None:
    """A grid that meets its hours is accepted, however rarely."""
    trigger = interval(7 * 86_400 + 3600, limits=Limits(between="20:00-21:00"))
    assert not trigger.problems(START, CONTEXT)


def test_very_often_comes_with_a_word() -> None:
    """Every few seconds is accepted with a warning, five seconds without."""
    assert len(interval(4).warnings(START, CONTEXT)) == 1
    assert not interval(5).warnings(START, CONTEXT)
    assert not interval(0).warnings(START, CONTEXT)


@pytest.mark.parametrize(
    ("every_s", "anchor", "words"),
    [
        (1, "grid", "Every second"),
        (60, "grid", "Every minute"),
        (90, "grid", "Every 90 seconds"),
        (900, "grid", "Every 15 minutes"),
        (3600, "grid", "Every hour"),
        (172_800, "grid", "Every 48 hours"),
        (600, "start", "Every 10 minutes, counted from the start of the last run"),
        (600, "end", "Every 10 minutes, counted from the end of the last run"),
    ],
)
def test_words(every_s: int, anchor: str, words: str) -> None:
    """The words use the largest unit that fits."""
    assert interval(every_s, anchor=anchor).describe() == words


def test_words_of_limits_name_the_zone() -> None:
    """The zone is told where limits make it matter."""
    limits = Limits(between="09:00-18:00", weekdays=("fri", "mon"))
    trigger = interval(900, zone="Asia/Tokyo", limits=limits)
    assert trigger.describe() == (
        "Every 15 minutes, between 09:00 and 18:00, only Monday and Friday (Asia/Tokyo)"
    )
    assert interval(900, zone="Asia/Tokyo").describe() == "Every 15 minutes"
