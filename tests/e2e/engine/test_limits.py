"""Soft limits of time, and what becomes of output beyond its limit, with real processes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from waiting import eventually

from deskcron.domain.reasonwords import reason_words
from deskcron.domain.records import InboxKind, NewRun
from deskcron.domain.run import Cause, Status
from deskcron.domain.sizewords import MB
from deskcron.engine.execution import NO_ROOM_BYTES
from deskcron.engine.ready import Ready
from deskcron.engine.watchdogs import tell_slow

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


@pytest.fixture
def tmp_path(tmp_path_factory) -> Path:
    """Return a directory on a disk: files in memory do not lose their oldest part."""
    return tmp_path_factory.mktemp("limits")


def barks(rig) -> list[str]:
    """Return what watchdogs have told."""
    waiting = rig.store.read(lambda tables: tables.inbox.waiting())
    return [item.text for item in waiting if item.kind is InboxKind.WATCHDOG]


def test_a_run_that_takes_long_is_told_and_goes_on(rig, machine) -> None:
    """It is told once, with the run, and ends as ever."""
    gate = rig.home / "gate"
    script = f'until [ -e "{gate}" ]; do sleep 0.05; done'
    run_id = machine.run(rig.add(action=rig.shell(script), soft_timeout_s=600))
    machine.next_started()
    rig.clock.advance(seconds=599)
    assert barks(rig) == []
    rig.clock.advance(seconds=1)
    eventually(lambda: machine.looks == 1)
    assert barks(rig) == ["It runs for longer than 10 min, and goes on."]
    assert rig.inbox.waiting()[0].run_id == run_id
    gate.touch()
    assert machine.next_end().status is Status.SUCCEEDED
    assert len(barks(rig)) == 1


def test_a_run_that_was_told_to_take_long_is_not_told_again(rig, machine) -> None:
    """The next engine adopts it and knows, also when a person has dealt with it."""
    job = rig.add(action=rig.shell("exec sleep 60"), soft_timeout_s=600)
    stored = rig.job(job)
    row = NewRun(stored.id, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    ready = Ready(
        rig.change(lambda tables: tables.runs.insert(row)),
        rig.definitions.present(stored),
        Cause.MANUAL,
        None,
    )
    now = rig.clock.now()
    assert rig.change(lambda tables: tell_slow(tables, ready, now))
    rig.inbox.done_all()
    assert not rig.change(lambda tables: tell_slow(tables, ready, now))
    rig.end(ready.run_id)
    assert not rig.change(lambda tables: tell_slow(tables, ready, now))


def test_a_muted_job_is_told_of_without_a_banner(rig, machine) -> None:
    """What a watchdog notices of it is in the inbox, and was presented."""
    job = rig.add(action=rig.shell("exec sleep 60"), soft_timeout_s=1, notify="never")
    machine.run(job)
    machine.next_started()
    rig.clock.advance(seconds=1)
    eventually(lambda: barks(rig) != [])
    assert rig.store.read(lambda tables: tables.inbox.unpresented(rig.clock.now())) == []


def flood(rig, megabytes: float) -> dict:
    """Return an action that prints so much and then waits."""
    size = int(megabytes * MB)
    return rig.shell(f"head -c {size} /dev/zero; exec sleep 60")


def test_a_run_is_stopped_at_the_limit_of_its_own(rig, machine) -> None:
    """With "stop" the run fails at its limit, whatever the file system could do."""
    machine.run(rig.add(action=flood(rig, 1.5), output_limit_mb=1, output_over="stop"))
    end = machine.next_end()
    assert (end.status, end.why.code) == (Status.FAILED, "output-limit")
    assert end.why.args == {"limit_bytes": MB}


def test_a_job_may_have_more_output_than_others(rig, machine) -> None:
    """Below its own limit nothing is dropped, though it is more than other jobs may print."""
    size = MB // 2
    action = rig.shell(f"head -c {size} /dev/zero")
    machine.run(rig.add(action=action, output_limit_mb=1))
    end = machine.next_end()
    assert (end.status, end.output_bytes, end.dropped_bytes) == (Status.SUCCEEDED, size, 0)


def test_the_newest_output_is_kept_within_the_limit(rig, machine) -> None:
    """By default the oldest part goes and the run succeeds."""
    machine.run(rig.add(action=rig.shell(f"head -c {3 * MB} /dev/zero"), output_limit_mb=1))
    end = machine.next_end()
    assert end.status is Status.SUCCEEDED
    assert end.output_bytes + end.dropped_bytes == 3 * MB


@pytest.mark.parametrize(
    ("free", "args"),
    [(0, {"code": 3, "free_bytes": 0}), (NO_ROOM_BYTES, {"code": 3}), (None, {"code": 3})],
)
def test_a_failure_on_a_full_disk_says_so(rig, machine, monkeypatch, free, args) -> None:
    """The log cannot tell of it: there is no room for the words."""
    monkeypatch.setattr(rig.logs, "free_bytes", lambda: free)
    machine.run(rig.add(action=rig.shell("exit 3")))
    end = machine.next_end()
    assert (end.status, end.why.code, end.why.args) == (Status.FAILED, "exit-code", args)
    assert ("disk full" in reason_words(end.why.code, end.why.args)) is (free == 0)
