"""A table of variables that are added to the environment."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.spacing import GAP_S, ICON


class EnvironmentField(QWidget):
    """Rows of name and value, one of them empty for the next."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)
        self._add_row()

    def variables(self) -> dict[str, str]:
        """Return the variables that have a name."""
        return {row.name.text(): row.value.text() for row in self._rows if row.name.text()}

    def set_variables(self, variables: Mapping[str, str]) -> None:
        """Show exactly these variables."""
        for row in tuple(self._rows):
            self._drop(row)
        for name, value in variables.items():
            self._add_row(name, value)
        self._add_row()

    def problem(self) -> str:
        """Say what is wrong with the rows as such, "" for nothing."""
        names = [row.name.text() for row in self._rows if row.name.text()]
        for name in names:
            if names.count(name) > 1:
                return _("“{name}” is there twice.").format(name=name)
        if any(row.value.text() and not row.name.text() for row in self._rows):
            return _("A value lacks its name.")
        return ""

    def _add_row(self, name: str = "", value: str = "") -> None:
        row = _Row(name, value)
        row.edited.connect(self._on_edited)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()

    def _on_edited(self) -> None:
        if not self._rows[-1].is_empty():
            self._add_row()
        self.edited.emit()

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        if not self._rows or not self._rows[-1].is_empty():
            self._add_row()
        self._rows[-1].name.setFocus()
        self.edited.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QWidget):
    edited = Signal()
    removed = Signal()

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.name, self.value = QLineEdit(name), QLineEdit(value)
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of a variable"))
        self.value.setPlaceholderText(_("Value"))
        self._remove = QToolButton()
        self._remove.setIcon(icon("close"))
        self._remove.setIconSize(QSize(ICON, ICON))
        self._name_all()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self.name, 1)
        row.addWidget(self.value, 2)
        row.addWidget(self._remove)
        self.name.textChanged.connect(self._name_all)
        for line in (self.name, self.value):
            line.textChanged.connect(self.edited)
        self._remove.clicked.connect(self.removed)

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not (self.name.text() or self.value.text())

    def _name_all(self) -> None:
        """Tell the rows apart for those who hear them."""
        name = self.name.text()
        self.value.setAccessibleName(
            _("Value of {name}").format(name=name) if name else _("Value of the variable")
        )
        words = _("Remove {name}").format(name=name) if name else _("Remove the variable")
        self._remove.setAccessibleName(words)
        self._remove.setToolTip(tip(words))
