"""What closing and quitting mean, with a tray and without, and what a person is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskcron.bootstrap.core import Core
from deskcron.domain.answers import Ahead, EngineState, Overview
from deskcron.domain.run import JobId, RunId, Running
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.life.closepolicy import ClosePolicy
from deskcron.gui.life.preferenceswatcher import PreferencesWatcher
from deskcron.gui.life.quitconfirmation import QuitConfirmation, details, will_miss
from deskcron.gui.life.windowcontroller import WindowController
from deskcron.gui.pagecontext import PageContext

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Tray:
    """A tray that is there or not."""

    is_there = True

    def __call__(self) -> bool:
        return self.is_there


@pytest.fixture
def tray() -> Tray:
    """Return a tray that is there."""
    return Tray()


@pytest.fixture
def preferences_watcher(qtbot: QtBot, bridge: Bridge) -> PreferencesWatcher:
    """Return the preferences as they are at the first start, read."""
    preferences_watcher = PreferencesWatcher(bridge)
    with qtbot.waitSignal(preferences_watcher.changed):
        preferences_watcher.look()
    return preferences_watcher


@pytest.fixture
def close_policy(preferences_watcher: PreferencesWatcher, tray: Tray) -> ClosePolicy:
    """Return what decides about closes."""
    return ClosePolicy(preferences_watcher, tray)


@pytest.fixture
def windows(qtbot: QtBot, close_policy: ClosePolicy) -> WindowController:
    """Return a window that is shown."""
    window = QMainWindow()
    qtbot.addWidget(window)
    windows = WindowController(lambda: window, close_policy.decide, window)
    windows.open()
    return windows


def box(parent: QWidget | None) -> QMessageBox:
    """Return the question that is open over a window."""
    assert parent is not None
    (found,) = parent.findChildren(QMessageBox)
    return found


def press(qtbot: QtBot, question: QMessageBox, text: str) -> None:
    """Press a button of a question."""
    (button,) = [b for b in question.findChildren(QPushButton) if b.text().replace("&", "") == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_with_a_tray_the_window_just_goes(
    qtbot, windows, preferences_watcher, close_policy, facade
) -> None:
    """With a tray a close hides the window; the first time ever it is said where it went."""
    with qtbot.waitSignal(close_policy.went_to_tray):
        windows.window.close()
    assert not windows.window.isVisible()
    qtbot.waitUntil(lambda: facade.preferences.get().knows_tray)
    qtbot.waitUntil(lambda: preferences_watcher.preferences.knows_tray)
    windows.open()
    with qtbot.assertNotEmitted(close_policy.went_to_tray):
        windows.window.close()
    assert not windows.window.isVisible()


def test_without_a_tray_the_first_close_asks_once(
    qtbot, windows, preferences_watcher, tray, facade
) -> None:
    """Without a tray the first close asks; once answered, closing minimises."""
    tray.is_there = False
    windows.window.close()
    assert windows.window.isVisible()
    assert facade.preferences.get().knows_tray is False
    press(qtbot, box(windows.window), "Minimise")
    assert windows.window.isMinimized()
    qtbot.waitUntil(lambda: preferences_watcher.preferences.knows_tray)
    windows.open()
    assert windows.shown is windows.window
    windows.window.close()
    assert windows.window.isMinimized()


def test_the_first_close_may_be_the_end(qtbot, windows, close_policy, tray, facade) -> None:
    """Whoever answers with Quit ends deskcron, and is asked again the next time."""
    tray.is_there = False
    windows.window.close()
    with qtbot.waitSignal(close_policy.quit_wanted):
        press(qtbot, box(windows.window), "Quit")
    assert facade.preferences.get().knows_tray is False


def test_the_end_of_the_session_is_not_held_up(
    windows: WindowController, close_policy: ClosePolicy, tray: Tray
) -> None:
    """Once the end has begun a close is granted without a question, tray or not."""
    tray.is_there = False
    close_policy.let_go()
    event = QCloseEvent()
    event.ignore()
    close_policy.decide(windows.window, event)
    assert event.isAccepted()
    assert windows.window.findChildren(QMessageBox) == []
    close_policy.hold_again()
    close_policy.decide(windows.window, event)
    assert not event.isAccepted()


def test_where_the_store_is_not_open_nobody_is_asked(qtbot: QtBot, tray: Tray, core) -> None:
    """While preferences cannot be read a close without a tray minimises."""
    bridge = Bridge(core.facade)
    window = QMainWindow()
    qtbot.addWidget(window)
    tray.is_there = False
    windows = WindowController(lambda: window, ClosePolicy(PreferencesWatcher(bridge), tray).decide)
    windows.open()
    window.close()
    assert window.isMinimized()
    bridge.close()


def test_the_token_of_whoever_asks_is_there_while_the_window_comes(
    qtbot: QtBot, windows: WindowController, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt finds the token under the name that it reads, and programs started later do not."""
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    windows.open("token of a click")
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token of a click"
    qtbot.waitUntil(lambda: "XDG_ACTIVATION_TOKEN" not in os.environ)


