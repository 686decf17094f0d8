"""A person looks at what the runs of a job come to."""

from __future__ import annotations

from datetime import UTC

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import RequestFailed
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.run import Cause, Status
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.statistics.jobdialog import MOST_RUNS, JobStatisticsDialog
from deskcron.gui.statistics.runstrip import SHARE_ROLE
from deskcron.gui.theme.notice import Notice


@pytest.fixture
def dialog(context: PageContext, qtbot: QtBot) -> JobStatisticsDialog:
    """Return the dialog, not shown yet."""
    dialog = JobStatisticsDialog(context)
    qtbot.addWidget(dialog)
    return dialog


def words(dialog: JobStatisticsDialog) -> list[str]:
    """Return all labels that are to be seen."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_figures_are_told_with_their_meaning(
    dialog: JobStatisticsDialog, past, qtbot: QtBot
) -> None:
    """The dialog names the job, and tells its figures to eyes and ears alike."""
    job_id = past.job("Back up <b>photos</b>")
    past.run(job_id, Status.FAILED)
    past.run(job_id)
    past.run(job_id)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "66.6 %" in words(dialog))
    assert "Back up <b>photos</b>" in words(dialog)
    assert "2 successes" in words(dialog)
    [label] = [one for one in dialog.findChildren(QLabel) if one.text() == "66.6 %"]
    name = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
    assert name == "Success: 66.6 %. 2 of 3 runs succeeded, 1 failed."


def test_a_job_that_never_ran_says_so(dialog: JobStatisticsDialog, past, qtbot: QtBot) -> None:
    """Without runs there are no figures but words; a test run is none."""
    job_id = past.job()
    past.run(job_id, cause=Cause.TEST)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "No runs yet" in words(dialog))
    assert not dialog.copy.isEnabled()
    assert not dialog.all_time.isVisible()
    past.run(job_id)
    dialog._context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "100.0 %" in words(dialog))


def test_the_period_chooses_the_runs(dialog: JobStatisticsDialog, past, qtbot: QtBot) -> None:
    """Runs from before the period do not count; where none is left, all are a button away."""
    job_id = past.job()
    past.run(job_id)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "100.0 %" in words(dialog))
    dialog.period.set_value("MONTH")
    qtbot.waitUntil(lambda: "No runs in this time" in words(dialog))
    dialog.all_time.click()
    qtbot.waitUntil(lambda: "100.0 %" in words(dialog))


def test_the_last_runs_are_bars_with_words(dialog: JobStatisticsDialog, past, qtbot: QtBot) -> None:
    """Each of the last runs is a bar with a text of its own; nothing stands for what never ran."""
    job_id = past.job()
    for _number in range(MOST_RUNS):
        past.run(job_id, took_s=5.0)
    past.run(job_id, Status.FAILED, took_s=10.0)
    past.run(job_id, Status.MISSED)
    past.run(job_id, cause=Cause.TEST)
    dialog.show_job(job_id)
    runs = dialog.view.strip.model()
    qtbot.waitUntil(lambda: runs.rowCount() == MOST_RUNS)
    last = [runs.index(MOST_RUNS - back, 0) for back in (3, 2, 1)]
    assert [index.data(SHARE_ROLE) for index in last] == [0.5, 1.0, None]
    ends = [index.data().partition(": ")[2] for index in last]
    assert ends == ["Succeeded, took 5.0 s", "Failed, took 10.0 s", "Missed"]


def test_keys_lead_from_run_to_run(
    dialog: JobStatisticsDialog, context: PageContext, past, qtbot: QtBot
) -> None:
    """The arrows choose a run, which is told in words; Enter leads to its details."""
    job_id = past.job()
    early = past.run(job_id, Status.FAILED)
    past.run(job_id)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "Succeeded" in dialog.view.words.text())
    qtbot.keyClick(dialog.view.strip, Qt.Key.Key_Left)
    assert "Failed" in dialog.view.words.text()
    with qtbot.waitSignal(context.signals.show_run) as shown:
        qtbot.keyClick(dialog.view.strip, Qt.Key.Key_Return)
    assert shown.args == [early]
    assert not dialog.isVisible()


def test_the_chosen_run_stays_when_another_ends(
    dialog: JobStatisticsDialog, context: PageContext, past, qtbot: QtBot
) -> None:
    """What is looked at stays chosen while runs are added."""
    job_id = past.job()
    early = past.run(job_id)
    past.run(job_id)
    dialog.show_job(job_id)
    strip = dialog.view.strip
    qtbot.waitUntil(lambda: strip.model().rowCount() == 2)
    strip.setCurrentIndex(strip.model().index(0, 0))
    past.run(job_id)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: strip.model().rowCount() == 3)
    assert strip.current().id == early


def test_the_strip_stays_where_it_was_scrolled_to(
    dialog: JobStatisticsDialog, context: PageContext, past, qtbot: QtBot
) -> None:
    """A look at what changed does not pull the chosen run back into sight."""
    job_id = past.job()
    for _number in range(MOST_RUNS - 1):
        past.run(job_id)
    dialog.resize(dialog.minimumSizeHint())
    dialog.show_job(job_id)
    strip = dialog.view.strip
    bar = strip.horizontalScrollBar()
    qtbot.waitUntil(lambda: strip.model().rowCount() == MOST_RUNS - 1)
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    bar.setValue(1)
    past.run(job_id)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: strip.model().rowCount() == MOST_RUNS)
    assert bar.value() == 1
    assert strip.currentIndex().row() == MOST_RUNS - 2


def test_without_a_last_run_there_is_no_strip(
    dialog: JobStatisticsDialog, past, qtbot: QtBot
) -> None:
    """Tests alone are no last runs; nothing is there that would show none."""
    job_id = past.job()
    past.run(job_id)
    for _number in range(100):
        past.run(job_id, cause=Cause.TEST)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "100.0 %" in words(dialog))
    assert "Last runs" not in words(dialog)
    assert not dialog.view.strip.isVisible()
    assert not dialog.view.details.isVisible()
    past.run(job_id)
    dialog._context.bridge.changed.emit()
    qtbot.waitUntil(dialog.view.details.isVisible)
    assert "Last runs" in words(dialog)


def test_another_zone_has_other_days(
    dialog: JobStatisticsDialog, past, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The runs of today are counted anew where today begins at another time."""
    asked: list[object] = []
    since = dialog.period.since
    monkeypatch.setattr(
        dialog.period, "since", lambda now, zone: asked.append(zone) or since(now, zone)
    )
    dialog.show_job(past.job())
    dialog._context.zones.show_in(ZoneDisplay.UTC)
    qtbot.waitUntil(lambda: asked == [None, UTC])


