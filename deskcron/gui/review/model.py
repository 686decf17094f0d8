"""The lines of an absence as rows of a table; they keep their places while they change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from deskcron.domain.review import ReviewLine
from deskcron.domain.reviewwords import Times
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _
from deskcron.gui.review.words import due, fate
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    JOB = 0
    DUE = 1
    DONE = 2


class ReviewModel(QAbstractTableModel):
    """The lines of one absence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ReviewLine] = []
        self._times = Times(str, str)

    def lines(self) -> Sequence[ReviewLine]:
        """Return all lines in their order."""
        return self._lines

    def line_at(self, row: int) -> ReviewLine | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show(self, lines: Sequence[ReviewLine], times: Times) -> None:
        """Show lines; where they are about the same jobs as before, in the order of before."""
        self._times = times
        present = {line.job_id: line for line in lines}
        if present.keys() == {line.job_id for line in self._lines}:
            self._lines = [present[line.job_id] for line in self._lines]
            if self._lines:
                last = self.index(len(self._lines) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - named by Qt
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - named by Qt
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - named by Qt
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt takes values of all kinds
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (_("Job"), _("Was due"), _("What was done"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, its icon or its tooltip. Any: values of all kinds."""
        line = self.line_at(index.row())
        if line is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.DONE:
            return status_icon(_status(line))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(line, column))
        return None

    def _text(self, line: ReviewLine, column: Column) -> str:
        if column is Column.JOB:
            return " ".join(line.job_name.split())
        return (due if column is Column.DUE else fate)(line, self._times)


def _status(line: ReviewLine) -> Status:
    """Return the status that says most of a line: of the run that stands in, or the latest."""
    if line.stand_in is not None:
        return line.stand_in.status
    return Status.SKIPPED if line.is_left else line.last.status
