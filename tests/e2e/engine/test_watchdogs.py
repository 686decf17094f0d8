"""Watchdogs on rows of a real store and on real processes; each tells an occasion once."""

from __future__ import annotations

import sys

import pytest

from deskcron.domain.records import InboxKind, NewRun, RequestKind, RunEnd
from deskcron.domain.run import Cause, Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


def barks(rig) -> list[str]:
    """Return what watchdogs have told, oldest first."""
    waiting = rig.store.read(lambda tables: tables.inbox.waiting())
    return [item.text for item in waiting[::-1] if item.kind is InboxKind.WATCHDOG]


def past(rig, job: str, *, duration_s: float = 10.0, output: int = 1000, cause=Cause.MANUAL):
    """Record a success of the past."""
    stored, now = rig.job(job), rig.clock.now()
    row = NewRun(stored.id, stored.revision, cause, Status.QUEUED, now)

    def succeed(tables) -> None:
        run_id = tables.runs.insert(row)
        size = {"duration_s": duration_s, "output_bytes": output}
        tables.runs.ended(RunEnd(run_id, Status.SUCCEEDED, now, now, **size))

    rig.change(succeed)


# no success


def test_a_job_without_success_is_told_once(rig, machine) -> None:
    """When the time is over it is told, then no more until a success begins the time anew."""
    job = rig.add(
        "Tea", rig.every(86_400), action=rig.shell("true"), watchdogs={"no_success_s": 3600}
    )
    rig.pass_time(seconds=3599)
    assert barks(rig) == []
    rig.pass_time(seconds=1)
    assert barks(rig) == ["It had no success for 1 h."]
    assert rig.settled[-1].inbox_woken
    rig.pass_time(hours=5)
    assert len(barks(rig)) == 1
    machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    rig.pass_time(hours=1)
    assert len(barks(rig)) == 2


def test_a_failure_is_no_success(rig, machine) -> None:
    """A job that fails is told as one that does not run."""
    job = rig.add(
        "Tea", rig.every(86_400), action=rig.shell("false"), watchdogs={"no_success_s": 3600}
    )
    rig.clock.advance(minutes=50)
    machine.run(job)
    assert machine.next_end().status is Status.FAILED
    rig.pass_time(minutes=10)
    assert barks(rig) == ["It had no success for 1 h."]


def test_an_absence_counts_and_is_told_at_the_start(rig) -> None:
    """The first claim after a week tells it, and only that one."""
    rig.add("Tea", rig.every(86_400 * 30), watchdogs={"no_success_s": 3600})
    rig.pass_time(days=7)
    rig.claim_all()
    assert len(barks(rig)) == 1


@pytest.mark.parametrize("how", ["disable", "remove", "unwatch"])
def test_a_job_that_is_off_is_not_missed(rig, how) -> None:
    """A job that is switched off, deleted or no longer watched is not told of."""
    job = rig.add("Tea", rig.every(86_400), watchdogs={"no_success_s": 3600})
    if how == "unwatch":
        draft = rig.catalogue.draft(job)
        rig.jobs.save(draft.job_id, {**draft.document, "policy": {}}, draft.revision)
    elif how == "remove":
        rig.jobs.remove([job])
    else:
        rig.jobs.set_enabled([job], enabled=False)
    rig.pass_time(hours=2)
    assert barks(rig) == []


# not started


def test_a_run_that_does_not_start_in_time_is_told_once(rig) -> None:
    """A run that is still queued by then is told, with the run."""
    job = rig.add(action=rig.shell("true"), watchdogs={"not_started_s": 30})
    rig.pass_time(seconds=60)
    rig.pass_time(seconds=29)
    assert barks(rig) == []
    rig.pass_time(seconds=1)
    rig.claim_all()
    assert barks(rig) == ["It was due, and has not started within 30 s."]
    assert rig.inbox.waiting()[0].run_id == rig.rows(job)[0].id


