"""The rows of the table of jobs: the chosen lines of a listing, changed row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from deskcron.domain.answers import EngineState
from deskcron.domain.ports import Clock
from deskcron.domain.run import JobId
from deskcron.gui.jobs.filter import Column, JobFilter, chosen
from deskcron.gui.jobs.listing import Line, Listing
from deskcron.gui.jobs.words import Cell, Present, cell, heading
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.tables import named_by_tip
from deskcron.gui.zones import Zones

Index = QModelIndex | QPersistentModelIndex


class Shown(NamedTuple):
    """What is painted of a cell."""

    line: Line
    cell: Cell


MOST_STEPS = 64
"""Beyond so many changes at different places all rows are shown anew: selections cost more."""

_NOWHERE = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_SWITCH_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable
_TIMED = (Column.NEXT, Column.LAST)


class JobsModel(QAbstractTableModel):
    """Show what is chosen of the newest listing; rows keep their identity while that changes.

    `switched` carries a job id and whether it is wanted enabled.
    """

    switched = Signal(str, bool)

    def __init__(self, clock: Clock, zones: Zones, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zones = zones
        zones.changed.connect(self._tell_all)
        self._listing = Listing([], [], {}, EngineState(running=False))
        self._choice = JobFilter()
        self._lines: list[Line] = []
        self._said: dict[JobId, tuple[str, ...]] = {}

    @property
    def listing(self) -> Listing:
        """Return everything there is to choose from."""
        return self._listing

    @property
    def choice(self) -> JobFilter:
        """Return what is chosen of it."""
        return self._choice

    def line(self, row: int) -> Line:
        """Return the line of a row."""
        return self._lines[row]

    def shown(self, index: Index) -> Shown:
        """Return what is painted of a cell; quicker than by a role, which Qt asks for."""
        line = self._lines[index.row()]
        return Shown(line, self._cell(line, Column(index.column())))

    def rows_of(self, job_ids: Iterable[str]) -> list[int]:
        """Return the rows of those jobs that are shown."""
        wanted = set(job_ids)
        return [row for row, line in enumerate(self._lines) if line.id in wanted]

    def set_listing(self, listing: Listing) -> None:
        """Show a newer listing."""
        before = self._listing
        is_same = listing.engine == before.engine
        self._listing = listing
        self._show(chosen(listing.lines, self._choice))
        if not is_same:
            self._tell_all()

    def choose(self, choice: JobFilter) -> None:
        """Show another part or order of the listing."""
        if choice != self._choice:
            self._choice = choice
            self._show(chosen(self._listing.lines, choice))

    def tell_time(self, first: int, last: int) -> None:
        """Show the times of some rows anew where their words have become others."""
        said = {}
        for row in range(max(first, 0), min(last + 1, len(self._lines))):
            line = self._lines[row]
            words = tuple(self._cell(line, column).text for column in _TIMED)
            said[line.id] = words
            if self._said.get(line.id) != words:
                begin, end = self.index(row, Column.NEXT), self.index(row, Column.LAST)
                self.dataChanged.emit(begin, end)
        self._said = said

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of jobs shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's variant
        """Return the name of a column, which may be cut off where it stands."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return named_by_tip(heading(Column(section)), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be selected and the switch be switched where the job can be read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        may_switch = self._lines[index.row()].job.fault is None
        return _SWITCH_FLAGS if index.column() == Column.ENABLED and may_switch else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's variant
        """Return what a cell shows."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        answer = _ANSWERS.get(role)
        if answer is None:
            return None
        line, column = self._lines[index.row()], Column(index.column())
        return answer(line, column, self._cell(line, column))

    def setData(  # noqa: N802 - Qt's name
        self,
        index: Index,
        value: Any,  # Qt's variant
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Ask for a job to be switched; the row changes when the core has done it."""
        may_switch = Qt.ItemFlag.ItemIsUserCheckable in self.flags(index)
        if role != Qt.ItemDataRole.CheckStateRole or not may_switch:
            return False
        is_wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        self.switched.emit(self._lines[index.row()].id, is_wanted)
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows in the order of a column."""
        is_descending = order is Qt.SortOrder.DescendingOrder
        self.choose(self._choice._replace(column=Column(column), is_descending=is_descending))

    def _cell(self, line: Line, column: Column) -> Cell:
        zone = self._zones.zone(line.job.zone)
        return cell(line, column, Present(self._clock.now(), self._listing.engine, zone))

    def _show(self, lines: list[Line]) -> None:
        known = {line.id for line in self._lines}
        wanted = {line.id for line in lines}
        gone = _stretches(line.id not in wanted for line in self._lines)
        come = _stretches(line.id not in known for line in lines)
        if len(gone) + len(come) > MOST_STEPS:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._lines[first : last + 1]
            self.endRemoveRows()
        self._renew([line for line in lines if line.id in known])
        for first, last in come:
            self.beginInsertRows(_NOWHERE, first, last)
            self._lines[first:first] = lines[first : last + 1]
            self.endInsertRows()

    def _renew(self, lines: list[Line]) -> None:
        """Put the newer lines of the same jobs in the place of the rows, in their new order."""
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self._reorder(lines)
        changed = _stretches(
            new is not old and new != old for new, old in zip(lines, self._lines, strict=True)
        )
        self._lines = lines
        for first, last in changed:
            self._tell_changed(first, last)

    def _reorder(self, lines: Sequence[Line]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = {line.id: line for line in self._lines}
        persistent = self.persistentIndexList()
        places = {line.id: row for row, line in enumerate(lines)}
        moved = [self.index(places[self._lines[i.row()].id], i.column()) for i in persistent]
        self._lines = [before[line.id] for line in lines]
        self.changePersistentIndexList(persistent, moved)
        self.layoutChanged.emit()

    def _tell_all(self) -> None:
        if self._lines:
            self._tell_changed(0, len(self._lines) - 1)

    def _tell_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def _stretches(flags: Iterable[bool]) -> list[tuple[int, int]]:
    """Return first and last place of each unbroken stretch of true flags."""
    found = []
    for is_wanted, places in groupby(enumerate(flags), key=itemgetter(1)):
        if is_wanted:
            stretch = [place for place, _flag in places]
            found.append((stretch[0], stretch[-1]))
    return found


def _switch_state(line: Line, column: Column, _said: Cell) -> Qt.CheckState | None:
    if column is not Column.ENABLED:
        return None
    return Qt.CheckState.Checked if line.job.enabled else Qt.CheckState.Unchecked


# Any: each role has values of its own kind.
_ANSWERS: Mapping[int, Callable[[Line, Column, Cell], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda _line, _column, said: said.text,
    Qt.ItemDataRole.ToolTipRole: lambda _line, _column, said: tip(said.hint()) or None,
    Qt.ItemDataRole.AccessibleTextRole: lambda _line, _column, said: said.spoken or said.text,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda _line, _column, said: said.hint(),
    Qt.ItemDataRole.CheckStateRole: _switch_state,
}
