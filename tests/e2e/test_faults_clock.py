"""A wall clock that is set forwards and back under the running program (libfaketime)."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from desk import command, cron, every, shell, wall_now
from ledger import coverage_faults, grid
from waiting import PATIENCE_S, until

from deskcron.domain.run import Cause, Status

HOUR_S = 3600
EARLY_S = 100
"""What is set up this long before its time has it still ahead, however busy the machine is."""
SOON_S = 16
"""Time left for the engine to notice what has changed."""
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="needs libfaketime (Debian: faketime)")


class FakeClock:
    """The wall clock of the programs of one test, set relative to the real one."""

    def __init__(self, file):
        self._file = file
        self.offset_s = 0.0
        self.set(0)
        self.environ = {
            "LD_PRELOAD": str(LIBRARIES[-1]),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, offset_s):
        """Let the clock jump to so many seconds after the real time."""
        self.offset_s = offset_s
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{offset_s:+.6f}s\n", encoding="ascii")
        fresh.replace(self._file)

    def now(self):
        """Return the time that this clock shows."""
        return wall_now() + timedelta(seconds=self.offset_s)


@pytest.fixture
def clock(desk):
    """Give a clock for `desk.daemon(**clock.environ)`."""
    return FakeClock(desk.note("clock"))


def _tell(desk, name):
    """Return a program that notes its due time."""
    return shell(f'echo "$DESKCRON_SCHEDULED_AT" >> {desk.note(name)}')


def _succeeded(desk, job_id):
    return [row for row in desk.runs(job_id) if row.status is Status.SUCCEEDED]


def _has_row_after(desk, job_id, instant):
    return any(row.due_at > instant for row in desk.runs(job_id))


def _await_succeeded(desk, job_id, count):
    """Wait until so many runs have succeeded, and return them."""
    until(lambda: len(_succeeded(desk, job_id)) >= count, f"{count} successes")
    return _succeeded(desk, job_id)


def test_clock_set_forwards_is_caught_up_as_each_job_says(desk, clock):
    """An hour ahead at once: skip and once run the newest, all runs what it may; one row each."""
    start = wall_now()
    rules = {
        "skip": {"catch_up": "skip"},
        "once": {"catch_up": "once"},
        "all": {"catch_up": "all", "catch_up_limit": 5},
    }
    jobs = {
        name: desk.add(name, _tell(desk, name), every(2, start), **rule)
        for name, rule in rules.items()
    }
    daemon = desk.daemon(**clock.environ)
    for job_id in jobs.values():
        _await_succeeded(desk, job_id, 1)
    clock.set(HOUR_S)
    jumped_at = clock.now()
    for job_id in jobs.values():
        until(lambda job_id=job_id: _has_row_after(desk, job_id, jumped_at), "time went on")
    daemon.kill()
    for name, reason in (("skip", "catch-up-off"), ("once", "coalesced"), ("all", "over-limit")):
        rows = desk.runs(jobs[name])
        last = max(row.due_until or row.due_at for row in rows)
        created_at = desk.facade.catalogue.show(jobs[name]).created_at
        assert coverage_faults(grid(start, 2, created_at, last), rows) == []
        (missed,) = [row for row in rows if row.status is Status.MISSED and row.is_range]
        assert missed.reason == reason
        assert missed.count > HOUR_S / 2 - 10
        caught_up = [row for row in rows if row.cause is Cause.CATCH_UP]
        assert len(caught_up) == (5 if name == "all" else 0)


def test_clock_set_back_repeats_nothing_and_stops_nothing(desk, clock):
    """An hour back at once: an interval goes on promptly, and no due time has a second run."""
    job_id = desk.add("Grid", _tell(desk, "grid"), every(2))
    slow_id = desk.add("Slow", _tell(desk, "slow"), every(15))
    daemon = desk.daemon(**clock.environ)
    before = _await_succeeded(desk, job_id, 2)
    clock.set(-HOUR_S)
    after = _await_succeeded(desk, job_id, len(before) + 2)
    fresh = after[len(before) :]
    assert fresh[-1].due_at < before[0].due_at
    until(
        lambda: desk.facade.catalogue.show(slow_id).summary.next_due_at < clock.now() + _span(16),
        "the slow interval is planned by the clock as it is",
    )
    daemon.kill()
    executed = Counter(desk.note("grid").read_text().split())
    assert set(executed.values()) == {1}
    assert {row.due_at.isoformat() for row in _succeeded(desk, job_id)} <= set(executed)
    assert "set back" in desk.engine_log()


def test_wall_time_that_comes_twice_runs_once(desk, clock):
    """A minute that was executed is not executed again when the clock comes past it once more."""
    minute = (wall_now() + _span(60)).replace(second=0, microsecond=0)
    if minute - wall_now() < _span(5):
        minute += _span(60)
    job_id = desk.add("Minute", _tell(desk, "minute"), cron("* * * * *"))
    second_id = desk.add("Second", command("/bin/true"), every(1))
    ahead_s = (minute - wall_now()).total_seconds() - 2
    clock.set(ahead_s)
    daemon = desk.daemon(**clock.environ)
    until(lambda: minute in {row.due_at for row in _succeeded(desk, job_id)}, "the minute has run")
    clock.set(ahead_s - 6)
    until(lambda: "set back" in desk.engine_log(), "the engine has noticed")
    seen = len(desk.runs(second_id))
    until(
        lambda: any(row.due_at > minute + _span(1) for row in desk.runs(second_id)[seen:]),
        "the clock has passed the minute again",
    )
    assert clock.now() > minute
    clock.set(ahead_s + 60)
    until(
        lambda: minute + _span(60) in {row.due_at for row in _succeeded(desk, job_id)},
        "the next minute has run",
    )
    daemon.kill()
    executed = Counter(desk.note("minute").read_text().split())
    assert executed[minute.isoformat()] == 1
    assert [row.due_at for row in desk.runs(job_id)].count(minute) == 1


def test_time_limit_does_not_follow_the_wall_clock(desk, clock):
    """A program an hour from its limit is not ended by a clock that goes an hour ahead."""
    text = f"while [ ! -e {desk.note('go')} ]; do sleep 0.05; done"
    desk.add("Long", shell(text), timeout_s=HOUR_S)
    tick_id = desk.add("Tick", command("/bin/true"), every(1))
    desk.daemon(**clock.environ)
    run_id = desk.start("Long")
    desk.await_status(run_id, Status.RUNNING)
    clock.set(2 * HOUR_S)
    jumped_at = clock.now()
    until(lambda: _has_row_after(desk, tick_id, jumped_at + _span(1)), "the engine has noticed")
    assert desk.run(run_id).status is Status.RUNNING
    desk.note("go").touch()
    run = desk.await_end(run_id)
    assert run.status is Status.SUCCEEDED
    assert run.duration_s < 60


def test_start_with_a_clock_behind_the_history_waits_for_it_to_be_set(desk, clock):
    """An engine started before the clock was set claims nothing until it is, and then at once."""
    job_id = desk.add("Second", _tell(desk, "second"), every(1))
    first = desk.daemon(**clock.environ)
    _await_succeeded(desk, job_id, 1)
    first.kill()
    rows = len(desk.runs(job_id))
    clock.set(-HOUR_S)
    second = desk.launch(**clock.environ)
    until(lambda: "behind the history" in desk.engine_log(), "the engine has noticed")
    assert len(desk.runs(job_id)) == rows
    clock.set(0)
    second.await_ready()
    _await_succeeded(desk, job_id, rows + 1)
    assert all(row.due_at > wall_now() - _span(60) for row in desk.runs(job_id))


def test_engine_that_waits_for_its_clock_can_be_ended(desk, clock):
    """SIGTERM ends an engine promptly also while it waits for the clock to be set."""
    job_id = desk.add("Second", command("/bin/true"), every(1))
    first = desk.daemon(**clock.environ)
    _await_succeeded(desk, job_id, 1)
    first.kill()
    clock.set(-HOUR_S)
    second = desk.launch(**clock.environ)
    until(lambda: "behind the history" in desk.engine_log(), "the engine has noticed")
    assert second.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count their sleep")
def test_a_clock_that_is_set_ahead_is_no_sleep(desk, clock):
    """What listens to waking up rests when the time is corrected."""
    job_id = desk.add(
        "Wake", _tell(desk, "wake"), {"kind": "event", "id": "t1", "event": "resumed"}
    )
    tick_id = desk.add("Tick", command("/bin/true"), every(1))
    daemon = desk.daemon(**clock.environ)
    _await_succeeded(desk, tick_id, 1)
    clock.set(HOUR_S)
    until(lambda: "went ahead" in desk.engine_log(), "the engine has noticed")
    ticks = len(_succeeded(desk, tick_id))
    _await_succeeded(desk, tick_id, ticks + 2)
    assert desk.runs(job_id) == []
    daemon.kill()


def test_what_waits_goes_by_lengths_of_time(desk, clock):
    """A clock that is set back holds up no retry; one that goes ahead ends a wait as time does."""
    retry = {"count": 1, "delay_s": 3, "jitter": 0.0}
    rule = {"all": [{"kind": "present", "path": str(desk.note("never"))}], "otherwise": "wait"}
    script = '[ "$DESKCRON_ATTEMPT" -gt 1 ]'
    desk.add("Fail", shell(script), retry=retry, exact=True)
    waits = every(HOUR_S, wall_now() + _span(2 - HOUR_S))
    waiting = desk.add("Wait", command("/bin/true"), waits, conditions={**rule, "wait_s": 600})
    desk.daemon(**clock.environ)
    run_id = desk.start("Fail")
    desk.await_status(run_id, Status.WAITING)
    until(lambda: [one.reason for one in desk.runs(waiting)] == ["not-present"], "it waits")
    clock.set(-HOUR_S)
    assert desk.await_end(run_id).status is Status.SUCCEEDED
    (kept,) = desk.runs(waiting)
    assert kept.status is Status.WAITING
    clock.set(0)
    over = desk.await_end(kept.id)
    assert (over.status, over.reason) == (Status.SKIPPED, "not-present")


def test_zone_that_changes_moves_what_follows_it(desk, clock):
    """A daily time is that of the place the computer is in now."""
    zone = desk.note("zone")
    zone.symlink_to("/usr/share/zoneinfo/UTC")
    minute = (wall_now() + _span(60)).replace(second=0, microsecond=0)
    ahead_s = (minute - wall_now()).total_seconds() - SOON_S
    clock.set(ahead_s - EARLY_S)
    environ = {**clock.environ, "TZ": str(zone)}
    hour_on = f"{minute + _span(HOUR_S):%H:%M}"
    desk.told("add", "Daily", "--daily", hour_on, "--", *_tell_words(desk, "daily"), **environ)
    desk.daemon(**environ)
    other = zone.with_suffix(".new")
    other.symlink_to("/usr/share/zoneinfo/Africa/Algiers")  # an hour ahead all year
    other.replace(zone)
    clock.set(ahead_s)  # who has travelled wakes the computer from its sleep
    until(lambda: "went ahead" in desk.engine_log(), "the engine has noticed")
    clock.set(ahead_s + 4)  # and its clock is put right, when the zone was looked up a while ago
    assert desk.await_note("daily", SOON_S + PATIENCE_S).split() == [minute.isoformat()]


def test_zone_rules_that_are_updated_move_what_follows_them(desk, clock):
    """An engine goes by the new rules of a zone without a restart, and the doctor names them."""
    rules = desk.note("zoneinfo")
    _publish(rules, "2026a", "UTC")
    minute = (wall_now() + _span(60)).replace(second=0, microsecond=0)
    ahead_s = (minute - wall_now()).total_seconds() - SOON_S
    clock.set(ahead_s - EARLY_S)
    environ = {**clock.environ, "TZ": "Europe/Berlin", "PYTHONTZPATH": str(rules)}
    hour_on = f"{minute + _span(HOUR_S):%H:%M}"
    desk.told("add", "Daily", "--daily", hour_on, "--", *_tell_words(desk, "daily"), **environ)
    desk.daemon(**environ)
    _publish(rules, "2026b", "Etc/GMT-1")  # Berlin is an hour ahead of where it was
    clock.set(ahead_s)  # who updates a system mostly starts it anew, or wakes it
    until(lambda: "before 2026a" in desk.engine_log(), "the engine has noticed")
    assert desk.await_note("daily", SOON_S + PATIENCE_S).split() == [minute.isoformat()]
    assert "by zone rules of version 2026b" in desk.cli("doctor", **environ).stdout


def test_zone_rules_that_were_updated_meanwhile_count_from_the_start(desk, clock):
    """What was planned by an engine with older rules is planned anew by the next one."""
    rules = desk.note("zoneinfo")
    _publish(rules, "2026a", "UTC")
    minute = (wall_now() + _span(60)).replace(second=0, microsecond=0)
    ahead_s = (minute - wall_now()).total_seconds() - SOON_S
    clock.set(ahead_s - EARLY_S)
    environ = {**clock.environ, "TZ": "Europe/Berlin", "PYTHONTZPATH": str(rules)}
    hour_on = f"{minute + _span(HOUR_S):%H:%M}"
    desk.told("add", "Daily", "--daily", hour_on, "--", *_tell_words(desk, "daily"), **environ)
    assert desk.daemon(**environ).stop() == 0
    _publish(rules, "2026b", "Etc/GMT-1")
    clock.set(ahead_s)
    desk.daemon(**environ)
    assert "before 2026a" in desk.engine_log()
    assert desk.await_note("daily", SOON_S + PATIENCE_S).split() == [minute.isoformat()]


@pytest.mark.parametrize(
    ("begin", "at", "due"),
    [
        ("2027-03-28T00:59:54", "02:30", "2027-03-28T01:00:00"),
        ("2027-10-30T23:59:54", "02:00", "2027-10-31T00:00:00"),
    ],
)
def test_clock_changes_run_a_daily_job_once(desk, clock, begin, at, due):
    """Right after the hour that is left out, and in the first of the two that are alike."""
    ahead_s = (_instant(begin) - wall_now()).total_seconds()
    clock.set(ahead_s - EARLY_S)
    environ = {**clock.environ, "TZ": "Europe/Berlin"}
    desk.told("add", "Daily", "--daily", at, "--", *_tell_words(desk, "daily"), **environ)
    desk.told("add", "Tick", "--every", "1s", "--", "/bin/true", **environ)
    clock.set(ahead_s)
    desk.daemon(**environ)
    due_at = _instant(due)
    until(lambda: desk.note("daily").exists(), "it has run", 40)
    clock.set(ahead_s + HOUR_S)  # past the second of the two hours
    tick_id = desk.facade.history.job_id("Tick")
    until(lambda: _has_row_after(desk, tick_id, due_at + _span(HOUR_S + 3)), "the hour is over")
    assert desk.note("daily").read_text().split() == [due_at.isoformat()]


def _publish(directory, version, alike):
    """Put a release of zone rules in place in which Berlin is like another zone."""
    (directory / "Europe").mkdir(parents=True, exist_ok=True)
    likeness = files("tzdata.zoneinfo").joinpath(alike).read_bytes()
    fresh = directory / "fresh"
    fresh.write_bytes(likeness)
    fresh.replace(directory / "Europe" / "Berlin")
    fresh.write_text(f"# version {version}\n", encoding="ascii")
    fresh.replace(directory / "tzdata.zi")


def _tell_words(desk, name):
    return "/bin/sh", "-c", f'echo "$DESKCRON_SCHEDULED_AT" >> {desk.note(name)}'


def _instant(text):
    return datetime.fromisoformat(f"{text}+00:00")


def _span(seconds):
    return timedelta(seconds=seconds)
