"""Cron rules against a matcher that walks real time minute by minute and knows nothing else."""

# ruff: noqa: DTZ001 - wall times are naive
from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.trigger import RuleContext
from deskcron.triggers.cron import Cron

CONTEXT = RuleContext("UTC")
MINUTE = timedelta(minutes=1)
DAY_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LIMITS = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
    "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu", "UTC", "Africa/Casablanca", "Asia/Gaza",
)  # fmt: skip


@cache
def numbers(field: str, text: str) -> set[int]:
    """Return the numbers a field names, written from the manual page of cron."""
    low, high = LIMITS[field]
    names = {"weekday": DAY_NAMES, "month": MONTH_NAMES}.get(field, ())
    found: set[int] = set()
    for term in text.split(","):
        span, _slash, step = term.partition("/")
        first, dash, last = span.partition("-")
        if first == "*":
            begin, end = low, high
        else:
            begin, end = (
                names.index(part) + (field == "month") if part in names else int(part)
                for part in (first, last or first)
            )
            if step and not dash:
                end = high
        found |= set(range(begin, end + 1, int(step or 1)))
    return found


def matches(expression: str, wall: datetime) -> bool:
    """Say whether a naive local time fits the expression."""
    minute, hour, day, month, weekday = expression.split()
    if wall.minute not in numbers("minute", minute) or wall.hour not in numbers("hour", hour):
        return False
    if wall.month not in numbers("month", month):
        return False
    last_of_month = calendar.monthrange(wall.year, wall.month)[1]
    fits_day = wall.day == last_of_month if day == "L" else wall.day in numbers("day", day)
    code = wall.isoweekday() % 7
    if "#" in weekday:
        name, nth = weekday.split("#")
        fits_weekday = code in numbers("weekday", name) and (wall.day - 1) // 7 + 1 == int(nth)
    elif weekday.endswith("L"):
        fits_weekday = code == int(weekday[:-1]) % 7 and wall.day + 7 > last_of_month
    else:
        days = numbers("weekday", weekday)
        fits_weekday = code in days or (code == 0 and 7 in days)
    if day.startswith("*") or weekday.startswith("*"):
        return fits_day and fits_weekday
    return fits_day or fits_weekday


def oracle(expression: str, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """Return the due times in (after, until], one real minute after the other.

    The wall times of fixed rules are asked for where the clocks first reach or jump over them.
    """
    minute, hour = expression.split()[:2]
    is_wildcard = minute.startswith("*") or hour.startswith("*")
    shown = (after - timedelta(days=2)).astimezone(zone).replace(tzinfo=None)
    found = []
    instant = (after - timedelta(days=2)).replace(second=0, microsecond=0) + MINUTE
    while instant <= until:
        wall = instant.astimezone(zone).replace(tzinfo=None)
        if is_wildcard:
            due = matches(expression, wall)
        else:
            due = False
            leapt = wall - shown >= timedelta(days=1)
            passed = wall if leapt else shown.replace(second=0, microsecond=0) + MINUTE
            while passed <= wall:
                due = due or matches(expression, passed)
                passed += MINUTE
            shown = max(shown, wall)
        if due and instant > after:
            found.append(instant)
        instant += MINUTE
    return found


def field(low: int, high: int, *, stars: int = 1) -> st.SearchStrategy[str]:
    """Return texts of a field with numbers, ranges, steps and lists."""
    number = st.integers(low, high).map(str)
    span = st.tuples(st.integers(low, high), st.integers(low, high)).map(
        lambda ends: f"{min(ends)}-{max(ends)}"
    )
    step = st.tuples(st.one_of(st.just("*"), span, number), st.integers(1, high)).map(
        lambda parts: f"{parts[0]}/{parts[1]}"
    )
    simple = st.one_of(number, span, step)
    lists = st.lists(simple, min_size=1, max_size=3).map(",".join)
    return st.one_of(*[st.just("*")] * stars, lists)


EXPRESSIONS = st.tuples(
    field(0, 59),
    field(0, 23, stars=2),
    st.one_of(field(1, 31, stars=3), st.just("L")),
    st.one_of(field(1, 12, stars=6), st.sampled_from(MONTH_NAMES)),
    st.one_of(
        field(0, 7, stars=4),
        st.sampled_from(DAY_NAMES),
        st.sampled_from(["mon-fri", "sun-tue", "5L", "0L", "7L", "mon#2", "5#1", "sun#5"]),
    ),
).map(" ".join)


def change_near(zone: ZoneInfo, moment: datetime) -> datetime:
    """Return an hour before the next clock change after `moment`, or `moment` without one."""
    for hours in range(0, 24 * 400, 6):
        here = moment + timedelta(hours=hours)
        there = here + timedelta(hours=6)
        if here.astimezone(zone).utcoffset() != there.astimezone(zone).utcoffset():
            return here - timedelta(hours=7)
    return moment


@given(
    expression=EXPRESSIONS,
    zone_name=st.sampled_from(ZONES),
    moment=st.datetimes(datetime(1995, 1, 1), datetime(2055, 1, 1)),
    near_change=st.booleans(),
)
def test_due_times_are_those_of_the_matcher(
    expression: str, zone_name: str, moment: datetime, *, near_change: bool
) -> None:
    """Any rule is due exactly where a minute-by-minute matcher says, and counted as often."""
    zone = ZoneInfo(zone_name)
    after = moment.replace(tzinfo=UTC)
    if near_change:
        after = change_near(zone, after)
    until = after + timedelta(hours=40)
    trigger = Cron(id="t1", expression=expression, zone=zone_name)
    if any(problem.field == "expression" for problem in trigger.problems(after, CONTEXT)):
        return  # such as 30 February
    expected = oracle(expression, zone, after, until)
    found = []
    due = trigger.next_after(after, CONTEXT)
    while due is not None and due.at <= until:
        found.append(due.at)
        due = trigger.next_after(due.at, CONTEXT)
    assert found == expected
    assert trigger.tally(after, until, CONTEXT) == len(expected)


def test_the_matcher_meets_the_manual_page() -> None:
    """The matcher itself reads Debian's examples as the manual page does."""
    assert numbers("minute", "0-10/5,50") == {0, 5, 10, 50}
    assert numbers("minute", "50/5") == {50, 55}
    assert matches("5 4 * * sun", datetime(2026, 3, 1, 4, 5))
    assert matches("30 4 1,15 * 5", datetime(2026, 3, 6, 4, 30))
    assert not matches("30 4 1,15 * 5", datetime(2026, 3, 7, 4, 30))
    assert not matches("0 0 */2 * mon", datetime(2026, 3, 3))