def test_a_window_that_filled_the_screen_does_so_again(windows: WindowController) -> None:
    """Coming back from the task bar a window is as large as it was."""
    windows.window.showMaximized()
    windows.open_minimised()
    assert windows.window.isMinimized()
    windows.open()
    assert windows.window.isMaximized()
    assert not windows.window.isMinimized()


def test_who_can_see_the_window_is_told(qtbot: QtBot, windows: WindowController) -> None:
    """It is told when the window is shown, minimised and hidden."""
    with qtbot.waitSignal(windows.seen) as blocker:
        windows.open_minimised()
    assert blocker.args == [False]
    with qtbot.waitSignal(windows.seen) as blocker:
        windows.open("token of a click")
    assert blocker.args == [True]
    with qtbot.waitSignal(windows.seen) as blocker:
        windows.window.hide()
    assert blocker.args == [False]


def overview(**fields) -> Overview:
    """Return what is going on where this process is the engine."""
    ahead = Ahead(job_id=JobId("a"), job_name="<b>Rent</b> & tax", at=NOW + timedelta(minutes=5))
    values = {
        "engine": EngineState(running=True, pid=1, role="window"),
        "jobs": 3,
        "running": (),
        "needs_you": 0,
        "upcoming": (ahead,),
    }
    return Overview(**{**values, **fields})


def test_only_what_depends_on_this_process_is_missed() -> None:
    """Nothing is missed where a daemon is the engine, or nothing is ahead."""
    assert will_miss(overview())
    assert not will_miss(overview(upcoming=()))
    tea = Ahead(job_id=JobId("a"), job_name="Tea", at=NOW, is_snoozed=True)
    assert will_miss(overview(upcoming=(), snoozed=(tea,)))
    assert "Tea (snoozed)" in details(overview(snoozed=(tea,)), NOW, None)
    assert not will_miss(overview(engine=EngineState(running=True, pid=2, role="daemon")))


def test_the_question_names_what_will_not_run_and_what_goes_on() -> None:
    """The next due times and the number of running jobs are told."""
    running = Running(run_id=RunId(1), job_id=JobId("a"), job_name="Backup", started_at=NOW)
    lines = details(overview(running=(running,)), NOW, UTC).splitlines()
    assert lines[0].startswith("No job starts by itself")
    assert "in 5 min: <b>Rent</b> & tax" in lines
    assert lines[-1] == "1 job that is running now goes on."


@pytest.fixture
def quit_confirmation(qtbot: QtBot, context: PageContext) -> QuitConfirmation:
    """Return what asks before the end."""
    return QuitConfirmation(context)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """Return a window to ask over."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def plan(facade: Facade) -> None:
    """Store a job that is due every hour."""
    rule = facade.whens.when("every", "1h")
    facade.jobs.add({"name": "Tea", "triggers": [rule], "action": {"kind": "reminder"}})


def test_with_nothing_ahead_nobody_is_asked(qtbot, quit_confirmation, parent, facade) -> None:
    """Without an engine here, or without a job, the end comes without a question."""
    plan(facade)
    with qtbot.waitSignal(quit_confirmation.agreed):
        quit_confirmation.ask(parent)
    assert parent.findChildren(QMessageBox) == []


@pytest.fixture
def window_engine(core: Core) -> Iterator[None]:
    """Run the engine in the role of the window."""
    stop, ready = Event(), Event()
    thread = Thread(target=core.serve, args=(stop,), kwargs={"ready": ready.set, "role": "window"})
    thread.start()
    assert ready.wait(20)
    yield
    stop.set()
    thread.join()


@pytest.mark.usefixtures("window_engine")
def test_the_question_is_asked_once_and_may_be_declined(
    qtbot, quit_confirmation, parent, facade
) -> None:
    """With something ahead it is asked, once at a time; Cancel changes nothing."""
    plan(facade)
    quit_confirmation.ask(parent)
    quit_confirmation.ask(parent)
    qtbot.waitUntil(lambda: bool(parent.findChildren(QMessageBox)))
    question = box(parent)
    assert "No job starts by itself" in question.informativeText()
    default = question.defaultButton()
    assert default.text().replace("&", "") == "Cancel"
    with (
        qtbot.assertNotEmitted(quit_confirmation.agreed),
        qtbot.waitSignal(question.destroyed),
    ):
        press(qtbot, question, "Cancel")
    quit_confirmation.ask(parent)
    qtbot.waitUntil(lambda: bool(parent.findChildren(QMessageBox)))
    with qtbot.waitSignal(quit_confirmation.agreed):
        press(qtbot, box(parent), "Quit")


@pytest.mark.usefixtures("window_engine")
def test_the_question_outlives_the_window_it_was_asked_in(qtbot, quit_confirmation, facade) -> None:
    """Where the window is let go of before the answer comes, the question stands alone."""
    plan(facade)
    window = QWidget()
    quit_confirmation.ask(window)
    delete(window)
    qtbot.waitUntil(lambda: quit_confirmation._box is not None)
    with qtbot.waitSignal(quit_confirmation.agreed):
        press(qtbot, quit_confirmation._box, "Quit")
