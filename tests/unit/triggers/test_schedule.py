"""The union of triggers, and what was due in a span of time."""

# ruff: noqa: DTZ001 - wall times are naive
from __future__ import annotations

import itertools
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from deskcron.domain.errors import BadInput
from deskcron.domain.trigger import DueTime, RuleContext, Trigger, UnknownTrigger
from deskcron.triggers.builders import daily
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.limits import Limits
from deskcron.triggers.once import Once
from deskcron.triggers.schedule import Schedule

CONTEXT = RuleContext("Europe/Berlin")
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)
UNKNOWN = UnknownTrigger("t9", "moon", {"phase": "full"})


def interval(every_s: int, trigger_id: str = "t1", limits: Limits | None = None) -> Interval:
    """Return a grid that began at the first of January."""
    return Interval(
        id=trigger_id, every_s=every_s, start="2026-01-01T00:00:00Z", limits=limits or Limits()
    )


def test_the_earliest_trigger_wins() -> None:
    """The next due time is that of the earliest trigger, with its id."""
    schedule = Schedule([Cron(id="a", expression="0 18 * * *"), interval(3600, "b")], CONTEXT)
    assert schedule.next_after(NOW) == DueTime(NOW + timedelta(hours=1), None, ("b",))


def test_one_instant_is_one_due_time() -> None:
    """Triggers that fall on one instant share a due time, in their order, with a wall time."""
    schedule = Schedule(
        [interval(3600, "b"), Cron(id="a", expression="0 13 * * *"), interval(7200, "c")], CONTEXT
    )
    assert schedule.next_after(NOW) == DueTime(
        NOW + timedelta(hours=1), datetime(2026, 7, 1, 13), ("b", "a")
    )


def test_unknown_triggers_never_say_now() -> None:
    """A trigger of an unknown kind is left out, alone it leaves nothing."""
    assert Schedule([UNKNOWN], CONTEXT).next_after(NOW) is None
    assert Schedule([], CONTEXT).next_after(NOW) is None
    due = Schedule([UNKNOWN, interval(60)], CONTEXT).next_after(NOW)
    assert due is not None
    assert due.trigger_ids == ("t1",)
    assert Schedule([UNKNOWN], CONTEXT).backlog(NOW, NOW + timedelta(days=1), 5) is None


def test_an_unusable_rule_says_so() -> None:
    """A rule that cannot be used fails in words instead of being never due."""
    with pytest.raises(BadInput, match="Mars/Base"):
        Schedule([Once(id="t1", at="2030-01-01T00:00", zone="Mars/Base")], CONTEXT).next_after(NOW)


def test_following_runs_is_told() -> None:
    """A job follows its runs when any of its triggers does."""
    follower = Interval(id="f", every_s=60, start="2026-01-01T00:00:00Z", anchor="end")
    assert Schedule([interval(60), follower], CONTEXT).follows_runs
    assert not Schedule([interval(60), UNKNOWN], CONTEXT).follows_runs


def test_a_backlog_counts_all_and_keeps_the_newest() -> None:
    """All due times of a span are counted; first and newest ones are given, oldest first."""
    backlog = Schedule([interval(3600)], CONTEXT).backlog(NOW, NOW + timedelta(days=1), 3)
    assert backlog is not None
    assert (backlog.count, backlog.is_exact) == (24, True)
    assert backlog.first.at == NOW + timedelta(hours=1)
    hours = [NOW + timedelta(hours=hour) for hour in (22, 23, 24)]
    assert [due.at for due in backlog.latest] == hours


def test_nothing_due_is_no_backlog() -> None:
    """A span without due times has no backlog, also when one lies just outside it."""
    schedule = Schedule([interval(3600)], CONTEXT)
    assert schedule.backlog(NOW, NOW + timedelta(minutes=59), 3) is None
    assert schedule.backlog(NOW + timedelta(hours=1), NOW, 3) is None
    assert schedule.backlog(NOW, NOW + timedelta(hours=1), 0) is not None


