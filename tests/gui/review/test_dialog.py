"""The review of an absence in the window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import RequestFailed
from deskcron.domain.reason import Reason
from deskcron.domain.review import Absence
from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.dialog import ReviewDialog
from deskcron.gui.review.model import Column


def cells(dialog: ReviewDialog) -> list[list[str]]:
    """Return what the table shows."""
    model = dialog.table.model()
    return [
        [model.index(row, column).data() for column in Column] for row in range(model.rowCount())
    ]


def jobs(dialog: ReviewDialog) -> list[str]:
    """Return the jobs from top to bottom."""
    return [row[Column.JOB] for row in cells(dialog)]


def select(dialog: ReviewDialog, *rows: int) -> None:
    """Select rows and no others."""
    dialog.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for row in rows:
        index = dialog.table.model().index(row, 0)
        dialog.table.selectionModel().select(index, flags.Select | flags.Rows)


def test_each_job_has_a_line(away, open_dialog) -> None:
    """It says when it was due and what was done; what may be answered stands first."""
    away.ran("Backup")
    away.missed("Tea", count=8)
    away.over()
    dialog = open_dialog()
    (tea, due, fate), (backup, _due, starting) = cells(dialog)
    assert (tea, backup) == ("Tea", "Backup")
    assert due.startswith("8 times between ")
    assert fate == "Left out: it was not possible at the time, and catching up is off"
    assert starting == "Is about to start"
    assert dialog._count.text() == "2 jobs were due"
    assert dialog.details.text().startswith("“Tea” was due 8 times between ")
    assert dialog.table.hasFocus()


def test_the_buttons_fit_what_is_selected(away, open_dialog) -> None:
    """A missed line may be run and skipped, one that ran neither."""
    away.missed("Tea")
    away.ran("Backup")
    away.over()
    dialog = open_dialog()
    assert (dialog.run.isEnabled(), dialog.skip.isEnabled()) == (True, True)
    select(dialog, 1)
    assert (dialog.run.isEnabled(), dialog.skip.isEnabled()) == (False, False)
    assert dialog.why.isEnabled()
    select(dialog, 0, 1)
    assert dialog.run.isEnabled()
    assert not dialog.why.isEnabled()
    assert dialog.details.text() == "2 jobs are selected."
    select(dialog)
    assert dialog.details.text() == ""


def test_a_missed_line_is_run(
    away, open_dialog, engine, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The key runs it once, the line says so, and its answers are gone."""
    run_id = away.missed("Tea")
    away.missed("Water")
    away.over()
    dialog = open_dialog()
    with qtbot.waitSignal(context.signals.say) as said:
        QTest.keyClick(dialog.table, Qt.Key.Key_R)
    assert said.args == ["“Tea” started."]
    qtbot.waitUntil(lambda: cells(dialog)[0][Column.DONE].startswith("You had it run at "))
    facade.control.wait(int(facade.history.get(run_id).origin["stand_in_run_id"]), 20)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "instead: succeeded" in cells(dialog)[0][Column.DONE])
    assert jobs(dialog) == ["Tea", "Water"]
    assert not dialog.run.isEnabled()


def test_lines_are_skipped_together(away, open_dialog, engine, facade: Facade, qtbot) -> None:
    """A missed one is left at that, a planned run is skipped."""
    missed, waiting = away.missed("Tea"), away.waiting("Water")
    away.over()
    dialog = open_dialog()
    assert cells(dialog)[1][Column.DONE].startswith("Will run at ")
    select(dialog, 0, 1)
    QTest.keyClick(dialog.table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: facade.history.get(waiting).reason is Reason.DECLINED)
    qtbot.waitUntil(lambda: cells(dialog)[0][Column.DONE].startswith("You left it at that"))
    assert facade.history.get(missed).status is Status.MISSED
    qtbot.waitUntil(lambda: not dialog.rest.isEnabled())
    assert facade.inbox.waiting() == []


