"""Messages at the foot: they come, they go, and what they tell of can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.toast import Toast
from deskcron.gui.shell.window import MainWindow


@pytest.fixture
def toast(window: MainWindow) -> Toast:
    """Return the message of a window."""
    return window.findChild(Toast)


def rest(toast: Toast) -> None:
    """Let the time of the message pass."""
    timer = toast.findChild(QTimer)
    assert timer.isActive()
    timer.timeout.emit()


def test_line_is_shown_and_goes_by_itself(toast: Toast, context: PageContext) -> None:
    """A line is shown as it is, without a button, until its time is over."""
    context.signals.say.emit("Started <b>Backup</b>")
    assert toast.isVisible()
    assert toast.text() == "Started <b>Backup</b>"
    assert not toast.findChild(QPushButton).isVisible()
    rest(toast)
    assert not toast.isVisible()


def test_undo_takes_the_change_back_and_says_what(
    toast: Toast,
    context: PageContext,
    facade: Facade,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """The button brings back a job that was deleted, and the next line says so."""
    job_id = add_job("Backup")
    removed = facade.jobs.remove([job_id])
    context.signals.say_undoable.emit("Deleted Backup", removed.operation)
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: toast.text() == "Deleting Backup was undone.")
    assert [job.id for job in facade.catalogue.list()] == [job_id]
    assert not toast.findChild(QPushButton).isVisible()


def test_undo_leaves_alone_what_was_changed_since(
    toast: Toast,
    context: PageContext,
    facade: Facade,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """The button takes back what its line tells of, never what somebody has done meanwhile."""
    removed = facade.jobs.remove([add_job("Backup")])
    context.signals.say_undoable.emit("Deleted Backup", removed.operation)
    theirs = add_job("Theirs")
    with qtbot.waitSignal(context.bridge.failed) as refused:
        qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert refused.args[0].title == "Nothing was undone"
    assert [job.id for job in facade.catalogue.list()] == [theirs]


def test_message_waits_for_the_keyboard(
    toast: Toast, context: PageContext, window: MainWindow, qtbot: QtBot
) -> None:
    """It does not go away under the fingers of somebody who has come to its button."""
    context.signals.say_undoable.emit("Deleted Backup", 1)
    undo = toast.findChild(QPushButton)
    with qtbot.waitActive(window):
        window.activateWindow()
    undo.setFocus()
    rest(toast)
    assert toast.isVisible()
    undo.clearFocus()
    rest(toast)
    assert not toast.isVisible()


def test_message_waits_under_the_pointer(toast: Toast, context: PageContext) -> None:
    """It does not go away while somebody reads it with the pointer on it."""
    context.signals.say.emit("Started Backup")
    timer = toast.findChild(QTimer)
    middle = QPointF(toast.rect().center())
    QApplication.sendEvent(toast, QEnterEvent(middle, middle, middle))
    assert not timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert timer.isActive()


def test_newer_line_takes_the_place_of_the_older(toast: Toast, context: PageContext) -> None:
    """A plain line after one that could be undone has no button."""
    context.signals.say_undoable.emit("Deleted Backup", 1)
    assert toast.findChild(QPushButton).isVisible()
    context.signals.say.emit("Started Backup")
    assert not toast.findChild(QPushButton).isVisible()


def test_long_line_stays_inside_the_window(
    toast: Toast, context: PageContext, window: MainWindow
) -> None:
    """Words without end are shortened; the message never sticks out."""
    context.signals.say_undoable.emit("Deleted " + "a very long name " * 60, 1)
    window.resize(window.minimumSize())
    assert toast.parentWidget().rect().contains(toast.geometry())


def test_edit_opens_the_job_that_the_line_is_about(
    toast: Toast, context: PageContext, qtbot: QtBot
) -> None:
    """A line can lead to the form of a job."""
    context.signals.say_editable.emit("Tea stays finished.", "some-id")
    button = toast.findChild(QPushButton)
    assert button.text() == "Edit"
    with qtbot.waitSignal(context.signals.edit_job) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["some-id"]
