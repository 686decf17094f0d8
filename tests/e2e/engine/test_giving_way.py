"""Runs that give way to later ones, whoever decides it, and changes that are made twice."""

from __future__ import annotations

import os
import sys

import pytest
from waiting import eventually

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import RequestKind, RunEnd
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


def test_a_waiting_run_gives_way_to_one_that_follows_another_job(rig, machine) -> None:
    """What the end of a run lets follow replaces a run that waits, though the end is written."""
    signal = {"kind": "signal", "name": "go", "delay_s": 3600}
    first = rig.add("First", action=rig.shell("true"))
    second = rig.add(
        "Second",
        signal,
        {"kind": "after", "job": first},
        action=rig.shell("true"),
        overlap="replace",
    )
    machine.ask(RequestKind.FIRE, name="go")
    assert rig.fates(second) == ["waiting delayed"]
    machine.run(first)
    machine.next_end()
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.fates(second) == ["cancelled replaced", "succeeded"]


class Repeated:
    """Lets a store make each change twice, as it does where another of the commit is refused."""

    def __init__(self, store) -> None:
        self._write = store.write
        store.write = self.write

    def write(self, change):
        """Make a change, undo it, and make it again."""

        def undone(tables) -> None:
            change(tables)
            raise LookupError

        with pytest.raises(LookupError):
            self._write(undone)
        return self._write(change)


def test_a_signal_starts_a_run_once_though_its_change_is_made_twice(rig, machine) -> None:
    """A change that shares its commit with one that is refused is made again, not doubled."""
    job = rig.add("Sync", {"kind": "signal", "name": "go"}, action=rig.shell("true"))
    submitted = machine.hold_back()
    Repeated(rig.store)
    machine.ask(RequestKind.FIRE, name="go")
    assert [ready.run_id for ready in submitted] == [rig.rows(job)[0].id]


def test_an_answer_starts_a_run_once_though_its_change_is_made_twice(rig, machine) -> None:
    """The same holds for a person's answer."""
    trigger = {"kind": "signal", "name": "go", "delay_s": 3600}
    job = rig.add("Sync", trigger, action=rig.shell("true"))
    machine.ask(RequestKind.FIRE, name="go")
    submitted = machine.hold_back()
    Repeated(rig.store)
    machine.ask(RequestKind.PROCEED, run_id=rig.rows(job)[0].id)
    assert [ready.run_id for ready in submitted] == [rig.rows(job)[0].id]


def test_a_claim_tells_once_what_it_missed_though_it_is_made_twice(rig) -> None:
    """What a person is told is counted once."""
    rig.add("Tea", rig.every(60), catch_up="skip")
    rig.clock.advance(minutes=5, seconds=30)
    Repeated(rig.store)
    rig.claim()
    assert [(one.missed, one.caught_up) for one in rig.settled] == [(4, 0)]


def test_a_stop_that_comes_as_an_attempt_ends_stops_the_next_one(rig, machine, monkeypatch) -> None:
    """Where the runner still sees the process that has failed, nothing is tried again."""
    signal = {"kind": "signal", "name": "go", "delay_s": 3600}
    job = rig.add("Sync", signal, action=rig.shell("true"))
    machine.ask(RequestKind.FIRE, name="go")
    monkeypatch.setattr(machine.runner, "stop_run", lambda *_: True)
    machine.ask(RequestKind.STOP, run_ids=[rig.rows(job)[0].id])
    assert rig.fates(job) == ["cancelled stopped"]


@pytest.mark.parametrize("kind", ["stop", "replace"])
def test_no_attempt_follows_one_that_failed_before_it_was_stopped(
    rig, machine, monkeypatch, kind
) -> None:
    """Where the process has ended, but not yet its run, that is over with it."""
    retry = {"count": 3, "delay_s": 10}
    job = rig.add("Sync", action=rig.shell("exit 3"), retry=retry, overlap="replace")
    handed_over = machine.hold_back()
    monkeypatch.setattr(machine.runner, "stop_run", lambda *_: True)
    rig.clock.advance(seconds=60)
    rig.claim()
    [ready] = handed_over
    if kind == "stop":
        machine.ask(RequestKind.STOP, run_ids=[ready.run_id])
    else:
        rig.clock.advance(seconds=60)
        rig.claim()
    machine.endings.record(ready, RunEnd(ready.run_id, Status.FAILED, None, rig.clock.now()))
    assert machine.next_end().status is Status.FAILED
    assert rig.fates(job)[0] == "failed"


