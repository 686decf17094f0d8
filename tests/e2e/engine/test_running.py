"""Runs start in order, are bounded, stopped and limited, and their ends have what follows."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from threading import Event

import pytest

from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxKind, NewRun, RequestKind, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine import runner
from deskcron.engine.endings import outcome
from deskcron.engine.inboxentries import MOST_FAILURES
from deskcron.engine.ready import Ready

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

STOPPED = Why(Reason.STOPPED)
FOREVER = "echo started; exec sleep 60"


class Gate:
    """A script waits at a gate until the test opens it."""

    def __init__(self, rig, name: str = "gate") -> None:
        self.path = rig.home / name
        os.mkfifo(self.path)

    @property
    def script(self) -> str:
        """Return the command that waits."""
        return f'read line < "{self.path}"'

    def open(self, words: str = "") -> None:
        """Let one waiting script go on."""
        self.path.write_text(words + "\n")


def added(rig, script: str, name: str = "Tea", **policy) -> str:
    """Add a job that runs a script, by hand only."""
    document = {"name": name, "action": rig.shell(script), "policy": policy}
    return rig.jobs.add(document).job.id


def test_a_program_runs_and_its_end_is_recorded(rig, machine) -> None:
    """A run has start, end, exit code, output and duration; nothing is left to look at."""
    job = added(rig, "echo $DESKCRON_JOB $DESKCRON_CAUSE")
    run_id = machine.run(job)
    end = machine.next_end()
    [run] = rig.rows(job)
    assert (run.id, run.status, run.cause, run.exit_code) == (run_id, "succeeded", "manual", 0)
    assert run.started_at == run.ended_at == rig.clock.now()
    assert (run.output_bytes, end.output_bytes) == (11, 11)
    assert machine.output(run_id) == "Tea manual\n"
    assert rig.inbox.waiting() == []


@pytest.mark.parametrize(
    ("script", "status", "reason", "args", "code", "signal"),
    [
        ("exit 3", "failed", "exit-code", {"code": 3}, 3, None),
        ("kill -15 $$", "failed", "signal", {"signal": 15}, None, 15),
        ("exit 0", "succeeded", None, {}, 0, None),
    ],
)
def test_the_end_of_a_process_is_the_end_of_its_run(
    rig, machine, script, status, reason, args, code, signal
) -> None:
    """An exit code or a signal is a failure that says which."""
    machine.run(added(rig, script))
    machine.next_end()
    [run] = rig.rows()
    assert (run.status, run.reason, dict(run.reason_args)) == (status, reason, args)
    assert (run.exit_code, run.signal) == (code, signal)


@pytest.mark.parametrize(
    ("notify", "is_to_be_shown"),
    [("always", True), ("failure", True), ("success", False), ("never", False)],
)
def test_failures_stay_in_the_inbox(rig, machine, notify: str, is_to_be_shown) -> None:
    """A run that failed is in the inbox under its job's name, to be shown as its rule says."""
    run_id = machine.run(rig.add("Tea", action=rig.shell("exit 1"), notify=notify))
    machine.next_end()
    [item] = rig.inbox.waiting()
    assert (item.kind, item.title, item.run_id) == (InboxKind.TROUBLE, "Tea", run_id)
    assert (item.presented_at is None) is is_to_be_shown


def test_a_failure_of_a_job_that_is_muted_while_it_runs(rig, machine) -> None:
    """The job as it is at the end of a run says whether a banner tells of it."""
    gate = Gate(rig)
    job = added(rig, f"{gate.script}; exit 1")
    machine.run(job)
    machine.next_started()
    rig.jobs.mute([job])
    gate.open()
    machine.next_end()
    assert [item.presented_at for item in rig.inbox.waiting()] == [rig.clock.now()]


def test_a_success_of_a_job_that_is_muted_while_it_runs(rig, machine) -> None:
    """A run that goes well is told as its job wants it by then."""
    gate = Gate(rig)
    job = added(rig, gate.script)
    machine.run(job)
    machine.next_started()
    rig.jobs.mute([job])
    gate.open()
    ready, _end, _presentation = machine.ended.get(timeout=20)
    assert ready.job.policy.notify == "never"


