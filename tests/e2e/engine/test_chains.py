"""Signals and chains with real processes: what runs after what, and what it is told."""

from __future__ import annotations

import sys

import pytest

from deskcron.domain.records import RequestKind
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


def fire(machine, name: str) -> int:
    """Fire a signal, and return how many listened."""
    return machine.ask(RequestKind.FIRE, name=name)["listeners"]


def test_a_signal_from_outside_runs_its_listeners(rig, machine) -> None:
    """The answer says how many listen, and the name is in the environment."""
    job = rig.add(
        "Sync", {"kind": "signal", "name": "go"}, action=rig.shell("echo $DESKCRON_SIGNAL")
    )
    assert fire(machine, "stop") == 0
    assert fire(machine, "go") == 1
    assert machine.next_end().status is Status.SUCCEEDED
    assert machine.output(rig.rows(job)[0].id) == "go\n"


def test_a_job_follows_another_one(rig, machine) -> None:
    """The end and what follows are one; the run before is in the environment."""
    first = rig.add("First", action=rig.shell("echo one"))
    script = "echo $DESKCRON_PREVIOUS_RUN_ID $DESKCRON_PREVIOUS_STATUS; cat $DESKCRON_PREVIOUS_LOG"
    second = rig.add("Second", {"kind": "after", "job": "First"}, action=rig.shell(script))
    run_id = machine.run(first)
    machine.next_end()
    machine.next_end()
    [run] = rig.rows(second)
    assert (run.cause, run.status) == ("chain", "succeeded")
    assert machine.output(run.id) == f"{run_id} succeeded\none\n"
    assert rig.catalogue.show(second).summary.schedule == "After “First” has succeeded"


@pytest.mark.parametrize(
    ("ending", "script", "follows"),
    [
        ("success", "true", True),
        ("success", "false", False),
        ("failure", "false", True),
        ("failure", "true", False),
        ("any", "true", True),
        ("any", "false", True),
    ],
)
def test_a_chain_counts_the_ends_it_is_made_for(rig, machine, ending, script, follows) -> None:
    """Success, failure or any end of the job before."""
    first = rig.add("First", action=rig.shell(script))
    second = rig.add("Second", {"kind": "after", "job": first, "ending": ending})
    machine.run(first)
    machine.next_end()
    if follows:
        machine.next_end()
    assert len(rig.rows(second)) == int(follows)


def test_a_test_run_starts_no_chain(rig, machine) -> None:
    """Who tries a job does not set others going."""
    first = rig.add("First", action=rig.shell("true"))
    second = rig.add("Second", {"kind": "after", "job": first})
    machine.ask(RequestKind.TEST, job_id=first)
    machine.next_end()
    assert rig.rows(second) == []


def test_what_followed_a_run_is_decided_by_the_same_rules(rig, machine) -> None:
    """A following job whose hours are over is skipped with the reason."""
    first = rig.add("First", action=rig.shell("true"))
    hours = {"windows": [{"begin": "01:00", "end": "02:00"}]}
    second = rig.add("Second", {"kind": "after", "job": first}, hours=hours)
    machine.run(first)
    machine.next_end()
    assert rig.fates(second) == ["skipped outside-hours"]


def test_a_run_that_waits_gives_way_to_one_that_follows_a_chain(rig, machine) -> None:
    """The end of a run stops what waits of the following job, where that is to be replaced."""
    first = rig.add("First", action=rig.shell("true"))
    after = {"kind": "after", "job": first, "delay_s": 600}
    second = rig.add("Second", after, action=rig.shell("true"), overlap="replace")
    for _ in range(2):
        machine.run(first)
        machine.next_end()
    assert rig.fates(second) == ["cancelled replaced", "waiting delayed"]
