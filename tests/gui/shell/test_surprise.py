"""What may surprise about a saved job stays above the pages until it is dealt with."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.surprise import Surprise
from deskcron.gui.shell.window import MainWindow

LONG = "There is no program “rsinc”. It is looked for in /usr/local/bin, /usr/bin, /bin. " * 4


@pytest.fixture
def job_id(add_job) -> str:
    """Return a job that was just saved."""
    return add_job("Sync")


@pytest.fixture
def surprise(window: MainWindow, context: PageContext, job_id: str) -> Surprise:
    """Return the strip of a window, which says something of that job."""
    context.signals.say_surprising.emit("“Sync” is saved.", LONG, job_id, 1)
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


def test_it_leads_back_to_the_job(
    qtbot: QtBot, surprise: Surprise, context: PageContext, job_id: str
) -> None:
    """Its button opens the job in the form, and the strip is done with."""
    with qtbot.waitSignal(context.signals.edit_job) as asked:
        button(surprise, "Edit…").click()
    assert asked.args == [job_id]
    assert not surprise.isVisible()


def test_it_is_closed_by_hand(surprise: Surprise) -> None:
    """It goes when it is closed."""
    button(surprise, "Close this message").click()
    assert not surprise.isVisible()


@pytest.mark.parametrize("change", ["mute", "remove"])
def test_it_goes_once_the_job_is_another(
    qtbot: QtBot,
    surprise: Surprise,
    context: PageContext,
    facade: Facade,
    job_id: str,
    change: str,
) -> None:
    """It was about the job as it was before, whoever changed it and where."""
    getattr(facade.jobs, change)([job_id])
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not surprise.isVisible())


def test_it_outlasts_what_becomes_of_other_jobs(
    qtbot: QtBot, surprise: Surprise, context: PageContext, facade: Facade, add_job
) -> None:
    """A change is looked at, and the strip stays."""
    facade.jobs.remove([add_job("Tea")])
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not surprise._looks._is_behind and not context.bridge._asked)
    assert surprise.isVisible()


def test_it_goes_although_the_window_was_hidden(
    qtbot: QtBot, surprise: Surprise, context: PageContext, facade: Facade, job_id: str
) -> None:
    """What changed meanwhile is looked at when the window comes back."""
    surprise.window().hide()
    facade.jobs.remove([job_id])
    context.bridge.changed.emit()
    surprise.window().show()
    qtbot.waitUntil(lambda: not surprise.isVisible())
