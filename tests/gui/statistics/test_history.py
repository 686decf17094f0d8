"""The history leads to the statistics of what it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from deskcron.gui.history.page import HistoryPage
from deskcron.gui.pagecontext import PageContext


def test_the_button_follows_the_filter(context: PageContext, past, qtbot: QtBot) -> None:
    """The statistics are those of all jobs, or of the one whose runs alone are shown."""
    page = HistoryPage(context)
    qtbot.addWidget(page)
    job_id = past.job()
    for shown in ("", job_id):
        page.show_job(shown)
        with qtbot.waitSignal(context.signals.show_statistics) as asked:
            qtbot.mouseClick(page.statistics, Qt.MouseButton.LeftButton)
        assert asked.args == [shown]


def test_a_run_leads_to_the_figures_of_its_job(context: PageContext, past, qtbot: QtBot) -> None:
    """The menu of a run offers the statistics of its job."""
    page = HistoryPage(context)
    qtbot.addWidget(page)
    job_id = past.job()
    run_id = past.run(job_id)
    page.show()
    qtbot.waitUntil(lambda: page.table.select(run_id))
    menu = page._actions.menu(page)
    assert isinstance(menu, QMenu)
    [entry] = [one for one in menu.actions() if one.text() == "Statist&ics of this job"]
    with qtbot.waitSignal(context.signals.show_statistics) as asked:
        entry.trigger()
    assert asked.args == [job_id]
