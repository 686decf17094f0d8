"""Retries, brake, replacement, conditions, questions and hours, on rows of a real store."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import msgspec
import pytest
from waiting import eventually

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Change, InboxKind, RequestKind, WakeKind, Wakeup
from deskcron.domain.run import Status
from deskcron.engine.guards import Guards
from deskcron.system.machine.portable import PortableMachine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


def inbox(rig) -> list[InboxKind]:
    """Return what waits in the inbox, newest first."""
    return [item.kind for item in rig.store.read(lambda tables: tables.inbox.waiting())]


def fail_once(rig) -> str:
    """Return a script that fails at its first attempt."""
    return f'[ -e "{rig.home}/mark" ] || {{ touch "{rig.home}/mark"; exit 3; }}'


def test_a_failed_run_is_tried_again_after_its_delay(rig, machine) -> None:
    """The attempt is kept, the run waits and starts again, and only its last end is told."""
    job = rig.add("Tea", action=rig.shell(fail_once(rig)), retry={"count": 2, "delay_s": 30})
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.claim_all()
    rig.pass_time(seconds=30)
    assert machine.next_end().status is Status.SUCCEEDED
    [run] = rig.rows(job)
    [first] = rig.store.read(lambda tables: tables.runs.attempts(run.id))
    assert (run.attempt, first.number, first.status, first.exit_code) == (2, 1, "failed", 3)
    assert inbox(rig) == []


def test_attempts_end_where_no_more_are_wanted(rig, machine) -> None:
    """When the last attempt has failed the run has failed, with one entry in the inbox."""
    job = rig.add("Tea", action=rig.shell("exit 3"), retry={"count": 1, "delay_s": 1})
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.pass_time(seconds=2)
    assert machine.next_end().status is Status.FAILED
    assert rig.fates(job) == ["failed exit-code"]
    assert inbox(rig) == [InboxKind.TROUBLE]


def test_a_run_that_waits_for_its_next_attempt_can_be_stopped(rig, machine) -> None:
    """Stopping it ends the run; no further attempt starts."""
    job = rig.add("Tea", action=rig.shell("exit 3"), retry={"count": 5, "delay_s": 10})
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    machine.ask(RequestKind.STOP, run_ids=[rig.rows(job)[0].id])
    assert rig.fates(job) == ["cancelled stopped"]
    assert all(wakeup.kind == "due" for wakeup in rig.wakeups())


def test_no_attempt_begins_in_a_pause(rig, machine) -> None:
    """What waits for its next attempt waits on, and is tried again when the pause is over."""
    job = rig.add("Tea", action=rig.shell(fail_once(rig)), retry={"count": 1, "delay_s": 30})
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.control.pause(None)
    rig.clock.advance(seconds=30)
    assert rig.claim() is None
    assert rig.fates(job) == ["waiting retrying"]
    rig.control.resume()
    rig.claim_all()
    assert machine.next_end().status is Status.SUCCEEDED


def test_what_waits_behind_a_run_that_ends_in_a_pause_starts_after_it(rig, machine) -> None:
    """A pause lets go on what goes on, but its end lets nothing follow before the pause's own."""
    script = f'while [ ! -e "{rig.home}/mark" ]; do sleep 0.01; done'
    job = rig.add("Tea", action=rig.shell(script), overlap="queue")
    for _ in range(2):
        rig.pass_time(seconds=60)
    rig.control.pause(None)
    (rig.home / "mark").touch()
    machine.next_end()
    assert rig.fates(job) == ["succeeded", "waiting behind-previous"]
    machine.recovery.recover()
    assert rig.claim() is None
    assert rig.fates(job) == ["succeeded", "waiting behind-previous"]
    rig.control.resume()
    rig.claim_all()
    assert machine.next_end().status is Status.SUCCEEDED


