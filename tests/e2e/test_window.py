"""The window's process as a whole: one for each data directory, its engine, its end."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from configparser import RawConfigParser
from contextlib import closing
from pathlib import Path

import pytest
from desk import Desk, command, is_alive, shell
from waiting import until

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

PLATFORM = {"QT_QPA_PLATFORM": None if os.environ.get("DISPLAY") else "offscreen"}
"""On the screen there is, else on none."""
TAKE_OVER_S = 12
LOGOUT = Path(__file__).with_name("logoutprocess.py")


@pytest.fixture(autouse=True)
def _no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no banners of these tests on a screen, and touch no session's settings."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@pytest.fixture
def desk(deskcron_home, tmp_path, monkeypatch):
    """Give a data directory whose windows are ended after the test."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = Desk(deskcron_home, tmp_path / "aside")
    yield made
    made.close()


def open_window(desk: Desk, *options: str, **environ):
    """Start the window and wait until its process is the engine."""
    window = desk.launch_cli(*options, **{**PLATFORM, **environ})
    until(lambda: engine(desk) == ("window", window.pid), f"the engine runs: {window.text}")
    return window


def engine(desk: Desk):
    """Return the role and the process of the engine, as every command sees it."""
    assert desk.home.exists() or desk.facade
    state = desk.facade.control.state()
    return state.role, state.pid


def held_job(desk: Desk):
    """Return a program that runs until its note is there."""
    return shell(
        f"echo $$ > {desk.note('pid')}; while [ ! -e {desk.note('go')} ]; do sleep 0.02; done"
    )


def test_a_second_start_reaches_the_first(desk) -> None:
    """A second start ends at once with success, and the first goes on; another home is apart."""
    first = open_window(desk)
    for options in ((), ("--show",), ("--hidden",)):
        second = desk.cli(*options, **PLATFORM)
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert not first.has_ended
    other = Desk(desk.aside / "other", desk.aside / "other-aside")
    try:
        open_window(other)
        assert not first.has_ended
    finally:
        other.close()
    assert desk.cli("--quit", **PLATFORM).returncode == 0
    assert first.wait() == 0
    assert first.text == ""


def test_of_windows_started_at_once_one_stays(desk) -> None:
    """Of starts at the same moment one becomes the window, and the others end with success."""
    windows = [desk.launch_cli(**PLATFORM) for _number in range(4)]
    until(lambda: sum(window.has_ended for window in windows) == 3, "three have ended")
    (staying,) = [window for window in windows if not window.has_ended]
    until(lambda: engine(desk) == ("window", staying.pid), "the one that stays is the engine")
    assert {window.wait() for window in windows if window is not staying} == {0}
    assert {window.text for window in windows} == {""}


def test_a_window_that_hangs_is_named(desk) -> None:
    """A start that gets no answer says which process it is, and ends with 1."""
    first = open_window(desk)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        second = desk.cli(**PLATFORM)
    finally:
        os.kill(first.pid, signal.SIGCONT)
    assert second.returncode == 1
    assert str(first.pid) in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("option", ["--show", "--quit"])
def test_without_a_window_there_is_nobody_to_reach(desk, option) -> None:
    """What is meant for a running window says that none runs, and starts none."""
    answer = desk.cli(option, **PLATFORM)
    assert answer.returncode == 1
    assert "not running" in answer.stderr


def test_the_window_takes_over_from_a_daemon(desk) -> None:
    """A window beside a daemon uses its engine, and becomes the engine when that one ends."""
    daemon = desk.daemon()
    window = desk.launch_cli(**PLATFORM)
    lock = desk.home / "window.lock"
    until(lambda: lock.exists() and str(window.pid) in lock.read_text(), "the window is there")
    assert engine(desk) == ("daemon", daemon.pid)
    assert daemon.stop() == 0
    until(lambda: engine(desk) == ("window", window.pid), "it has taken over", TAKE_OVER_S)
    refused = desk.cli("daemon")
    assert refused.returncode == 1
    assert f"{window.pid} (window)" in refused.stderr
    assert window.stop() == 0
    assert window.text == ""


def test_a_job_of_a_killed_window_is_adopted(desk) -> None:
    """After kill -9 the next window watches the job that went on, and records its end."""
    desk.add("Long", held_job(desk))
    window = open_window(desk)
    run_id = desk.start("Long")
    pid = int(desk.await_note("pid"))
    window.kill()
    assert is_alive(pid)
    successor = open_window(desk)
    assert desk.await_status(run_id, Status.RUNNING)
    desk.note("go").touch()
    run = desk.await_end(run_id)
    assert (run.status, run.reason) == (Status.UNKNOWN, Reason.EXIT_CODE_UNKNOWN)
    assert successor.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_window_and_not_its_jobs(desk, number) -> None:
    """Asked to end, the window is gone at once; its job runs on under the next engine."""
    desk.add("Long", held_job(desk), exact=True)
    window = open_window(desk, "--hidden")
    run_id = desk.start("Long")
    pid = int(desk.await_note("pid"))
    assert window.stop(number) == 0
    assert window.text == ""
    assert is_alive(pid)
    assert desk.facade.control.state().role is None
    desk.daemon()
    desk.note("go").touch()
    assert desk.await_end(run_id).status is Status.SUCCEEDED