def test_failures_nobody_answers_take_little_room(rig, machine) -> None:
    """Of many failures the inbox keeps the first and the newest rows, and counts them all."""
    job = rig.job(rig.add("Tea", action=rig.shell("exit 1")))
    other = rig.job(rig.add("Milk", action=rig.shell("exit 1")))

    def fail(stored) -> RunId:
        now = rig.clock.advance(seconds=1)

        def record(tables) -> RunId:
            new = NewRun(stored.id, 1, Cause.SCHEDULE, Status.RUNNING, now)
            run_id = tables.runs.insert(new)
            ready = Ready(run_id, rig.definitions.present(stored), Cause.SCHEDULE, None)
            machine.endings.end(tables, ready, RunEnd(run_id, Status.FAILED, now, now))
            return run_id

        return rig.change(record)

    run_ids = [fail(job) for _ in range(MOST_FAILURES + 5)]
    fail(other)
    assert len(rig.store.read(lambda tables: tables.inbox.waiting())) == MOST_FAILURES + 1
    [newest, entry] = rig.inbox.waiting()
    assert (newest.title, newest.count) == ("Milk", 1)
    assert (entry.title, entry.count) == ("Tea", MOST_FAILURES + 5)
    assert entry.run_ids == (*reversed(run_ids[6:]), run_ids[0])
    rig.inbox.done(entry.id)
    fail(job)
    assert rig.inbox.waiting()[0].count == 1


def test_a_reminder_ends_in_the_inbox(rig, machine) -> None:
    """A reminder succeeds when it is in the inbox, where it waits to be shown."""
    job = rig.add("Tea", action={"kind": "reminder", "text": "Ready", "urgency": "critical"})
    rig.clock.advance(seconds=60)
    rig.claim()
    machine.next_end()
    [run] = rig.rows(job)
    assert run.status == "succeeded"
    [item] = rig.inbox.waiting()
    assert (item.kind, item.title, item.text) == (InboxKind.REMINDER, "Tea", "Ready")
    assert (item.urgency, item.presented_at, item.run_id) == ("critical", None, run.id)


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ({"kind": "command", "program": "/nowhere/x"}, "program-missing"),
        ({"kind": "command", "program": "true", "directory": "/nowhere"}, "directory-missing"),
        ({"kind": "teleport"}, "unknown-kind"),
    ],
)
def test_what_cannot_start_says_why(rig, machine, action, reason: str) -> None:
    """A run that could not start failed with its reason, has no start and no output."""
    job = rig.jobs.add({"name": "Tea", "action": action}).job.id
    run_id = machine.run(job)
    machine.next_end()
    [run] = rig.rows()
    assert (run.status, run.reason, run.started_at) == ("failed", reason, None)
    assert rig.logs.size_bytes(run_id, 1) == 0


def test_a_log_that_is_there_means_it_may_have_started(rig, machine) -> None:
    """A run whose log exists is not started a second time, and the log is kept."""
    job = added(rig, "echo again")
    next_id = machine.run(added(rig, "true", "Other")) + 1
    machine.next_end()
    fd = rig.logs.create(next_id, 1)
    os.write(fd, b"before\n")
    os.close(fd)
    assert machine.run(job) == next_id
    machine.next_end()
    [run] = rig.rows(job)
    assert (run.status, run.reason) == ("interrupted", "may-have-started")
    assert machine.output(next_id) == "before\n"
    assert run.output_bytes == 7


def test_an_unforeseen_error_is_a_failed_start(rig, machine, monkeypatch, expected_logs) -> None:
    """An error nobody has thought of fails the run and leaves the runner working."""

    def prepare(*_args):
        raise ZeroDivisionError("oops")

    job = added(rig, "true")
    with monkeypatch.context() as patch:
        patch.setattr(type(rig.definitions.present(rig.job(job)).action), "prepare", prepare)
        machine.run(job)
        machine.next_end()
    machine.run(job)
    machine.next_end()
    assert rig.fates() == ["failed start-failed", "succeeded"]
    assert rig.rows()[0].reason_args == {"error": "oops"}
    assert len(expected_logs) == 1