def test_conditions_that_come_true_in_a_pause_start_nothing(rig, machine) -> None:
    """A look that was under way when the pause began is repeated after it."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait"}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    rig.machine.mains = True
    rig.control.pause(None)
    looks = machine.wakes
    machine.gate.look([rig.rows(job)[0].id])
    eventually(lambda: machine.wakes > looks)
    assert rig.fates(job) == ["waiting on-battery"]


def test_exit_codes_mean_what_the_job_says(rig, machine) -> None:
    """A code that counts as a warning is a success with that reason."""
    codes = {"success": [0], "warning": [3]}
    job = rig.add("Tea", action=rig.shell("exit 3"), exit_codes=codes)
    machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.fates(job) == ["succeeded warning-code"]


def test_a_job_that_fails_in_a_row_is_held(rig, machine) -> None:
    """After two failures its due times are skipped and it is told, until its time is over."""
    brake = {"failures": 2, "resume_s": 3600}
    job = rig.add("Tea", action=rig.shell("exit 3"), brake=brake)
    for _ in range(2):
        rig.pass_time(seconds=60)
        machine.next_end()
    assert InboxKind.HELD in inbox(rig)
    for _ in range(2):
        rig.pass_time(seconds=60)
    assert rig.fates(job) == ["failed exit-code", "failed exit-code", "skipped 2 held"]
    rig.pass_time(hours=1)
    rig.pass_time(seconds=60)
    assert machine.next_end().status is Status.FAILED


def test_a_success_lets_a_held_job_go_on(rig, machine) -> None:
    """A held job can be run by hand, and is held no more when that succeeds."""
    script = f'[ -e "{rig.home}/mark" ]'
    job = rig.add("Tea", action=rig.shell(script), brake={"failures": 1})
    rig.pass_time(seconds=60)
    machine.next_end()
    assert rig.store.read(lambda tables: tables.holds.get(job)) is not None
    (rig.home / "mark").touch()
    machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.store.read(lambda tables: tables.holds.get(job)) is None


def test_a_job_runs_no_more_often_in_a_day_than_it_may(rig) -> None:
    """Beyond the number of a day due times are skipped; the next day they run again."""
    job = rig.add(brake={"runs_per_day": 2}, overlap="parallel", overlap_limit=9)
    for _ in range(4):
        rig.pass_time(seconds=60)
    assert rig.fates(job) == ["queued", "queued", "skipped 2 daily-cap"]
    rig.pass_time(hours=12)
    assert rig.fates(job)[-1] == "queued"


def test_a_later_run_takes_the_place_of_an_earlier_one(rig, machine) -> None:
    """The earlier run is stopped, with that reason, and the later one starts at its end."""
    job = rig.add("Tea", action=rig.shell("exec sleep 60"), overlap="replace")
    rig.pass_time(seconds=60)
    machine.next_started()
    rig.pass_time(seconds=60)
    assert machine.next_end().status is Status.CANCELLED
    machine.next_started()
    assert rig.fates(job) == ["cancelled replaced", "running"]


@pytest.mark.parametrize(
    ("hours", "fate"),
    [
        ({"windows": [{"begin": "09:00", "end": "12:00"}]}, "skipped outside-hours"),
        ({"windows": [{"begin": "14:00", "end": "15:00", "days": ["wed"]}]}, "queued"),
        ({"windows": [{"begin": "22:00", "end": "15:00", "days": ["tue"]}]}, "queued"),
        ({"blackout": ["2026-06-30/2026-07-01"]}, "skipped blackout"),
        ({"holidays": "DE"}, "queued"),
    ],
)
def test_hours_and_days_bound_when_a_job_runs(rig, hours, fate) -> None:
    """Due times outside of the hours, in a blackout or on a holiday are skipped with the reason.

    It is Wednesday, 14:01 in Berlin.
    """
    job = rig.add(hours=hours)
    rig.pass_time(seconds=60)
    assert rig.fates(job) == [fate]


def test_holidays_are_those_of_the_place(rig) -> None:
    """On a holiday the job is skipped, and the row names it."""
    job = rig.add("Tea", rig.every(86_400), hours={"holidays": "DE"})
    rig.pass_time(hours=24)
    [run] = rig.rows(job)
    assert (run.reason, run.reason_args) == ("holiday", {"name": "Test Day"})


def test_a_run_waits_for_its_condition(rig, machine) -> None:
    """It says what it waits for, and starts when that has come."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait", "wait_s": 600}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    rig.machine.mains = True
    rig.pass_time(seconds=15)
    assert machine.next_end().status is Status.SUCCEEDED


@pytest.mark.parametrize(("otherwise", "fate"), [("skip", "skipped"), ("wait", "skipped")])
def test_a_condition_that_does_not_come_skips_the_run(rig, machine, otherwise, fate) -> None:
    """At once, or when it has waited long enough, the run ends with what was missing."""
    rig.machine.online = False
    rule = {"all": [{"kind": "online"}], "otherwise": otherwise, "wait_s": 30}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    if otherwise == "wait":
        eventually(lambda: rig.fates(job) == ["waiting offline"])
        rig.pass_time(seconds=31)
    eventually(lambda: rig.fates(job) == [f"{fate} offline"])
    assert [wakeup.kind for wakeup in rig.wakeups()] == ["due"]
    assert inbox(rig) == []


