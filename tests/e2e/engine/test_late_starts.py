"""Runs that start later than they were due: hours, questions and waits are held against now."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import pytest
from waiting import eventually

from deskcron.domain.records import InboxKind, RequestKind
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

DEADLINE_S = 20.0
HOURS = {"windows": [{"begin": "14:00", "end": "15:00"}]}
"""It is 14:00 in Berlin when a test begins."""


def questions(rig) -> int:
    """Count the questions in the inbox."""
    items = rig.store.read(lambda tables: tables.inbox.waiting())
    return sum(item.kind is InboxKind.QUESTION for item in items)


def caught_up(rig, **policy) -> str:
    """Return a job whose due time in its hours is caught up two hours after them."""
    policy = {"hours": HOURS, "catch_up": "once", **policy}
    job = rig.add("Tea", rig.every(86_400 + 1800), action=rig.shell("true"), **policy)
    rig.pass_time(days=1, hours=3)
    return job


def test_what_is_caught_up_waits_for_its_hours(rig, machine) -> None:
    """A due time that had its hours, but no computer, runs in the next hours and says so."""
    job = caught_up(rig)
    eventually(lambda: rig.fates(job) == ["waiting outside-hours"])
    assert rig.rows(job)[0].reason_args == {"until": "2026-07-03T12:00:00+00:00"}
    rig.pass_time(hours=21)
    assert machine.next_end().status is Status.SUCCEEDED


def test_what_is_too_old_in_its_next_hours_is_skipped(rig, machine) -> None:
    """It does not wait in vain: it ends with what keeps it from running now."""
    job = caught_up(rig, max_age_s=4 * 3600)
    eventually(lambda: rig.fates(job) == ["skipped outside-hours"])
    assert [wakeup.kind for wakeup in rig.wakeups()] == ["due"]


def test_hours_that_never_come_again_skip_a_run(rig, machine) -> None:
    """A blackout for years leaves nothing to wait for."""
    hours = {"blackout": ["2026-07-03/2036-07-03"]}
    job = rig.add("Tea", rig.every(86_400), action=rig.shell("true"), hours=hours)
    rig.pass_time(days=1, hours=10)
    eventually(lambda: rig.fates(job) == ["skipped blackout"])


def test_a_further_attempt_waits_for_the_hours(rig, machine) -> None:
    """A retry that falls behind the end of the hours is made when they begin anew."""
    retry = {"count": 1, "delay_s": 3600}
    script = f'[ -e "{rig.home}/mark" ] || {{ touch "{rig.home}/mark"; exit 3; }}'
    trigger = rig.every(1800)
    job = rig.add("Tea", trigger, action=rig.shell(script), hours=HOURS, retry=retry)
    rig.pass_time(seconds=1800)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.pass_time(hours=1)
    eventually(lambda: "waiting outside-hours" in rig.fates(job))
    rig.pass_time(hours=23)
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.rows(job)[0].attempt == 2


def test_an_attempt_without_hours_to_come_has_failed(rig, machine) -> None:
    """What has failed before is not called skipped."""
    retry = {"count": 1, "delay_s": 3600}
    policy = {"hours": HOURS, "retry": retry, "max_age_s": 7200}
    job = rig.add("Tea", rig.every(1800), action=rig.shell("exit 3"), **policy)
    rig.pass_time(seconds=1800)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job)[0] == "failed outside-hours")


def test_a_person_may_start_a_run_outside_its_hours(rig, machine) -> None:
    """Who lets a waiting run start has decided that."""
    job = caught_up(rig)
    eventually(lambda: rig.fates(job) == ["waiting outside-hours"])
    machine.ask(RequestKind.PROCEED, run_id=rig.rows(job)[0].id)
    assert machine.next_end().status is Status.SUCCEEDED


def test_conditions_have_their_time_from_the_beginning_of_the_hours(rig, machine) -> None:
    """A run that has waited for hours does not give up at once for a condition."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait", "wait_s": 600}
    job = caught_up(rig, conditions=rule)
    eventually(lambda: rig.fates(job) == ["waiting outside-hours"])
    rig.pass_time(hours=21)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])