def test_a_full_disk_keeps_a_program_from_starting(rig, machine, expected_logs) -> None:
    """Without a log there is no start: the run fails with the reason the machine gives."""
    (rig.home / "logs").write_text("in the way")
    machine.run(added(rig, "true"))
    machine.next_end()
    assert rig.fates() == ["failed start-failed"]


def test_an_exact_job_is_recorded_by_its_wrapper(rig, machine) -> None:
    """An exact job runs behind a wrapper and ends the same."""
    job = added(rig, "echo x; exit 4", exact=True)
    run_id = machine.run(job)
    machine.next_end()
    assert rig.fates() == ["failed exit-code"]
    assert rig.rows()[0].exit_code == 4
    assert rig.logs.read_record(run_id, 1).has_started


def test_a_running_program_is_recorded(rig, machine) -> None:
    """A program that takes its time is shown as running, with its process."""
    job = added(rig, FOREVER)
    machine.run(job)
    run = machine.next_started()
    assert run.status == "running"
    assert run.pid is not None
    assert run.started_at == rig.clock.now()


def test_processes_left_behind_are_told(rig, machine) -> None:
    """A success whose processes are still there says so."""
    gate = Gate(rig)
    machine.run(added(rig, f"({gate.script}) & exit 0"))
    machine.next_end()
    assert rig.fates() == ["succeeded left-processes"]
    gate.open()


@pytest.mark.parametrize(
    ("exited", "has_leftovers", "status", "reason"),
    [
        (Exit(0), False, Status.SUCCEEDED, None),
        (Exit(0), True, Status.SUCCEEDED, Reason.LEFT_PROCESSES),
        (Exit(1), True, Status.FAILED, Reason.EXIT_CODE),
        (Exit(None, 9), False, Status.FAILED, Reason.SIGNAL),
        (Exit(), False, Status.UNKNOWN, Reason.EXIT_CODE_UNKNOWN),
    ],
)
def test_outcomes(exited, has_leftovers, status, reason) -> None:
    """Code, signal and what is left behind decide how a run ended."""
    found, why = outcome(exited, ExitCodes(), has_leftovers=has_leftovers)
    assert (found, why.code if why else None) == (status, reason)


def test_what_is_launched_is_not_waited_for(rig, machine) -> None:
    """A program that is opened succeeds when it has started, whatever becomes of it."""
    gate = Gate(rig)
    program = rig.home / "program"
    program.write_text(f"#!/bin/sh\n{gate.script}\nexit 1\n")
    program.chmod(0o700)
    job = rig.jobs.add({"name": "Tea", "action": {"kind": "open", "target": str(program)}})
    machine.run(job.job.id)
    assert machine.next_end().status is Status.SUCCEEDED
    gate.open()


def test_an_end_that_cannot_be_seen_is_seen_by_the_watcher(
    rig, machine, monkeypatch, expected_logs
) -> None:
    """Where the end of a short run meets an error, the watcher records it."""
    failed = Event()
    real_finish = machine.execution.finish

    def finish(*arguments):
        if not failed.is_set():
            failed.set()
            raise OSError(28, "No space left on device")
        real_finish(*arguments)

    monkeypatch.setattr(machine.execution, "finish", finish)
    machine.run(added(rig, "true"))
    machine.next_end()
    assert rig.fates() == ["succeeded"]
    assert len(expected_logs) == 1


def test_a_stop_is_not_lost_where_a_process_cannot_be_seen_through(
    rig, machine, monkeypatch, expected_logs
) -> None:
    """What was asked for meanwhile is done as soon as the process is watched."""

    def record_start(going) -> None:
        why = Why(Reason.STOPPED)
        assert machine.runner.stop_run(going.ready.run_id, Status.CANCELLED, why)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(machine.runner, "_record_start", record_start)
    machine.run(added(rig, "exec sleep 60"))
    assert machine.next_end().status is Status.CANCELLED
    assert len(expected_logs) == 1


