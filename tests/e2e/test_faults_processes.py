"""Programs that misbehave: they don't stop, leave others behind, or write without end."""

from __future__ import annotations

import fcntl
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from desk import command, every, is_alive, shell, wall_now
from waiting import until

from deskcron.domain.lane import MOST_RUNNING
from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

LOG_LIMIT_BYTES = 20 * 1024**2
SLEEP_S = 60
"""How long those who are left behind would go on."""
PROGRAMS = 4
"""That each of many jobs starts."""


def test_child_that_ignores_term_is_killed_after_the_grace(desk):
    """A program that ignores TERM at its time limit is ended by KILL after the grace."""
    text = f'trap "" TERM; echo $$ > {desk.note("pid")}; while :; do sleep 0.05; done'
    desk.add("Deaf", shell(text), timeout_s=1, grace_s=1)
    desk.daemon()
    run = desk.await_end(desk.start("Deaf"))
    assert (run.status, run.reason) == (Status.TIMED_OUT, Reason.TIME_LIMIT)
    assert run.reason_args == {"timeout_s": 1}
    assert run.duration_s >= 2.0
    assert not is_alive(int(desk.await_note("pid")))


def test_child_that_heeds_term_ends_before_the_grace_is_over(desk):
    """A program that ends at TERM is not kept waiting for the grace."""
    desk.add("Polite", command("/bin/sleep", "60"), timeout_s=1, grace_s=30)
    desk.daemon()
    run = desk.await_end(desk.start("Polite"))
    assert (run.status, run.reason) == (Status.TIMED_OUT, Reason.TIME_LIMIT)
    assert run.duration_s < 30


def test_grandchild_that_holds_the_output_does_not_keep_the_run_open(desk):
    """A run ends with its program, and tells of what is still there; that goes on."""
    text = f"sleep 60 & echo $! > {desk.note('pid')}; echo begun"
    desk.add("Parent", shell(text))
    desk.daemon()
    run = desk.await_end(desk.start("Parent"))
    assert (run.status, run.reason) == (Status.SUCCEEDED, Reason.LEFT_PROCESSES)
    assert run.exit_code == 0
    assert is_alive(int(desk.await_note("pid")))
    assert desk.told("log", run.id) == "begun\n"


def test_escapee_by_setsid_is_killed_at_the_time_limit(desk):
    """A process that left the session by setsid ends with the tree it came from."""
    escapee = f'echo $$ > {desk.note("pid")}; trap "" TERM HUP; exec sleep 60'
    text = f"setsid sh -c '{escapee}' & wait"
    desk.add("Escape", shell(text), timeout_s=1, grace_s=1)
    desk.daemon()
    run_id = desk.start("Escape")
    pid = int(desk.await_note("pid"))
    assert is_alive(pid)
    run = desk.await_end(run_id)
    assert run.status is Status.TIMED_OUT
    until(lambda: not is_alive(pid), "the escapee is gone")


def test_escapee_by_setsid_is_killed_on_request(desk):
    """Stopping a run ends what left its session by setsid as well."""
    text = f"setsid sh -c 'echo $$ > {desk.note('pid')}; exec sleep 60' & wait"
    desk.add("Escape", shell(text))
    desk.daemon()
    run_id = desk.start("Escape")
    pid = int(desk.await_note("pid"))
    desk.await_status(run_id, Status.RUNNING)
    desk.told("stop", run_id)
    run = desk.await_end(run_id)
    assert (run.status, run.reason) == (Status.CANCELLED, Reason.STOPPED)
    until(lambda: not is_alive(pid), "the escapee is gone")


@pytest.mark.parametrize("ended_by", ["limit", "request"])
def test_crowd_that_left_the_session_ends_with_its_run(desk, ended_by):
    """Fifty processes that each left by setsid, and their children, end with the tree."""
    one = f"setsid sh -c 'sleep {SLEEP_S} & sleep {SLEEP_S}'"
    crowd = f"i=0; while [ $i -lt 50 ]; do {one} & i=$((i+1)); done"
    limit = {"timeout_s": 8, "grace_s": 1} if ended_by == "limit" else {}
    desk.add("Crowd", shell(f"{crowd}; wait"), **limit)
    desk.daemon()
    run_id = desk.start("Crowd")
    until(lambda: len(desk.job_pids()) > 150, "all are there")
    if ended_by == "request":
        desk.told("stop", run_id)
    run = desk.await_end(run_id)
    assert run.reason is (Reason.TIME_LIMIT if ended_by == "limit" else Reason.STOPPED)
    assert run.duration_s < SLEEP_S
    until(lambda: not desk.job_pids(), "nobody is left")


def test_crowd_that_outlives_its_program_keeps_nothing_from_ending(desk):
    """A program that leaves fifty processes in sessions of their own ends its run at once."""
    crowd = f"i=0; while [ $i -lt 50 ]; do setsid sleep {SLEEP_S} & i=$((i+1)); done"
    desk.add("Crowd", shell(crowd))
    daemon = desk.daemon()
    run = desk.await_end(desk.start("Crowd"))
    assert run.status is Status.SUCCEEDED
    assert run.duration_s < SLEEP_S
    # A process that is just about to become another program has no environment for a moment.
    until(lambda: len(desk.job_pids()) == 50, "all go on")
    assert daemon.stop() == 0


