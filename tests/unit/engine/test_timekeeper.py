"""Clocks that are set, computers that sleep, zones that change."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.records import WakeKind, Wakeup
from deskcron.engine import timekeeper
from deskcron.engine.clockjumps import jumps_in
from deskcron.engine.timekeeper import Timekeeper

HOUR = timedelta(hours=1)
NEXT_NINE = datetime(2026, 7, 2, 7, tzinfo=UTC)
"""Nine in the morning in Berlin."""


def run_all(rig) -> None:
    """Claim what is due, and let it succeed at once."""
    rig.claim_all()
    for run in rig.rows():
        if run.status.is_open:
            rig.end(run.id)


def tick(rig) -> None:
    """Let a second pass and look at the clocks."""
    rig.clock.advance(seconds=1)
    rig.timekeeper.tick()


def test_ordinary_seconds_are_no_news(rig) -> None:
    """Clocks that go together, and small corrections, want no claim."""
    for correction_s in (0, 1.5, -1.5, 0.5):
        rig.clock.set(rig.clock.now() + timedelta(seconds=correction_s))
        tick(rig)
    assert rig.claims_wanted == 0


def test_a_jump_ahead_wants_a_claim(rig) -> None:
    """After sleep, or when the clock was set ahead, what is due is claimed and caught up."""
    job = rig.add("Tea", rig.every(600))
    rig.clock.set(rig.clock.now() + timedelta(hours=3, seconds=30))
    tick(rig)
    assert rig.claims_wanted == 1
    run_all(rig)
    assert rig.fates(job) == ["missed 17 coalesced", "succeeded"]


def test_what_ran_does_not_run_again_when_the_clock_is_set_back(rig, expected_logs) -> None:
    """After an hour back, due times that were executed keep their rows and are not repeated."""
    job = rig.add("Tea", {"kind": "cron", "expression": "*/15 * * * *"})
    for _ in range(4):
        rig.clock.advance(minutes=15)
        run_all(rig)
    before = rig.rows(job)
    rig.clock.set(rig.clock.now() - HOUR)
    tick(rig)
    assert rig.claims_wanted == 1
    for _ in range(4):
        rig.clock.advance(minutes=15)
        run_all(rig)
    assert rig.rows(job) == before
    rig.clock.advance(minutes=15)
    run_all(rig)
    assert len(rig.rows(job)) == 5
    assert "set back" in expected_logs[0].getMessage()


@pytest.mark.parametrize(
    ("asleep_s", "ahead_s", "sleeps"),
    [
        (None, 8, 0),
        (None, 60, 1),
        (0.0, 60, 0),
        (60.0, 60, 1),
        (60.0, 0, 1),
        (60.0, -3600, 1),
    ],
)
def test_sleep_is_told_from_a_clock_that_is_set(
    rig, expected_logs, asleep_s, ahead_s, sleeps
) -> None:
    """Where the system knows how long it was asleep, the wall clock says nothing about sleep."""
    if asleep_s is not None:
        rig.clock.told_asleep_s = 3600.0
        tick(rig)
        rig.clock.told_asleep_s += asleep_s
    rig.clock.set(rig.clock.now() + timedelta(seconds=ahead_s))
    tick(rig)
    assert rig.sleeps == sleeps
    tick(rig)
    assert rig.sleeps == sleeps


def test_an_interval_keeps_its_pace_when_the_clock_is_set_back(rig, expected_logs) -> None:
    """Elapsed time goes on: the next due time of a grid comes when the interval has passed."""
    job = rig.add("Tea", rig.every(600))
    for _ in range(3):
        rig.clock.advance(minutes=10)
        run_all(rig)
    rig.clock.advance(minutes=4)
    rig.clock.set(rig.clock.now() - timedelta(minutes=37))
    tick(rig)
    wait = rig.due_at(job) - rig.clock.now()
    assert timedelta(minutes=5, seconds=55) <= wait <= timedelta(minutes=6)
    rig.clock.advance(minutes=6)
    run_all(rig)
    assert rig.fates(job) == ["succeeded"] * 4


@pytest.mark.parametrize("is_same_engine", [True, False])
def test_planning_anew_is_tried_until_it_succeeds(
    rig, monkeypatch, expected_logs, is_same_engine
) -> None:
    """What was due later by the clock before is found anew by the next look, or the next engine."""
    job = rig.add("Tea", rig.every(600))
    rig.timekeeper.check_rules()
    rig.clock.advance(hours=2, minutes=3)
    run_all(rig)

    def refuse(*_args) -> None:
        raise StoreUnavailable(title="There is no room")

    rig.clock.set(rig.clock.now() - HOUR)
    with monkeypatch.context() as full:
        full.setattr(rig.planner, "plan", refuse)
        with pytest.raises(StoreUnavailable):
            tick(rig)
    assert rig.due_at(job) > rig.clock.now() + timedelta(minutes=30)
    if is_same_engine:
        for _second in range(3):
            tick(rig)
    else:
        assert waited(rig, None, rig.clock.now()) == 0
    assert rig.due_at(job) <= rig.clock.now() + timedelta(minutes=10)


@pytest.mark.parametrize("hours", [-1, 1])
def test_planning_anew_is_tried_every_few_seconds(rig, monkeypatch, expected_logs, hours) -> None:
    """However often it has failed, it is done seconds after it can be, and the jump is known."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 9 * * *"})
    rig.timekeeper.check_rules()
    rig.zones.zone = "America/New_York"
    rig.clock.set(rig.clock.now() + hours * HOUR)

    def refuse(*_args) -> None:
        raise StoreUnavailable(title="There is no room")

    with monkeypatch.context() as full:
        full.setattr(rig.planner, "plan", refuse)
        for _second in range(10):
            with suppress(StoreUnavailable):
                tick(rig)
    assert rig.due_at(job) == NEXT_NINE
    for _second in range(3):
        tick(rig)
    assert rig.due_at(job) != NEXT_NINE
    [jump] = rig.store.read(jumps_in)
    assert jump.seconds == pytest.approx(hours * 3600, abs=2)