def test_a_run_that_started_is_not_late(rig, machine) -> None:
    """One that has run by then is none of the watchdog's business."""
    rig.add(action=rig.shell("true"), watchdogs={"not_started_s": 30})
    rig.pass_time(seconds=60)
    assert machine.next_end().status is Status.SUCCEEDED
    rig.pass_time(seconds=30)
    assert barks(rig) == []


@pytest.mark.parametrize("catch_up", ["skip", "once", "all"])
def test_due_times_of_an_absence_are_told_together(rig, catch_up) -> None:
    """Whatever is caught up, the start tells once that nothing could start."""
    rig.add("Tea", rig.every(3600), watchdogs={"not_started_s": 600}, catch_up=catch_up)
    rig.pass_time(hours=3, minutes=30)
    rig.claim_all()
    assert barks(rig) == ["3 due times passed, and nothing had started within 10 min."]


# what is odd about a success


def test_a_success_that_took_long_is_told(rig, machine) -> None:
    """It is compared with the median of the successes before; tests and failures do not count."""
    job = rig.add(action=rig.shell("true"), watchdogs={"slower_than": 3})
    for duration_s in (0.1, 10.0, 10.0, 12.0, 900.0):
        past(rig, job, duration_s=duration_s)
    for _ in range(9):
        past(rig, job, duration_s=9000.0, cause=Cause.TEST)
    usual = rig.store.read(lambda tables: tables.runs.usual(job, 10**9))
    assert usual == (5, 10.0, 1000)


@pytest.mark.parametrize(("earlier", "told"), [(4, 0), (5, 1)])
def test_small_output_is_told_where_enough_is_known(rig, machine, earlier, told) -> None:
    """Below five earlier successes nothing is usual; then it is told with the run, once."""
    job = rig.add(action=rig.shell("echo tiny"), watchdogs={"smaller_than": 0.5})
    for _ in range(earlier):
        past(rig, job)
    machine.run(job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert barks(rig) == ["It printed 5 bytes; usually it prints 1 KB."] * told
    assert machine.looks == told


def test_only_the_newest_fifty_count(rig) -> None:
    """What was usual long ago is forgotten."""
    job = rig.add()
    for number in range(60):
        past(rig, job, duration_s=1.0 if number < 30 else 20.0)
    usual = rig.store.read(lambda tables: tables.runs.usual(job, 10**9))
    assert usual == (50, 20.0, 1000)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo fine", 0),
        ("echo fine; echo odd >&2; echo more", 1),
        ("sh -c 'echo odd >&2' & wait", 1),
        ("exec 2>&1; echo not odd >&2", 0),
        ("echo odd >&2; exit 3", 0),
    ],
)
def test_a_success_that_wrote_errors_is_told(rig, machine, script, told) -> None:
    """What anything of the tree writes counts; a failure is told anyway."""
    job = rig.add(action=rig.shell(script), watchdogs={"errors": True})
    machine.run(job)
    machine.next_end()
    assert barks(rig) == ["It succeeded, but wrote to its error output."] * told


def test_errors_stay_in_their_place_in_the_log(rig, machine) -> None:
    """Output and errors are in one log, in the order in which they were written."""
    script = "echo one; echo two >&2; echo three; echo four >&2"
    run_id = machine.run(rig.add(action=rig.shell(script), watchdogs={"errors": True}))
    machine.next_end()
    assert machine.output(run_id) == "one\ntwo\nthree\nfour\n"


def test_a_watched_program_that_cannot_start_leaves_no_descriptor(rig, machine) -> None:
    """It fails with its own reason."""
    action = {"kind": "command", "program": "/no/x"}
    machine.run(rig.add(action=action, watchdogs={"errors": True}))
    assert machine.next_end().why.code == "program-missing"


def test_a_test_is_watched_by_nobody(rig, machine) -> None:
    """Who tests a job looks on."""
    job = rig.add(action=rig.shell("echo odd >&2"), watchdogs={"errors": True})
    machine.ask(RequestKind.TEST, job_id=job)
    assert machine.next_end().status is Status.SUCCEEDED
    assert barks(rig) == []