# order and bounds


def queued(rig, machine, *jobs: tuple[str, str]) -> list[Ready]:
    """Return queued runs of new jobs of these names and priorities."""
    found = []
    for name, priority in jobs:
        job = added(rig, f"echo {name} >> order", name, priority=priority)
        with_run = rig.change(lambda tables, job=job: _insert(tables, rig, job))
        found.append(with_run)
    return found


def _insert(tables, rig, job: str) -> Ready:
    stored = tables.jobs.get(job)
    row = NewRun(stored.id, stored.revision, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    return Ready(tables.runs.insert(row), rig.definitions.present(stored), Cause.MANUAL, None)


def test_what_waits_for_a_place_says_so(rig, machine, monkeypatch) -> None:
    """A run that waits as many programs run as may at once has that reason until it starts."""
    monkeypatch.setattr(runner, "MOST_RUNNING", 1)
    gate = Gate(rig)
    machine.run(added(rig, gate.script, "Blocker"))
    machine.next_started()
    run_ids = [machine.run(added(rig, "true", name)) for name in ("One", "Two")]

    def reasons() -> list[str | None]:
        runs = [rig.store.read(lambda tables, one=one: tables.runs.get(one)) for one in run_ids]
        return [run.reason for run in runs]

    wait_for_looks(machine, lambda: reasons() == [Reason.PLACES_TAKEN] * 2)
    assert [run.reason_args for run in rig.rows()[1:]] == [{"limit": 1}] * 2
    gate.open()
    ends = [machine.next_end() for _ in range(3)]
    assert [end.status for end in ends] == [Status.SUCCEEDED] * 3
    assert reasons() == [None, None]


def test_priorities_then_order(rig, machine, monkeypatch) -> None:
    """With one place the more important start first, equals in the order they came."""
    monkeypatch.setattr(runner, "MOST_RUNNING", 1)
    gate = Gate(rig)
    blocker = machine.run(added(rig, gate.script, "Blocker"))
    machine.next_started()
    ready = queued(
        rig,
        machine,
        ("low", "low"),
        ("n1", "normal"),
        ("high", "high"),
        ("n2", "normal"),
    )
    machine.runner.submit(ready)
    gate.open()
    ended = [machine.next_end().run_id for _ in range(5)]
    assert ended[0] == blocker
    assert (rig.home / "order").read_text().split() == ["high", "n1", "n2", "low"]


def test_parallelism_is_bounded(rig, machine, monkeypatch) -> None:
    """No more processes run at once than there is room for; the others stay queued."""
    monkeypatch.setattr(runner, "MOST_RUNNING", 2)
    gates = [Gate(rig, f"gate-{n}") for n in range(4)]
    for n, gate in enumerate(gates):
        machine.run(added(rig, gate.script, f"Tea {n}"))
    machine.next_started()
    machine.next_started()
    assert [run.status for run in rig.rows()] == ["running", "running", "queued", "queued"]
    for gate in gates[:2]:
        gate.open()
        machine.next_end()
        machine.next_started()
    for gate in gates[2:]:
        gate.open()
        machine.next_end()
    assert set(rig.fates()) == {"succeeded"}


def test_nothing_starts_after_the_runner_was_closed(rig, machine) -> None:
    """What is submitted to a closed runner stays queued for the next engine."""
    machine.runner.close()
    machine.runner.submit(queued(rig, machine, ("late", "normal")))
    machine.runner.submit([])
    assert rig.fates() == ["queued"]
    machine.runner = runner.Runner(
        machine.execution, rig.store, rig.logs, rig.clock, machine.told.put
    )


# stopping


def stop(machine, *run_ids: int) -> list[int]:
    """Ask for runs to be stopped, and return those that were told."""
    return machine.ask(RequestKind.STOP, run_ids=list(run_ids))["run_ids"]


def test_a_running_program_is_stopped(rig, machine) -> None:
    """A run that is stopped ends cancelled, with its output so far."""
    run_id = machine.run(added(rig, FOREVER))
    machine.next_started()
    assert stop(machine, run_id) == [run_id]
    assert machine.next_end().status is Status.CANCELLED
    [run] = rig.rows()
    assert (run.reason, run.signal) == ("stopped", 15)
    assert machine.output(run_id) == "started\n"
    assert rig.inbox.waiting() == []


def test_a_queued_run_is_stopped_before_it_starts(rig, machine, monkeypatch) -> None:
    """A run without room yet is cancelled and never starts."""
    monkeypatch.setattr(runner, "MOST_RUNNING", 1)
    gate = Gate(rig)
    machine.run(added(rig, gate.script, "Blocker"))
    machine.next_started()
    job = added(rig, "echo x >> order")
    run_id = machine.run(job)
    assert stop(machine, run_id) == [run_id]
    machine.next_end()
    assert rig.fates(job) == ["cancelled stopped"]
    gate.open()
    machine.next_end()
    assert not (rig.home / "order").exists()


def test_a_starting_run_is_stopped_when_it_has_started(rig, machine, monkeypatch) -> None:
    """A stop that comes while a program is being started takes hold at once afterwards."""
    job = added(rig, FOREVER)
    real_start = machine.execution.start

    def start(ready):
        going = real_start(ready)
        assert machine.runner.stop_run(ready.run_id, Status.CANCELLED, STOPPED)
        return going

    monkeypatch.setattr(machine.execution, "start", start)
    machine.run(job)
    assert machine.next_end().status is Status.CANCELLED
    assert rig.fates() == ["cancelled stopped"]


def test_a_stop_of_what_ends_by_itself_changes_nothing(rig, machine, monkeypatch) -> None:
    """A run that ended while it was being stopped keeps its own end."""
    job = added(rig, "exit 3")
    real_start = machine.execution.start

    def start(ready):
        assert machine.runner.stop_run(ready.run_id, Status.CANCELLED, STOPPED)
        going = real_start(ready)
        going.process.wait(20)
        return going

    monkeypatch.setattr(machine.execution, "start", start)
    machine.run(job)
    machine.next_end()
    assert rig.fates() == ["failed exit-code"]


def test_what_is_not_here_is_not_stopped(rig, machine) -> None:
    """Runs that are over or were never there are not among those that were told."""
    run_id = machine.run(added(rig, "true"))
    machine.next_end()
    assert stop(machine, run_id, 4711) == []


def test_a_waiting_run_is_stopped(rig, machine) -> None:
    """A run that waits for its turn is cancelled in its row."""
    gate = Gate(rig)
    job = rig.add("Tea", action=rig.shell(gate.script), overlap="queue")
    for _ in range(2):
        rig.clock.advance(seconds=60)
        rig.claim()
    machine.next_started()
    waiting = rig.rows(job)[1]
    assert waiting.status == "waiting"
    assert stop(machine, waiting.id) == [waiting.id]
    assert machine.next_end().run_id == waiting.id
    gate.open()
    assert machine.next_end().status is Status.SUCCEEDED
    assert rig.fates(job) == ["succeeded", "cancelled stopped"]


def test_stopping_the_first_in_line_lets_the_next_go(rig, machine) -> None:
    """Runs that wait behind a run which is cancelled while it waits go on without it."""
    rig.add("First", rig.every(3600))
    rig.clock.advance(seconds=1)
    job = rig.add("Second", rig.every(3600), catch_up="all", action=rig.shell("true"))
    rig.clock.advance(hours=2, minutes=30)
    rig.claim()
    first, second = rig.rows(job)
    assert (first.reason, second.reason) == ("staggered", "behind-previous")
    stop(machine, first.id)
    while not (rows := [run for run in rig.rows(job) if run.status == "succeeded"]):
        machine.next_end()
    assert [run.id for run in rows] == [second.id]


def test_a_stopped_run_is_an_end_to_count_from(rig, machine) -> None:
    """Counted from the end, a run that is stopped counts, but not while another one goes on."""
    job = rig.add("Tea", rig.every(60, "end"), action=rig.shell(FOREVER), overlap="queue")
    machine.run(job)
    machine.next_started()
    rig.clock.advance(seconds=60)
    rig.claim()
    running, waiting = rig.rows(job)
    assert waiting.status == "waiting"
    assert rig.due_at(job) is None
    for run in (waiting, running):
        assert rig.due_at(job) is None
        stop(machine, run.id)
        assert machine.next_end().run_id == run.id
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=60)


