"""What waits of a job ends when the job is switched off, removed or held."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from waiting import eventually

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.records import Hold, InboxKind, RequestKind, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import Cause, Status
from deskcron.engine.looseends import LooseEnds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

RETRY = {"count": 3, "delay_s": 30}
CHANGES = {
    "job-disabled": lambda rig, job: rig.jobs.set_enabled([job], False),
    "job-removed": lambda rig, job: rig.jobs.remove([job]),
}


@pytest.fixture(params=sorted(CHANGES))
def reason(request) -> str:
    """Return the reason that a change gives."""
    return request.param


def change(rig, job: str, reason: str) -> None:
    """Make the change with this reason."""
    CHANGES[reason](rig, job)


def test_what_waits_for_a_delay_is_skipped(rig, machine, reason) -> None:
    """It says why, and no wakeup is left of it."""
    job = rig.add("Tea", {"kind": "signal", "name": "go", "delay_s": 3600})
    machine.ask(RequestKind.FIRE, name="go")
    change(rig, job, reason)
    assert rig.fates(job) == [f"skipped {reason}"]
    assert rig.wakeups() == []


def test_a_question_is_withdrawn(rig, machine, reason) -> None:
    """Nobody is asked about a job that does not run."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("true"), ask_s=60)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting asked"])
    change(rig, job, reason)
    assert rig.fates(job) == [f"skipped {reason}"]
    assert rig.store.read(lambda tables: tables.inbox.waiting()) == []


