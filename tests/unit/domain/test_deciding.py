"""What becomes of due times: catch-up, lateness, overlap and load, as a table and as laws."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.deciding import ON_TIME_S, Load, Verdict, decide
from deskcron.domain.policy import CatchUp, Overlap, Policy
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Cause, Status
from deskcron.domain.trigger import Backlog, DueTime

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR_S = 3600
NAMES = "abcdefghij"

LATENESS_S = {"on time": 10, "late": 2 * HOUR_S, "too old": 25 * HOUR_S}
"""How long ago the newest of three hourly due times was."""

FATES = {
    ("skip", "on time"): ("missed a..b catch-up-off", "c"),
    ("skip", "late"): ("missed a..c catch-up-off", ""),
    ("skip", "too old"): ("missed a..c catch-up-off", ""),
    ("once", "on time"): ("missed a..b coalesced", "c"),
    ("once", "late"): ("missed a..b coalesced", "c"),
    ("once", "too old"): ("missed a..c too-old", ""),
    ("all", "on time"): ("", "abc"),
    ("all", "late"): ("", "abc"),
    ("all", "too old"): ("missed a..c too-old", ""),
}
"""Catch-up and lateness: what is missed, and what runs."""

IDLE, BUSY, LINE = Load(0, 0), Load(1, 0), Load(1, 1)

TURNS = {
    ("skip", IDLE): ["queued", "waiting behind-previous", "waiting behind-previous"],
    ("skip", BUSY): ["waiting behind-previous"] * 3,
    ("skip", LINE): ["waiting behind-previous"] * 3,
    ("queue", IDLE): ["queued", "waiting behind-previous", "waiting behind-previous"],
    ("queue", BUSY): ["waiting behind-previous"] * 3,
    ("queue", LINE): ["waiting behind-previous"] * 3,
    ("replace", IDLE): ["queued", "waiting behind-previous", "waiting behind-previous"],
    ("replace", BUSY): ["waiting behind-previous"] * 3,
    ("replace", LINE): ["waiting behind-previous"] * 3,
    ("parallel", IDLE): ["queued", "queued", "waiting behind-previous"],
    ("parallel", BUSY): ["queued", "waiting behind-previous", "waiting behind-previous"],
    ("parallel", LINE): ["waiting behind-previous"] * 3,
}
"""Overlap (a queue of one, two in parallel) and load: what becomes of three that run together."""

ALONE = {
    ("skip", IDLE): "queued",
    ("skip", BUSY): "skipped still-running",
    ("skip", LINE): "skipped still-running",
    ("queue", IDLE): "queued",
    ("queue", BUSY): "waiting behind-previous",
    ("queue", LINE): "skipped queue-full",
    ("replace", IDLE): "queued",
    ("replace", BUSY): "waiting behind-previous",
    ("replace", LINE): "waiting behind-previous",
    ("parallel", IDLE): "queued",
    ("parallel", BUSY): "queued",
    ("parallel", LINE): "skipped still-running",
}
"""The same for one that runs alone."""


def hourly(count: int, newest_s_ago: float, keep: int | None = None) -> Backlog:
    """Return hourly due times, the last one so many seconds ago."""
    newest = NOW - timedelta(seconds=newest_s_ago)
    dues = [
        DueTime(newest - timedelta(hours=back), None, ("t1",)) for back in reversed(range(count))
    ]
    return Backlog(count, True, dues[0], tuple(dues[-keep:] if keep else dues))


def told(verdict: Verdict, backlog: Backlog) -> str:
    """Put a verdict into the words of the tables: fate, due times by letter, reason."""
    letters = {due.at: letter for due, letter in zip(backlog.latest, NAMES, strict=False)}
    first, last = letters[verdict.first.at], letters[verdict.last.at]
    span = first if verdict.count == 1 else f"{first}..{last}"
    reason = f" {verdict.why.code}" if verdict.why else ""
    return f"{verdict.status} {span}{reason}"


@pytest.mark.parametrize("overlap", Overlap)
@pytest.mark.parametrize(("catch_up", "lateness"), FATES)
def test_decision_table(catch_up: str, lateness: str, overlap: Overlap) -> None:
    """Catch-up and lateness choose what runs; overlap and load choose when it does."""
    limit = 2 if overlap is Overlap.PARALLEL else 1
    policy = Policy(catch_up=CatchUp(catch_up), overlap=overlap, overlap_limit=limit)
    backlog = hourly(3, LATENESS_S[lateness])
    missed, running = FATES[catch_up, lateness]
    expected, decided = {}, {}
    for load in (IDLE, BUSY, LINE):
        turns = [ALONE[overlap, load]] if len(running) == 1 else TURNS[overlap, load]
        expected[load] = [missed] if missed else []
        for letter, turn in zip(running, turns, strict=False):
            status, _, reason = turn.partition(" ")
            expected[load].append(f"{status} {letter} {reason}".strip())
        decided[load] = [told(verdict, backlog) for verdict in decide(policy, backlog, NOW, load)]
    assert decided == expected


@pytest.mark.parametrize(
    ("late_s", "cause"),
    [(0, "schedule"), (ON_TIME_S, "schedule"), (ON_TIME_S + 0.001, "catch-up")],
)
def test_on_time_ends_after_a_minute(late_s: float, cause: str) -> None:
    """The newest due time is on time up to a minute late, and is caught up after that."""
    [verdict] = decide(Policy(), hourly(1, late_s), NOW, IDLE)
    assert (verdict.status, verdict.cause) == (Status.QUEUED, Cause(cause))


def test_a_due_time_at_the_age_limit_still_runs() -> None:
    """The age limit itself is not too old, a microsecond more is, and the limit is told."""
    policy = Policy(max_age_s=HOUR_S)
    [verdict] = decide(policy, hourly(1, HOUR_S), NOW, IDLE)
    assert verdict.status is Status.QUEUED
    [verdict] = decide(policy, hourly(1, HOUR_S + 0.000_001), NOW, IDLE)
    assert verdict.why == Why(Reason.TOO_OLD, {"max_age_s": HOUR_S})


def test_an_age_limit_of_zero_leaves_what_is_on_time() -> None:
    """Without any age to catch up, a due time some seconds late runs all the same."""
    for catch_up in CatchUp:
        [verdict] = decide(Policy(catch_up=catch_up, max_age_s=0), hourly(1, 30), NOW, IDLE)
        assert (verdict.status, verdict.cause) == (Status.QUEUED, Cause.SCHEDULE)


def test_an_endless_age_limit_is_no_limit() -> None:
    """An age beyond all calendars lets the oldest due time run."""
    [verdict] = decide(Policy(max_age_s=10**18), hourly(1, 9 * 365 * 86_400), NOW, IDLE)
    assert verdict.status is Status.QUEUED


def test_catching_up_all_leaves_out_the_old() -> None:
    """Of a long absence, catch-up all runs what is young enough and misses the rest as old."""
    policy = Policy(catch_up=CatchUp.ALL, max_age_s=3 * HOUR_S)
    backlog = hourly(6, 2 * HOUR_S)
    assert [told(verdict, backlog) for verdict in decide(policy, backlog, NOW, IDLE)] == [
        "missed a..d too-old",
        "queued e",
        "waiting f behind-previous",
    ]


@pytest.mark.parametrize(
    ("newest_s_ago", "missed", "running"),
    [(2 * HOUR_S, "missed a..d over-limit", "ef"), (5, "missed a..c over-limit", "def")],
)
def test_catching_up_all_is_bounded(newest_s_ago: float, missed: str, running: str) -> None:
    """At most so many are caught up; the one that is on time does not count among them."""
    policy = Policy(catch_up=CatchUp.ALL, catch_up_limit=2)
    backlog = hourly(6, newest_s_ago)
    first, *rest = decide(policy, backlog, NOW, IDLE)
    assert told(first, backlog) == missed
    assert first.why == Why(Reason.OVER_LIMIT, {"limit": 2})
    assert [told(verdict, backlog).split()[1] for verdict in rest] == list(running)


def test_a_full_queue_says_how_long_it_is() -> None:
    """A due time that finds the queue full says how many may wait."""
    policy = Policy(overlap=Overlap.QUEUE, overlap_limit=3)
    [verdict] = decide(policy, hourly(1, 0), NOW, Load(1, 3))
    assert verdict.why == Why(Reason.QUEUE_FULL, {"limit": 3})


def test_an_inexact_backlog_stays_inexact() -> None:
    """Where only "at least that many" is known, the missed row says so and the run does not."""
    backlog = hourly(3, 10)
    vague = Backlog(10_000, False, backlog.first, backlog.latest)
    missed, run = decide(Policy(), vague, NOW, IDLE)
    assert (missed.count, missed.is_exact) == (9_999, False)
    assert (run.count, run.is_exact) == (1, True)


policies = st.builds(
    Policy,
    catch_up=st.sampled_from(CatchUp),
    catch_up_limit=st.integers(1, 5),
    max_age_s=st.integers(0, 12 * HOUR_S),
    overlap=st.sampled_from(Overlap),
    overlap_limit=st.integers(1, 4),
)
gaps_s = st.lists(st.integers(1, 4 * HOUR_S), min_size=1, max_size=12)
loads = st.builds(Load, st.integers(0, 4), st.integers(0, 4))
lateness_s = st.one_of(st.integers(0, ON_TIME_S), st.integers(0, 48 * HOUR_S))


@given(policies, gaps_s, lateness_s, loads)
def test_each_due_time_has_one_verdict(
    policy: Policy, gaps: list[int], newest_s_ago: int, load: Load
) -> None:
    """Verdicts add up to the backlog, come oldest first, and none covers another's due time."""
    newest = NOW - timedelta(seconds=newest_s_ago)
    ages = list(itertools.accumulate(gaps, initial=0))
    dues = [DueTime(newest - timedelta(seconds=age), None, ("t1",)) for age in reversed(ages)]
    backlog = Backlog(len(dues), True, dues[0], tuple(dues[-policy.keep() :]))
    verdicts = decide(policy, backlog, NOW, load)
    assert sum(verdict.count for verdict in verdicts) == backlog.count
    assert verdicts[0].first == backlog.first
    assert verdicts[-1].last == backlog.latest[-1]
    for before, after in itertools.pairwise(verdicts):
        assert before.last.at < after.first.at
    for verdict in verdicts:
        executes = verdict.status in {Status.QUEUED, Status.WAITING}
        assert (verdict.why is None) == (verdict.status is Status.QUEUED)
        assert not executes or (verdict.first == verdict.last and verdict.count == 1)


@given(policies, st.integers(1, 40), lateness_s, loads)
def test_what_is_kept_is_enough(policy: Policy, count: int, newest_s_ago: int, load: Load) -> None:
    """The decision is the same whether all due times are known or the newest `keep` of them."""
    whole = decide(policy, hourly(count, newest_s_ago), NOW, load)
    assert decide(policy, hourly(count, newest_s_ago, policy.keep()), NOW, load) == whole


@given(policies, st.integers(1, 12), lateness_s, loads)
def test_never_more_at_once_than_allowed(
    policy: Policy, count: int, newest_s_ago: int, load: Load
) -> None:
    """No decision lets more runs go at once than the overlap rule has places for."""
    places = policy.overlap_limit if policy.overlap is Overlap.PARALLEL else 1
    verdicts = decide(policy, hourly(count, newest_s_ago), NOW, load)
    started = sum(verdict.status is Status.QUEUED for verdict in verdicts)
    assert not started or load.going + started <= places
