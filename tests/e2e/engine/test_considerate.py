"""What a job's rules mean for the machine while it runs: priority and sleep."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

DEADLINE_S = 20.0


@pytest.mark.skipif(shutil.which("ionice") is None, reason="needs util-linux")
@pytest.mark.parametrize("exact", [False, True])
def test_a_run_gives_way_as_its_job_says(rig, machine, exact) -> None:
    """Niceness and disk class are those of the policy, also under the wrapper of exact jobs."""
    job = rig.add(action=rig.shell("nice; ionice"), nice=11, io="idle", exact=exact)
    run_id = machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert machine.output(run_id) == f"{min(19, 11 + os.nice(0))}\nidle\n"


def test_the_machine_is_kept_awake_while_a_job_runs(rig, machine) -> None:
    """It may sleep when the end is recorded, and the system can say what keeps it awake."""
    os.mkfifo(rig.home / "gate")
    script = f'read line < "{rig.home}/gate"'
    machine.run(rig.add("Backup", action=rig.shell(script), keep_awake=True))
    machine.next_started()
    assert rig.keep_awake.held == ["The job Backup runs"]
    (rig.home / "gate").write_text("\n")
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.keep_awake.held == []


def test_a_run_says_that_the_machine_could_not_be_kept_awake(rig, machine) -> None:
    """It does so in its row, however it ends; one that did not want that says nothing."""
    rig.keep_awake.is_possible = False
    machine.run(rig.add("Tea", action=rig.shell("true")))
    machine.run(rig.add("Backup", action=rig.shell("exit 3"), keep_awake=True))
    ends = {machine.next_end().status for _ in range(2)}
    assert ends == {Status.SUCCEEDED, Status.FAILED}
    slept = {run.job_name: run.may_have_slept for run in rig.rows()}
    assert slept == {"Tea": False, "Backup": True}


def test_a_job_that_does_not_start_keeps_nothing_awake(rig, machine) -> None:
    """Neither does one that does not ask for it."""
    machine.run(rig.add("Tea", action=rig.shell("true")))
    machine.run(rig.add("Bad", action={"kind": "command", "program": "/no/x"}, keep_awake=True))
    for _ in range(2):
        machine.next_end()
    assert rig.keep_awake.held == []


def test_an_adopted_run_keeps_the_machine_awake(rig, machine) -> None:
    """The next engine does for what still runs what the one before did."""
    stored = rig.job(rig.add("Backup", action=rig.shell("true"), keep_awake=True))
    row = NewRun(stored.id, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    run_id = rig.change(lambda tables: tables.runs.insert(row))
    output_fd = rig.logs.create(run_id, 1)
    launch = ProcessLaunch(("/bin/sh", "-c", "exec sleep 60"), None, {})
    process = machine.processes.start(launch, output_fd)
    os.close(output_fd)
    machine.recovery.recover()
    machine.next_started()
    assert rig.keep_awake.held == ["The job Backup runs"]
    process.kill()
    process.wait(DEADLINE_S)
    process.close()
    machine.next_end()
    assert rig.keep_awake.held == []