def test_a_run_that_has_failed_is_not_called_skipped(rig, machine) -> None:
    """Where a condition does not hold for the next attempt, the attempt has failed for that."""
    rule = {"all": [{"kind": "online"}]}
    job = rig.add(
        "Tea",
        rig.every(3600),
        action=rig.shell("exit 3"),
        conditions=rule,
        retry={"count": 2, "delay_s": 10, "growth": 1},
    )
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.machine.online = False
    rig.pass_time(seconds=11)
    eventually(lambda: rig.rows(job)[0].attempt == 3)
    rig.pass_time(seconds=11)
    eventually(lambda: rig.fates(job) == ["failed offline"])
    end = machine.next_end()
    assert (end.status, end.why.code) == (Status.FAILED, Reason.OFFLINE)
    told = rig.store.read(lambda tables: tables.runs.attempts(rig.rows(job)[0].id))
    assert [one.reason for one in told] == ["exit-code", "offline"]
    assert inbox(rig) == [InboxKind.TROUBLE]


def test_nothing_is_left_of_a_look_at_a_run_that_is_gone(rig, machine) -> None:
    """A wakeup for a run that was deleted goes when it is met."""
    rig.change(lambda tables: tables.wakeups.set(Wakeup(rig.clock.now(), WakeKind.GATE, "99")))
    rig.claim()
    eventually(lambda: rig.wakeups() == [])


@pytest.mark.parametrize(
    ("command", "fate", "exit_code"),
    [
        ("own-check Tea", "succeeded", None),
        ("own-check Coffee", "skipped check-failed", 1),
        ("no-such-check", "skipped check-failed", 127),
    ],
)
def test_a_check_finds_what_its_job_finds(rig, machine, command, fate, exit_code) -> None:
    """It has the environment and folder of its job and is told of the run; its end is told."""
    own = rig.home / "bin" / "own-check"
    own.parent.mkdir()
    own.write_text('#!/bin/sh\ntest "$PWD $ONE $DESKCRON_JOB" = "$TWO 1 $1"\n')
    own.chmod(0o700)
    rig.machine.check = PortableMachine(machine.processes).check
    action = {**rig.shell("true"), "environment": {"ONE": "1", "TWO": str(rig.home)}}
    rule = {"all": [{"kind": "check", "command": command}]}
    found = {"path_prefix": [str(own.parent)]}
    job = rig.add("Tea", rig.every(3600), action=action, conditions=rule, environment=found)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == [fate])
    assert rig.rows(job)[0].reason_args.get("exit_code") == exit_code


@pytest.mark.parametrize("otherwise", ["skip", "wait"])
@pytest.mark.parametrize(
    ("why", "is_waited_for"),
    [
        (Why(Reason.SECRET_MISSING, {"name": "A"}), False),
        (Why(Reason.SECRET_UNREADABLE, {"name": "A", "error": "locked"}), False),
        (Why(Reason.DIRECTORY_MISSING, {"path": "/x"}), True),
    ],
)
def test_a_run_whose_check_cannot_be_started_fails(
    rig, machine, otherwise, why, is_waited_for
) -> None:
    """It is told like a run that cannot start; a folder may come, a keyring is not asked twice."""
    rig.machine.exits = why
    rule = {"all": [{"kind": "check", "command": "x"}], "otherwise": otherwise, "wait_s": 30}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    if is_waited_for and otherwise == "wait":
        eventually(lambda: rig.fates(job) == [f"waiting {why.code}"])
        rig.pass_time(seconds=31)
    eventually(lambda: rig.fates(job) == [f"failed {why.code}"])
    assert inbox(rig) == [InboxKind.TROUBLE]


def failing_checks(rig) -> list[str]:
    """Let checks fail, and return those that are made."""
    made: list[str] = []

    def fail(command: str, *_how: object) -> int:
        made.append(command)
        return 1

    rig.machine.check = fail
    return made


