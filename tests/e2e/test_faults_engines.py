"""Engines that race, end and die, and what becomes of the programs they have started."""

from __future__ import annotations

import ctypes
import shutil
import signal
from pathlib import Path

import pytest
from desk import command, every, is_alive, shell
from sessionbus import Bus, Service
from waiting import PATIENCE_S, until

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

LINES = 30


def _held_job(desk):
    """Return a program that writes lines until its note is there, then the rest."""
    text = f"""
        echo $$ > {desk.note("pid")}
        n=0
        while [ $n -lt {LINES} ] || [ ! -e {desk.note("go")} ]; do
            n=$((n + 1)); echo "line $n"; sleep 0.01
        done
        echo last
    """
    return shell(text)


def test_one_of_five_engines_serves_and_the_others_say_who(desk):
    """Of engines started at once one serves; the others end with exit 1 and name the holder."""
    desk.add("Second", command("/bin/true"), every(1))
    daemons = [desk.launch() for _number in range(5)]
    until(lambda: sum(daemon.has_ended for daemon in daemons) == 4, "four have given up")
    (serving,) = [daemon for daemon in daemons if not daemon.has_ended]
    serving.await_ready()
    for daemon in daemons:
        if daemon is not serving:
            assert daemon.wait() == 1
            assert "already running" in daemon.text
            assert str(serving.pid) in daemon.text
            assert "Traceback" not in daemon.text
    assert desk.facade.control.state().pid == serving.pid
    serving.kill()
    until(lambda: not desk.facade.control.state().running, "the lock is free")
    follower = desk.daemon()
    assert desk.facade.control.state().pid == follower.pid


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_to_end_lets_the_running_job_go_on(desk, number):
    """A daemon that is asked to end does so promptly; its job runs on and the next adopts it."""
    desk.add("Long", _held_job(desk))
    daemon = desk.daemon()
    run_id = desk.start("Long")
    pid = int(desk.await_note("pid"))
    desk.await_status(run_id, Status.RUNNING)
    assert daemon.stop(number) == 0
    assert "Traceback" not in daemon.text
    assert is_alive(pid)
    desk.daemon()
    desk.await_status(run_id, Status.RUNNING)
    desk.note("go").touch()
    run = desk.await_end(run_id)
    assert (run.status, run.reason) == (Status.UNKNOWN, Reason.EXIT_CODE_UNKNOWN)
    _assert_complete(desk, run_id)


def test_signal_that_another_thread_receives_ends_the_engine(desk):
    """SIGTERM ends the daemon whichever of its threads the system hands it to."""
    daemon = desk.daemon()
    threads = [int(entry.name) for entry in Path(f"/proc/{daemon.pid}/task").iterdir()]
    other = next(thread for thread in threads if thread != daemon.pid)
    ctypes.CDLL(None).tgkill(daemon.pid, other, signal.SIGTERM)
    until(lambda: daemon.has_ended, "the daemon has ended")
    assert daemon.wait() == 0


@pytest.mark.parametrize("exact", [False, True])
def test_job_of_a_killed_engine_is_adopted(desk, exact):
    """After kill -9 the next engine sees the job's end; an exact one with its exit code."""
    desk.add("Long", _held_job(desk), exact=exact)
    daemon = desk.daemon()
    run_id = desk.start("Long")
    pid = int(desk.await_note("pid"))
    daemon.kill()
    desk.daemon()
    run = desk.await_status(run_id, Status.RUNNING)
    assert is_alive(pid)
    desk.note("go").touch()
    run = desk.await_end(run_id)
    if exact:
        assert (run.status, run.reason, run.exit_code) == (Status.SUCCEEDED, None, 0)
    else:
        assert (run.status, run.reason) == (Status.UNKNOWN, Reason.EXIT_CODE_UNKNOWN)
    _assert_complete(desk, run_id)


@pytest.mark.parametrize("exact", [False, True])
def test_job_that_ends_while_no_engine_is_there_is_recorded(desk, exact):
    """What ended between two engines has its end told, as far as it can be known."""
    desk.add("Long", _held_job(desk), exact=exact)
    daemon = desk.daemon()
    run_id = desk.start("Long")
    desk.await_status(run_id, Status.RUNNING)
    pid = int(desk.await_note("pid"))
    daemon.kill()
    desk.note("go").touch()
    until(lambda: not is_alive(pid), "the job has ended")
    desk.daemon()
    run = desk.await_end(run_id)
    expected = (Status.SUCCEEDED, 0) if exact else (Status.UNKNOWN, None)
    assert (run.status, run.exit_code) == expected
    _assert_complete(desk, run_id)


