"""The composition root: everything wired on one data directory, for the time it is used."""

from __future__ import annotations

import logging
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from deskcron.bootstrap import entry
from deskcron.bootstrap.core import Core
from deskcron.cli import failures
from deskcron.domain.errors import EngineRunning, StoreUnavailable
from deskcron.domain.run import Status
from deskcron.system.paths import Paths

REMINDER = {"name": "Tea", "action": {"kind": "reminder"}}
DEADLINE_S = 20.0


@pytest.fixture(autouse=True)
def _no_session(monkeypatch):
    """Show no banners of these tests on a screen."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def core(tmp_path: Path):
    """Return the core of an empty data directory."""
    core = Core(Paths.below(tmp_path / "home"))
    yield core
    core.close()


def test_the_facade_works_without_an_engine(core) -> None:
    """Jobs can be added and looked at while no engine runs, and stay for the next core."""
    facade = core.facade()
    facade.jobs.add(REMINDER)
    assert core.facade().catalogue is facade.catalogue
    core.close()
    assert [line.name for line in core.facade().catalogue.list()] == ["Tea"]
    core.close()
    core.close()


def test_every_subject_is_wired(core) -> None:
    """Each subject of the facade answers a simple question."""
    facade = core.facade()
    facade.jobs.add(REMINDER)
    assert facade.whens.duration_s("1m") == 60
    assert facade.catalogue.show("Tea").revision == 1
    assert b"Tea" in facade.transfer.export()
    assert "no-engine" in facade.history.why("Tea").obstacles
    assert facade.statistics.of("Tea").executed == 0
    assert facade.inbox.waiting() == []
    assert not facade.control.state().running
    assert facade.overview.look().jobs == 1
    assert facade.preferences.get().history_days == 90
    assert {finding.topic for finding in facade.doctor.examine()} >= {"engine", "store"}
    assert core.clock().now() >= facade.catalogue.show("Tea").created_at
    assert facade.jobs.undo().label == "Tea"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_what_is_kept_is_private(core, tmp_path: Path) -> None:
    """The data directory and the store are the person's alone."""
    core.facade()
    paths = Paths.below(tmp_path / "home")
    assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(paths.database.stat().st_mode) == 0o600


def served(core, work) -> None:
    """Do some work while the core is the engine in another thread."""
    stop, ready = Event(), Event()
    errors = []

    def serve() -> None:
        try:
            core.serve(stop, None, ready.set)
        except BaseException as error:  # noqa: BLE001 - it is the test that tells
            errors.append(error)
            ready.set()

    thread = Thread(target=serve, name="test-serve")
    thread.start()
    try:
        assert ready.wait(DEADLINE_S)
        assert not errors, errors
        work()
    finally:
        stop.set()
        thread.join(DEADLINE_S)
    assert not thread.is_alive()
    assert not errors, errors


def test_an_engine_serves_other_cores(core, tmp_path: Path) -> None:
    """A second core on the same directory reaches the engine of the first."""
    other = core.at_home(tmp_path / "home")

    def work() -> None:
        facade = other.facade()
        assert facade.control.state().role == "daemon"
        facade.jobs.add(REMINDER)
        run_id = facade.control.run("Tea")
        assert facade.control.wait(run_id, DEADLINE_S).status is Status.SUCCEEDED
        assert [item.title for item in facade.inbox.waiting()] == ["Tea"]
        with pytest.raises(EngineRunning, match="daemon"):
            other.serve(Event())
        with pytest.raises(EngineRunning), other.foreground():
            pass

    served(core, work)
    assert not other.facade().control.state().running
    other.close()


def test_the_foreground_runs_what_is_asked_for(core) -> None:
    """Without a daemon a job can be run under the engine lock, which is given back."""
    core.facade().jobs.add(REMINDER)
    with core.foreground():
        control = core.facade().control
        assert control.state().role == "run"
        assert control.wait(control.run("Tea"), DEADLINE_S).status is Status.SUCCEEDED
    assert not core.facade().control.state().running


def test_who_takes_over_brings_the_words_of_its_version(core, tmp_path: Path) -> None:
    """Codes that the engine before did not know can be written by one that was attached to it."""
    core.facade()
    with closing(sqlite3.connect(Paths.below(tmp_path / "home").database)) as connection:
        connection.execute("DELETE FROM reasons WHERE word = 'places-taken'")
        connection.commit()
        with core.foreground():
            words = connection.execute("SELECT word FROM reasons").fetchall()
    assert ("places-taken",) in words


def test_the_engine_has_a_log_of_its_own(core, tmp_path: Path) -> None:
    """While an engine runs its records go into a file, and afterwards no longer."""
    root = logging.getLogger("deskcron")
    before = list(root.handlers)
    served(core, lambda: logging.getLogger("deskcron.test").info("here I am"))
    assert root.handlers == before
    assert "here I am" in Paths.below(tmp_path / "home").engine_log.read_text()


def test_a_directory_that_cannot_be_used_is_told_in_words(tmp_path: Path) -> None:
    """Where the data directory cannot be made the error says so."""
    (tmp_path / "home").write_text("a file in its place")
    core = Core(Paths.below(tmp_path / "home"))
    with pytest.raises(StoreUnavailable):
        core.facade()


def test_resources_are_found(core) -> None:
    """What ships with the program is found by its path."""
    assert core.resource("scripts").is_dir()


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["dance"], 2)])
def test_main_answers_with_an_exit_code(monkeypatch, capsys, arguments, code: int) -> None:
    """The program as a whole answers with the exit code of its command line."""
    monkeypatch.setattr(sys, "argv", ["deskcron", *arguments])
    assert entry.main() == code
    captured = capsys.readouterr()
    assert captured.out or captured.err


def test_a_home_that_is_no_place_is_told_in_words(monkeypatch, capsys) -> None:
    """Where nobody knows the home folder meant by DESKCRON_HOME, words and a code say so."""
    monkeypatch.setenv("DESKCRON_HOME", "~nobody-by-this-name/x")
    monkeypatch.setattr(sys, "argv", ["deskcron", "list"])
    assert entry.main() == failures.NO_STORE
    assert "not known which home folder" in capsys.readouterr().err
