"""What may surprise about a saved job stays above the pages until it is dealt with."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.surprise import Surprise
from deskcron.gui.shell.window import MainWindow

LONG = "There is no program “rsinc”. It is looked for in /usr/local/bin, /usr/bin, /bin. " * 4


@pytest.fixture
def surprise(window: MainWindow, context: PageContext) -> Surprise:
    """Return the strip of a window, which says something."""
    context.signals.say_surprising.emit("“Sync” is saved.", LONG, "some-id")
    return window.findChild(Surprise)


def button(surprise: Surprise, name: str) -> QAbstractButton:
    """Return a button by what a screen reader or the eye finds there."""
    found = surprise.findChildren(QAbstractButton)
    [one] = [one for one in found if name in (one.accessibleName(), one.text())]
    return one


def test_all_of_it_can_be_read(surprise: Surprise) -> None:
    """Long words wrap instead of being cut."""
    assert surprise.isVisible()
    assert (surprise.title(), surprise.text()) == ("“Sync” is saved.", LONG)
    assert surprise.height() >= surprise.heightForWidth(surprise.width())


def test_it_leads_back_to_the_job(qtbot: QtBot, surprise: Surprise, context: PageContext) -> None:
    """Its button opens the job in the form, and the strip is done with."""
    with qtbot.waitSignal(context.signals.edit_job) as asked:
        button(surprise, "Edit…").click()
    assert asked.args == ["some-id"]
    assert not surprise.isVisible()


def test_it_is_closed_by_hand(surprise: Surprise) -> None:
    """It goes when it is closed."""
    button(surprise, "Close this message").click()
    assert not surprise.isVisible()


def test_it_goes_once_the_job_is_saved_anew(surprise: Surprise, context: PageContext) -> None:
    """It was about the job as it was before; what is saved of other jobs does not matter."""
    context.signals.job_saved.emit("another-id")
    assert surprise.isVisible()
    context.signals.job_saved.emit("some-id")
    assert not surprise.isVisible()
