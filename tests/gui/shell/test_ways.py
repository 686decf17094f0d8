"""The signals from one page to another lead where they should, in the window as it is built."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.environment.dialog import EnvironmentDialog
from deskcron.gui.life.forms import Forms
from deskcron.gui.life.windowfactory import WindowFactory
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.dialog import ReviewDialog
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow
from deskcron.gui.statistics.alljobsdialog import AllJobsDialog
from deskcron.gui.statistics.jobdialog import JobStatisticsDialog
from deskcron.gui.why.dialog import WhyDialog


@pytest.fixture
def window(
    qtbot: QtBot, context: PageContext, core: Core, overview_watcher: OverviewWatcher
) -> MainWindow:
    """Return the window with its real pages."""
    window = WindowFactory(context, core, Forms(context)).window(overview_watcher)
    qtbot.addWidget(window)
    window.show()
    return window


def shown(kind: type[QWidget]) -> list[QWidget]:
    """Return the windows of a kind that can be seen."""
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]


def test_new_job_opens_the_form(window: MainWindow, context: PageContext, qtbot: QtBot) -> None:
    """Each wish for a new job opens a form of its own."""
    context.signals.new_job.emit("reminder")
    context.signals.new_job.emit("")
    qtbot.waitUntil(lambda: len(shown(Editor)) == 2)


def test_form_of_a_job_has_its_name(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str], qtbot: QtBot
) -> None:
    """Editing opens the form with what is stored."""
    context.signals.edit_job.emit(add_job("Backup"))
    qtbot.waitUntil(lambda: ["Backup" in one.windowTitle() for one in shown(Editor)] == [True])


def test_a_job_has_one_form(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str], qtbot: QtBot
) -> None:
    """Editing a job again brings its form to the front; another job gets another form."""

    def forms() -> list[Editor]:
        return [one for one in window.findChildren(Editor) if one.isVisible()]

    backup = add_job("Backup")
    context.signals.edit_job.emit(backup)
    [form] = forms()
    form.showMinimized()
    context.signals.edit_job.emit(backup)
    assert forms() == [form]
    assert not form.isMinimized()
    context.signals.edit_job.emit(add_job("Tea"))
    assert len(forms()) == 2
    form.reject()
    context.signals.edit_job.emit(backup)
    assert len(forms()) == 2


def test_why_is_answered_beside_the_page(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str], qtbot: QtBot
) -> None:
    """The question why opens its answer over whatever page is shown."""
    context.signals.explain_job.emit(add_job("Backup"))
    qtbot.waitUntil(lambda: len(shown(WhyDialog)) == 1)
    assert window.place() is Place.JOBS


def test_statistics_open_beside_the_page(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str], qtbot: QtBot
) -> None:
    """The figures of a job have a window of their own, and so has the comparison of all."""
    context.signals.show_statistics.emit(add_job("Backup"))
    qtbot.waitUntil(lambda: len(shown(JobStatisticsDialog)) == 1)
    context.signals.show_statistics.emit("")
    qtbot.waitUntil(lambda: len(shown(AllJobsDialog)) == 1)
    assert window.place() is Place.JOBS


def test_an_environment_opens_beside_the_page(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str], qtbot: QtBot
) -> None:
    """What a run was started with has a window of its own, which is loaded when it is wanted."""
    context.signals.show_environment.emit(add_job("Backup"), 1)
    qtbot.waitUntil(lambda: len(shown(EnvironmentDialog)) == 1)
    assert window.place() is Place.JOBS


def test_runs_of_a_job_are_in_the_history(
    window: MainWindow, context: PageContext, add_job: Callable[[str], str]
) -> None:
    """Asking for the runs of a job leads to the history."""
    context.signals.show_runs.emit(add_job("Backup"))
    assert window.place() is Place.HISTORY


def test_inbox_is_shown_on_request(window: MainWindow, context: PageContext) -> None:
    """The way to the inbox leads there."""
    context.signals.show_inbox.emit()
    assert window.place() is Place.INBOX


def test_a_review_opens_its_dialog(window: MainWindow, context: PageContext, qtbot: QtBot) -> None:
    """The menu of the window and whoever tells of an absence lead there; there is one dialog."""
    (action,) = (
        one for one in window._navigation.more.menu().actions() if "away" in one.text().lower()
    )
    action.trigger()
    qtbot.waitUntil(lambda: len(shown(ReviewDialog)) == 1)
    context.signals.show_review.emit(context.clock.now())
    assert len(shown(ReviewDialog)) == 1