@pytest.mark.parametrize("anchor", ["start", "end"])
def test_intervals_after_runs_after_the_clock_is_set_back(rig, expected_logs, anchor) -> None:
    """A rule that counts from a run which is now in the future counts from now on instead."""
    job = rig.add("Tea", rig.every(600, anchor))
    rig.clock.advance(minutes=10)
    run_all(rig)
    rig.change(lambda tables: rig.planner.plan(tables, tables.jobs.get(job), rig.clock.now()))
    rig.clock.set(rig.clock.now() - HOUR)
    tick(rig)
    assert rig.due_at(job) - rig.clock.now() == timedelta(minutes=10)


def test_a_fixed_time_runs_once_on_the_day_the_clock_is_set_back(rig, expected_logs) -> None:
    """A daily job that ran at nine does not run again when it is nine once more."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 9 * * *"})
    rig.clock.set(NEXT_NINE)
    rig.timekeeper.tick()
    run_all(rig)
    rig.clock.advance(minutes=30)
    rig.clock.set(NEXT_NINE - timedelta(minutes=30))
    tick(rig)
    rig.clock.advance(minutes=45)
    run_all(rig)
    assert [run.due_at for run in rig.rows(job)] == [NEXT_NINE]
    assert rig.due_at(job) == NEXT_NINE + timedelta(days=1)


def test_a_zone_that_changes_moves_local_times(rig) -> None:
    """When the computer moves to another zone, local rules follow it and fixed zones stay."""
    local = rig.add("Local", {"kind": "cron", "expression": "0 9 * * *"})
    fixed = rig.add("Fixed", {"kind": "cron", "expression": "0 9 * * *", "zone": "Europe/Berlin"})
    rig.timekeeper.check_rules()
    rig.zones.zone = "America/New_York"
    rig.clock.advance(seconds=59)
    rig.timekeeper.tick()
    assert rig.due_at(local) == NEXT_NINE
    rig.clock.advance(seconds=1)
    rig.timekeeper.tick()
    assert rig.due_at(local) == datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert rig.due_at(fixed) == NEXT_NINE
    assert rig.claims_wanted == 1


def test_new_zone_rules_compute_every_due_time_anew(rig) -> None:
    """Other zone rules make stored due times be computed again, once."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 9 * * *"})
    rig.timekeeper.check_rules()
    wrong = NEXT_NINE + timedelta(hours=2)
    rig.change(lambda tables: tables.wakeups.set(Wakeup(wrong, WakeKind.DUE, job)))
    rig.timekeeper.check_rules()
    assert rig.due_at(job) == wrong
    rig.zones.rules = "2026b"
    renewals = rig.zones.renewals
    rig.timekeeper.check_rules()
    assert rig.due_at(job) == NEXT_NINE
    assert rig.zones.renewals == renewals + 1


def test_the_first_start_trusts_what_is_stored(rig) -> None:
    """A store without a stamp was planned by this very program."""
    job = rig.add()
    wrong = rig.clock.now() + timedelta(days=2)
    rig.change(lambda tables: tables.wakeups.set(Wakeup(wrong, WakeKind.DUE, job)))
    rig.timekeeper.check_rules()
    assert rig.due_at(job) == wrong
    assert rig.claims_wanted == 0


def test_many_jobs_are_planned_in_chunks(rig, monkeypatch) -> None:
    """Planning anew holds other writers up for a chunk at a time, and reaches every job."""
    monkeypatch.setattr(timekeeper, "CHUNK", 2)
    jobs = [rig.add(f"Tea {n}", {"kind": "cron", "expression": "0 9 * * *"}) for n in range(5)]
    rig.jobs.remove([jobs[0]])
    rig.timekeeper.check_rules()
    rig.zones.zone = "America/New_York"
    rig.timekeeper.check_rules()
    moved = datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert [rig.due_at(job) for job in jobs] == [None] + [moved] * 4


