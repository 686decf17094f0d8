"""A choice of a few things side by side, each with icon and word, in as many lines as needed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.spacing import GAP_S, ICON


class Segments(QWidget):
    """Exactly one is chosen; the arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._row = FlowLayout(GAP_S, self)

    def add(self, value: str, words: str, icon_name: str = "") -> QToolButton:
        """Offer one more."""
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if icon_name:
            button.setIcon(icon(icon_name))
            button.setIconSize(QSize(ICON, ICON))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.toggled.connect(lambda is_on: self._on_chosen(value) if is_on else None)
        self._group.addButton(button)
        self._buttons[value] = button
        self._row.addWidget(button)
        if len(self._buttons) == 1:
            button.setChecked(True)
        return button

    def value(self) -> str:
        """Return what is chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Choose one."""
        self._buttons[value].setChecked(True)

    def button(self, value: str) -> QToolButton:
        """Return the button of one."""
        return self._buttons[value]

    def _on_chosen(self, value: str) -> None:
        self.setFocusProxy(self._buttons[value])
        self.chosen.emit(value)
