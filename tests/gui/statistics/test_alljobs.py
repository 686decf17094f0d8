"""A person compares what the runs of all jobs come to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import RequestFailed
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.records import folded
from deskcron.domain.run import JobId, Status
from deskcron.domain.statistics import JobStatistics, counted
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.statistics import alljobsmodel, counting
from deskcron.gui.statistics.alljobsdialog import AllJobsDialog
from deskcron.gui.statistics.alljobsmodel import Column
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.spacing import GAP_L, GAP_XL

LARGE = ["00,000", "100.0 %", *["00 min 00 s"] * 4, *["00,000"] * 2, "000 successes"]
"""Figures, one for each column but the name."""


@pytest.fixture
def dialog(context: PageContext, qtbot: QtBot) -> AllJobsDialog:
    """Return the dialog, not shown yet."""
    dialog = AllJobsDialog(context)
    qtbot.addWidget(dialog)
    return dialog


def cells(dialog: AllJobsDialog, column: Column) -> list[str]:
    """Return a column from top to bottom."""
    model = dialog.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def words(dialog: AllJobsDialog) -> list[str]:
    """Return all labels that are to be seen."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def statistics(name: str) -> JobStatistics:
    """Return what no runs come to."""
    return counted(JobId(name), name, ())


@pytest.fixture
def three(past) -> None:
    """Make a job that always succeeds, one that mostly fails, and one that never ran."""
    good, bad = past.job("Good"), past.job("bad")
    past.job("Empty")
    past.run(good, took_s=2.0, late_s=3.0)
    past.run(good, took_s=2.0, late_s=3.0)
    past.run(good, Status.MISSED)
    past.run(bad, took_s=30.0)
    past.run(bad, Status.FAILED, took_s=30.0)
    past.run(bad, Status.FAILED, took_s=30.0)


def test_every_job_has_a_line(dialog: AllJobsDialog, three: None, qtbot: QtBot) -> None:
    """All jobs are listed by name with their figures, those without runs too."""
    dialog.begin()
    qtbot.waitUntil(lambda: cells(dialog, Column.JOB) == ["bad", "Empty", "Good"])
    rows = [[dialog.model.index(row, column).data() for column in Column] for row in (0, 1, 2)]
    assert rows[0] == [
        "bad",
        "3",
        "33.3 %",
        "30.0 s",
        "30.0 s",
        "0.0 s",
        "0.0 s",
        "0",
        "0",
        "2 failures",
    ]
    assert rows[1] == ["Empty", "0", "—", "—", "—", "—", "—", "0", "0", "—"]
    assert rows[2][4:] == ["2.0 s", "3.0 s", "3.0 s", "1", "0", "2 successes"]
    qtbot.waitUntil(lambda: any(text.startswith("3 jobs, counted at") for text in words(dialog)))


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (Column.SUCCESS, ["bad", "Good", "Empty"]),
        (Column.LONGEST, ["Good", "bad", "Empty"]),
        (Column.LATE, ["bad", "Good", "Empty"]),
        (Column.IN_A_ROW, ["bad", "Good", "Empty"]),
        (Column.JOB, ["bad", "Empty", "Good"]),
    ],
)
def test_a_column_sorts_the_jobs(
    dialog: AllJobsDialog, three: None, qtbot: QtBot, column: Column, order: list[str]
) -> None:
    """Jobs are sorted by a column both ways; those without a figure come last."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    dialog.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert cells(dialog, Column.JOB) == order
    dialog.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    unknown = [] if column is Column.JOB else order[2:]
    known = order[: 3 - len(unknown)]
    assert cells(dialog, Column.JOB) == [*reversed(known), *unknown]


def test_the_selected_job_stays_selected(dialog: AllJobsDialog, three: None, qtbot: QtBot) -> None:
    """Sorting and counting again keep the job that is selected, and Enter opens its figures."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    dialog.table.selectRow(2)
    dialog.table.sortByColumn(Column.DURATION, Qt.SortOrder.AscendingOrder)
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    chosen = dialog.table.current()
    assert chosen is not None
    assert chosen.job_name == "Good"
    with qtbot.waitSignal(dialog._context.signals.show_statistics) as shown:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert shown.args == [chosen.job_id]


def test_jobs_are_searched(dialog: AllJobsDialog, three: None, qtbot: QtBot) -> None:
    """What is typed narrows the list by name; nothing found is said."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    dialog.search.setText("GO")
    qtbot.waitUntil(lambda: cells(dialog, Column.JOB) == ["Good"])
    dialog.search.setText("x")
    qtbot.waitUntil(lambda: "No match" in words(dialog))


def test_the_period_counts_anew(dialog: AllJobsDialog, three: None, qtbot: QtBot) -> None:
    """Another period counts the runs of that time."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    dialog.period.set_value("WEEK")
    qtbot.waitUntil(lambda: cells(dialog, Column.RUNS) == ["0", "0", "0"])


def test_no_job_at_all_is_said(dialog: AllJobsDialog, qtbot: QtBot) -> None:
    """Where there are no jobs that is said."""
    dialog.begin()
    qtbot.waitUntil(lambda: "No jobs yet" in words(dialog))
    assert not dialog.copy.isEnabled()