def test_adopted_job_keeps_its_time_limit(desk):
    """An adopted program is ended at the limit that counts from its start."""
    text = f"echo $$ > {desk.note('pid')}; exec sleep 60"
    desk.add("Slow", shell(text), timeout_s=2, grace_s=1)
    daemon = desk.daemon()
    run_id = desk.start("Slow")
    pid = int(desk.await_note("pid"))
    daemon.kill()
    desk.daemon()
    run = desk.await_end(run_id)
    assert (run.status, run.reason) == (Status.TIMED_OUT, Reason.TIME_LIMIT)
    assert run.duration_s < 60
    assert not is_alive(pid)


def test_adopted_job_can_be_stopped(desk):
    """An adopted program can be stopped like one the engine has started itself."""
    desk.add("Long", _held_job(desk))
    daemon = desk.daemon()
    run_id = desk.start("Long")
    pid = int(desk.await_note("pid"))
    daemon.kill()
    desk.daemon()
    desk.told("stop", run_id)
    run = desk.await_end(run_id)
    assert (run.status, run.reason) == (Status.CANCELLED, Reason.STOPPED)
    assert not is_alive(pid)


def test_run_waiting_behind_an_adopted_one_gets_its_turn(desk):
    """What waited behind a run when the engine died starts when that run, adopted, ends."""
    job_id = desk.add(
        "Queue", _held_job(desk), every(1), overlap="queue", overlap_limit=1, catch_up="all"
    )
    daemon = desk.daemon()
    until(lambda: len(desk.runs(job_id)) >= 3, "one runs, one waits, one is skipped")
    daemon.kill()
    desk.daemon()
    desk.note("go").touch()
    first, second = desk.runs(job_id)[:2]
    assert desk.await_end(first.id).status is Status.UNKNOWN
    assert desk.await_end(second.id).status is Status.SUCCEEDED


def test_reminder_without_a_session_bus_stays_in_the_inbox(desk):
    """Where no banner can be shown a reminder succeeds and waits in the inbox, not presented."""
    desk.add("Tea", {"kind": "reminder", "title": "Tea", "text": "It is ready"}, notify="always")
    desk.daemon(DBUS_SESSION_BUS_ADDRESS=None, XDG_RUNTIME_DIR=None, DISPLAY=None)
    run = desk.await_end(desk.start("Tea"))
    assert run.status is Status.SUCCEEDED
    (item,) = desk.json("inbox")
    assert (item["kind"], item["run_id"]) == ("reminder", run.id)
    assert (item["title"], item["text"]) == ("Tea", "It is ready")
    assert item["presented_at"] is None
    assert " ERROR " not in desk.engine_log()
    desk.told("done", item["id"])
    assert desk.json("inbox") == []


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
def test_banners_come_again_after_the_session_bus_was_away(desk):
    """While the bus is away jobs run on; when it is back their banners are shown again."""
    desk.add("Tea", {"kind": "reminder", "title": "Tea", "text": ""}, notify="always")
    bus = Bus(desk.aside)
    bus.start()
    before = Service(bus.address)
    try:
        desk.daemon(DBUS_SESSION_BUS_ADDRESS=bus.address)
        desk.await_end(desk.start("Tea"))
        assert before.shown.get(timeout=PATIENCE_S)[1] == "Tea"
        before.close()
        bus.stop()
        assert desk.await_end(desk.start("Tea")).status is Status.SUCCEEDED
        bus.start()
        after = Service(bus.address)
        assert desk.await_end(desk.start("Tea")).status is Status.SUCCEEDED
        assert after.shown.get(timeout=PATIENCE_S)[1] == "Tea"
        after.close()
    finally:
        bus.stop()
    assert "Traceback" not in desk.engine_log()


def test_daemon_waits_for_a_run_by_hand_and_takes_over(desk):
    """A daemon started while `deskcron run` is in charge serves as soon as that run is over."""
    desk.add("Long", _held_job(desk))
    desk.leave()
    runner = desk.launch_cli("run", "Long")
    desk.await_note("pid")
    daemon = desk.launch()
    desk.told("list")
    assert not daemon.is_ready
    desk.note("go").touch()
    assert runner.wait() == 0
    daemon.await_ready()


def _assert_complete(desk, run_id):
    """Check that the log has each line once, in order, up to the last."""
    *lines, last = desk.told("log", run_id).splitlines()
    assert last == "last"
    assert len(lines) >= LINES
    assert lines == [f"line {number}" for number in range(1, len(lines) + 1)]
