"""Lanes with real processes: who waits for a place, and who gives one back."""

from __future__ import annotations

import os
import sys

import pytest

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

DEADLINE_S = 20.0


def gated(rig, machine, name: str, **policy) -> int:
    """Run a job that waits at a gate of its name, and return the run."""
    os.mkfifo(rig.home / name)
    action = rig.shell(f'read line < "{rig.home / name}"')
    return machine.run(rig.jobs.add({"name": name, "action": action, "policy": policy}).job.id)


def let_go(rig, machine, name: str) -> None:
    """Open a gate and wait for the end of its run."""
    (rig.home / name).write_text("\n")
    assert machine.next_end().status is Status.SUCCEEDED


def committed(rig) -> None:
    """Wait until everything that was posted before is written."""
    rig.store.write(lambda _tables: None)


def test_a_run_says_that_it_waits_for_its_lane(rig, machine) -> None:
    """It stays queued with that reason, others pass it, and the reason is gone at the start."""
    gated(rig, machine, "first", lane="disk")
    assert machine.next_started().job_name == "first"
    gated(rig, machine, "second", lane="disk")
    gated(rig, machine, "other")
    assert machine.next_started().job_name == "other"
    committed(rig)
    assert rig.fates() == ["running", "queued lane-full", "running"]
    assert rig.rows()[1].reason_args == {"lane": "disk"}
    let_go(rig, machine, "first")
    assert machine.next_started().job_name == "second"
    assert rig.fates() == ["succeeded", "running", "running"]
    let_go(rig, machine, "second")
    let_go(rig, machine, "other")


def test_an_adopted_run_is_in_its_lane(rig, machine) -> None:
    """What the next engine finds running takes its place, and gives it back at its end."""
    first = rig.add("first", action=rig.shell("true"), lane="disk")
    stored = rig.job(first)
    row = NewRun(stored.id, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    run_id = rig.change(lambda tables: tables.runs.insert(row))
    output_fd = rig.logs.create(run_id, 1)
    process = machine.processes.start(
        ProcessLaunch(("/bin/sh", "-c", "exec sleep 60"), None, {}), output_fd
    )
    os.close(output_fd)
    machine.recovery.recover()
    machine.next_started()
    gated(rig, machine, "second", lane="disk")
    gated(rig, machine, "other")
    assert machine.next_started().job_name == "other"
    committed(rig)
    assert rig.fates() == ["running", "queued lane-full", "running"]
    process.kill()
    process.wait(DEADLINE_S)
    process.close()
    assert machine.next_end().run_id == run_id
    assert machine.next_started().job_name == "second"
    let_go(rig, machine, "second")
    let_go(rig, machine, "other")


def test_a_run_that_waits_for_its_lane_can_be_stopped(rig, machine) -> None:
    """It is cancelled and leaves its place to the next."""
    gated(rig, machine, "first", lane="disk")
    machine.next_started()
    second = gated(rig, machine, "second", lane="disk")
    gated(rig, machine, "third", lane="disk")
    assert machine.requests.replace([second]) is None
    assert machine.next_end().run_id == second
    let_go(rig, machine, "first")
    assert machine.next_started().job_name == "third"
    let_go(rig, machine, "third")
