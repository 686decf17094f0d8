"""One field of the form: its label, its control, a hint, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP_S


class Field(QWidget):
    """Label above, control, then hint and problem; `changed` passes on the control's signal.

    A problem shows once the field was touched, or when it is told to show whatever it has.
    """

    changed = Signal()

    def __init__(self, label: str, control: QWidget, edited: Any = None, *, hint: str = "") -> None:
        """Any: a bound signal of Qt has no type that all bindings share."""
        super().__init__()
        self.control = control
        self._is_touched = False
        self._hint = plain_label(hint, Tone.SOFT, wraps=True)
        self._hint.setVisible(bool(hint))
        self._words = plain_label("", Tone.BAD, wraps=True)
        self._problem = QWidget()
        row = QHBoxLayout(self._problem)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(Picture(icon("error", Tone.BAD)))
        row.addWidget(self._words, 1)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        if label:
            column.addWidget(_label(label, control))
        is_short = isinstance(control, QComboBox | QAbstractSpinBox)
        left = Qt.AlignmentFlag.AlignLeft if is_short else Qt.AlignmentFlag(0)
        column.addWidget(control, 0, left)
        column.addWidget(self._hint)
        column.addWidget(self._problem)
        if edited is not None:
            edited.connect(self._on_edited)

    def set_hint(self, text: str) -> None:
        """Say something about what is in the field."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def show_problem(self, message: str, *, even_untouched: bool = False) -> None:
        """Say what is wrong, "" for nothing."""
        is_shown = bool(message) and (even_untouched or self._is_touched)
        self._words.setText(message if is_shown else "")
        self._problem.setVisible(is_shown)
        self.control.setAccessibleDescription(message if is_shown else "")
        self._is_touched = self._is_touched or is_shown

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._words.text()

    def begin_anew(self) -> None:
        """Take what is in the field now for untouched."""
        self._is_touched = False
        self.show_problem("")

    def _on_edited(self, *_values: object) -> None:
        self._is_touched = True
        self.changed.emit()


def _label(text: str, control: QWidget) -> QLabel:
    label = plain_label(text)
    label.setBuddy(control)
    if not control.accessibleName():
        control.setAccessibleName(text.replace("&", ""))
    return label