def test_outside_of_its_hours_a_run_checks_nothing(rig, machine) -> None:
    """What waits for a check while its hours end is not checked any more."""
    checks = failing_checks(rig)
    rule = {"all": [{"kind": "check", "command": "x"}], "otherwise": "wait", "wait_s": 7200}
    hours = {"windows": [{"begin": "14:00", "end": "15:30"}]}
    job = rig.add(
        "Tea", rig.every(3600), conditions=rule, hours=hours, action=rig.shell("true"), max_age_s=60
    )
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting check-failed"])
    rig.pass_time(minutes=40)
    eventually(lambda: rig.fates(job) == ["skipped outside-hours"])
    assert checks == ["x"]


def test_what_is_called_off_or_paused_checks_nothing(rig, machine) -> None:
    """Neither in a pause nor for its end does a run need its check."""
    checks = failing_checks(rig)
    rule = {"all": [{"kind": "check", "command": "x"}], "otherwise": "wait", "wait_s": 7200}
    job = rig.add("Tea", rig.every(3600), conditions=rule, action=rig.shell("true"))
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting check-failed"])
    run_id = rig.rows(job)[0].id
    rig.control.pause(None)
    machine.gate._look(run_id, rig.clock.now())
    rig.control.resume()
    rig.change(lambda tables: tables.runs.waits(run_id, Why(Reason.JOB_DISABLED)))
    machine.gate._look(run_id, rig.clock.now())
    assert rig.fates(job) == ["skipped job-disabled"]
    assert checks == ["x"]


def test_a_run_whose_hours_begin_while_it_is_looked_at_is_checked_first(
    rig, machine, monkeypatch
) -> None:
    """Nothing starts by a look that left the check out."""
    checks = failing_checks(rig)
    rule = {"all": [{"kind": "check", "command": "x"}], "otherwise": "wait", "wait_s": 7200}
    job = rig.add("Tea", rig.every(3600), conditions=rule, action=rig.shell("true"))
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting check-failed"])
    run_id = rig.rows(job)[0].id
    with monkeypatch.context() as closed:
        closed.setattr(Guards, "looks_at_conditions", lambda *_about: False)
        machine.gate._look(run_id, rig.clock.now())
    assert rig.fates(job) == ["waiting check-failed"]
    rig.claim_all()
    eventually(lambda: checks == ["x", "x"])


def test_a_condition_may_be_only_a_wish(rig, machine) -> None:
    """With "run" the job runs anyway."""
    rig.machine.busy = 3.0
    rule = {"all": [{"kind": "load-below", "percent": 50}], "otherwise": "run"}
    rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    assert machine.next_end().status is Status.SUCCEEDED


def test_who_runs_a_job_by_hand_asks_for_no_condition(rig, machine) -> None:
    """A run by hand starts whatever holds."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}]}
    machine.run(rig.add("Tea", action=rig.shell("true"), conditions=rule, ask_s=60))
    assert machine.next_end().status is Status.SUCCEEDED


def asked(rig, machine) -> int:
    """Return a run about which the person is asked."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), ask_s=60)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting asked"])
    assert inbox(rig) == [InboxKind.QUESTION]
    return rig.rows(job)[0].id


def test_without_an_answer_a_run_starts_in_the_end(rig, machine) -> None:
    """When the countdown is over it starts, and nobody is asked twice."""
    asked(rig, machine)
    rig.pass_time(seconds=60)
    assert machine.next_end().status is Status.SUCCEEDED
    assert inbox(rig) == []


def test_a_person_can_answer_before(rig, machine) -> None:
    """Run starts it at once, skip ends it with that reason."""
    machine.ask(RequestKind.PROCEED, run_id=asked(rig, machine))
    assert machine.next_end().status is Status.SUCCEEDED


def test_a_person_can_skip_a_run(rig, machine) -> None:
    """The run ends unexecuted, with that reason."""
    run_id = asked(rig, machine)
    machine.ask(RequestKind.DECLINE, run_id=run_id)
    assert rig.fates() == ["skipped declined"]
    assert inbox(rig) == []


def test_a_person_can_give_a_further_attempt_up(rig, machine) -> None:
    """That the run has failed before is not hidden behind one that is skipped."""
    job = rig.add("Tea", action=rig.shell("exit 3"), retry={"count": 1, "delay_s": 3600})
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    machine.ask(RequestKind.DECLINE, run_id=rig.rows(job)[0].id)
    assert rig.fates(job) == ["cancelled declined"]


