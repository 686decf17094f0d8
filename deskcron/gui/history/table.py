"""The table of runs: new rows come in without moving what is being read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.gui.history.model import Column, RunsModel
from deskcron.gui.theme.tables import dress_table

_LETTERS = {Column.WHEN: 19, Column.JOB: 30, Column.STATUS: 17, Column.TOOK: 11, Column.CAUSE: 18}


class RunsTable(QTableView):
    """Show runs as rows. `chosen`: another run is selected, or the selected one has changed."""

    chosen = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = model
        self._top_row = 0
        self.setAccessibleName(_("Runs"))
        self.setModel(model)
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._size_columns()
        model.rowsAboutToBeInserted.connect(self._remember_top)
        model.rowsAboutToBeRemoved.connect(self._remember_top)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.dataChanged.connect(self._on_data_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def current(self) -> Run | None:
        """Return the selected run."""
        return self._runs.run_at(self.currentIndex().row())

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - named by Qt
        """Ask for a menu at the pointer, or below the current row when a key was pressed."""
        place = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        if self.current() is not None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _size_columns(self) -> None:
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in _LETTERS.items():
            head.resizeSection(column, letters * letter)
        head.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)

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

    def _on_current_changed(self) -> None:
        self.chosen.emit(self.current())

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self.chosen.emit(self.current())