def test_a_run_that_stood_in_line_beyond_its_hours_waits_for_them(rig, machine) -> None:
    """A place that becomes free after the hours starts nothing outside them."""
    job = rig.add("Tea", rig.every(1800), action=rig.shell("true"), hours=HOURS)
    submitted = machine.hold_back()
    rig.pass_time(seconds=1800)
    rig.clock.advance(hours=1)
    machine.let_in(submitted)
    eventually(lambda: rig.fates(job) == ["waiting checking"])
    rig.claim_all()
    eventually(lambda: rig.fates(job)[0] == "waiting outside-hours")


def test_a_run_that_is_stopped_as_it_steps_back_has_ended(rig, machine) -> None:
    """It neither starts nor waits on."""
    job = rig.add("Tea", rig.every(1800), action=rig.shell("true"), hours=HOURS)
    submitted = machine.hold_back()
    rig.pass_time(seconds=1800)
    machine.ask(RequestKind.STOP, run_ids=[submitted[0].run_id])
    rig.clock.advance(hours=1)
    machine.let_in(submitted)
    eventually(lambda: rig.fates(job) == ["cancelled stopped"])


def test_a_moment_over_the_hours_starts_still(rig, machine) -> None:
    """What was due at the end of the hours is not put off for what the start takes."""
    job = rig.add("Tea", rig.every(3599), action=rig.shell("true"), hours=HOURS)
    submitted = machine.hold_back()
    rig.pass_time(seconds=3599)
    rig.clock.advance(seconds=2)
    machine.let_in(submitted)
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.fates(job) == ["succeeded"]


def test_a_question_that_nobody_could_answer_is_asked_again(rig, machine) -> None:
    """Where deskcron was off until its time was over, the run does not start unasked."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), ask_s=60)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting asked"])
    until = rig.rows(job)[0].asked_until
    rig.clock.advance(minutes=30)
    machine.recovery.recover()
    rig.claim_all()
    eventually(lambda: "at" in rig.rows(job)[0].reason_args)
    [run] = rig.rows(job)
    assert datetime.fromisoformat(run.reason_args["at"]) == until
    assert run.asked_until == rig.clock.now() + timedelta(seconds=60)
    assert questions(rig) == 1
    rig.pass_time(seconds=60)
    assert machine.next_end().status is Status.SUCCEEDED
    assert questions(rig) == 0


def test_nothing_is_decided_between_a_set_back_and_its_notice(rig, machine, expected_logs) -> None:
    """A wait that began by the clock as it is now is not moved back with the older ones."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait", "wait_s": 600}
    job = rig.add("Tea", {"kind": "signal", "name": "go"}, conditions=rule)
    rig.clock.set(rig.clock.now() - timedelta(minutes=30))
    machine.ask(RequestKind.FIRE, name="go")
    looks = machine.wakes
    rig.claim_all()
    eventually(lambda: machine.wakes > looks)
    assert rig.fates(job) == ["waiting checking"]
    rig.timekeeper.tick()
    rig.pass_time(seconds=1)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    until = datetime.fromisoformat(rig.rows(job)[0].reason_args["until"])
    assert until >= rig.clock.now() + timedelta(seconds=599)


def test_the_engine_ends_without_the_end_of_a_check(rig, machine) -> None:
    """A check command that goes on is ended, and says nothing about the run."""
    rule = {"all": [{"kind": "check", "command": "forever"}]}
    job = rig.add("Tea", {"kind": "signal", "name": "go"}, conditions=rule)
    machine.ask(RequestKind.FIRE, name="go")
    rig.claim_all()
    assert rig.machine.checking.wait(DEADLINE_S)
    machine.gate.close()
    assert rig.fates(job) == ["waiting checking"]


def test_a_run_whose_job_is_switched_off_as_it_steps_back_has_ended(rig, machine) -> None:
    """It does not wait for the next hours, in which it would start."""
    job = rig.add("Tea", rig.every(1800), action=rig.shell("true"), hours=HOURS)
    submitted = machine.hold_back()
    rig.pass_time(seconds=1800)
    rig.jobs.set_enabled([job], False)
    machine.requests.answer_all()
    rig.clock.advance(hours=1)
    machine.let_in(submitted)
    eventually(lambda: rig.fates(job) == ["skipped job-disabled"])