def test_a_logout_is_not_held_up_by_what_was_typed(desk) -> None:
    """A form with unsaved words keeps the program from being closed, but no session from ending."""
    given = {**desk.environ, **{name: value for name, value in PLATFORM.items() if value}}
    with subprocess.Popen(
        [sys.executable, str(LOGOUT), str(desk.home)],
        env=given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        assert window.stderr is not None
        assert window.stdout.readline() == "typed\n"
        print("quit", file=window.stdin, flush=True)
        assert window.stdout.readline() == "asked to end\n"
        print("logout", file=window.stdin, flush=True)
        assert window.stdout.read() == "asked to end\n"
        assert window.stderr.read() == ""
    assert window.returncode == 0
    assert "Engine stops" in desk.engine_log()
    assert desk.facade.control.state().role is None


@pytest.mark.skipif(sys.platform != "linux", reason="displays of Linux")
@pytest.mark.parametrize("display", [None, ":9998"])
def test_without_a_display_the_words_say_what_to_do(desk, display) -> None:
    """Without a display, or with one that does not answer, words and exit code 2."""
    places = dict.fromkeys(("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"))
    answer = desk.cli(**places, DISPLAY=display)
    assert answer.returncode == 2
    assert "cannot open its window" in answer.stderr
    assert "deskcron daemon" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_store_that_cannot_be_used_is_explained_and_tried_again(desk) -> None:
    """With data of a newer version the window stays, and works as soon as the data can be used."""
    assert desk.told("list")
    database = desk.paths.database
    with closing(sqlite3.connect(database)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("PRAGMA user_version = 999")
    window = desk.launch_cli(**PLATFORM)
    log = desk.home / "window.log"
    until(lambda: log.exists() and "newer deskcron" in log.read_text(), "it is explained")
    assert not window.has_ended
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    until(lambda: engine(desk) == ("window", window.pid), "it works", TAKE_OVER_S)
    assert "Traceback" not in log.read_text()
    assert window.stop() == 0


def test_a_home_that_cannot_be_made_is_tried_again(desk) -> None:
    """Where the data directory is a file the window stays, and works once the file is away."""
    desk.home.write_text("a file in its place")
    window = desk.launch_cli(**PLATFORM)
    until(lambda: "log cannot be written" in window.text, "the window is there")
    assert not window.has_ended
    desk.home.unlink()
    until(lambda: engine(desk) == ("window", window.pid), "it works", TAKE_OVER_S)
    assert "Traceback" not in window.text
    assert window.stop() == 0


def test_the_end_of_the_session_bus_ends_nothing(desk, tmp_path) -> None:
    """When D-Bus goes away jobs run on time as before, and the window ends in order."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is not installed")
    address = f"unix:path={tmp_path / 'bus'}"
    with subprocess.Popen(
        [program, "--session", "--nofork", f"--address={address}", "--print-address"],
        stdout=subprocess.PIPE,
    ) as bus:
        assert bus.stdout is not None
        bus.stdout.readline()
        desk.add("Fast", command("/bin/true"), notify="always")
        window = open_window(desk, DBUS_SESSION_BUS_ADDRESS=address)
        assert desk.await_end(desk.start("Fast")).status is Status.SUCCEEDED
        bus.kill()
    assert desk.await_end(desk.start("Fast")).status is Status.SUCCEEDED
    assert not window.has_ended
    assert window.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the way of Linux")
def test_the_entry_for_the_login_starts_this_very_deskcron(desk) -> None:
    """What the session would start at login becomes the hidden window of this data directory."""
    desk.told("autostart", "on")
    state = desk.json("autostart", "status")
    assert state["is_on"]
    entry = RawConfigParser()
    entry.read(state["place"], encoding="utf-8")
    line = entry["Desktop Entry"]["Exec"]
    given = {**os.environ, "DESKCRON_HOME": "/nowhere"}
    given.update({name: value for name, value in PLATFORM.items() if value})
    with subprocess.Popen(shlex.split(line), env=given) as window:
        until(lambda: (desk.facade.control.state().role or "") == "window", "the engine runs")
        window.terminate()
    assert window.returncode == 0
    assert "not start" in desk.told("autostart", "off")
    assert not Path(state["place"]).exists()