def test_all_that_was_missed_is_left_at_once(
    away, open_dialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """It needs no engine, and what waits goes on waiting."""
    away.missed("Tea")
    away.missed("Water")
    waiting = away.waiting("Backup")
    away.over()
    dialog = open_dialog()
    with qtbot.waitSignal(context.signals.say) as said:
        dialog.rest.trigger()
    assert said.args == ["2 missed jobs are left at that."]
    assert facade.history.get(waiting).status is Status.WAITING
    assert facade.inbox.waiting() == []


def test_a_refusal_is_told_in_the_dialog(away, open_dialog, facade: Facade, qtbot) -> None:
    """What is answered elsewhere meanwhile is said plainly; the line stays as it is."""
    run_id = away.missed("Tea")
    away.over()
    dialog = open_dialog()
    facade.review.skip(run_id)
    dialog.skip.trigger()
    qtbot.waitUntil(dialog._trouble.isVisible)
    assert "it has its run or its answer" in dialog._trouble.text()
    qtbot.waitUntil(lambda: cells(dialog)[0][Column.DONE].startswith("You left it at that"))
    assert dialog._trouble.isVisible()


def test_without_an_engine_nothing_is_run(away, open_dialog, qtbot) -> None:
    """The dialog says what is missing."""
    away.missed("Tea")
    away.over()
    dialog = open_dialog()
    dialog.run.trigger()
    qtbot.waitUntil(dialog._trouble.isVisible)
    assert "No engine is running" in dialog._trouble.text()


def test_without_an_absence_it_says_so(open_dialog) -> None:
    """The dialog can be opened at any time."""
    dialog = open_dialog()
    assert dialog.empty.isVisible()
    assert not dialog.run.isEnabled()


def test_an_earlier_absence_can_be_chosen(away, open_dialog, qtbot) -> None:
    """The latest is shown first, or the one that is asked for."""
    first = away.until
    away.missed("Tea")
    away.over()
    away.missed("Water")
    away.over()
    dialog = open_dialog()
    assert (dialog.choice.count(), jobs(dialog)) == (2, ["Water"])
    dialog.choice.setCurrentIndex(1)
    dialog.choice.activated.emit(1)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Tea"])
    assert dialog.choice.currentIndex() == 1
    dialog.reject()
    dialog.show_absence(None)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Water"])
    dialog.show_absence(first)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Tea"])


def test_each_absence_can_be_chosen_although_the_clock_was_set_back(
    away, open_dialog, qtbot: QtBot
) -> None:
    """The end of an earlier one may lie within a later one."""
    away.missed("Tea")
    away.over(hours=7)
    away.set_back()
    away.missed("Water")
    away.over()
    dialog = open_dialog()
    assert (dialog.choice.count(), jobs(dialog)) == (2, ["Water"])
    dialog.choice.activated.emit(1)
    qtbot.waitUntil(lambda: bool(jobs(dialog)))
    assert (dialog.choice.currentIndex(), jobs(dialog)) == (1, ["Tea"])


def test_a_line_leads_on(away, open_dialog, context: PageContext, qtbot: QtBot) -> None:
    """Enter opens the run, the buttons the job's runs and why."""
    run_id = away.missed("Tea")
    away.over()
    dialog = open_dialog()
    with qtbot.waitSignal(context.signals.explain_job):
        dialog.why.trigger()
    with qtbot.waitSignal(context.signals.show_run) as shown:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert shown.args == [run_id]
    assert not dialog.isVisible()
    dialog.show()
    with qtbot.waitSignal(context.signals.show_runs):
        dialog.runs.trigger()


@pytest.mark.parametrize("reason", list(QContextMenuEvent.Reason)[:2])
def test_the_menu_has_the_answers(away, open_dialog, qtbot, reason) -> None:
    """It opens by mouse and by key."""
    away.missed("Tea")
    away.over()
    dialog = open_dialog()
    dialog.table.contextMenuEvent(QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
    [menu] = dialog.findChildren(QMenu)
    texts = [one.text().replace("&", "") for one in menu.actions() if one.text()]
    assert texts == ["Run now", "Skip", "Why?", "Show history"]
    menu.close()


def test_many_jobs_are_shown_at_once(away, open_dialog) -> None:
    """Rows are made as they are scrolled to; each keeps its height."""
    for number in range(200):
        away.missed(f"Job {number:03}")
    away.over()
    dialog = open_dialog()
    assert dialog.table.model().rowCount() == 200
    assert jobs(dialog)[0] == "Job 000"


def test_an_absence_that_is_not_kept_is_no_other(away, open_dialog, qtbot) -> None:
    """What belongs to an old entry of the inbox is not answered by the latest absence."""
    away.missed("Tea")
    away.over()
    dialog = open_dialog(away.until - timedelta(days=30))
    assert dialog.empty.isVisible()
    assert "Nothing is kept of that time" in [one.text() for one in dialog.findChildren(QLabel)]
    assert not dialog.rest.isEnabled()
    assert dialog.choice.currentIndex() == -1
    dialog.choice.activated.emit(0)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Tea"])


def test_an_absence_that_cannot_be_shown_is_not_answered(
    away, open_dialog, facade: Facade, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """Once another one is chosen, nothing can be done about the one before."""

    def refuse(absence: Absence) -> None:
        raise RequestFailed(title="No look")

    away.missed("Tea")
    away.over()
    away.missed("Water")
    away.over()
    dialog = open_dialog()
    monkeypatch.setattr(facade.review, "lines", refuse)
    dialog.choice.setCurrentIndex(1)
    dialog.choice.activated.emit(1)
    assert (jobs(dialog), dialog._count.text()) == ([], "")
    qtbot.waitUntil(dialog._trouble.isVisible)
    for action in (dialog.run, dialog.skip, dialog.why, dialog.runs, dialog.rest):
        assert not action.isEnabled()


def test_each_absence_begins_with_its_own_order(away, open_dialog, facade: Facade, qtbot) -> None:
    """The same jobs in another night have neither the places nor the selection of this one."""
    tea, backup = away.job("Tea"), away.job("Backup")
    for _night in range(2):
        away.missed_by(tea)
        answered = away.missed_by(backup)
        away.over()
    facade.review.skip(answered)
    dialog = open_dialog()
    assert jobs(dialog) == ["Tea", "Backup"]
    select(dialog, 1)
    dialog.choice.setCurrentIndex(1)
    dialog.choice.activated.emit(1)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Backup", "Tea"])
    assert [line.job_name for line in dialog.table.selected()] == ["Backup"]


def test_what_comes_to_be_known_comes_last(
    away, open_dialog, context: PageContext, qtbot: QtBot
) -> None:
    """A further line takes neither the place nor the selection of one that is about to be answered.

    An absence is decided in several steps.
    """
    away.missed("Tea")
    away.missed("Water")
    away.over(days=0)
    dialog = open_dialog()
    select(dialog, 1)
    away.missed("Backup")
    away.over()
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: jobs(dialog) == ["Tea", "Water", "Backup"])
    assert [line.job_name for line in dialog.table.selected()] == ["Water"]


def test_errors_of_others_are_not_told_here(away, open_dialog, context: PageContext, qtbot) -> None:
    """Only what was asked for in this dialog can be refused in it."""
    away.missed("Tea")
    away.over()
    dialog = open_dialog()
    context.bridge.failed.emit(RequestFailed(title="The disk is full"))
    assert not dialog._trouble.isVisible()


def test_the_keyboard_goes_to_the_table_from_a_button_that_is_done(
    away, open_dialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The next line can be answered without looking for it."""
    away.missed("Tea")
    away.over()
    dialog = open_dialog()
    skip = next(one for one in dialog.findChildren(QPushButton) if one.text() == "&Skip")
    skip.setFocus()
    skip.click()
    qtbot.waitUntil(lambda: not skip.isEnabled())
    assert dialog.focusWidget() is dialog.table


def test_what_was_seen_here_is_no_news(away, open_dialog, facade: Facade, qtbot) -> None:
    """The strip above the pages goes, whatever way led to the review."""
    away.missed("Tea")
    away.over()
    assert facade.review.news() is not None
    open_dialog()
    qtbot.waitUntil(lambda: facade.review.news() is None)


def test_each_absence_has_widths_of_its_own(away, open_dialog, qtbot) -> None:
    """Short sentences do not leave those of another night cut off."""
    wordy = away.until
    away.missed("Tea", count=8)
    away.over()
    away.ran("Backup")
    away.over()
    dialog = open_dialog()
    dialog.reject()
    dialog.show_absence(wordy)
    qtbot.waitUntil(lambda: jobs(dialog) == ["Tea"])
    head = dialog.table.horizontalHeader()
    shown = [head.sectionSize(column) for column in Column]
    dialog.table.columns.fill()
    assert shown == [head.sectionSize(column) for column in Column]