def test_many_jobs_come_in_parts(
    dialog: AllJobsDialog, past, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs are counted a few at a time, each once, and the progress goes away at the end."""
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    names = [f"job {number}" for number in range(5)]
    for name in names:
        past.job(name)
    seen: list[tuple[int, int]] = []
    dialog.counting.went_on.connect(lambda done, count: seen.append((done, count)))
    dialog.begin()
    qtbot.waitUntil(lambda: (5, 5) in seen)
    assert seen == [(0, 5), (2, 5), (4, 5), (5, 5)]
    assert cells(dialog, Column.JOB) == names
    assert dialog.findChild(QProgressBar).isHidden()


def test_the_table_is_copied(dialog: AllJobsDialog, three: None, qtbot: QtBot) -> None:
    """The table goes into the clipboard so that a spreadsheet can take it."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Job", "Runs"]
    assert lines[3].split("\t")[:3] == ["Good", "2", "100.0 %"]


def test_an_error_is_told(
    dialog: AllJobsDialog, three: None, facade, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps the jobs from being counted is said in place."""

    def refuse(_ref: object, _since: object) -> None:
        raise RequestFailed(title="The history cannot be read", detail="", hint="")

    monkeypatch.setattr(facade.statistics, "of", refuse)
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.findChild(Notice).isVisible())
    assert "cannot be read" in dialog.findChild(Notice).text()


def test_what_was_counted_before_an_error_is_not_said_of_now(
    dialog: AllJobsDialog, three: None, facade, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside an error there is neither a sum of before nor the word that there are no jobs."""
    dialog.begin()
    qtbot.waitUntil(lambda: any(text.startswith("3 jobs, counted at") for text in words(dialog)))

    def refuse(**_options: object) -> None:
        raise RequestFailed(title="The history cannot be read", detail="", hint="")

    monkeypatch.setattr(facade.catalogue, "names", refuse)
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.findChild(Notice).isVisible())
    said = words(dialog)
    assert not [text for text in said if "counted at" in text or "No jobs" in text]


def test_names_take_what_the_figures_leave(dialog: AllJobsDialog, past, qtbot: QtBot) -> None:
    """A name of many letters is whole beside large figures, and so is each heading."""
    name = "Mirror the mailbox before the provider changes its terms"
    past.job(name)
    table, model = dialog.table, dialog.model
    wide = table.fontMetrics().horizontalAdvance
    headings = [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in Column]
    columns = [name, *(max(pair, key=wide) for pair in zip(headings[1:], LARGE, strict=True))]
    dialog.begin()
    dialog.resize(sum(wide(text) + 2 * GAP_L for text in columns) + 2 * GAP_XL, 500)
    qtbot.waitUntil(lambda: cells(dialog, Column.JOB) == [name])
    assert table.columnWidth(Column.JOB) > wide(name) + GAP_L
    for column, heading in zip(Column, headings, strict=True):
        assert table.columnWidth(column) > wide(heading) + GAP_L


def test_rows_stay_where_they_were_scrolled_to(dialog: AllJobsDialog, qtbot: QtBot) -> None:
    """More jobs come without pulling the selected one back into sight."""
    dialog.model.add([statistics(f"job {number:03}") for number in range(200)])
    dialog.show()
    dialog.table.selectRow(0)
    bar = dialog.table.verticalScrollBar()
    bar.setValue(100)
    dialog.model.add([statistics(f"more {number:03}") for number in range(50)])
    assert bar.value() == 100
    dialog.model.clear()
    dialog.model.add([statistics(f"job {number:03}") for number in range(200)])
    assert dialog.table.current().job_name == "job 000"
    assert bar.value() == 0


def test_the_name_of_a_job_is_folded_once(
    dialog: AllJobsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often rows are added, sorted and searched."""
    folds: list[str] = []
    monkeypatch.setattr(alljobsmodel, "folded", lambda name: folds.append(name) or folded(name))
    for name in ("Éclair", "eclipse", "Zebra"):
        dialog.model.add([statistics(name)])
    dialog.model.sort(Column.RUNS)
    dialog.model.sort(Column.JOB)
    assert sorted(folds) == ["Zebra", "eclipse", "Éclair"]
    assert cells(dialog, Column.JOB) == ["eclipse", "Zebra", "Éclair"]


def test_the_dialog_leaves_the_window_to_runs(
    dialog: AllJobsDialog, three: None, context: PageContext, qtbot: QtBot
) -> None:
    """When the window shows runs, the dialog no longer stands before it."""
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    context.signals.show_runs.emit("")
    assert not dialog.isVisible()


def test_another_zone_counts_anew(
    dialog: AllJobsDialog, three: None, context: PageContext, qtbot: QtBot
) -> None:
    """Days are those of the zone that is shown; nothing is counted that nobody sees."""
    begun: list[int] = []
    dialog.counting.went_on.connect(lambda done, _count: done == 0 and begun.append(done))
    context.zones.show_in(ZoneDisplay.UTC)
    dialog.begin()
    qtbot.waitUntil(lambda: len(begun) == 1)
    context.zones.show_in(ZoneDisplay.COMPUTER)
    qtbot.waitUntil(lambda: len(begun) == 2)
