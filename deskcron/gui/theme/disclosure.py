"""A section that is folded until somebody wants more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import ElidedLabel
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_S, ICON


class Disclosure(QWidget):
    """A button with a title; what belongs to it is put into `body` and shown below."""

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QWidget()
        self._button = QToolButton()
        self._button.setText(title)
        self._button.setCheckable(True)
        self._button.setProperty("quiet", True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(ICON, ICON))
        self._button.toggled.connect(self._show_body)
        self._summary = ElidedLabel("", Tone.SOFT)
        self._summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._button)
        head.addWidget(self._summary, 1)
        head.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addLayout(head)
        column.addWidget(self.body)
        self._show_body(is_open=False)

    def set_open(self, *, is_open: bool) -> None:
        """Show or fold what belongs to it."""
        self._button.setChecked(is_open)

    def is_open(self) -> bool:
        """Tell whether what belongs to it is shown."""
        return self._button.isChecked()

    def set_summary(self, text: str) -> None:
        """Say in a few words what is set inside; shown while it is folded."""
        self._summary.setText(text)

    def _show_body(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self._button.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        self.body.setVisible(is_open)
        self._summary.setVisible(not is_open)
        self.toggled.emit(is_open)
