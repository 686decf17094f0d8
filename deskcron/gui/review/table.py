"""The table of an absence: what is selected in it, and the menu for that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from deskcron.domain.review import ReviewLine
from deskcron.domain.texts import gettext as _
from deskcron.gui.review.model import Column, ReviewModel
from deskcron.gui.theme.columns import Columns
from deskcron.gui.theme.spacing import GAP, GAP_XL
from deskcron.gui.theme.tables import Cells, dress_table

_WIDEST = {Column.JOB: "m" * 18}
"""A text as wide as the column is at first; the others share what is left as they need it."""


class ReviewTable(QTableView):
    """Show the lines. `chosen`: others are selected."""

    chosen = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setAccessibleName(_("What was due"))
        self.setModel(model)
        dress_table(self)
        self.setItemDelegate(Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        letters = self.fontMetrics().horizontalAdvance
        widths: dict[int, int] = {
            column: letters(text) + GAP_XL for column, text in _WIDEST.items()
        }
        self.columns = Columns(self, widths, (Column.DUE, Column.DONE))
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self.chosen.emit())
        model.modelReset.connect(self._begin)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def selected(self) -> Sequence[ReviewLine]:
        """Return the selected lines from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [line for row in rows if (line := self._lines.line_at(row)) is not None]

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - named by Qt
        """Return what the rows in sight need, with the room before each cell."""
        return super().sizeHintForColumn(column) + GAP

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Let the columns fill the table."""
        super().resizeEvent(event)
        self.columns.follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Open the selected line with Enter."""
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - named by Qt
        """Ask for a menu at the pointer, or below the current row when a key was pressed."""
        place = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        if self.selected():
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _begin(self) -> None:
        """Select the first line, so that the keys have something to work on."""
        self.scrollToTop()
        if self._lines.rowCount():
            self.setCurrentIndex(self._lines.index(0, 0))