def test_an_overdue_follower_is_one_due_time() -> None:
    """What counts from the last run was due once, however long ago, and only then."""
    ended = CONTEXT._replace(last_start=NOW, last_end=NOW)
    follower = Interval(id="f", every_s=60, start="2026-01-01T00:00:00Z", anchor="end")
    month = NOW + timedelta(days=30)
    backlog = Schedule([follower], ended).backlog(NOW, month, 10)
    assert backlog is not None
    assert (backlog.count, backlog.is_exact) == (1, True)
    assert backlog.first.at == NOW + timedelta(seconds=60)
    both = Schedule([interval(7), follower], ended).backlog(NOW, month, 4)
    assert both is not None
    assert all(due.trigger_ids == ("t1",) for due in both.latest)


def test_an_old_overdue_follower_is_not_among_the_newest() -> None:
    """What counts from the last run does not turn up again where a long span ends."""
    ended = CONTEXT._replace(last_start=NOW, last_end=NOW)
    follower = Interval(id="f", every_s=60, start="2026-01-01T00:00:00Z", anchor="end")
    until = NOW + timedelta(days=500)
    backlog = Schedule([interval(3600), follower], ended).backlog(NOW, until, 6)
    assert backlog is not None
    assert backlog.first.trigger_ids == ("f",)
    hours = [until - timedelta(hours=hour) for hour in (5, 4, 3, 2, 1, 0)]
    assert [due.at for due in backlog.latest] == hours


@pytest.mark.parametrize(
    ("trigger", "limit_s"),
    [
        (interval(1), 0.005),
        (Cron(id="t1", expression="* * * * *"), 0.05),
        (Cron(id="t1", expression="*/5 9-17 * * mon-fri"), 0.05),
        (daily("09:00", start=date(2020, 1, 1)), 0.05),
    ],
)
def test_a_month_away_is_counted_exactly_and_soon(trigger: Trigger, limit_s: float) -> None:
    """Thirty days of a single rule are counted to the last one, by arithmetic."""
    schedule, until = Schedule([trigger], CONTEXT), NOW + timedelta(days=30)
    schedule.backlog(NOW, until, 20)
    best = 1.0
    for _attempt in range(5):
        began = time.perf_counter()
        backlog = schedule.backlog(NOW, until, 20)
        best = min(best, time.perf_counter() - began)
    assert backlog is not None
    assert backlog.is_exact
    assert len(backlog.latest) == 20
    assert backlog.latest[-1].at <= until
    assert best < limit_s


@pytest.fixture
def _low_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a tenth be walked before a number is only a bound."""
    monkeypatch.setattr("deskcron.triggers.schedule._MOST_WALKED", 1_000)


@pytest.mark.parametrize(
    "triggers",
    [
        [interval(1, limits=Limits(between="09:00-18:00"))],
        [interval(7), interval(11, "t2")],
        [interval(1), Cron(id="t2", expression="* * * * *")],
        [interval(1, limits=Limits(between="11:00-11:30"))],
    ],
)
@pytest.mark.usefixtures("_low_bound")
def test_many_due_times_are_counted_to_a_bound(triggers: list[Interval | Cron]) -> None:
    """What only walking can count is "at least" so many, with the newest ones still right."""
    until = NOW + timedelta(days=30)
    schedule = Schedule(triggers, CONTEXT)
    backlog = schedule.backlog(NOW, until, 20)
    assert backlog is not None
    assert not backlog.is_exact
    assert backlog.count >= 1_000
    newest = backlog.latest
    assert len(newest) == 20
    after_newest = schedule.next_after(newest[-1].at)
    assert after_newest is not None
    assert after_newest.at > until
    for earlier, later in itertools.pairwise(newest):
        assert schedule.next_after(earlier.at) == later


@pytest.mark.usefixtures("_low_bound")
def test_a_crowd_within_a_second_is_kept_in_order() -> None:
    """The newest due times are right where more fall into a second than are looked at."""
    crowd = [
        Interval(id=f"t{number}", every_s=1, start=f"2026-01-01T00:00:00.{number:06}Z")
        for number in range(80)
    ]
    backlog = Schedule(crowd, CONTEXT).backlog(NOW, NOW + timedelta(seconds=150.5), 1)
    assert backlog is not None
    assert (backlog.count, backlog.is_exact) == (1_000, False)
    assert [due.trigger_ids for due in backlog.latest] == [("t79",)]
    assert backlog.latest[0].at == NOW + timedelta(seconds=150, microseconds=79)
