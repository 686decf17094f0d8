"""Which runs are told to which addresses, with real processes and a pinger that remembers."""

from __future__ import annotations

import logging
import sys

import pytest

from deskcron.domain.ports import Clock
from deskcron.domain.records import InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine.pings import RunPings
from deskcron.engine.ready import Ready
from deskcron.engine.watchdogs import tell_slow

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

ALL = {"start": "https://x/start", "success": "https://x/good", "failure": "https://x/bad"}


@pytest.fixture
def pings(rig) -> RunPings:
    """Return what pings."""
    clock: Clock = rig.clock
    return RunPings(rig.store, rig.pinger, clock)


def ready_of(
    rig,
    cause: Cause = Cause.SCHEDULE,
    name: str = "Tea",
    soft_timeout_s: int | None = None,
    **pings,
) -> Ready:
    """Return a run of a job that pings."""
    stored = rig.job(rig.add(name, pings=pings, soft_timeout_s=soft_timeout_s))
    row = NewRun(stored.id, stored.revision, cause, Status.RUNNING, rig.clock.now())
    run_id = rig.change(lambda tables: tables.runs.insert(row))
    return Ready(run_id, rig.definitions.present(stored), cause, None)


@pytest.mark.parametrize(
    ("cause", "attempt", "status", "asked"),
    [
        (Cause.SCHEDULE, 1, Status.SUCCEEDED, ["start", "good"]),
        (Cause.SCHEDULE, 2, Status.SUCCEEDED, ["good"]),
        (Cause.MANUAL, 1, Status.FAILED, ["start", "bad"]),
        (Cause.EVENT, 1, Status.TIMED_OUT, ["start", "bad"]),
        (Cause.SCHEDULE, 1, Status.INTERRUPTED, ["start", "bad"]),
        (Cause.SCHEDULE, 1, Status.CANCELLED, ["start"]),
        (Cause.SCHEDULE, 1, Status.SKIPPED, ["start"]),
        (Cause.TEST, 1, Status.FAILED, []),
    ],
)
def test_which_address_is_told(rig, pings, cause, attempt, status, asked) -> None:
    """The first start, and the end by its kind; a test tells nobody."""
    ready = ready_of(rig, cause, **ALL)._replace(attempt=attempt)
    pings.started(ready)
    pings.ended(ready, RunEnd(RunId(1), status, None, rig.clock.now()))
    assert rig.pinger.asked == [f"https://x/{word}" for word in asked]


def test_jobs_without_addresses_tell_nobody(rig, pings) -> None:
    """Each address is told on its own."""
    ready = ready_of(rig, success="https://x/good")
    pings.started(ready)
    pings.ended(ready, RunEnd(RunId(1), Status.FAILED, None, rig.clock.now()))
    assert rig.pinger.asked == []


def test_a_process_that_starts_is_told_by_the_runner(rig, machine) -> None:
    """What cannot start has not begun."""
    machine.run(rig.add("Tea", action=rig.shell("true")))
    machine.run(rig.add("Bad", action={"kind": "command", "program": "/no/x"}))
    for _ in range(2):
        machine.next_end()
    assert [ready.job.name for ready in machine.begun] == ["Tea"]


def test_failures_are_told_once_a_day(rig, pings, expected_logs) -> None:
    """The log has each, the inbox one of each job a day, with its run and why."""
    rig.pinger.why = "the answer was 500"
    tea = ready_of(rig, start="https://x/start")
    milk = ready_of(rig, name="Milk", start="https://x/start")
    for hours in (0, 1, 23):
        rig.clock.advance(hours=hours)
        pings.started(tea)
        pings.started(milk)
    rig.store.write(lambda _tables: None)  # what was posted is written
    items = rig.store.read(lambda tables: tables.inbox.waiting())
    assert [item.kind for item in items] == [InboxKind.PING] * 4
    assert [item.run_id for item in items] == [milk.run_id, tea.run_id] * 2
    assert items[0].text == "An address could not be told of a run: the answer was 500"
    assert [record.levelno for record in expected_logs] == [logging.WARNING] * 6
    expected_logs.clear()


def test_that_a_run_takes_long_is_told_all_the_same(rig, pings, expected_logs) -> None:
    """A ping that failed keeps no other news of its run from the inbox."""
    rig.pinger.why = "the answer was 500"
    ready = ready_of(rig, start="https://x/start", soft_timeout_s=60)
    pings.started(ready)
    rig.change(lambda tables: tell_slow(tables, ready, rig.clock.now()))
    items = rig.store.read(lambda tables: tables.inbox.waiting())
    assert [item.kind for item in items] == [InboxKind.WATCHDOG, InboxKind.PING]
    expected_logs.clear()
