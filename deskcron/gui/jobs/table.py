"""The table of jobs: its columns, what is selected in it, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.gui.jobs.filter import Column
from deskcron.gui.jobs.listing import Line
from deskcron.gui.jobs.model import JobsModel
from deskcron.gui.jobs.painting import (
    NameDelegate,
    NextDelegate,
    ResultDelegate,
    RowDelegate,
    SwitchDelegate,
)
from deskcron.gui.theme.columns import Columns
from deskcron.gui.theme.spacing import GAP_L, ROW
from deskcron.gui.theme.switch import TRACK
from deskcron.gui.theme.tables import dress_table

TICK_MS = 1000
_WIDTHS = {Column.NEXT: 18, Column.LAST: 27}
"""Of the columns of times at first, in characters."""
_BY_KEY_OR_CODE = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    }
)
"""Ways in which the keyboard comes to the table itself, not to a place in it."""


class _Standing(NamedTuple):
    """Where the table stands while its rows are shown anew."""

    selected: Sequence[JobId]
    current: JobId | None
    scrolled: int


class JobsTable(QTableView):
    """Show jobs as rows; selection, current row and scroll position outlast changes of the rows.

    `chosen` says that other jobs are selected, or that the selected ones have changed;
    `menu_wanted` where on the screen a menu for them is wanted.
    """

    chosen = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: JobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = model
        self._standing = _Standing([], None, 0)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.tell_time)
        self.setObjectName("jobs")
        self.setAccessibleName(_("Jobs"))
        self.setModel(model)
        self._lay_out()
        for column in Column:
            self.setItemDelegateForColumn(column, self._delegate(column))
        self.columns = self._share_width()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.modelReset.connect(self.columns.fill)
        model.rowsInserted.connect(self.columns.fill)
        model.dataChanged.connect(self.chosen)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.doubleClicked.connect(self._open)

    def selected(self) -> Sequence[Line]:
        """Return the selected lines from top to bottom."""
        rows = sorted(
            row
            for part in self.selectionModel().selection().toList()
            for row in range(part.top(), part.bottom() + 1)
        )
        return [self._jobs.line(row) for row in rows]

    def select_jobs(self, job_ids: Sequence[str]) -> None:
        """Select these jobs alone where they are shown."""
        selection = QItemSelection()
        for row in self._jobs.rows_of(job_ids):
            selection.select(self._jobs.index(row, 0), self._jobs.index(row, len(Column) - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to(self, job_id: str) -> None:
        """Select a job alone and bring it into sight; nothing is selected where it is not shown."""
        self.select_jobs([job_id])
        for row in self._jobs.rows_of([job_id]):
            index = self._jobs.index(row, Column.NAME)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def tell_time(self) -> None:
        """Let the rows in sight show their times as of now."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self._jobs.tell_time(first, last if last >= 0 else self._jobs.rowCount() - 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to follow the time; rows that came meanwhile may need other widths."""
        super().showEvent(event)
        self._tick.start()
        self.columns.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the columns fill the table; before it is shown it may take several sizes."""
        super().resizeEvent(event)
        if self._tick.isActive():
            self.columns.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Select the row that is marked as the current one, so that keys do what they promise."""
        super().focusInEvent(event)
        current = self.currentIndex()
        is_free = not self.selectionModel().hasSelection()
        if event.reason() in _BY_KEY_OR_CODE and current.isValid() and is_free:
            self.select_jobs([self._jobs.line(current.row()).id])

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the time alone while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a menu at the pointer, or below the current row when a key was pressed."""
        place = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        if self.selectionModel().hasSelection():
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _lay_out(self) -> None:
        dress_table(self, row_height=max(ROW, self.fontMetrics().height() + GAP_L))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        # A header looks at all rows to tell which columns are selected; here rows are.
        head.setSelectionModel(QItemSelectionModel(self._jobs, head))
        head.setSortIndicator(self._jobs.choice.column, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _share_width(self) -> Columns:
        letter = self.fontMetrics().horizontalAdvance("n")
        widths: dict[int, int] = {
            column: characters * letter for column, characters in _WIDTHS.items()
        }
        widths[Column.ENABLED] = TRACK.width() + 2 * GAP_L
        sharing, times = (Column.NAME, Column.SCHEDULE), (Column.NEXT, Column.LAST)
        return Columns(self, widths, sharing, Column.ENABLED, yielding=times)

    def _delegate(self, column: Column) -> RowDelegate:
        kinds = {
            Column.ENABLED: SwitchDelegate,
            Column.NAME: NameDelegate,
            Column.NEXT: NextDelegate,
            Column.LAST: ResultDelegate,
        }
        return kinds.get(column, RowDelegate)(self._jobs, self)

    def _open(self, index: QModelIndex) -> None:
        if index.column() != Column.ENABLED:
            self.opened.emit()

    def _remember(self) -> None:
        current = self.currentIndex()
        self._standing = _Standing(
            [line.id for line in self.selected()],
            self._jobs.line(current.row()).id if current.isValid() else None,
            self.verticalScrollBar().value(),
        )

    def _restore(self) -> None:
        self.select_jobs(self._standing.selected)
        if self._standing.current is not None:
            for row in self._jobs.rows_of([self._standing.current]):
                self.selectionModel().setCurrentIndex(
                    self._jobs.index(row, Column.NAME),
                    QItemSelectionModel.SelectionFlag.NoUpdate,
                )
        self.verticalScrollBar().setValue(self._standing.scrolled)
