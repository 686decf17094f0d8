"""The rules of a tidying as a table, with buttons to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import TidyRule
from deskcron.domain.tidywords import becomes_words, which_words
from deskcron.gui.editor.tidyruledialog import TidyRuleDialog
from deskcron.gui.theme.buttons import button, icon_button
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.spacing import GAP_S, ROW
from deskcron.gui.theme.tables import Cells, Index, dress_table

_ROWS_SHOWN = 4
_TOP = QModelIndex()
RawRule = Mapping[str, Any]
"""A rule as it is stored. Any: it is JSON, and a newer deskcron may have put more into it."""


class TidyRulesField(QWidget):
    """Rules from the first that is asked to the last."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RulesModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.setItemDelegate(Cells(self.table))
        self.table.setAccessibleName(_("Rules"))
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight((_ROWS_SHOWN + 1) * ROW)
        self.add_button = button(_("Add rule…"), "add")
        self.edit_button = button(_("Edit rule…"), "edit")
        self.up_button = icon_button("chevron-up", _("Ask this rule earlier"))
        self.down_button = icon_button("chevron-down", _("Ask this rule later"))
        self.remove_button = icon_button("delete", _("Remove this rule"))
        self._lay_out()
        self.setFocusProxy(self.table)
        self.add_button.clicked.connect(self._add)
        self.edit_button.clicked.connect(self._edit)
        self.table.activated.connect(self._edit)
        self.up_button.clicked.connect(lambda: self._shift(-1))
        self.down_button.clicked.connect(lambda: self._shift(1))
        self.remove_button.clicked.connect(self._remove)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._show_buttons()

    def rules(self) -> list[dict[str, Any]]:
        """Return the rules."""
        return [dict(rule) for rule in self.model.rules]

    def set_rules(self, rules: Sequence[RawRule]) -> None:
        """Show exactly these rules."""
        self.model.show(rules)
        self._show_buttons()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        for control in (self.add_button, self.edit_button):
            control.setAutoDefault(False)
            row.addWidget(control)
        row.addStretch(1)
        for tool in (self.up_button, self.down_button, self.remove_button):
            row.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self.table)
        column.addLayout(row)

    def _current(self) -> int:
        return self.table.currentIndex().row()

    def _show_buttons(self) -> None:
        current, count = self._current(), len(self.model.rules)
        self.edit_button.setEnabled(current >= 0)
        self.remove_button.setEnabled(current >= 0)
        self.up_button.setEnabled(current > 0)
        self.down_button.setEnabled(0 <= current < count - 1)

    def _add(self) -> None:
        self._open({}, lambda rule: self._put([*self.model.rules, rule], len(self.model.rules)))

    def _edit(self) -> None:
        current = self._current()
        if current < 0:
            return
        rules = list(self.model.rules)

        def take(rule: RawRule) -> None:
            self._put([*rules[:current], rule, *rules[current + 1 :]], current)

        self._open(rules[current], take)

    def _open(self, rule: RawRule, take: Any) -> None:
        """Any: mypy does not know which lambda fits."""
        dialog = TidyRuleDialog(rule, self)
        dialog.accepted.connect(lambda: take(dialog.rule()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _shift(self, by: int) -> None:
        current, rules = self._current(), list(self.model.rules)
        rules.insert(current + by, rules.pop(current))
        self._put(rules, current + by)

    def _remove(self) -> None:
        current, rules = self._current(), list(self.model.rules)
        if current >= 0:
            del rules[current]
            self._put(rules, min(current, len(rules) - 1))

    def _put(self, rules: Sequence[RawRule], current: int) -> None:
        self.model.show(rules)
        self.table.selectRow(current)
        self._show_buttons()
        self.edited.emit()


class RulesModel(QAbstractTableModel):
    """Two columns of words: which files, and what becomes of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: Sequence[RawRule] = ()

    def show(self, rules: Sequence[RawRule]) -> None:
        """Have exactly these rules."""
        self.beginResetModel()
        self.rules = tuple(rules)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - named by Qt
        """Return the number of rules."""
        return 0 if parent.isValid() else len(self.rules)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - named by Qt
        """Return the number of columns."""
        return 0 if parent.isValid() else 2

    def headerData(  # noqa: N802 - named by Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the titles."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Files"), _("What happens"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        words = _words(self.rules[index.row()])[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        return tip(words) if role == Qt.ItemDataRole.ToolTipRole else None


def _words(raw: RawRule) -> tuple[str, str]:
    try:
        rule = msgspec.convert(raw, TidyRule)
    except msgspec.ValidationError:
        return _("This rule is not understood"), ""
    return which_words(rule), becomes_words(rule)