# limits


def test_a_time_limit_ends_the_run(rig, machine) -> None:
    """A program still running at its limit is asked to end, and the run is timed out."""
    machine.run(added(rig, FOREVER, timeout_s=30))
    machine.next_started()
    rig.clock.advance(seconds=29)
    assert machine.ended.empty()
    rig.clock.advance(seconds=1)
    end = machine.next_end()
    assert (end.status, end.signal) == (Status.TIMED_OUT, 15)
    [run] = rig.rows()
    assert (run.reason, run.reason_args) == ("time-limit", {"timeout_s": 30})
    assert run.duration_s == 30
    assert [item.kind for item in rig.inbox.waiting()] == [InboxKind.TROUBLE]


def test_a_clock_that_is_set_does_not_change_a_time_limit(rig, machine) -> None:
    """Time limits go by the clock that is never set."""
    gate = Gate(rig)
    machine.run(added(rig, gate.script, timeout_s=30))
    machine.next_started()
    rig.clock.set(rig.clock.now() + timedelta(days=1))
    gate.open()
    assert machine.next_end().status is Status.SUCCEEDED


def test_who_ignores_term_is_killed_after_the_grace(rig, machine) -> None:
    """A program that does not end when asked is ended by force when its grace is over."""
    script = "trap '' TERM; echo ready; while :; do sleep 1; done"
    run_id = machine.run(added(rig, script, timeout_s=30, grace_s=5))
    machine.next_started()
    wait_for_output(machine, run_id, "ready\n")
    rig.clock.advance(seconds=30)
    wait_for_looks(machine)
    assert machine.ended.empty()
    rig.clock.advance(seconds=5)
    end = machine.next_end()
    assert (end.status, end.signal) == (Status.TIMED_OUT, 9)


