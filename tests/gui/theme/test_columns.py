"""Columns fill their table, show what they can, and stay as they were dragged."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.columns import Columns, fair, proportional

ROOM = 900
TIME = 150


def table(qtbot: QtBot) -> QTableView:
    """Return a table of a short, a long and another text."""
    model = QStandardItemModel(0, 3)
    model.appendRow([QStandardItem("Tea"), QStandardItem("n" * 40), QStandardItem("now")])
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().hide()
    qtbot.addWidget(view)
    view.resize(ROOM, 200)
    view.show()
    return view


def widths(view: QTableView) -> list[int]:
    """Return the widths of the columns."""
    return [view.columnWidth(column) for column in range(3)]


def test_no_column_is_cut_while_another_has_room(qtbot: QtBot) -> None:
    """What the fixed widths leave is shared by need, and all of it is used."""
    view = table(qtbot)
    Columns(view, {2: TIME}, (0, 1))
    assert view.columnWidth(1) >= view.sizeHintForColumn(1)
    assert view.columnWidth(2) == TIME
    assert sum(widths(view)) == view.viewport().width()


def test_in_a_narrow_table_all_give_way(qtbot: QtBot) -> None:
    """A column of times does not keep its room while names have none."""
    view = table(qtbot)
    view.resize(TIME + 100, 200)
    Columns(view, {2: TIME}, (0, 1), yielding=(2,))
    assert view.columnWidth(2) < TIME
    view.resize(ROOM, 200)
    Columns(view, {2: TIME}, (0, 1), yielding=(2,))
    assert view.columnWidth(2) == TIME


def test_a_hidden_table_measures_no_rows(qtbot: QtBot) -> None:
    """Hidden, all its rows would count as in sight: the widths wait until it is shown."""
    view = table(qtbot)
    view.hide()
    before = widths(view)
    columns = Columns(view, {2: TIME}, (0, 1))
    assert widths(view) == before
    view.show()
    columns.follow()
    assert sum(widths(view)) == view.viewport().width()


def test_rows_are_measured_again_only_where_the_width_has_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another height leaves the columns alone, another width does not."""
    view = table(qtbot)
    columns, measured = Columns(view, {2: TIME}, (0, 1)), []
    hint = view.sizeHintForColumn
    monkeypatch.setattr(view, "sizeHintForColumn", lambda one: measured.append(one) or hint(one))
    view.resize(ROOM, 300)
    columns.follow()
    assert measured == []
    view.resize(ROOM + 100, 300)
    columns.follow()
    assert measured == [0, 1]
    assert sum(widths(view)) == view.viewport().width()


def test_a_shared_column_keeps_so_many_letters(qtbot: QtBot) -> None:
    """However little the others leave, a name has room for the letters that were asked for."""
    view = table(qtbot)
    view.resize(TIME + 100, 200)
    Columns(view, {1: TIME, 2: TIME}, (0,), least_letters=30)
    assert view.columnWidth(0) == 30 * view.fontMetrics().averageCharWidth()


def test_dragged_column_takes_from_the_one_that_shares(qtbot: QtBot) -> None:
    """A column gets the width it is dragged to, and the table stays filled."""
    view = table(qtbot)
    columns = Columns(view, {2: TIME}, (0, 1))
    with qtbot.waitSignal(columns.dragged) as said:
        view.horizontalHeader().resizeSection(0, 300)
    assert widths(view) == [300, view.viewport().width() - 300 - TIME, TIME]
    assert said.args == [widths(view)]


def test_dragged_widths_come_back(qtbot: QtBot) -> None:
    """Widths of an earlier day are taken; those of other columns are not."""
    view = table(qtbot)
    columns = Columns(view, {2: TIME}, (0, 1))
    before = widths(view)
    columns.restore([1, 2])
    assert widths(view) == before
    room = view.viewport().width() - 200
    columns.restore([room // 2, room // 2, 200])
    assert widths(view)[2] == 200
    assert abs(widths(view)[0] - widths(view)[1]) <= 1


def test_room_is_shared() -> None:
    """The largest need is cut first; dragged widths keep their proportion; no pixel is left."""
    assert fair(100, [10, 20]) == [45, 55]
    assert fair(100, [80, 20]) == [80, 20]
    assert fair(100, [900, 20]) == [80, 20]
    assert fair(100, [900, 800]) == [50, 50]
    assert proportional(100, [2, 1]) == [66, 34]