def test_hundreds_due_at_once_all_run(desk):
    """Of 300 jobs due at one instant as many go at once as there are places; each runs once.

    Each has four programs of its own, and none ends before all are there: hundreds at once.
    """
    gate, begun = desk.note("gate"), desk.note("begun")
    begun.touch()
    waiting = f"flock -s {gate} true"
    text = f"echo $DESKCRON_RUN_ID >> {begun}; {' '.join([waiting + ' &'] * PROGRAMS)} wait"
    due_at = wall_now() + timedelta(seconds=3)
    crowded = {
        (Status.RUNNING, None): MOST_RUNNING,
        (Status.QUEUED, Reason.PLACES_TAKEN): 300 - MOST_RUNNING,
    }
    prompt = {"environment": {"base": "minimal"}}
    jobs = {desk.add(f"job {n}", shell(text), every(3600, due_at), **prompt) for n in range(300)}
    with gate.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        desk.daemon()
        until(lambda: len(desk.job_pids()) == MOST_RUNNING * (1 + PROGRAMS), "all places are taken")
        until(lambda: _fates(desk) == crowded, "all others say what they wait for")
        assert len(begun.read_text().split()) == MOST_RUNNING
    until(lambda: len(desk.runs(status=Status.SUCCEEDED)) == len(jobs), "all have run", 60)
    rows = desk.runs()
    assert {row.job_id for row in rows} == jobs
    assert len(rows) == len(jobs)
    assert {row.due_at for row in rows} == {due_at}
    assert sorted(map(int, begun.read_text().split())) == [row.id for row in rows]


def _fates(desk):
    """Count the runs by status and reason."""
    return Counter((row.status, row.reason) for row in desk.runs())


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGTERM])
def test_end_by_a_signal_names_the_signal(desk, number):
    """A program that a signal ends has failed, and the row says by which signal."""
    desk.add("Fall", shell(f"kill -{int(number)} $$"))
    desk.daemon()
    run = desk.await_end(desk.start("Fall"))
    assert (run.status, run.reason) == (Status.FAILED, Reason.SIGNAL)
    assert (run.signal, run.exit_code) == (number, None)
    assert str(int(number)) in desk.told("why", "Fall")


def test_output_without_end_is_bounded_and_stopped_at_the_time_limit(desk):
    """`yes` fills no disk: the newest part is kept until the time limit ends it.

    Where the file system cannot cut a file's beginning, the run is stopped instead.
    """
    desk.add("Chatter", command("/usr/bin/yes"), timeout_s=2, grace_s=1)
    desk.daemon()
    run = desk.await_end(desk.start("Chatter"))
    path = desk.facade.history.log_path(run.id)
    if run.status is Status.FAILED:
        assert run.reason is Reason.OUTPUT_LIMIT
        return
    assert (run.status, run.reason) == (Status.TIMED_OUT, Reason.TIME_LIMIT)
    assert run.dropped_bytes > LOG_LIMIT_BYTES
    assert run.output_bytes == path.stat().st_size <= LOG_LIMIT_BYTES
    assert set(desk.log(run.id).splitlines()[1:]) == {"y"}


def test_line_of_100_mb_is_kept_in_part_and_can_be_read(desk):
    """One line of 100 MB neither fills the memory nor the disk, and `log` shows its end."""
    text = "head -c 100000000 /dev/zero | tr '\\0' x; echo; echo end"
    desk.add("Long line", shell(text))
    daemon = desk.daemon()
    run = desk.await_end(desk.start("Long line"))
    if run.status is Status.FAILED:
        assert run.reason is Reason.OUTPUT_LIMIT
        return
    assert run.status is Status.SUCCEEDED
    assert run.output_bytes <= LOG_LIMIT_BYTES
    assert run.output_bytes + run.dropped_bytes == 100_000_005
    assert desk.told("log", run.id).endswith("xxx\nend\n")
    status = Path(f"/proc/{daemon.pid}/status").read_text()
    peak_kb = next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM"))
    assert peak_kb < 150_000


def test_output_that_is_not_text_can_be_read(desk):
    """Bytes that are not UTF-8, and NUL, come out of `log` beside the text around them."""
    desk.add("Noise", shell(r"printf 'caf\351 \000 \377\376 ok\n'"))
    desk.daemon()
    run = desk.await_end(desk.start("Noise"))
    assert run.status is Status.SUCCEEDED
    shown = desk.told("log", run.id)
    assert shown == "caf\ufffd \0 \ufffd\ufffd ok\n"


def test_program_sees_closed_input_and_its_run(desk):
    """A program that reads its input finds the end at once; it knows its job, run and cause."""
    desk.add("Reader", shell('cat; echo "$DESKCRON_JOB $DESKCRON_RUN_ID $DESKCRON_CAUSE"'))
    desk.daemon()
    run = desk.await_end(desk.start("Reader"))
    assert run.status is Status.SUCCEEDED
    assert desk.told("log", run.id) == f"Reader {run.id} manual\n"