@pytest.mark.parametrize("minutes", [63, 60])
def test_sleep_after_the_clock_was_set_back_hides_no_due_time(rig, expected_logs, minutes) -> None:
    """What passes in sleep is caught up, also between rows from before the set-back."""
    job = rig.add("Tea", rig.every(600), catch_up="all")
    for _ in range(13):
        rig.clock.advance(minutes=10)
        run_all(rig)
    tick(rig)
    rig.clock.set(rig.clock.now() - timedelta(minutes=minutes))
    tick(rig)
    assert asleep_until(rig, job, rig.clock.now() + timedelta(minutes=35)) == 3


def test_another_rule_after_the_clock_was_set_back_hides_no_due_time(rig, expected_logs) -> None:
    """Rows of the rule before say nothing about the due times of the present one."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 * * * *"}, catch_up="all")
    for _ in range(3):
        rig.clock.advance(minutes=60)
        run_all(rig)
    tick(rig)
    rig.clock.set(rig.clock.now() - timedelta(minutes=55))
    tick(rig)
    draft = rig.catalogue.draft(job)
    often = {"kind": "cron", "expression": "*/10 * * * *"}
    rig.jobs.save(job, {**draft.document, "triggers": [often]}, draft.revision)
    assert asleep_until(rig, job, rig.clock.now() + timedelta(minutes=35)) == 4


def asleep_until(rig, job: str, moment: datetime) -> int:
    """Sleep until then; return how many due times have passed, after all of them have a row."""
    upcoming = rig.catalogue.upcoming(job, 10, None)
    wanted = [one.at for one in upcoming if one.at <= moment]
    rig.clock.set(moment)
    rig.claim()
    assert set(wanted) <= {run.due_at for run in rig.rows(job)}
    return len(wanted)


# a clock that is behind at start


def ran_at(rig, moment: datetime) -> None:
    """Leave a history that goes up to this moment."""
    rig.add("History", rig.every(60))
    rig.clock.set(moment)
    run_all(rig)


def waited(rig, is_set_after_s: float | None, moment: datetime) -> float:
    """Start with a clock that is set right after some seconds; return how long it waited."""
    begun_s = rig.clock.monotonic()

    def on_wait() -> None:
        if is_set_after_s is not None and rig.clock.monotonic() - begun_s >= is_set_after_s:
            rig.clock.set(moment)

    rig.on_wait = on_wait
    keeper = Timekeeper(rig.store, rig.planner, rig.zones, rig.clock, rig._claim_wanted, rig._slept)
    keeper.await_sync(rig.wait)
    keeper.check_rules()
    rig.timekeeper = keeper
    return rig.clock.monotonic() - begun_s


def test_no_history_no_waiting(rig) -> None:
    """Without a history there is nothing to compare the clock with."""
    assert waited(rig, None, rig.clock.now()) == 0


def test_a_clock_ahead_of_the_history_does_not_wait(rig) -> None:
    """The usual start waits for nothing."""
    ran_at(rig, rig.clock.now() + HOUR)
    rig.clock.advance(hours=1)
    assert waited(rig, None, rig.clock.now()) == 0


def test_a_clock_behind_the_history_is_waited_for(rig, expected_logs) -> None:
    """At a start before the newest run, the clock gets some time to be set."""
    later = rig.clock.now() + timedelta(days=1)
    ran_at(rig, later)
    rig.clock.set(later - HOUR)
    assert waited(rig, 5, later) == 5
    assert rig.clock.now() >= later
    tick(rig)
    assert rig.claims_wanted == 0


def test_a_clock_that_stays_behind_is_taken_as_it_is(rig, expected_logs) -> None:
    """After two minutes the engine goes on with the clock it has, and jobs are due again."""
    later = rig.clock.now() + timedelta(days=1)
    ran_at(rig, later)
    job = rig.add("Tea", rig.every(600))
    rig.clock.set(later - timedelta(hours=20))
    assert waited(rig, None, later) == timekeeper.SYNC_WAIT_S
    wait = rig.due_at(job) - rig.clock.now()
    assert timedelta(0) < wait <= timedelta(seconds=600)
    assert rig.job(job).decided_until == rig.clock.now()


def test_a_clock_that_was_taken_as_it_is_is_not_waited_for_again(rig, expected_logs) -> None:
    """The next start waits for nothing and moves no grid, as the clock did not go back since."""
    later = rig.clock.now() + timedelta(days=1)
    ran_at(rig, later)
    job = rig.add("Tea", rig.every(600))
    rig.clock.set(later - timedelta(hours=20))
    waited(rig, None, later)
    due_at = rig.due_at(job)
    assert waited(rig, None, later) == 0
    assert rig.due_at(job) == due_at


@pytest.mark.parametrize("anchor", ["start", "end"])
def test_an_edit_after_the_clock_was_set_back(rig, expected_logs, anchor: str) -> None:
    """A run that lies in the future now counts as of now, also when the job is changed later."""
    job = rig.add("Tea", rig.every(600, anchor))
    rig.clock.advance(minutes=10)
    run_all(rig)
    rig.change(lambda tables: rig.planner.plan(tables, tables.jobs.get(job), rig.clock.now()))
    rig.clock.set(rig.clock.now() - HOUR)
    tick(rig)
    rig.clock.advance(minutes=5)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    assert rig.due_at(job) - rig.clock.now() <= timedelta(minutes=10)
