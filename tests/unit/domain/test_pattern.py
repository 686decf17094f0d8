"""Patterns of dates and their texts, as recurrence rule and as cron expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.pattern import (
    LAST,
    WEEKDAYS,
    Pattern,
    cron_text,
    pattern_of_cron,
    pattern_of_rule,
    rule_text,
)

EVERY = st.integers(1, 1000)
DAYS = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(
    lambda days: tuple(day for day in WEEKDAYS if day in days)
)
NTH = st.sampled_from([1, 2, 3, 4, 5, LAST])
ONE_DAY = st.sampled_from(WEEKDAYS).map(lambda day: (day,))
TIMES = st.times().map(lambda time: f"{time:%H:%M}")


def patterns(every: st.SearchStrategy[int]) -> st.SearchStrategy[Pattern]:
    """Return any pattern that can be picked."""
    days_of_month = st.sampled_from([LAST, *range(1, 32)])
    return st.one_of(
        every.map(lambda each: Pattern("daily", each)),
        st.tuples(every, DAYS).map(lambda picked: Pattern("weekly", *picked)),
        st.tuples(every, days_of_month).map(lambda at: Pattern("monthly", at[0], day=at[1])),
        st.tuples(every, ONE_DAY, NTH).map(lambda at: Pattern("monthly", at[0], at[1], nth=at[2])),
    )


@given(patterns(EVERY))
def test_a_pattern_comes_back_from_its_recurrence_rule(pattern: Pattern) -> None:
    """A pattern comes back from its recurrence rule."""
    assert pattern_of_rule(rule_text(pattern)) == pattern


@given(patterns(st.just(1)), TIMES)
def test_a_pattern_comes_back_from_its_cron_expression(pattern: Pattern, at: str) -> None:
    """A pattern of each day, week or month comes back from its cron expression."""
    assert pattern_of_cron(cron_text(pattern, at)) == (pattern, at)


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        (Pattern("daily", 2), "09:00"),
        (Pattern("daily"), "09:00:30"),
        (Pattern("weekly"), "09:00"),
    ],
)
def test_what_cron_cannot_say_has_no_expression(pattern: Pattern, at: str) -> None:
    """Every second day, a time with seconds and a week without days have no cron expression."""
    assert cron_text(pattern, at) == ""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("0 9 * * 1-5", ("mon", "tue", "wed", "thu", "fri")),
        ("0 9 * * mon,WED", ("mon", "wed")),
        ("0 9 * * 0", ("sun",)),
        ("0 9 * * 7", ("sun",)),
        ("0 9 * * 5-7", ("fri", "sat", "sun")),
        ("0 9 * * sun-tue", ("mon", "tue", "sun")),
    ],
)
def test_weekdays_of_cron_are_read_in_all_their_spellings(text: str, days: object) -> None:
    """Weekdays of cron are read by number, by name and as ranges."""
    assert pattern_of_cron(text) == (Pattern("weekly", 1, days), "09:00")


def test_other_cron_expressions_are_no_pattern() -> None:
    """Cron expressions beyond a time of day on picked days are no pattern."""
    others = [
        "", "@daily", "*/5 * * * *", "0 9 1 * 1", "0 9 * 1 *", "0 9 32 * *", "60 9 * * *",
        "0 24 * * *", "0 9 * * 1/2", "0 9 * * 5-1", "0 9 * * 8", "0 9 * * x", "0 9 1-3 * *",
        "0 9 LW * *", "0 9 * * 1#6", "0 9-17 * * *",
    ]  # fmt: skip
    assert [text for text in others if pattern_of_cron(text) is not None] == []


def test_other_recurrence_rules_are_no_pattern() -> None:
    """Recurrence rules beyond what can be picked are no pattern."""
    others = [
        "", "x", "FREQ=YEARLY", "FREQ=DAILY;BYDAY=MO", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=MO;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=-2", "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=x", "FREQ=MONTHLY;BYDAY=1MO,2MO",
    ]  # fmt: skip
    assert [text for text in others if pattern_of_rule(text) is not None] == []