def test_a_person_can_be_asked_later(rig, machine) -> None:
    """Put off, the run waits and asks again."""
    run_id = asked(rig, machine)
    machine.ask(RequestKind.PUT_OFF, run_id=run_id, seconds=600)
    assert rig.fates() == ["waiting put-off"]
    rig.pass_time(seconds=600)
    eventually(lambda: rig.fates() == ["waiting asked"])
    assert datetime.fromisoformat(rig.rows()[0].reason_args["until"]) > rig.clock.now()


def test_the_next_engine_looks_at_guards_anew(rig, machine) -> None:
    """A run that waited for a condition when the engine was killed starts after recovery."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait"}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    rig.machine.mains = True
    machine.recovery.recover()
    rig.claim_all()
    assert machine.next_end().status is Status.SUCCEEDED


def test_a_question_goes_with_its_job(rig, machine) -> None:
    """Where the job is removed nobody is asked any more, and no wakeup is left of the run."""
    asked(rig, machine)
    rig.jobs.remove(["Tea"])
    assert rig.fates() == ["skipped job-removed"]
    assert inbox(rig) == []
    assert rig.wakeups() == []


def test_runs_that_wait_take_places_beside_those_that_go(rig, machine) -> None:
    """Parallel runs of a job wait side by side, as many as there are places."""
    job = rig.add("Tea", action=rig.shell("true"), ask_s=600, overlap="parallel", overlap_limit=2)
    for _ in range(3):
        rig.pass_time(seconds=60)
    fates = ["waiting asked", "waiting asked", "skipped still-running"]
    eventually(lambda: rig.fates(job) == fates)


def test_no_run_goes_past_the_one_that_is_asked_about(rig, machine) -> None:
    """When one of the runs behind it is stopped the others wait on."""
    job = rig.add("Tea", action=rig.shell("true"), ask_s=600, catch_up="all")
    rig.pass_time(seconds=180)
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job)[0] == "waiting asked")
    machine.ask(RequestKind.STOP, run_ids=[rig.rows(job)[1].id])
    assert rig.fates(job)[:3] == [
        "waiting asked",
        "cancelled stopped",
        "waiting behind-previous",
    ]


def test_a_look_that_comes_late_lets_no_run_start(rig, machine) -> None:
    """Who put a run off while its guards were looked at is asked again only then."""
    run_id = asked(rig, machine)
    machine.ask(RequestKind.PUT_OFF, run_id=run_id, seconds=600)
    rig.clock.advance(seconds=120)
    machine.gate._look(run_id, rig.clock.now())
    assert rig.fates() == ["waiting put-off"]


def test_who_waits_for_a_condition_is_asked_nothing_meanwhile(rig, machine) -> None:
    """When the condition fails during the countdown the question is gone."""
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait"}
    rig.add("Tea", rig.every(3600), action=rig.shell("true"), ask_s=60, conditions=rule)
    rig.pass_time(hours=1)
    eventually(lambda: inbox(rig) == [InboxKind.QUESTION])
    rig.machine.mains = False
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates() == ["waiting on-battery"])
    assert inbox(rig) == []


@pytest.mark.parametrize("back_s", [3600, 86_400])
def test_what_waits_goes_on_when_the_clock_is_set_back(rig, machine, expected_logs, back_s) -> None:
    """A retry in a minute is one in a minute, whatever the clock shows; so is a hold."""
    retry, brake = {"count": 1, "delay_s": 60}, {"failures": 1, "resume_s": 120}
    job = rig.add("Tea", rig.every(86_400), action=rig.shell("exit 3"), retry=retry, brake=brake)
    machine.run(job)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.clock.set(rig.clock.now() - timedelta(seconds=back_s))
    rig.timekeeper.tick()
    rig.pass_time(seconds=60)
    machine.next_end()
    rig.clock.set(rig.clock.now() - timedelta(seconds=back_s))
    rig.timekeeper.tick()
    hold = rig.store.read(lambda tables: tables.holds.get(job))
    assert hold.until == rig.clock.now() + timedelta(seconds=120)


def test_a_wait_for_a_condition_is_as_long_when_the_clock_is_set_back(
    rig, machine, expected_logs
) -> None:
    """It ends when it has lasted as long as the job says."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait", "wait_s": 600}
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), conditions=rule)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    rig.clock.set(rig.clock.now() - timedelta(hours=2))
    rig.timekeeper.tick()
    for _ in range(2):
        rig.pass_time(seconds=300)
    eventually(lambda: rig.fates(job)[0] == "skipped on-battery")


