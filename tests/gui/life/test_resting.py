"""A window that was closed a while ago is let go of, unless something of it is still open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from deskcron.gui.life.front import Front
from deskcron.gui.life.resting import Resting


def grant(_window: QMainWindow, event: QCloseEvent) -> None:
    """Let every window close."""
    event.accept()


@pytest.fixture
def front(qtbot: QtBot) -> Front:
    """Return a window that is shown, and made anew when it is gone."""

    def make() -> QMainWindow:
        window = QMainWindow()
        qtbot.addWidget(window)
        return window

    front = Front(make, grant)
    front.open()
    return front


@pytest.fixture
def resting(front: Front) -> Resting:
    """Return what lets go of it."""
    return Resting(front, lambda: True)


def test_a_closed_window_is_let_go_of_and_opens_anew(front: Front, resting: Resting) -> None:
    """After it was closed the window goes with all that is in it, and another one opens."""
    closed = front.window
    closed.close()
    resting.rest()
    assert not isValid(closed)
    front.open()
    assert front.shown is not None


@pytest.mark.parametrize("is_minimised", [False, True])
def test_a_window_that_is_open_stays(front: Front, resting: Resting, *, is_minimised: bool) -> None:
    """What is on the screen or in the task bar is left alone."""
    window = front.window
    if is_minimised:
        front.open_minimised()
    resting.rest()
    assert front.window is window
    assert isValid(window)


def test_a_form_that_is_open_keeps_its_window(front: Front, resting: Resting) -> None:
    """Nothing that is typed into a form goes with the window behind it."""
    window = front.window
    form = QDialog(window)
    form.show()
    window.close()
    form.show()
    resting.rest()
    assert isValid(form)
    form.close()
    resting.rest()
    assert not isValid(window)


def test_a_window_that_cannot_be_made_anew_stays(front: Front) -> None:
    """While the data cannot be used, what the window says of that stays."""
    window = front.window
    window.close()
    Resting(front, lambda: False).rest()
    assert isValid(window)


def test_only_an_unseen_window_is_timed(qtbot: QtBot, front: Front, resting: Resting) -> None:
    """The time runs from the close, and no more once the window is looked at again."""
    with qtbot.waitSignal(front.seen):
        front.window.close()
    assert resting._timer.isActive()
    with qtbot.waitSignal(front.seen):
        front.open()
    assert not resting._timer.isActive()
