"""After a start: every run an earlier engine has left open gets the fate its evidence tells."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import pytest

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, NewRun, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import Cause, RunId, Status
from deskcron.domain.trigger import DueTime
from deskcron.engine.recovery import Recovered

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

GONE = ProcessIdentity(2**22 - 1, 1, "")


def job_of(rig, script: str = "echo ran", **policy) -> str:
    """Add a job that runs a script."""
    return rig.add("Tea", action=rig.shell(script), **policy)


def left(rig, job: str, status: str = "queued", why: Why | None = None, minutes: int = 1) -> RunId:
    """Leave an open run behind, as an engine that was killed does."""
    stored = rig.job(job)
    due = DueTime(rig.clock.now() - timedelta(minutes=minutes), None, ("t1",))
    row = NewRun(
        stored.id,
        stored.revision,
        Cause.SCHEDULE,
        Status.QUEUED if status == "running" else Status(status),
        rig.clock.now(),
        due,
        why=why,
    )
    return rig.change(lambda tables: tables.runs.insert(row))


def started(rig, machine, run_id: int, **identity) -> None:
    """Record that a run's process had started, on this boot unless told otherwise."""
    who = GONE._replace(**{"boot_id": machine.processes.boot_id(), **identity})
    now = rig.clock.now()
    rig.change(lambda tables: tables.runs.started(run_id, now, who))


def log(rig, run_id: int, text: bytes = b"before\n") -> None:
    """Leave the log of a run behind that nobody holds."""
    fd = rig.logs.create(run_id, 1)
    os.write(fd, text)
    os.close(fd)


def begun(rig, machine, run_id: int, script: str):
    """Start the process of a run as an engine does, then forget it."""
    fd = rig.logs.create(run_id, 1)
    launch = ProcessLaunch(("/bin/sh", "-c", script), str(rig.home), {})
    process = machine.processes.start(launch, fd)
    os.close(fd)
    return process


def test_nothing_to_recover(rig, machine) -> None:
    """Where nothing was left open there is nothing to do."""
    assert machine.recovery.recover() == Recovered(0, 0, 0)


def test_queued_without_a_log_never_started(rig, machine) -> None:
    """A queued run without start evidence is started now."""
    run_id = left(rig, job_of(rig))
    assert machine.recovery.recover() == Recovered(adopted=0, queued=1, ended=0)
    assert machine.next_end().status is Status.SUCCEEDED
    assert machine.output(run_id) == "ran\n"


def test_queued_with_a_held_log_is_adopted(rig, machine) -> None:
    """A process that still writes to its log is watched to its end, which nobody can know."""
    gate = rig.home / "gate"
    os.mkfifo(gate)
    run_id = left(rig, job_of(rig))
    process = begun(rig, machine, run_id, f'echo before; read line < "{gate}"; echo after')
    assert machine.recovery.recover() == Recovered(adopted=1, queued=0, ended=0)
    rig.change(lambda tables: None)  # what was posted before is written now
    assert rig.rows()[0].status == "running"
    assert rig.rows()[0].pid == process.identity.pid
    gate.write_text("go\n")
    process.wait(20)
    end = machine.next_end()
    assert (end.status, end.why.code) == (Status.UNKNOWN, Reason.EXIT_CODE_UNKNOWN)
    assert machine.output(run_id) == "before\nafter\n"
    process.close()


def test_an_adopted_run_keeps_its_time_limit(rig, machine) -> None:
    """The time a run has taken before the restart counts towards its limit."""
    run_id = left(rig, job_of(rig, timeout_s=600))
    process = begun(rig, machine, run_id, "echo on; exec sleep 60")
    rig.change(lambda tables: tables.runs.started(run_id, rig.clock.now(), process.identity))
    rig.clock.advance(seconds=599)
    machine.recovery.recover()
    rig.clock.advance(seconds=1)
    process.wait(20)
    assert machine.next_end().status is Status.TIMED_OUT
    assert rig.rows()[0].duration_s == 600
    process.close()