def test_a_hold_that_is_over_is_no_longer_in_the_inbox(rig, machine) -> None:
    """When its time is over, or a run by hand succeeds, nobody is asked to resume the job."""
    script = f'[ -e "{rig.home}/mark" ]'
    brake = {"failures": 1, "resume_s": 3600}
    job = rig.add("Tea", rig.every(600), action=rig.shell(script), brake=brake)
    rig.pass_time(seconds=600)
    machine.next_end()
    assert inbox(rig) == [InboxKind.HELD, InboxKind.TROUBLE]
    rig.clock.advance(hours=1)
    rig.change(lambda tables: tables.wakeups.clear(WakeKind.DUE, job))
    rig.claim_all()
    assert inbox(rig) == [InboxKind.TROUBLE]
    machine.run(job)
    machine.next_end()
    assert inbox(rig) == [InboxKind.HELD, InboxKind.TROUBLE, InboxKind.TROUBLE]
    (rig.home / "mark").touch()
    machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert InboxKind.HELD not in inbox(rig)


@pytest.mark.parametrize("change", ["remove", "edit"])
def test_what_holds_a_job_goes_with_its_brake(rig, machine, change) -> None:
    """A job that is removed, or has no brake any more, is held no longer."""
    job = rig.add("Tea", rig.every(600), action=rig.shell("exit 3"), brake={"failures": 1})
    rig.pass_time(seconds=600)
    machine.next_end()
    if change == "remove":
        rig.jobs.remove([job])
    else:
        draft = rig.catalogue.draft(job)
        rig.jobs.save(job, {**draft.document, "policy": {}}, draft.revision)
    assert rig.store.read(lambda tables: tables.holds.get(job)) is None
    assert InboxKind.HELD not in inbox(rig)


def test_what_waits_in_line_is_not_run_when_its_job_is_held(rig, machine) -> None:
    """The failure that holds the job lets nothing start that waited behind it."""
    script = f'while [ ! -e "{rig.home}/mark" ]; do sleep 0.01; done; exit 3'
    job = rig.add(
        "Tea",
        action=rig.shell(script),
        overlap="queue",
        overlap_limit=3,
        brake={"failures": 1},
    )
    for _ in range(3):
        rig.pass_time(seconds=60)
    (rig.home / "mark").touch()
    machine.next_end()
    assert rig.fates(job) == ["failed exit-code", "skipped held", "skipped held"]


def test_hours_that_cannot_be_read_keep_one_job_from_running_and_no_other(rig) -> None:
    """A stored rule that nobody could have saved is told in a row; other jobs run on."""
    broken, sound = rig.add("Broken"), rig.add("Sound")
    stored = rig.job(broken)
    document = msgspec.json.decode(stored.body)
    document["policy"]["hours"] = {"windows": [{"begin": "9 o'clock"}]}
    revised = msgspec.structs.replace(stored, revision=2, body=msgspec.json.encode(document))
    rig.change(
        lambda tables: tables.jobs.put(
            revised, tables.jobs.begin(Change.EDIT, "Broken", rig.clock.now())
        )
    )
    rig.pass_time(seconds=60)
    assert (rig.fates(broken), rig.fates(sound)) == (["skipped unreadable"], ["queued"])


def test_a_success_from_before_the_clock_was_set_back_is_no_late_one(
    rig, machine, expected_logs
) -> None:
    """A clock that was wrong by years does not keep a job from running for years."""
    rule = {"all": [{"kind": "success-older", "than_s": 3600}]}
    job = rig.add("Tea", {"kind": "signal", "name": "go"}, conditions=rule)
    machine.run(job)
    machine.next_end()
    rig.clock.set(rig.clock.now() - timedelta(days=1000))
    rig.timekeeper.tick()
    machine.ask(RequestKind.FIRE, name="go")
    rig.claim_all()
    assert machine.next_end().status is Status.SUCCEEDED


def test_holidays_hold_for_what_is_decided_without_an_engine(rig) -> None:
    """Who edits a job decides what was due of it by the same rules as an engine."""
    job = rig.add("Tea", rig.every(86_400), hours={"holidays": "DE"})
    rig.clock.advance(hours=24)
    rig.jobs.set_enabled([job], enabled=False)
    assert rig.fates(job) == ["skipped holiday"]