def test_a_later_run_replaces_one_that_waits_for_its_next_attempt(rig, machine) -> None:
    """The earlier one is over at once, and the later one starts without waiting for anything."""
    script = f'[ -e "{rig.home}/mark" ] || {{ touch "{rig.home}/mark"; exit 3; }}'
    retry = {"count": 3, "delay_s": 3000}
    job = rig.add("Tea", action=rig.shell(script), retry=retry, overlap="replace")
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    rig.pass_time(seconds=60)
    ends = {machine.next_end().status for _ in range(2)}
    assert ends == {Status.CANCELLED, Status.SUCCEEDED}
    assert rig.fates(job) == ["cancelled replaced", "succeeded"]
    assert [wakeup.kind for wakeup in rig.wakeups()] == ["due"]


def test_a_later_run_replaces_one_about_which_a_person_is_asked(rig, machine) -> None:
    """The question goes, and the person is asked about the later run."""
    job = rig.add("Tea", action=rig.shell("true"), overlap="replace", ask_s=3600)
    for _ in range(2):
        rig.pass_time(seconds=60)
        eventually(lambda: rig.fates(job)[-1] == "waiting asked")
    assert rig.fates(job) == ["cancelled replaced", "waiting asked"]
    [question] = rig.store.read(lambda tables: tables.inbox.waiting())
    assert question.run_id == rig.rows(job)[1].id


def test_of_those_that_replace_a_run_the_last_one_starts(rig, machine, monkeypatch) -> None:
    """What replaces a run that takes its time to end gives way itself, and never starts."""
    job = rig.add("Tea", action=rig.shell("exec sleep 60"), overlap="replace")
    rig.pass_time(seconds=60)
    machine.next_started()
    stop_run = machine.runner.stop_run
    monkeypatch.setattr(machine.runner, "stop_run", lambda *_: True)
    for _ in range(2):
        rig.pass_time(seconds=60)
    fates = ["running replaced", "cancelled replaced", "waiting behind-previous"]
    assert rig.fates(job) == fates
    stop_run(rig.rows(job)[0].id, Status.CANCELLED, Why(Reason.REPLACED))
    machine.next_end()
    machine.next_started()
    assert rig.fates(job) == ["cancelled replaced", "cancelled replaced", "running"]


def test_a_run_that_is_replaced_as_the_engine_dies_is_cancelled_by_the_next(
    rig, machine, monkeypatch
) -> None:
    """That it gives way is written with the run that takes its place."""
    job = rig.add("Tea", action=rig.shell("true"), overlap="replace")
    machine.hold_back()
    monkeypatch.setattr(machine.requests, "replace", lambda _run_ids: None)
    for _ in range(2):
        rig.pass_time(seconds=60)
    assert rig.fates(job) == ["queued replaced", "waiting behind-previous"]
    machine.recovery.recover()
    assert rig.fates(job) == ["cancelled replaced", "queued"]


def test_the_delay_of_an_event_goes_on_behind_another_run(rig, machine) -> None:
    """A run whose turn comes before its delay is over waits for the rest of it."""
    go = {"kind": "signal", "name": "go"}
    later = {"kind": "signal", "name": "later", "delay_s": 600}
    script = f'while [ ! -e "{rig.home}/mark" ]; do sleep 0.01; done'
    job = rig.add("Tea", go, later, action=rig.shell(script), overlap="queue")
    machine.ask(RequestKind.FIRE, name="go")
    machine.next_started()
    machine.ask(RequestKind.FIRE, name="later")
    assert rig.fates(job) == ["running", "waiting behind-previous"]
    rig.clock.advance(seconds=60)
    (rig.home / "mark").touch()
    machine.next_end()
    assert rig.fates(job) == ["succeeded", "waiting delayed"]
    rig.pass_time(seconds=540)
    assert machine.next_end().status is Status.SUCCEEDED


