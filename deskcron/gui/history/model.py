"""The rows of the history that are loaded, newest first; more come when somebody scrolls down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication

from deskcron.domain.run import JobId, Run, RunId
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import capital, cause_word, status_word
from deskcron.gui.history.words import took, when, when_exactly, why
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import colour, status_tone
from deskcron.gui.theme.tables import named_by_tip
from deskcron.gui.zones import Zones

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    WHEN = 0
    JOB = 1
    STATUS = 2
    WHY = 3
    TOOK = 4
    CAUSE = 5


class RunsModel(QAbstractTableModel):
    """Runs by falling id. `wanted_more`: the end of what is loaded has been scrolled to."""

    wanted_more = Signal()

    def __init__(
        self, now: Callable[[], datetime], zones: Zones, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._zones = zones
        zones.changed.connect(self._tell_zone)
        self._runs: list[Run] = []
        self._is_whole = True

    def run_at(self, row: int) -> Run | None:
        """Return the run of a row."""
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def row_of(self, run_id: int) -> int:
        """Return the row of a run, -1 where it is not loaded."""
        row = self._first_not_above(run_id)
        run = self.run_at(row)
        return row if run is not None and run.id == run_id else -1

    def oldest(self) -> Run | None:
        """Return the last run that is loaded."""
        return self._runs[-1] if self._runs else None

    def open_ids(self) -> Sequence[RunId]:
        """Return the runs that can still change."""
        return [run.id for run in self._runs if run.status.is_open]

    def reset(self, runs: Sequence[Run], *, is_whole: bool) -> None:
        """Show these runs and no others; `is_whole` when there are no older ones."""
        self.beginResetModel()
        self._runs = list(runs)
        self._is_whole = is_whole
        self.endResetModel()

    def append(self, runs: Sequence[Run], *, is_whole: bool) -> None:
        """Add runs that are older than all that are loaded."""
        self._is_whole = is_whole
        self._insert(len(self._runs), runs)

    def job_names(self) -> Mapping[JobId, str]:
        """Return the jobs of all runs that are loaded, ids with names."""
        return {run.job_id: run.job_name for run in self._runs}

    def newest(self) -> Run | None:
        """Return the first run."""
        return self._runs[0] if self._runs else None

    def renew(self, newest: Sequence[Run], *, is_whole: bool) -> None:
        """Make the newest rows these; the older ones stay, if there are any."""
        kept = {run.id for run in newest}
        compared = len(self._runs) if is_whole else self._first_not_above(newest[-1].id)
        for row in reversed(range(compared)):
            if self._runs[row].id not in kept:
                self._remove(row)
        for is_loaded, stretch in groupby(newest, lambda run: self.row_of(run.id) >= 0):
            runs = list(stretch)
            if is_loaded:
                for run in runs:
                    self.put(run)
            else:
                self._insert(self._first_not_above(runs[0].id), runs)
        self._is_whole = self._is_whole or is_whole

    def put(self, run: Run) -> None:
        """Show what has become of a run, if it is loaded."""
        row = self.row_of(run.id)
        if row >= 0 and self._runs[row] != run:
            self._runs[row] = run
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def remove(self, run_id: int) -> None:
        """Take a run out that no longer belongs here."""
        row = self.row_of(run_id)
        if row >= 0:
            self._remove(row)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - named by Qt
        """Return the number of runs that are loaded."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - named by Qt
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - named by Qt
        """Tell whether there are older runs."""
        return not parent.isValid() and not self._is_whole

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - named by Qt
        """Have older runs loaded."""
        if not parent.isValid():
            self.wanted_more.emit()

    def headerData(  # noqa: N802 - named by Qt
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt takes values of all kinds
        """Return the name of a column, which may be cut off where it stands."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return named_by_tip(_headings()[Column(section)], role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, its icon or its tooltip. Any: values of all kinds."""
        run = self.run_at(index.row())
        if run is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(run, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATUS:
            return status_icon(run.status)
        if role == Qt.ItemDataRole.ForegroundRole and column is Column.STATUS:
            return colour(QGuiApplication.palette(), status_tone(run.status))
        if role == Qt.ItemDataRole.ToolTipRole:
            is_when = column is Column.WHEN
            hint = (
                when_exactly(run, self._zones.zone(run.zone))
                if is_when
                else self._text(run, column)
            )
            return tip(hint)
        return None

    def _text(self, run: Run, column: Column) -> str:
        if column is Column.WHEN:
            return when(run, self._now(), self._zones.zone(run.zone))
        if column is Column.JOB:
            return " ".join(run.job_name.split())
        if column is Column.STATUS:
            return capital(status_word(run.status))
        if column is Column.WHY:
            return why(run, self._zones.zone(run.zone))
        if column is Column.TOOK:
            return took(run, self._now())
        return capital(cause_word(run.cause))

    def _tell_zone(self) -> None:
        if self._runs:
            end = self.index(len(self._runs) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    def _insert(self, row: int, runs: Sequence[Run]) -> None:
        if runs:
            self.beginInsertRows(QModelIndex(), row, row + len(runs) - 1)
            self._runs[row:row] = runs
            self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._runs[row]
        self.endRemoveRows()

    def _first_not_above(self, run_id: int) -> int:
        """Return the row of the first run with this id or a lower one."""
        low, high = 0, len(self._runs)
        while low < high:
            middle = (low + high) // 2
            if self._runs[middle].id > run_id:
                low = middle + 1
            else:
                high = middle
        return low


def _headings() -> dict[Column, str]:
    return {
        Column.WHEN: _("When"),
        Column.JOB: _("Job"),
        Column.STATUS: _("Result"),
        Column.WHY: _("Why"),
        Column.TOOK: _("Duration"),
        Column.CAUSE: _("Cause"),
    }
