"""The rows of the table change one by one, so that what a person looks at stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import EngineState
from deskcron.domain.preferences import ZoneDisplay
from deskcron.gui.jobs.filter import Column, JobFilter
from deskcron.gui.jobs.listing import Line, Listing
from deskcron.gui.jobs.model import MOST_STEPS, JobsModel
from deskcron.gui.zones import Zones
from tests.gui.jobs.conftest import NOW, line

ENGINE = EngineState(running=True)


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    def monotonic(self) -> float:
        """Return nothing of interest."""
        return 0.0


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that can be set."""
    return SetClock()


@pytest.fixture
def zones() -> Zones:
    """Return the zone that is preferred: the computer's."""
    return Zones()


@pytest.fixture
def model(clock: SetClock, zones: Zones) -> JobsModel:
    """Return an empty model."""
    return JobsModel(clock, zones)


def show(model: JobsModel, lines: Sequence[Line]) -> None:
    """Give the model a listing."""
    model.set_listing(Listing(lines, [], {}, ENGINE))


def names(model: JobsModel) -> list[str]:
    """Return the names of the rows."""
    return [model.line(row).job.name for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, model: JobsModel) -> None:
    """The model keeps the rules of Qt through every kind of change."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    show(model, [line(name) for name in "abcdef"])
    show(model, [line(name, enabled=False) for name in "bcxyf"])
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    model.choose(model.choice._replace(search="x"))
    model.choose(JobFilter())
    show(model, [line(str(number)) for number in range(200)])
    show(model, [line(str(number)) for number in range(0, 200, 2)])
    assert names(model) == [str(number) for number in range(0, 200, 2)]
    del tester


def test_rows_that_stay_keep_their_identity(model: JobsModel) -> None:
    """Rows that stay keep their identity while others come, go and change places."""
    show(model, [line("a"), line("b"), line("c")])
    kept = QPersistentModelIndex(model.index(2, 1))
    gone = QPersistentModelIndex(model.index(1, 1))
    show(model, [line("A first"), line("a"), line("c", enabled=False)])
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert model.line(kept.row()).job.name == "c"
    assert not gone.isValid()


def test_only_what_changed_is_told(qtbot: QtBot, model: JobsModel) -> None:
    """Only what changed is told."""
    show(model, [line("a"), line("b"), line("c")])
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    show(model, [line("a"), line("b", muted=True), line("c")])
    assert told == [(1, 1)]


def test_many_changes_in_many_places_show_all_rows_anew(qtbot: QtBot, model: JobsModel) -> None:
    """Many changes in many places show all rows anew, which is quicker."""
    lines = [line(f"{number:04}") for number in range(MOST_STEPS * 4)]
    show(model, lines)
    with qtbot.waitSignal(model.modelReset, timeout=0):
        show(model, lines[::2])
    assert model.rowCount() == len(lines) // 2


def test_a_pause_is_told_to_all_rows(model: JobsModel) -> None:
    """A pause is told to all rows, though no job has changed."""
    jobs = [line("a", next_due_at=NOW + timedelta(minutes=5))]
    show(model, jobs)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.set_listing(Listing(jobs, [], {}, EngineState(running=True, paused=True)))
    assert told == [(0, 0)]
    assert model.index(0, Column.NEXT).data() == "paused"


def test_time_is_told_only_where_its_words_have_changed(clock: SetClock, model: JobsModel) -> None:
    """Time is told only where its words have changed, in the rows that are seen."""
    soon, late = NOW + timedelta(seconds=90), NOW + timedelta(days=3)
    show(model, [line("late", next_due_at=late), line("soon", next_due_at=soon), line("unseen")])
    model.tell_time(0, 1)
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    clock.at += timedelta(seconds=1)
    model.tell_time(0, 1)
    assert told == [1]


def test_what_a_person_wrote_is_no_markup_in_a_tooltip(model: JobsModel) -> None:
    """What a person wrote is no markup in a tooltip."""
    show(model, [line("<b>bold</b>")])
    tooltip = model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold&lt;/b&gt;" in tooltip


def test_a_switch_asks_and_does_not_change_by_itself(qtbot: QtBot, model: JobsModel) -> None:
    """A switch asks and does not change by itself: the core decides."""
    show(model, [line("a")])
    switch = model.index(0, Column.ENABLED)
    with qtbot.waitSignal(model.switched) as blocker:
        model.setData(switch, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert blocker.args == ["a", False]
    assert switch.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked


def test_a_job_that_cannot_be_read_has_no_switch(model: JobsModel, qtbot: QtBot) -> None:
    """What is painted as a dead switch is one, whatever asks for it to be switched."""
    show(model, [line("a", fault="unreadable")])
    switch = model.index(0, Column.ENABLED)
    assert Qt.ItemFlag.ItemIsUserCheckable not in switch.flags()
    with qtbot.assertNotEmitted(model.switched):
        model.setData(switch, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)


def test_every_column_has_a_heading(model: JobsModel) -> None:
    """Every column has a heading."""
    headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert all(headings)


@pytest.mark.parametrize(
    ("display", "text"),
    [(ZoneDisplay.UTC, "UTC"), (ZoneDisplay.RULE, "JST")],
)
def test_times_are_told_in_the_zone_that_is_wanted(
    model: JobsModel, zones: Zones, display: ZoneDisplay, text: str, qtbot: QtBot
) -> None:
    """Times are told in the zone that is wanted, as soon as another one is."""
    jobs = [line("a", next_due_at=NOW + timedelta(hours=5), zone="Asia/Tokyo")]
    show(model, jobs)
    with qtbot.waitSignal(model.dataChanged):
        zones.show_in(display)
    assert text in model.index(0, Column.NEXT).data(Qt.ItemDataRole.ToolTipRole)


def test_a_zone_that_is_not_known_here_is_the_computers(model: JobsModel, zones: Zones) -> None:
    """A zone that is not known here is replaced by the computer's."""
    jobs = [line("a", next_due_at=NOW + timedelta(hours=5), zone="Moon/Base")]
    show(model, jobs)
    zones.show_in(ZoneDisplay.RULE)
    assert model.index(0, Column.NEXT).data()
