"""The table of what the runs of all jobs come to."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QTableView, QWidget

from deskcron.domain.statistics import JobStatistics
from deskcron.domain.texts import gettext as _
from deskcron.gui.statistics.alljobsmodel import AllJobsModel, Column
from deskcron.gui.theme.columns import Columns
from deskcron.gui.theme.spacing import GAP, GAP_XL, ROW
from deskcron.gui.theme.tables import Cells, dress_table

_WIDEST = {
    Column.RUNS: "00,000",
    Column.SUCCESS: "100.0 %",
    Column.DURATION: "00 min 00 s",
    Column.LONGEST: "00 min 00 s",
    Column.LATE: "00 min 00 s",
    Column.LATEST: "00 min 00 s",
    Column.MISSED: "00,000",
    Column.SKIPPED: "00,000",
    Column.IN_A_ROW: "000 successes",
}
"""Texts as wide as the columns are at first; what is left is for the names."""
_LETTERS = 24
"""Of a name, at least."""


class AllJobsTable(QTableView):
    """Show a row for each job. `opened`: the statistics of the current one are wanted."""

    opened = Signal()

    def __init__(self, model: AllJobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = model
        self._job_id = ""
        self._scrolled: int | None = None
        self.setAccessibleName(_("Statistics of all jobs"))
        self.setModel(model)
        dress_table(self, row_height=max(ROW, self.fontMetrics().height() + GAP_XL // 2))
        self.setItemDelegate(Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        # A header looks at all rows to tell which columns are selected; here rows are.
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.setSortIndicator(Column.JOB, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._columns = self._share_width()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.activated.connect(self.opened)

    def current(self) -> JobStatistics | None:
        """Return the statistics of the selected job."""
        rows = self.selectionModel().selectedRows()
        return self._jobs.row_at(rows[0].row()) if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Let the columns fill the table."""
        super().resizeEvent(event)
        self._columns.follow()

    def _share_width(self) -> Columns:
        letters = self.fontMetrics().horizontalAdvance
        widths: dict[int, int] = {
            column: max(letters(text) + GAP_XL, self._heading_width(column))
            for column, text in _WIDEST.items()
        }
        return Columns(self, widths, (Column.JOB,), least_letters=_LETTERS)

    def _heading_width(self, column: Column) -> int:
        """Return what a heading needs with the mark of sorting; the hint of Qt is far more."""
        head = self.horizontalHeader()
        words = str(self._jobs.headerData(column, Qt.Orientation.Horizontal))
        mark = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMarkSize, None, head)
        return head.fontMetrics().horizontalAdvance(words) + mark + 2 * GAP

    def _remember(self) -> None:
        chosen = self.current()
        self._scrolled = None if chosen is None else self.verticalScrollBar().value()
        if chosen is not None:
            self._job_id = chosen.job_id

    def _restore(self) -> None:
        """Select the job again that was selected, as soon as it is there.

        The table scrolls to it only if it was not selected a moment ago.
        """
        row = self._jobs.row_of(self._job_id)
        if row >= 0:
            self.setCurrentIndex(self._jobs.index(row, Column.JOB))
        if self._scrolled is not None:
            self.verticalScrollBar().setValue(self._scrolled)
