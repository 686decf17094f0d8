"""Due times keep exactly one row, and processes their rights, also in the odd corners."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status
from deskcron.engine import runner
from deskcron.engine.pause import begin_pause, end_pause

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


def instants(rows) -> list:
    """Return the span of every row as (first, last)."""
    return sorted((row.due_at, row.due_until or row.due_at) for row in rows)


def test_a_range_leaves_out_what_ran_before_the_clock_was_set_back(rig, expected_logs) -> None:
    """Several due times skipped at once do not cover those that have their rows already."""
    minutely = {"kind": "cron", "expression": "* * * * *"}
    job = rig.add("Tea", minutely, overlap="parallel", overlap_limit=100)
    for _minute in range(10):
        rig.clock.advance(seconds=60)
        rig.claim()
    rig.clock.set(rig.clock.now() - timedelta(minutes=8))
    rig.timekeeper.tick()
    rig.change(lambda tables: begin_pause(tables, rig.planner, rig.clock.now(), None))
    rig.clock.advance(minutes=12)
    rig.change(lambda tables: end_pause(tables, rig.planner, rig.clock.now()))
    spans = instants(rig.rows(job))
    assert all(last < first for (_, last), (first, _) in pairwise(spans))
    assert sum(row.count for row in rig.rows(job)) == 14
    assert "set back" in expected_logs[0].message


def test_a_due_time_inside_a_range_is_not_covered_again(rig, expected_logs) -> None:
    """After the clock was set back, what a range covers gets no row of its own."""
    job = rig.add("Tea", {"kind": "cron", "expression": "* * * * *"})
    rig.change(lambda tables: begin_pause(tables, rig.planner, rig.clock.now(), None))
    rig.clock.advance(minutes=10)
    rig.change(lambda tables: end_pause(tables, rig.planner, rig.clock.now()))
    (paused,) = rig.rows(job)
    rig.clock.set(rig.clock.now() - timedelta(minutes=5))
    rig.timekeeper.tick()
    for _minute in range(5):
        rig.clock.advance(seconds=60)
        rig.claim()
    assert rig.rows(job) == [paused]
    rig.clock.advance(seconds=60)
    rig.claim()
    assert [row.count for row in rig.rows(job)] == [10, 1]
    assert "set back" in expected_logs[0].message


def test_an_edit_decides_nothing_twice(rig) -> None:
    """A rename does not reach back over due times that have their rows."""
    zone = ZoneInfo(rig.zones.local_zone())
    soon = (rig.clock.now() + timedelta(seconds=40)).astimezone(zone)
    once = {"kind": "once", "at": soon.strftime("%Y-%m-%dT%H:%M:%S")}
    job = rig.add("Tea", once, rig.every(10), overlap="parallel", overlap_limit=100)
    for _step in range(6):
        rig.clock.advance(seconds=10)
        rig.claim()
    before = instants(rig.rows(job))
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    rig.claim()
    assert instants(rig.rows(job)) == before


def test_an_edit_after_the_pause_was_over_catches_up(rig) -> None:
    """What was due after the end of a pause is not called paused, engine or not."""
    zone = ZoneInfo(rig.zones.local_zone())
    later = (rig.clock.now() + timedelta(hours=4)).astimezone(zone)
    job = rig.add("Tea", {"kind": "once", "at": later.strftime("%Y-%m-%dT%H:%M")})
    rig.control.pause(3600)
    rig.clock.advance(hours=5)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    assert [(row.status, row.cause) for row in rig.rows(job)] == [(Status.WAITING, Cause.CATCH_UP)]


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
