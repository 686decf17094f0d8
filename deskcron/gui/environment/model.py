"""The rows of the table of variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from deskcron.domain.texts import gettext as _
from deskcron.gui.environment.variables import (
    Heads,
    Variable,
    matching,
    name_words,
    value_words,
)
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.tables import named_by_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_LETTERS = 500
"""Of a value in a cell, which would be measured to its end; all of it is shown beside."""


class VariablesModel(QAbstractTableModel):
    """Names and values; a third column where two environments are compared."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Variable] = ()
        self._rows: Sequence[Variable] = ()
        self._search = ""
        self.heads = Heads("", "")

    @property
    def rows(self) -> Sequence[Variable]:
        """Return what is shown."""
        return self._rows

    def show(self, rows: Sequence[Variable], heads: Heads) -> None:
        """Show these rows."""
        self._put(rows, heads, self._search)

    def search(self, text: str) -> None:
        """Show the rows only that contain a text."""
        self._put(self._all, self.heads, text)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - named by Qt
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - named by Qt
        """Return the number of columns."""
        if parent.isValid():
            return 0
        return 3 if self.heads.there else 2

    def headerData(  # noqa: N802 - named by Qt
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt takes values of all kinds
        """Return the name of a column, which may be cut off where it stands."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return named_by_tip((_("Variable"), *self.heads)[section], role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows. Any: Qt takes values of all kinds."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        value = (row.name, row.here, row.there)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            text = name_words(row) if index.column() == 0 else value_words(value)
            return " ".join(text[:_MOST_LETTERS].split())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return tip(name_words(row))
        if role == Qt.ItemDataRole.ForegroundRole and not value:
            return colour(QGuiApplication.palette(), Tone.SOFT)
        return None

    def _put(self, rows: Sequence[Variable], heads: Heads, search: str) -> None:
        self.beginResetModel()
        self._all, self.heads, self._search = rows, heads, search
        self._rows = matching(rows, search)
        self.endResetModel()