def test_what_waits_for_its_next_attempt_does_not_fill_the_queue(rig, machine) -> None:
    """It has its place; only what stands behind it is counted."""
    retry = {"count": 3, "delay_s": 3000}
    job = rig.add("Tea", action=rig.shell("exit 3"), retry=retry, overlap="queue")
    rig.pass_time(seconds=60)
    eventually(lambda: rig.fates(job) == ["waiting retrying"])
    for _ in range(2):
        rig.pass_time(seconds=60)
    fates = ["waiting retrying", "waiting behind-previous", "skipped queue-full"]
    assert rig.fates(job) == fates


def test_what_is_put_off_in_line_goes_back_into_it(rig, machine) -> None:
    """When its time has come while an earlier run goes on, it waits for that as before."""
    script = f'while [ ! -e "{rig.home}/mark" ]; do sleep 0.01; done'
    job = rig.add("Tea", action=rig.shell(script), overlap="queue")
    for _ in range(2):
        rig.pass_time(seconds=60)
    machine.next_started()
    machine.ask(RequestKind.PUT_OFF, run_id=rig.rows(job)[1].id, seconds=30)
    assert rig.fates(job) == ["running", "waiting put-off"]
    rig.pass_time(seconds=30)
    assert rig.fates(job) == ["running", "waiting behind-previous"]
    (rig.home / "mark").touch()
    assert [machine.next_end().status for _ in range(2)] == [Status.SUCCEEDED] * 2


@pytest.mark.parametrize("reason", [Reason.STOPPED, Reason.REPLACED])
def test_what_is_stopped_on_its_way_to_the_runner_does_not_begin(rig, machine, reason) -> None:
    """A run that is decided, but in nobody's hands yet, ends where it would start."""
    job = rig.add("Tea", action=rig.shell("true"), overlap="replace")
    handed_over = machine.hold_back()
    rig.pass_time(seconds=60)
    [ready] = handed_over
    if reason is Reason.STOPPED:
        answer = machine.ask(RequestKind.STOP, run_ids=[ready.run_id])
        assert answer == {"run_ids": [ready.run_id]}
    else:
        rig.pass_time(seconds=60)
    machine.let_in([ready])
    eventually(lambda: rig.fates(job)[0] == f"cancelled {reason}")
    assert not rig.logs.exists(ready.run_id, 1)


def test_a_stop_of_what_goes_on_without_this_engine_is_kept_for_nobody(rig, machine) -> None:
    """Who is told that nothing was stopped finds it going on under the next engine, too."""
    job = rig.add("Tea", action=rig.shell("true"))
    handed_over = machine.hold_back()
    rig.pass_time(seconds=60)
    [ready] = handed_over
    here = ProcessIdentity(os.getpid(), 1, machine.processes.boot_id())
    rig.change(lambda tables: tables.runs.started(ready.run_id, rig.clock.now(), here))
    answer = machine.ask(RequestKind.STOP, run_ids=[ready.run_id])
    assert answer == {"run_ids": []}
    assert rig.fates(job) == ["running"]


def test_what_cannot_be_looked_up_before_its_start_starts(
    rig, machine, monkeypatch, expected_logs
) -> None:
    """Whether it was called off is not worth a run that is due; it is said in the log."""
    rig.add("Tea", action=rig.shell("true"))
    handed_over = machine.hold_back()
    rig.pass_time(seconds=60)

    def unreadable(_query) -> None:
        raise StoreUnavailable(title="The disk is gone")

    monkeypatch.setattr(rig.store, "read", unreadable)
    assert machine.gate.may_start(handed_over[0])
    assert ["The disk is gone" in record.getMessage() for record in expected_logs] == [True]
    monkeypatch.undo()
