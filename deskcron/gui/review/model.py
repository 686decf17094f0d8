"""The lines of an absence as rows of a table; they keep their places while they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from deskcron.domain.review import Absence, ReviewLine
from deskcron.domain.reviewwords import Times
from deskcron.domain.run import JobId, Status
from deskcron.domain.texts import gettext as _
from deskcron.gui.review.words import due, fate
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.tables import named_by_tip

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
        self._until: datetime | None = None
        self._lines: list[ReviewLine] = []
        self._times = Times(str, str)

    def lines(self) -> Sequence[ReviewLine]:
        """Return all lines in their order."""
        return self._lines

    def line_at(self, row: int) -> ReviewLine | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show(self, absence: Absence, lines: Sequence[ReviewLine], times: Times) -> None:
        """Show the lines of an absence; those that are shown already keep their places."""
        self._times = times
        if absence.until == self._until:
            self._follow({line.job_id: line for line in lines})
        else:
            self._begin(absence.until, lines)

    def clear(self) -> None:
        """Show nothing."""
        self._begin(None, ())

    def _begin(self, until: datetime | None, lines: Sequence[ReviewLine]) -> None:
        self.beginResetModel()
        self._until, self._lines = until, list(lines)
        self.endResetModel()

    def _follow(self, present: dict[JobId, ReviewLine]) -> None:
        for row in reversed(range(len(self._lines))):
            if self._lines[row].job_id not in present:
                self.beginRemoveRows(_ROOT, row, row)
                del self._lines[row]
                self.endRemoveRows()
        count = len(self._lines)
        self._lines = [present.pop(line.job_id) for line in self._lines]
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(Column) - 1))
        if present:
            self.beginInsertRows(_ROOT, count, count + len(present) - 1)
            self._lines += present.values()
            self.endInsertRows()

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
        """Return the name of a column, which may be cut off where it stands."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return named_by_tip((_("Job"), _("Was due"), _("What was done"))[section], role)

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
