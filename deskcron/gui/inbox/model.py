"""The rows of the inbox for its list; entries keep their identity while others come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from deskcron.domain.answers import InboxEntry
from deskcron.domain.ports import Clock
from deskcron.gui.inbox.rows import Row, rows_of
from deskcron.gui.inbox.words import group_word, spoken, summary, when, when_exactly
from deskcron.gui.theme.labels import tip
from deskcron.gui.zones import Zones

Index = QModelIndex | QPersistentModelIndex

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
"""The InboxEntry of a row, None for a heading."""
SUMMARY_ROLE = ENTRY_ROLE + 1
WHEN_ROLE = ENTRY_ROLE + 2

_NOWHERE = QModelIndex()


class InboxModel(QAbstractListModel):
    """Show entries in groups; as time passes entries move from one to the next."""

    def __init__(self, clock: Clock, zones: Zones, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zones = zones
        self._entries: Sequence[InboxEntry] = ()
        self._rows: list[Row] = []
        self._told_at = clock.now()

    @property
    def told_at(self) -> datetime:
        """Return the instant as of which all rows speak, so that whoever says more agrees."""
        return self._told_at

    @property
    def zone(self) -> tzinfo | None:
        """Return the zone in which times are shown, None for the computer's."""
        return self._zones.zone()

    def show(self, entries: Sequence[InboxEntry]) -> None:
        """Show what waits now, newest first."""
        self._entries = entries
        self.tell_time()

    def tell_time(self) -> None:
        """Group everything as of now; rows that only say another time are not told of."""
        self._told_at = self._clock.now()
        before, rows = self._rows, rows_of(self._entries, self._told_at, self.zone)
        if [_identity(row) for row in rows] != [_identity(row) for row in before]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        changed = [place for place, row in enumerate(rows) if row.entry != before[place].entry]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def entry(self, row: int) -> InboxEntry | None:
        """Return the entry of a row, None for a heading and beyond the end."""
        return self._rows[row].entry if 0 <= row < len(self._rows) else None

    def entries(self) -> list[InboxEntry]:
        """Return all entries from top to bottom."""
        return [row.entry for row in self._rows if row.entry is not None]

    def rows_of(self, entry_ids: Iterable[int]) -> list[int]:
        """Return the rows of those entries that are shown."""
        wanted = set(entry_ids)
        return [
            place
            for place, row in enumerate(self._rows)
            if row.entry is not None and row.entry.id in wanted
        ]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of entries and headings."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be selected, but no headings."""
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return can | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's variant
        """Return what a row shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        group, entry = self._rows[index.row()]
        if entry is None:
            is_text = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return group_word(group) if is_text else None
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(entry, self._told_at, self.zone)


def _identity(row: Row) -> tuple[int, int]:
    return row.group, 0 if row.entry is None else row.entry.id


# Any: each role has values of its own kind.
_ANSWERS: Mapping[int, Callable[[InboxEntry, datetime, tzinfo | None], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda entry, _now, _zone: " ".join(entry.title.split()),
    Qt.ItemDataRole.ToolTipRole: lambda entry, now, zone: tip(when_exactly(entry, now, zone)),
    Qt.ItemDataRole.AccessibleTextRole: spoken,
    ENTRY_ROLE: lambda entry, _now, _zone: entry,
    SUMMARY_ROLE: summary,
    WHEN_ROLE: when,
}