def test_the_whole_tree_goes(rig, machine) -> None:
    """Children of a stopped program are gone with it."""
    run_id = machine.run(added(rig, "(echo child; exec sleep 60) & exec sleep 60"))
    machine.next_started()
    wait_for_output(machine, run_id, "child\n")
    stop(machine, run_id)
    machine.next_end()
    assert not rig.logs.is_held(run_id, 1)


def test_output_beyond_the_limit_is_bounded(rig, machine) -> None:
    """Of endless output the newest part is kept where the file system can cut, or the run ends."""
    gate = Gate(rig)
    script = f"yes | head -c 400000; {gate.script}; echo last"
    run_id = machine.run(added(rig, script))
    machine.next_started()
    wait_for_looks(machine, lambda: rig.logs.size_bytes(run_id, 1) <= 64 * 1024)
    if not machine.ended.qsize():
        gate.open()
    end = machine.next_end()
    if end.status is Status.SUCCEEDED:
        assert end.dropped_bytes + end.output_bytes == 400_005
        assert machine.output(run_id).endswith("last\n")
    else:
        assert rig.fates() == ["failed output-limit"]


def wait_for_output(machine, run_id: int, text: str) -> None:
    """Wait until a run has written something."""
    wait_for_looks(machine, lambda: machine.output(run_id) == text)


def wait_for_looks(machine, is_done=None) -> None:
    """Give the watcher the time for a few looks, or until something is so."""
    pause = Event()
    for _ in range(2000 if is_done else 5):
        if is_done is not None and (is_done() or machine.ended.qsize()):
            return
        pause.wait(0.01)
    assert is_done is None, "it did not come about"