def test_the_figures_of_another_period_go_at_once(
    dialog: JobStatisticsDialog, past, facade, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a period cannot be counted, those of the one before are not taken for it."""
    job_id = past.job("Backup")
    past.run(job_id)
    dialog.show_job(job_id)
    qtbot.waitUntil(lambda: "100.0 %" in words(dialog))

    def refuse(_ref: object, _since: object) -> None:
        raise RequestFailed(title="The history cannot be read", detail="", hint="")

    monkeypatch.setattr(facade.statistics, "of", refuse)
    dialog.period.set_value("MONTH")
    qtbot.waitUntil(lambda: dialog.findChild(Notice).isVisible())
    assert "100.0 %" not in words(dialog)
    assert not any("run since" in text for text in words(dialog))
    assert not dialog.copy.isEnabled()
    assert "Backup" in words(dialog)


def test_bars_are_painted(dialog: JobStatisticsDialog, past, qtbot: QtBot) -> None:
    """The longest run has the highest bar."""
    job_id = past.job()
    past.run(job_id, took_s=1.0)
    past.run(job_id, took_s=60.0)
    dialog.show_job(job_id)
    strip = dialog.view.strip
    qtbot.waitUntil(lambda: strip.model().rowCount() == 2)
    strip.clearSelection()
    picture = strip.viewport().grab().toImage()

    def top_of(row: int) -> int:
        room = strip.visualRect(strip.model().index(row, 0))
        ground = picture.pixelColor(room.topLeft() + QPoint(1, 1))
        middle = room.center().x() + 1
        return next(y for y in range(room.bottom()) if picture.pixelColor(middle, y) != ground)

    assert top_of(1) + 20 < top_of(0)


def test_figures_are_copied(dialog: JobStatisticsDialog, past, qtbot: QtBot) -> None:
    """The figures go into the clipboard as text."""
    job_id = past.job()
    past.run(job_id)
    dialog.show_job(job_id)
    qtbot.waitUntil(dialog.copy.isEnabled)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Backup\n1 run since ")
    assert dialog.copy.text() == "Copied"


def test_a_job_that_is_not_there_is_told(dialog: JobStatisticsDialog, qtbot: QtBot) -> None:
    """Where there is no such job the dialog says so."""
    dialog.show_job("nothing")
    qtbot.waitUntil(lambda: dialog.findChild(Notice).isVisible())
    assert "nothing" in dialog.findChild(Notice).text()
