"""The table of runs: new rows come in without moving what is being read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)

from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.gui.history.model import Column, RunsModel
from deskcron.gui.theme.columns import Columns
from deskcron.gui.theme.spacing import GAP_XL
from deskcron.gui.theme.tables import Cells, dress_table

_WIDEST = {
    Column.WHEN: "Yesterday 00:00:00",
    Column.JOB: "m" * 18,
    Column.STATUS: "m" * 11,
    Column.TOOK: "0000 days",
    Column.CAUSE: "m" * 11,
}
"""Texts as wide as the columns are at first; what is left is for the reasons."""


class RunsTable(QTableView):
    """Show runs as rows. `chosen`: another run is selected, or the selected one has changed."""

    chosen = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = model
        self._top_row = 0
        self._chosen_before: Run | None = None
        self.setAccessibleName(_("Runs"))
        self.setModel(model)
        dress_table(self)
        self.setItemDelegate(Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.columns = self._share_width()
        model.modelAboutToBeReset.connect(self._remember_chosen)
        model.modelReset.connect(self._choose_remembered)
        model.rowsAboutToBeInserted.connect(self._remember_top)
        model.rowsAboutToBeRemoved.connect(self._remember_top)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.dataChanged.connect(self._on_data_changed)
        self.selectionModel().selectionChanged.connect(self._tell)

    def current(self) -> Run | None:
        """Return the selected run."""
        rows = self.selectionModel().selectedRows()
        return self._runs.run_at(rows[0].row()) if rows else None

    def select(self, run_id: int) -> bool:
        """Select a run and scroll to it; tell whether it is loaded."""
        row = self._runs.row_of(run_id)
        if row >= 0:
            self.setCurrentIndex(self._runs.index(row, 0))
            self.scrollTo(self._runs.index(row, 0))
        return row >= 0

    def clear_choice(self) -> None:
        """Select nothing."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Let the columns fill the table."""
        super().resizeEvent(event)
        self.columns.follow()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - named by Qt
        """Ask for a menu at the pointer, or below the current row when a key was pressed."""
        place = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        if self.current() is not None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _share_width(self) -> Columns:
        letters = self.fontMetrics().horizontalAdvance
        widths: dict[int, int] = {
            column: letters(text) + GAP_XL for column, text in _WIDEST.items()
        }
        return Columns(self, widths, (Column.WHY,))

    def _remember_chosen(self) -> None:
        self._chosen_before = self.current()

    def _choose_remembered(self) -> None:
        row = -1 if self._chosen_before is None else self._runs.row_of(self._chosen_before.id)
        if row >= 0:
            self.setCurrentIndex(self._runs.index(row, 0))
        self.scrollToTop()

    def _remember_top(self) -> None:
        self._top_row = max(0, self.rowAt(0)) if self.verticalScrollBar().value() else -1

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= self._top_row:
            self._shift(last - first + 1)

    def _on_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        if last < self._top_row:
            self._shift(first - last - 1)

    def _shift(self, rows: int) -> None:
        self.updateGeometries()  # the bar does not know the rows yet
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rows * self.verticalHeader().defaultSectionSize())

    def _tell(self) -> None:
        self.chosen.emit(self.current())

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        rows = self.selectionModel().selectedRows()
        if any(first.row() <= index.row() <= last.row() for index in rows):
            self._tell()