@pytest.mark.parametrize("reason", [Reason.STOPPED, Reason.REPLACED])
def test_what_was_being_stopped_is_stopped_again(rig, machine, reason) -> None:
    """A process that has outlived both its stop and the engine is ended for the same reason."""
    run_id = left(rig, job_of(rig))
    process = begun(rig, machine, run_id, "exec sleep 60")
    rig.change(lambda tables: tables.runs.stops(run_id, Why(reason)))
    rig.change(lambda tables: tables.runs.started(run_id, rig.clock.now(), process.identity))
    assert rig.fates() == [f"running {reason}"]
    machine.recovery.recover()
    process.wait(20)
    machine.next_end()
    assert rig.fates() == [f"cancelled {reason}"]
    process.close()


def test_what_was_stopped_before_it_began_does_not_begin(rig, machine) -> None:
    """A queued run that was stopped, and never started, is cancelled."""
    run_id = left(rig, job_of(rig))
    rig.change(lambda tables: tables.runs.stops(run_id, Why(Reason.STOPPED)))
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    assert machine.next_end().status is Status.CANCELLED
    assert rig.fates() == ["cancelled stopped"]


def test_queued_with_a_free_log_may_have_started(rig, machine) -> None:
    """A log that nobody holds and no end: interrupted, kept, in the inbox, not repeated."""
    run_id = left(rig, job_of(rig))
    log(rig, run_id)
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    machine.next_end()
    assert rig.fates() == ["interrupted may-have-started"]
    assert machine.output(run_id) == "before\n"
    assert rig.rows()[0].output_bytes == 7
    assert [item.run_id for item in rig.inbox.waiting()] == [run_id]
    assert machine.recovery.recover() == Recovered(0, 0, 0)


def test_an_empty_free_log_may_have_started_too(rig, machine) -> None:
    """Start evidence is the log, not what is in it."""
    log(rig, left(rig, job_of(rig)), b"")
    machine.recovery.recover()
    machine.next_end()
    assert rig.fates() == ["interrupted may-have-started"]


def test_running_and_gone_on_the_same_boot_is_unknown(rig, machine) -> None:
    """A process that ended while no engine was there has run, and nobody knows how it ended."""
    run_id = left(rig, job_of(rig), "running")
    started(rig, machine, run_id)
    log(rig, run_id)
    machine.recovery.recover()
    machine.next_end()
    assert rig.fates() == ["unknown exit-code-unknown"]


def test_running_on_another_boot_was_interrupted(rig, machine) -> None:
    """A process of an earlier boot was interrupted."""
    run_id = left(rig, job_of(rig), "running")
    started(rig, machine, run_id, boot_id="earlier")
    log(rig, run_id)
    machine.recovery.recover()
    machine.next_end()
    assert rig.fates() == ["interrupted may-have-started"]
    assert rig.rows()[0].started_at is not None


def test_another_process_with_the_same_number_is_not_adopted(rig, machine) -> None:
    """A process number that was given to somebody else is not taken for the run."""
    run_id = left(rig, job_of(rig), "running")
    started(rig, machine, run_id, pid=os.getpid())
    machine.recovery.recover()
    machine.next_end()
    assert rig.fates() == ["unknown exit-code-unknown"]


@pytest.mark.parametrize(
    ("record", "fate"),
    [
        ("started 1\nexit 0\n", "succeeded"),
        ("started 1\nexit 3\n", "failed exit-code"),
        ("started 1\n", "interrupted may-have-started"),
        ("started 1\nexi", "interrupted may-have-started"),
    ],
)
def test_an_exact_job_knows_how_it_ended(rig, machine, record: str, fate: str) -> None:
    """What the wrapper has written decides; without an end it may have started."""
    run_id = left(rig, job_of(rig, exact=True))
    log(rig, run_id)
    rig.logs.record_path(run_id, 1).write_text(record)
    machine.recovery.recover()
    machine.next_end()
    assert rig.fates() == [fate]


def test_an_adopted_exact_job_knows_how_it_ended(rig, machine) -> None:
    """The wrapper tells the exit code of a program that outlived the engine that started it."""
    gate = rig.home / "gate"
    os.mkfifo(gate)
    run_id = left(rig, job_of(rig, exact=True))
    launch = ProcessLaunch(("/bin/sh", "-c", f'read line < "{gate}"; exit 7'), None, {})
    launch = machine.processes.recorded(launch, rig.logs.record_path(run_id, 1))
    fd = rig.logs.create(run_id, 1)
    process = machine.processes.start(launch, fd)
    os.close(fd)
    machine.recovery.recover()
    gate.write_text("go\n")
    process.wait(20)
    assert machine.next_end().exit_code == 7
    assert rig.fates() == ["failed exit-code"]
    process.close()


