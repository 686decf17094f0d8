"""The table of variables, and all of a value beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QResizeEvent, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QTableView, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.environment.model import VariablesModel
from deskcron.gui.environment.variables import Variable
from deskcron.gui.theme.spacing import GAP_L, ROW
from deskcron.gui.theme.tables import Cells, dress_table

_SHARES = ((1, 3), (3, 4, 4))
"""Of the width, for the columns where there are two, and where there are three."""
_LINES = 6
"""Of a value; the others are scrolled."""


class VariablesTable(QTableView):
    """Show variables as rows. `chosen`: another one is selected, or none."""

    chosen = Signal()

    def __init__(self, model: VariablesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variables = model
        self._chosen = Variable("", None)
        self.setAccessibleName(_("Variables"))
        self.setModel(model)
        dress_table(self, row_height=max(ROW, self.fontMetrics().height() + GAP_L))
        self.setItemDelegate(Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def current(self) -> Variable | None:
        """Return the variable that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._variables.rows[rows[0].row()] if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Let the columns fill the table."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        shares = _SHARES[self._variables.columnCount() == len(_SHARES[1])]
        for column, share in enumerate(shares[:-1]):  # the last one takes what is left
            self.setColumnWidth(column, self.viewport().width() * share // sum(shares))

    def _remember(self) -> None:
        self._chosen = self.current() or self._chosen

    def _restore(self) -> None:
        """Select the variable again that was selected, else one of its name, else the first."""
        self._share()
        before, rows = self._chosen, self._variables.rows
        if rows:
            place = min(
                range(len(rows)),
                key=lambda row: (rows[row] != before, rows[row].name != before.name),
            )
            self.setCurrentIndex(self._variables.index(place, 0))
        self.chosen.emit()


class ValueBox(QPlainTextEdit):
    """All of a value, to be read and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("All of the value"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + GAP_L)
