"""Runs that give way to later ones, whoever decides it, and changes that are made twice."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from deskcron.domain.records import RequestKind, RunEnd
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


def ask(rig, machine, kind: RequestKind, **args) -> None:
    """Ask the engine for something, as another process does."""
    now = rig.clock.now()
    later = now + timedelta(minutes=1)
    rig.change(lambda tables: tables.requests.add(kind, args, now, later))
    machine.requests.answer_all()


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
    ask(rig, machine, RequestKind.FIRE, name="go")
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


def test_a_signal_starts_a_run_once_though_its_change_is_made_twice(
    rig, machine, monkeypatch
) -> None:
    """A change that shares its commit with one that is refused is made again, not doubled."""
    job = rig.add("Sync", {"kind": "signal", "name": "go"}, action=rig.shell("true"))
    submitted = []
    monkeypatch.setattr(machine.runner, "submit", submitted.extend)
    Repeated(rig.store)
    ask(rig, machine, RequestKind.FIRE, name="go")
    assert [ready.run_id for ready in submitted] == [rig.rows(job)[0].id]


def test_an_answer_starts_a_run_once_though_its_change_is_made_twice(
    rig, machine, monkeypatch
) -> None:
    """The same holds for a person's answer."""
    trigger = {"kind": "signal", "name": "go", "delay_s": 3600}
    job = rig.add("Sync", trigger, action=rig.shell("true"))
    ask(rig, machine, RequestKind.FIRE, name="go")
    submitted = []
    monkeypatch.setattr(machine.runner, "submit", submitted.extend)
    Repeated(rig.store)
    ask(rig, machine, RequestKind.PROCEED, run_id=rig.rows(job)[0].id)
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
    ask(rig, machine, RequestKind.FIRE, name="go")
    monkeypatch.setattr(machine.runner, "stop_run", lambda *_: True)
    ask(rig, machine, RequestKind.STOP, run_ids=[rig.rows(job)[0].id])
    assert rig.fates(job) == ["cancelled stopped"]


@pytest.mark.parametrize("kind", ["stop", "replace"])
def test_no_attempt_follows_one_that_failed_before_it_was_stopped(
    rig, machine, monkeypatch, kind
) -> None:
    """Where the process has ended, but not yet its run, that is over with it."""
    retry = {"count": 3, "delay_s": 10}
    job = rig.add("Sync", action=rig.shell("exit 3"), retry=retry, overlap="replace")
    handed_over = []
    monkeypatch.setattr(machine.runner, "submit", handed_over.extend)
    monkeypatch.setattr(machine.runner, "stop_run", lambda *_: True)
    rig.clock.advance(seconds=60)
    rig.claim()
    [ready] = handed_over
    if kind == "stop":
        ask(rig, machine, RequestKind.STOP, run_ids=[ready.run_id])
    else:
        rig.clock.advance(seconds=60)
        rig.claim()
    machine.endings.record(ready, RunEnd(ready.run_id, Status.FAILED, None, rig.clock.now()))
    assert machine.next_end().status is Status.FAILED
    assert rig.fates(job)[0] == "failed"