def test_an_exact_job_that_never_began_is_run(rig, machine) -> None:
    """A free log without the wrapper's word means that the program did not begin: run it."""
    run_id = left(rig, job_of(rig, exact=True))
    log(rig, run_id, b"")
    assert machine.recovery.recover() == Recovered(adopted=0, queued=1, ended=0)
    assert machine.next_end().status is Status.SUCCEEDED
    assert machine.output(run_id) == "ran\n"


@pytest.fixture
def rebooted(rig, machine, monkeypatch):
    """Let the last engine have run in another boot, which ended without warning."""
    machine.recovery.recover()
    monkeypatch.setattr(machine.processes, "boot_id", lambda: "another boot")


@pytest.mark.usefixtures("rebooted")
def test_a_power_cut_may_have_taken_the_record(rig, machine) -> None:
    """In another boot a log without the wrapper's word proves nothing, not even for exact jobs."""
    run_id = left(rig, job_of(rig, exact=True))
    log(rig, run_id, b"")
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    machine.next_end()
    assert rig.fates() == ["interrupted may-have-started"]


@pytest.mark.usefixtures("rebooted")
def test_what_waited_at_a_power_cut_never_started(rig, machine) -> None:
    """A run that waited behind one that is over starts in another boot, too."""
    left(rig, job_of(rig), "waiting", Why(Reason.BEHIND_PREVIOUS))
    assert machine.recovery.recover() == Recovered(adopted=0, queued=1, ended=0)
    assert machine.next_end().status is Status.SUCCEEDED


@pytest.mark.usefixtures("rebooted")
def test_a_kill_during_recovery_after_a_power_cut_starts_nothing_twice(
    rig, machine, monkeypatch
) -> None:
    """Until the fates of an earlier boot are recorded, each engine asks anew which boot it was."""
    left(rig, job_of(rig))
    with monkeypatch.context() as patch:
        patch.setattr(machine.endings, "record", lambda *_end: sys.exit("killed"))
        with pytest.raises(SystemExit):
            machine.recovery.recover()
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    machine.next_end()


def test_a_plain_job_does_not_trust_a_record(rig, machine) -> None:
    """Without the switch a free log is never taken for "did not begin"."""
    log(rig, left(rig, job_of(rig)), b"")
    assert machine.recovery.recover().queued == 0
    machine.next_end()


def test_runs_of_a_removed_job_are_cancelled(rig, machine) -> None:
    """What never started of a job that was removed meanwhile does not start."""
    job = job_of(rig)
    left(rig, job)
    left(rig, job, "waiting", Why(Reason.BEHIND_PREVIOUS), minutes=2)
    stored = rig.job(job)
    rig.jobs.remove([job])
    assert rig.job(stored.id).removed_at is not None
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    assert machine.next_end().status is Status.SKIPPED
    assert rig.fates() == ["skipped job-removed"] * 2


def test_the_running_program_of_a_removed_job_is_adopted(rig, machine) -> None:
    """A program that runs goes on when its job was removed, and its end is recorded."""
    job = job_of(rig)
    run_id = left(rig, job)
    process = begun(rig, machine, run_id, "exec sleep 60")
    rig.change(lambda tables: tables.runs.started(run_id, rig.clock.now(), process.identity))
    rig.jobs.remove([job])
    assert machine.recovery.recover().adopted == 1
    machine.runner.stop_run(run_id, Status.CANCELLED, Why(Reason.STOPPED))
    process.wait(20)
    machine.next_end()
    process.close()


def test_a_run_that_waits_for_nobody_goes_on(rig, machine) -> None:
    """A run that waits behind one that is over is started, the oldest first, one at a time."""
    job = job_of(rig)
    second = left(rig, job, "waiting", Why(Reason.BEHIND_PREVIOUS), minutes=2)
    third = left(rig, job, "waiting", Why(Reason.BEHIND_PREVIOUS), minutes=1)
    assert machine.recovery.recover() == Recovered(adopted=0, queued=1, ended=0)
    assert [machine.next_end().run_id for _ in range(2)] == [second, third]