# what follows an end


def test_the_next_in_line_starts_when_one_ends(rig, machine) -> None:
    """The end of a run releases the oldest that waits behind it, one at a time."""
    gate = Gate(rig)
    job = rig.add("Tea", action=rig.shell(gate.script), overlap="queue", overlap_limit=2)
    for _ in range(3):
        rig.clock.advance(seconds=60)
        rig.claim()
    machine.next_started()
    assert rig.fates(job) == ["running"] + ["waiting behind-previous"] * 2
    gate.open()
    machine.next_end()
    machine.next_started()
    assert rig.fates(job) == ["succeeded", "running", "waiting behind-previous"]
    for _ in range(2):
        gate.open()
        machine.next_end()
    assert rig.fates(job) == ["succeeded"] * 3


def test_a_run_by_hand_does_not_let_the_next_pass(rig, machine) -> None:
    """While a run of the job goes on, the end of another one releases nothing."""
    gate = Gate(rig)
    script = f'[ "$DESKCRON_CAUSE" = manual ] || {gate.script}'
    job = rig.add("Tea", action=rig.shell(script), overlap="queue")
    for _ in range(2):
        rig.clock.advance(seconds=60)
        rig.claim()
    machine.next_started()
    machine.run(job)
    machine.next_end()
    assert rig.fates(job) == ["running", "waiting behind-previous", "succeeded"]
    for _ in range(2):
        gate.open()
        machine.next_end()
    assert rig.fates(job) == ["succeeded"] * 3


@pytest.mark.parametrize("script", ["true", "exit 1", "/nowhere/at/all"])
def test_after_the_end_the_next_due_time_is_planned(rig, machine, script: str) -> None:
    """Counted from the end, a job is due an interval after its run has ended, however it did."""
    job = rig.add("Tea", rig.every(60, "end"), action=rig.shell(script))
    rig.clock.advance(seconds=60)
    rig.claim()
    machine.next_end()
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=60)
    assert machine.wakes == 1


def test_a_run_by_hand_moves_the_next_due_time(rig, machine) -> None:
    """Counted from the end, a run by hand counts as a run."""
    job = rig.add("Tea", rig.every(600, "end"), action=rig.shell("true"))
    rig.clock.advance(seconds=300)
    machine.run(job)
    machine.next_end()
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=600)


def test_an_end_is_recorded_once(rig, machine) -> None:
    """A second end of a run changes nothing and brings nothing."""
    machine.run(added(rig, "exit 1"))
    end = machine.next_end()
    [run] = rig.rows()
    ready = Ready(RunId(run.id), rig.definitions.present(rig.job(run.job_id)), run.cause, None)
    machine.endings.record(ready, end._replace(status=Status.FAILED))
    rig.change(lambda tables: None)  # what was posted before is written by now
    assert machine.ended.empty()
    assert len(rig.inbox.waiting()) == 1


def test_ends_that_cannot_be_written_are_told(rig, machine, expected_logs) -> None:
    """An end that the store refuses for good is logged, and nobody is told of it."""
    [ready] = queued(rig, machine, ("x", "normal"))
    end = RunEnd(ready.run_id, "no status", None, rig.clock.now())
    machine.endings.record(ready, end)
    wait_for_looks(machine, lambda: expected_logs)
    assert machine.ended.empty()
    assert "could not be recorded" in expected_logs[-1].getMessage()


def test_a_job_that_begins_to_count_from_its_end_while_it_runs(rig, machine) -> None:
    """A rule given to a running job counts from the end of that run, too."""
    gate = Gate(rig)
    job = rig.add("Tea", action=rig.shell(gate.script))
    rig.clock.advance(seconds=60)
    rig.claim()
    machine.next_started()
    draft = rig.catalogue.draft(job)
    after_end = {**draft.document, "triggers": [rig.every(600, "end")]}
    rig.jobs.save(job, after_end, draft.revision)
    assert rig.due_at(job) is None
    gate.open()
    machine.next_end()
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=600)