def test_what_waits_for_its_next_attempt_is_cancelled(rig, machine, reason) -> None:
    """No further attempt follows, and the jobs that follow it run as after any end."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("exit 3"), retry=RETRY)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    other = rig.add(
        "Milk", {"kind": "after", "job": job, "ending": "any"}, action=rig.shell("true")
    )
    change(rig, job, reason)
    rig.claim_all()
    eventually(lambda: rig.fates(job) == [f"cancelled {reason}"])
    ends = {machine.next_end().status for _ in range(2)}
    assert ends == {Status.CANCELLED, Status.SUCCEEDED}
    assert rig.fates(other) == ["succeeded"]
    assert rig.store.read(lambda tables: tables.inbox.waiting()) == []


def test_no_attempt_follows_what_goes_on(rig, machine, reason) -> None:
    """A run that goes on ends as it ends, and is not tried again."""
    script = f'while [ ! -e "{rig.home}/mark" ]; do sleep 0.01; done; exit 3'
    job = rig.add("Tea", rig.every(3600), action=rig.shell(script), retry=RETRY)
    rig.pass_time(hours=1)
    machine.next_started()
    change(rig, job, reason)
    (rig.home / "mark").touch()
    assert machine.next_end().status is Status.FAILED
    assert rig.fates(job) == ["failed exit-code"]


def test_what_a_person_runs_of_a_job_that_is_off_is_tried_again(rig, machine) -> None:
    """It is run whatever the job would do by itself."""
    job = rig.add("Tea", action=rig.shell("exit 3"), retry=RETRY)
    machine.run(job)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.jobs.set_enabled([job], False)
    assert rig.fates(job) == ["waiting retrying"]


def test_what_stands_in_line_for_its_lane_is_skipped(rig, machine, reason) -> None:
    """The engine is asked for what is on its way; what has begun goes on."""
    first = rig.add("First", rig.every(3600), action=rig.shell("exec sleep 60"), lane="disk")
    second = rig.add("Second", rig.every(3600), action=rig.shell("exec sleep 60"), lane="disk")
    rig.pass_time(hours=1)
    machine.next_started()
    eventually(lambda: sorted(rig.fates()) == ["queued lane-full", "running"])
    waits, goes = (second, first) if rig.fates(first) == ["running"] else (first, second)
    for job in (waits, goes):
        change(rig, job, reason)
    machine.requests.answer_all()
    assert machine.next_end().status is Status.SKIPPED
    assert rig.fates(waits) == [f"skipped {reason}"]
    assert rig.fates(goes) == ["running"]


def test_the_next_engine_does_not_start_a_run_of_a_job_that_is_off(rig, machine, reason) -> None:
    """What was queued when the engine ended is skipped, unless a person wanted it."""
    rig.add("Tea", action=rig.shell("true"))
    job = rig.add("Milk", action=rig.shell("true"))
    machine.hold_back()
    rig.pass_time(seconds=60)
    machine.run(job)
    machine.let_in([])
    change(rig, job, reason)
    machine.recovery.recover()
    for _ in range(3):
        machine.next_end()
    rows = {row.cause: (row.status, row.reason) for row in rig.rows(job)}
    assert rows[Cause.SCHEDULE] == (Status.SKIPPED, reason)
    is_run = reason == "job-disabled"
    assert rows[Cause.MANUAL] == ((Status.SUCCEEDED, None) if is_run else (Status.SKIPPED, reason))


def test_a_hold_skips_what_waits(rig, machine) -> None:
    """With the failure that is one too many, what waits of the job is over."""
    signal = {"kind": "signal", "name": "go", "delay_s": 3600}
    policy = {"brake": {"failures": 1}, "overlap": "parallel", "overlap_limit": 3}
    job = rig.add("Tea", signal, rig.every(3600), action=rig.shell("exit 3"), **policy)
    machine.ask(RequestKind.FIRE, name="go")
    machine.run(job)
    machine.next_end()
    assert rig.fates(job) == ["skipped held", "failed exit-code"]
    kinds = [item.kind for item in rig.store.read(lambda tables: tables.inbox.waiting())]
    assert InboxKind.HELD in kinds


def test_no_attempt_follows_in_a_held_job(rig, machine) -> None:
    """Of two runs that fail side by side the second is not tried again where the first held it."""
    policy = {"brake": {"failures": 1}, "retry": RETRY, "overlap": "parallel", "overlap_limit": 2}
    handed_over = machine.hold_back()
    job = rig.add("Tea", rig.every(60), action=rig.shell("exit 3"), **policy)
    rig.pass_time(seconds=60)
    machine.run(job)
    rig.change(lambda tables: tables.holds.set(Hold(job, 1, rig.clock.now(), None)))
    by_clock, by_hand = handed_over
    for ready in (by_clock, by_hand):
        end = RunEnd(ready.run_id, Status.FAILED, None, rig.clock.now())
        machine.endings.record(ready, end)
    assert machine.next_end().status is Status.FAILED
    eventually(lambda: rig.fates(job) == ["failed", "waiting retrying"])


def test_the_next_engine_ends_what_was_to_be_tried_again(rig, machine) -> None:
    """An attempt that was queued and never began does not hide the ones before it."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("exit 3"), retry=RETRY)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    machine.hold_back()
    rig.pass_time(seconds=60)
    assert rig.fates(job) == ["queued"]
    rig.jobs.set_enabled([job], False)
    machine.recovery.recover()
    rig.claim_all()
    eventually(lambda: rig.fates(job) == ["cancelled job-disabled"])
    assert len(rig.store.read(lambda tables: tables.runs.attempts(rig.rows(job)[0].id))) == 1


def test_what_is_queued_when_its_job_is_held_does_not_start(rig, machine) -> None:
    """It is skipped as soon as there is room for it; what a person runs starts."""
    policy = {"brake": {"failures": 1}, "overlap": "parallel", "overlap_limit": 2}
    job = rig.add("Tea", action=rig.shell("true"), **policy)
    handed_over = machine.hold_back()
    for _ in range(2):
        rig.pass_time(seconds=60)
    failing, queued = handed_over
    end = RunEnd(failing.run_id, Status.FAILED, rig.clock.now(), rig.clock.now())
    machine.endings.record(failing, end)
    assert machine.next_end().status is Status.FAILED
    machine.run(job)
    machine.let_in([queued, handed_over[-1]])
    ends = {machine.next_end().status for _ in range(2)}
    assert ends == {Status.SKIPPED, Status.SUCCEEDED}
    assert rig.fates(job) == ["failed", "skipped held", "succeeded"]


