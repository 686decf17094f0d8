"""The rows of the table of all jobs: what the runs of each come to, sorted and searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from deskcron.domain.records import folded
from deskcron.domain.statistics import JobStatistics, Spread
from deskcron.domain.texts import gettext as _
from deskcron.gui.statistics.words import in_a_row, middle, missed, most, skipped, success
from deskcron.gui.theme.labels import tip

Index = QModelIndex | QPersistentModelIndex
Number = float | None
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    JOB = 0
    RUNS = 1
    SUCCESS = 2
    DURATION = 3
    LONGEST = 4
    LATE = 5
    LATEST = 6
    MISSED = 7
    SKIPPED = 8
    IN_A_ROW = 9


class _Kind(NamedTuple):
    """What a column shows, and the number it is sorted by, None for those without one."""

    heading: str
    meaning: str
    words: Callable[[JobStatistics], str]
    number: Callable[[JobStatistics], Number]


class _Row(NamedTuple):
    """A job by its folded name, which is worked out once for all sorting and searching."""

    name: str
    statistics: JobStatistics


class AllJobsModel(QAbstractTableModel):
    """Show what is known of jobs; it is sorted by one column, those without a figure come last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kinds = _kinds()
        self._all: list[_Row] = []  # by name
        self._rows: list[JobStatistics] = []
        self._column = Column.JOB
        self._is_descending = False
        self._search = ""

    def row_at(self, row: int) -> JobStatistics:
        """Return the statistics of a row."""
        return self._rows[row]

    def row_of(self, job_id: str) -> int:
        """Return the row of a job, -1 where it is not shown."""
        return next((row for row, one in enumerate(self._rows) if one.job_id == job_id), -1)

    def clear(self) -> None:
        """Forget all jobs."""
        self._all = []
        self._show()

    def add(self, found: Iterable[JobStatistics]) -> None:
        """Show more jobs."""
        self._all.extend(_Row(folded(one.job_name), one) for one in found)
        self._all.sort(key=lambda row: row.name)
        self._show()

    def search(self, text: str) -> None:
        """Show those jobs only whose name contains the text."""
        self._search = folded(text)
        self._show()

    def as_text(self) -> str:
        """Return all that is shown as a table that can be pasted into another program."""
        lines = ["\t".join(kind.heading for kind in self._kinds.values())]
        lines += ["\t".join(self._words(one, column) for column in Column) for one in self._rows]
        return "\n".join(lines)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - named by Qt
        """Return the number of jobs shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - named by Qt
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - named by Qt
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt takes values of all kinds
        """Return the name of a column; as a tooltip, in a narrow one as well, with its meaning."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        kind = self._kinds[Column(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.heading
        words = f"{kind.heading}\n{kind.meaning}".rstrip()
        return tip(words) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows. Any: Qt takes values of all kinds."""
        if not 0 <= index.row() < len(self._rows):
            return None
        one, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.JOB:
            return tip(one.job_name)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows in the order of a column."""
        self._column = Column(column)
        self._is_descending = order is Qt.SortOrder.DescendingOrder
        self._show()

    def _words(self, one: JobStatistics, column: Column) -> str:
        return self._kinds[column].words(one)

    def _show(self) -> None:
        self.beginResetModel()
        found = [row.statistics for row in self._all if self._search in row.name]
        self._rows = self._sorted(found)
        self.endResetModel()

    def _sorted(self, found: list[JobStatistics]) -> list[JobStatistics]:
        """Return what is sorted by name in the order that is wanted."""
        if self._column is Column.JOB:
            return found[::-1] if self._is_descending else found
        number = self._kinds[self._column].number
        known = [(value, one) for one in found if (value := number(one)) is not None]
        known.sort(key=lambda pair: pair[0], reverse=self._is_descending)
        return [*(one for _value, one in known), *(one for one in found if number(one) is None)]


def _kinds() -> Mapping[Column, _Kind]:
    return {
        Column.JOB: _Kind(_("Job"), "", lambda one: " ".join(one.job_name.split()), lambda _: None),
        Column.RUNS: _Kind(
            _("Runs"),
            _("Runs that succeeded, failed or were cancelled"),
            lambda one: f"{one.executed:,}",
            lambda one: one.executed,
        ),
        Column.SUCCESS: _Kind(
            _("Success"),
            _("The share of runs that succeeded; cancelled ones count as neither"),
            success,
            lambda one: one.success_rate,
        ),
        Column.DURATION: _Kind(
            _("Duration"),
            _("Half of the runs were shorter, half longer"),
            lambda one: middle(one.duration),
            lambda one: _median(one.duration),
        ),
        Column.LONGEST: _Kind(
            _("Duration, 95 %"),
            _("95 of 100 runs took that long at most"),
            lambda one: most(one.duration),
            lambda one: _p95(one.duration),
        ),
        Column.LATE: _Kind(
            _("Late by"),
            _("Half of the scheduled runs started sooner after their due time, half later"),
            lambda one: middle(one.lateness),
            lambda one: _median(one.lateness),
        ),
        Column.LATEST: _Kind(
            _("Late by, 95 %"),
            _("95 of 100 scheduled runs were that late at most"),
            lambda one: most(one.lateness),
            lambda one: _p95(one.lateness),
        ),
        Column.MISSED: _Kind(
            _("Missed"),
            _("Due times at which nothing could run"),
            missed,
            lambda one: one.missed,
        ),
        Column.SKIPPED: _Kind(
            _("Skipped"),
            _("Due times left out on purpose"),
            skipped,
            lambda one: one.skipped,
        ),
        Column.IN_A_ROW: _Kind(
            _("In a row"),
            _("How the newest runs ended, and how many in a row"),
            in_a_row,
            _now_in_a_row,
        ),
    }


def _median(spread: Spread | None) -> Number:
    return None if spread is None else spread.median_s


def _p95(spread: Spread | None) -> Number:
    return None if spread is None else spread.p95_s


def _now_in_a_row(one: JobStatistics) -> Number:
    """Return a number that is negative for failures."""
    streaks = one.streaks
    return streaks.successes - streaks.failures or None
