"""Processes keep their rights, also in the odd corners."""

from __future__ import annotations

import os
import shlex
import sys

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status
from deskcron.engine import runner

CLEANS_UP = """
import pathlib, signal, sys
def clean_up(*_):
    pathlib.Path(sys.argv[1]).write_text("cleaned up")
    sys.exit()
signal.signal(signal.SIGTERM, lambda *_: signal.setitimer(signal.ITIMER_REAL, 0.3))
signal.signal(signal.SIGALRM, clean_up)
open(sys.argv[2], "w").close()
while True:
    signal.pause()
"""


def test_a_queued_run_is_not_started_again_after_a_power_cut(rig, machine) -> None:
    """In another boot a missing log proves nothing, so the run counts as interrupted."""
    job = rig.add("Tea", action=rig.shell("echo hi"))
    machine.recovery.recover()
    rig.change(
        lambda tables: tables.runs.insert(
            NewRun(job, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
        )
    )
    machine.processes.boot_id = lambda: "another boot"
    machine.recovery.recover()
    end = machine.next_end()
    assert (end.status, end.why) == (Status.INTERRUPTED, Why(Reason.MAY_HAVE_STARTED))


def test_a_reminder_passes_jobs_that_fill_all_places(rig, machine, monkeypatch) -> None:
    """What starts nothing needs no place among the running processes."""
    monkeypatch.setattr(runner, "MOST_RUNNING", 1)
    fifo = rig.home / "gate"
    os.mkfifo(fifo)
    machine.run(rig.add("Long", action=rig.shell(f"read line < {shlex.quote(str(fifo))}")))
    machine.next_started()
    reminder = machine.run(rig.add("Tea"))
    assert machine.next_end().run_id == reminder
    fifo.write_text("go\n")
    assert machine.next_end().status is Status.SUCCEEDED


def test_the_whole_tree_has_its_grace(rig, machine) -> None:
    """A child that cleans up after TERM is not killed because its parent has ended."""
    script, done, ready = rig.home / "child.py", rig.home / "done", rig.home / "ready"
    script.write_text(CLEANS_UP)
    os.mkfifo(ready)
    words = " ".join(shlex.quote(str(word)) for word in (sys.executable, script, done, ready))
    run = machine.run(rig.add("Tea", action=rig.shell(f"{words}; echo end"), grace_s=20))
    machine.next_started()
    ready.read_bytes()
    assert machine.runner.stop_run(run, Status.CANCELLED, Why(Reason.STOPPED))
    assert machine.next_end().status is Status.CANCELLED
    assert done.read_text() == "cleaned up"