def test_a_hold_that_can_be_read_counts_where_nothing_can_be_written(
    rig, machine, monkeypatch, expected_logs
) -> None:
    """A run of a held job does not start; it is skipped when the store takes that."""

    def refuse(_change: object) -> None:
        raise StoreUnavailable(title="The disk is full")

    job = rig.add("Tea", action=rig.shell("true"), brake={"failures": 1})
    queued = machine.hold_back()
    rig.pass_time(seconds=60)
    rig.change(lambda tables: tables.holds.set(Hold(job, 1, rig.clock.now(), None)))
    monkeypatch.setattr(rig.store, "write", refuse)
    machine.let_in(queued)
    assert machine.next_end().status is Status.SKIPPED
    assert rig.fates(job) == ["skipped held"]
    assert [record.getMessage() for record in expected_logs] == [
        f"Run {queued[0].run_id} may start, called off or not: The disk is full."
    ]


def test_the_place_of_a_failed_run_is_not_given_to_one_that_it_holds(rig, machine) -> None:
    """In a lane of one the next run of a job sees the failure that the run before it was."""
    policy = {"brake": {"failures": 1}, "overlap": "parallel", "overlap_limit": 3, "lane": "disk"}
    job = rig.add("Tea", action=rig.shell("exit 3"), **policy)
    handed_over = machine.hold_back()
    for _ in range(3):
        rig.pass_time(seconds=60)
    machine.let_in(handed_over)
    ends = [machine.next_end().status for _ in range(3)]
    assert ends == [Status.FAILED, Status.SKIPPED, Status.SKIPPED]
    assert rig.fates(job) == ["failed exit-code", "skipped held", "skipped held"]


def test_a_job_that_counts_from_its_runs_is_due_again_after_a_hold(rig, machine) -> None:
    """The hold ends the run whose end was waited for, and the next due time counts from that."""
    rig.machine.mains = False
    rule = {"all": [{"kind": "on-mains"}], "otherwise": "wait", "wait_s": 86_400}
    policy = {"conditions": rule, "brake": {"failures": 1, "resume_s": 60}}
    job = rig.add("Tea", rig.every(600, "end"), action=rig.shell("exit 3"), **policy)
    rig.pass_time(seconds=600)
    eventually(lambda: rig.fates(job) == ["waiting on-battery"])
    assert rig.due_at(job) is None
    machine.run(job)
    machine.next_end()
    assert rig.fates(job) == ["skipped held", "failed exit-code"]
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=600)


def called_off_in_a_pause(rig) -> str:
    """Return a job whose run waits to be ended until a pause is over."""
    job = rig.add("Tea", rig.every(3600), action=rig.shell("exit 3"), retry=RETRY)
    rig.pass_time(hours=1)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.control.pause(None)
    rig.jobs.set_enabled([job], False)
    assert rig.rows(job)[0].called_off is not None
    return job


def test_what_is_called_off_wants_no_start(rig, machine) -> None:
    """In a pause its end is put off; nothing is missing of it, and a start would not start it."""
    job = called_off_in_a_pause(rig)
    [run], now = rig.rows(job), rig.clock.now()
    ends = LooseEnds(rig.definitions, rig.planner)
    assert rig.store.read(lambda tables: ends.missing(tables, now)) == []
    rig.change(lambda tables: tables.wakeups.set(Wakeup(now, WakeKind.START, str(run.id))))
    rig.control.resume()
    rig.claim_all()
    eventually(lambda: rig.fates(job) == ["cancelled job-disabled"])


@pytest.mark.parametrize("kind", [RequestKind.PROCEED, RequestKind.DECLINE, RequestKind.PUT_OFF])
def test_who_answers_for_what_is_called_off_is_too_late(rig, machine, kind) -> None:
    """It neither starts nor waits on; its reason stays."""
    job = called_off_in_a_pause(rig)
    machine.ask(kind, run_id=rig.rows(job)[0].id, seconds=60)
    assert rig.fates(job) == ["waiting job-disabled"]
