"""A window that was closed a while ago is let go of, unless something of it is still open."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from deskcron.bootstrap.core import Core
from deskcron.gui.bridge import Bridge
from deskcron.gui.life.resting import Resting
from deskcron.gui.life.windowcontroller import WindowController


def grant(_window: QMainWindow, event: QCloseEvent) -> None:
    """Let every window close."""
    event.accept()


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[WindowController]:
    """Return a window that is shown, and made anew when it is gone."""
    windows = WindowController(QMainWindow, grant)
    windows.open()
    yield windows
    windows.close()
    windows.let_go()


@pytest.fixture
def resting(windows: WindowController, bridge: Bridge, core: Core) -> Resting:
    """Return what lets go of it."""
    return Resting(windows, bridge, lambda: True, core.forget)


def test_a_closed_window_is_let_go_of_and_opens_anew(
    windows: WindowController, resting: Resting
) -> None:
    """After it was closed the window goes with all that is in it, and another one opens."""
    closed = windows.window
    closed.close()
    resting.rest()
    assert not isValid(closed)
    windows.open()
    assert windows.shown is not None


@pytest.mark.parametrize("is_minimised", [False, True])
def test_a_window_that_is_open_stays(
    windows: WindowController, resting: Resting, *, is_minimised: bool
) -> None:
    """What is on the screen or in the task bar is left alone."""
    window = windows.window
    if is_minimised:
        windows.open_minimised()
    resting.rest()
    assert windows.window is window
    assert isValid(window)


def test_a_form_that_is_open_keeps_its_window(windows: WindowController, resting: Resting) -> None:
    """Nothing that is typed into a form goes with the window behind it."""
    window = windows.window
    form = QDialog(window)
    form.show()
    window.close()
    form.show()
    resting.rest()
    assert isValid(form)
    form.close()
    resting.rest()
    assert not isValid(window)


def test_what_was_kept_for_the_window_is_forgotten(
    qtbot: QtBot, windows: WindowController, bridge: Bridge
) -> None:
    """With the window goes what only made its next look quicker."""
    forgotten = Event()
    windows.window.close()
    resting = Resting(windows, bridge, lambda: True, forgotten.set)
    resting.rest()
    qtbot.waitUntil(forgotten.is_set)


def test_a_window_that_cannot_be_made_anew_stays(
    windows: WindowController, bridge: Bridge, core: Core
) -> None:
    """While the data cannot be used, what the window says of that stays."""
    window = windows.window
    window.close()
    Resting(windows, bridge, lambda: False, core.forget).rest()
    assert isValid(window)


def test_only_an_unseen_window_is_timed(
    qtbot: QtBot, windows: WindowController, resting: Resting
) -> None:
    """The time runs from the close, and no more once the window is looked at again."""
    with qtbot.waitSignal(windows.seen):
        windows.window.close()
    assert resting._timer.isActive()
    with qtbot.waitSignal(windows.seen):
        windows.open()
    assert not resting._timer.isActive()
