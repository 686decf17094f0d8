"""What holds for every kind of trigger in every zone, in any year from 1990 to 2060."""

# ruff: noqa: DTZ001 - wall times are naive
from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.trigger import RuleContext, Trigger
from deskcron.triggers.builders import daily, monthly, monthly_nth, weekly
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.kinds import TRIGGER_KINDS
from deskcron.triggers.limits import Limits
from deskcron.triggers.once import Once
from deskcron.triggers.schedule import Schedule

CONTEXT = RuleContext("UTC")
ZONES = st.sampled_from(sorted(zoneinfo.available_timezones()))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
HOURS = st.times().map(lambda time: f"{time:%H:%M}")
EXPRESSIONS = st.sampled_from([
    "* * * * *", "*/7 * * * *", "0 * * * *", "30 2 * * *", "0 0 * * *", "15 0-3 * * *",
    "0 9 * * mon-fri", "30 1 1 * *", "0 0 L * *", "5 4 * * sun", "0 12 13 * fri", "*/30 0 * * 0",
    "0 0 29 2 *", "59 23 31 12 *", "0 */5 * * *", "45 23 * * 5L", "0 8 LW * *",
])  # fmt: skip
LIMITS = st.builds(
    Limits,
    between=st.one_of(
        st.just(""), st.tuples(HOURS, HOURS).filter(lambda ends: ends[0] != ends[1]).map("-".join)
    ),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=3).map(tuple),
)
STARTS = st.dates(date(1990, 1, 1), date(2000, 1, 1))
FIXED = st.one_of(
    st.builds(Cron, id=st.just("t1"), expression=EXPRESSIONS, zone=ZONES),
    st.builds(daily, HOURS, st.integers(1, 40), start=STARTS, zone=ZONES),
    st.builds(
        weekly,
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True),
        HOURS,
        st.integers(1, 9),
        start=STARTS,
        zone=ZONES,
    ),
    st.builds(monthly, st.integers(1, 31), HOURS, st.just(1), start=STARTS, zone=ZONES),
    st.builds(monthly, st.just("last"), HOURS, st.integers(1, 7), start=STARTS, zone=ZONES),
    st.builds(
        monthly_nth,
        st.sampled_from([1, 2, 3, 4, 5, -1]),
        st.sampled_from(WEEKDAYS),
        HOURS,
        start=STARTS,
        zone=ZONES,
    ),
)
INTERVALS = st.builds(
    Interval,
    id=st.just("t1"),
    every_s=st.integers(1, 10**6),
    start=MOMENTS.map(datetime.isoformat),
    zone=ZONES,
)
UNLIMITED = st.one_of(FIXED, INTERVALS)


@given(trigger=UNLIMITED, after=MOMENTS)
def test_due_times_rise_and_are_later(trigger: Trigger, after: datetime) -> None:
    """Every due time is strictly later than the one asked from, and none lies between them."""
    cursor = after
    for _step in range(8):
        due = trigger.next_after(cursor, CONTEXT)
        assert due is not None
        assert due.at > cursor
        between = cursor + (due.at - cursor) / 2
        assert trigger.next_after(between, CONTEXT) == due
        cursor = due.at


@given(trigger=FIXED, after=MOMENTS)
def test_the_clocks_show_the_time_of_the_rule(trigger: Trigger, after: datetime) -> None:
    """A fixed time is what the clocks show, or one they leave out just before it."""
    due = trigger.next_after(after, CONTEXT)
    assert due is not None
    if due.wall is None:
        return
    zone = ZoneInfo(getattr(trigger, "zone"))  # noqa: B009 - only some kinds have it
    shown = due.at.astimezone(zone).replace(tzinfo=None)
    before = (due.at - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown == due.wall or before < due.wall < shown
    assert due.at.astimezone(zone).fold == 0


@given(trigger=UNLIMITED, limits=LIMITS, after=MOMENTS)
def test_limits_only_leave_out(trigger: Trigger, limits: Limits, after: datetime) -> None:
    """With limits a rule is due where it is without them and the limits allow it, no other."""
    assert isinstance(trigger, msgspec.Struct)
    if isinstance(trigger, Interval) and trigger.every_s < 600:
        trigger = msgspec.structs.replace(trigger, every_s=600 + trigger.every_s)
    limited: Trigger = msgspec.structs.replace(trigger, limits=limits)
    zone = ZoneInfo(getattr(trigger, "zone"))  # noqa: B009 - only some kinds have it
    until = after + timedelta(days=3)
    expected, found = [], []
    for due in Schedule([trigger], CONTEXT).walk(after):
        if due.at > until:
            break
        wall = due.wall or due.at.astimezone(zone).replace(tzinfo=None)
        if limits.allows(wall):
            expected.append(due)
    for due in Schedule([limited], CONTEXT).walk(after):
        if due.at > until:
            break
        found.append(due)
    assert found == expected


@given(
    triggers=st.lists(UNLIMITED, min_size=1, max_size=2),
    after=MOMENTS,
    days=st.integers(1, 4),
    keep=st.integers(1, 30),
)
def test_a_backlog_is_what_walking_finds(
    triggers: list[Trigger], after: datetime, days: int, keep: int
) -> None:
    """Number, first and newest due times of a span are those found one by one."""
    schedule = Schedule(triggers, CONTEXT)
    until = after + timedelta(days=days)
    walked = []
    for due in islice(schedule.walk(after), 6000):
        if due.at > until:
            break
        walked.append(due)
    else:
        return  # too many to compare one by one
    backlog = schedule.backlog(after, until, keep)
    if backlog is None:
        assert not walked
        return
    assert backlog.is_exact
    assert backlog.count == len(walked)
    assert backlog.first == walked[0]
    assert list(backlog.latest) == walked[-keep:]


@given(trigger=UNLIMITED, limits=LIMITS)
def test_json_keeps_every_rule(trigger: Trigger, limits: Limits) -> None:
    """A rule written as JSON and read by the kind it names is the same rule."""
    assert isinstance(trigger, msgspec.Struct)
    rule = msgspec.structs.replace(trigger, limits=limits)
    raw = msgspec.to_builtins(rule)
    assert raw["id"] == "t1"
    kind = TRIGGER_KINDS[raw["kind"]]
    assert msgspec.json.decode(msgspec.json.encode(rule), type=kind) == rule


def test_every_kind_is_listed() -> None:
    """The kinds go by the names that their JSON carries."""
    by_clock, by_event = (
        {"once", "interval", "cron", "calendar"},
        {"event", "file", "after", "signal"},
    )
    assert dict(TRIGGER_KINDS).keys() == by_clock | by_event
    once = Once(id="t1", at="2026-12-24T17:30")
    assert msgspec.convert(msgspec.to_builtins(once), type=TRIGGER_KINDS["once"]) == once