def test_a_run_that_waits_for_another_waits_on(rig, machine) -> None:
    """A run that waits behind one that is queued again starts after it."""
    job = job_of(rig)
    first = left(rig, job, minutes=3)
    second = left(rig, job, "waiting", Why(Reason.BEHIND_PREVIOUS))
    assert machine.recovery.recover().queued == 1
    assert [machine.next_end().run_id for _ in range(2)] == [first, second]


def test_a_staggered_run_waits_for_its_wakeup(rig, machine) -> None:
    """A run that was to start a little later does so at its wakeup, and those behind follow."""
    job = job_of(rig)
    first = left(rig, job, "waiting", Why(Reason.STAGGERED), minutes=3)
    second = left(rig, job, "waiting", Why(Reason.BEHIND_PREVIOUS))
    start_at = rig.clock.now() + timedelta(seconds=10)
    rig.change(lambda tables: tables.wakeups.set(Wakeup(start_at, WakeKind.START, str(first))))
    assert machine.recovery.recover() == Recovered(0, 0, 0)
    rig.clock.set(start_at)
    rig.claim()
    assert [machine.next_end().run_id for _ in range(2)] == [first, second]


def test_a_run_whose_definition_is_gone_has_failed(rig, machine) -> None:
    """A run that names a revision nobody kept cannot be run and says so."""
    job = job_of(rig)
    row = NewRun(job, 99, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    rig.change(lambda tables: tables.runs.insert(row))
    machine.recovery.recover()
    assert rig.fates() == ["failed unreadable"]


def test_a_newborn_process_is_given_a_moment(rig, machine, monkeypatch) -> None:
    """Where the log is held by a process not recognised yet, recovery looks again."""
    run_id = left(rig, job_of(rig))
    process = begun(rig, machine, run_id, "exec sleep 60")
    looks = []
    holder_of = type(machine.processes).holder_of

    def late(self, path):
        looks.append(path)
        return None if len(looks) < 3 else holder_of(self, path)

    monkeypatch.setattr(type(machine.processes), "holder_of", late)
    assert machine.recovery.recover().adopted == 1
    assert len(looks) == 3
    machine.runner.stop_run(run_id, Status.CANCELLED, Why(Reason.STOPPED))
    process.wait(20)
    machine.next_end()
    process.close()


def test_a_log_held_by_a_stranger_is_given_up(rig, machine) -> None:
    """A log held by nobody who leads a run counts as interrupted after some looks."""
    run_id = left(rig, job_of(rig))
    fd = rig.logs.create(run_id, 1)
    before_s = rig.clock.monotonic()
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    assert rig.clock.monotonic() - before_s < 5
    os.close(fd)
    machine.next_end()
    assert rig.fates() == ["interrupted may-have-started"]


def test_ended_runs_are_left_alone(rig, machine) -> None:
    """Runs that have their end are not looked at, whatever is in the logs."""
    run_id = left(rig, job_of(rig))
    log(rig, run_id)
    end = RunEnd(run_id, Status.FAILED, None, rig.clock.now())
    rig.change(lambda tables: tables.runs.ended(end))
    assert machine.recovery.recover() == Recovered(0, 0, 0)
    assert rig.fates() == ["failed"]


@pytest.mark.parametrize("is_held", [False, True])
def test_a_job_whose_run_is_called_off_is_due_again(rig, machine, monkeypatch, is_held) -> None:
    """What counts from the last end counts from this one, where the engine died before it."""
    job = rig.add("Tea", rig.every(600, "end"), action=rig.shell("true"))
    monkeypatch.setattr(machine.runner, "submit", lambda _ready: None)
    rig.clock.advance(seconds=600)
    rig.claim()
    [run], now = rig.rows(job), rig.clock.now()
    assert rig.due_at(job) is None
    if is_held:
        rig.change(lambda tables: tables.holds.set(Hold(job, 1, now, None)))
    else:
        rig.change(lambda tables: tables.runs.stops(run.id, Why(Reason.STOPPED)))
    assert machine.recovery.recover() == Recovered(adopted=0, queued=0, ended=1)
    assert machine.next_end().status is (Status.SKIPPED if is_held else Status.CANCELLED)
    assert rig.due_at(job) == now + timedelta(seconds=600)
