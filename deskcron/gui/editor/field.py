"""One field of the form: its label, its control, a hint, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP_S

_TYPED = (QLineEdit, TextBox)


class Field(QWidget):
    """Label above, control, then hint and problem; `changed` passes on the control's signal.

    A problem shows once the field was touched and, where one types, left; or when it is told to
    show whatever it has. Then it follows what is typed.
    """

    changed = Signal()

    def __init__(self, label: str, control: QWidget, edited: Any = None, *, hint: str = "") -> None:
        """Any: a bound signal of Qt has no type that all bindings share."""
        super().__init__()
        self.control = control
        self._spoken = _with_keyboard(control)
        self._own_description = self._spoken.accessibleDescription()
        self._is_touched = self._is_typed_in = False
        self._found = ""
        self._hint: QLabel | None = None
        self._problem: _Problem | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)
        if label:
            self._column.addWidget(_label(label, control))
        is_short = isinstance(control, QComboBox | QAbstractSpinBox)
        left = Qt.AlignmentFlag.AlignLeft if is_short else Qt.AlignmentFlag(0)
        self._column.addWidget(control, 0, left)
        self.set_hint(hint)
        if edited is not None:
            edited.connect(self.touched)
        if isinstance(self._spoken, QLineEdit):
            self._spoken.editingFinished.connect(self._on_left)
        elif isinstance(self._spoken, TextBox):
            self._spoken.left.connect(self._on_left)

    def set_hint(self, text: str) -> None:
        """Say something about what is in the field."""
        if self._hint is None and text:
            self._hint = plain_label("", Tone.SOFT, wraps=True)
            self._column.insertWidget(self._column.indexOf(self.control) + 1, self._hint)
        if self._hint is not None:
            self._hint.setText(text)
            self._hint.setVisible(bool(text))
            self._describe()

    def show_problem(self, message: str, *, even_untouched: bool = False) -> None:
        """Say what is wrong, "" for nothing."""
        self._found = message
        is_due = (self._is_touched and not self._is_typed_in) or bool(self.problem())
        is_shown = bool(message) and (even_untouched or is_due)
        self._is_touched = self._is_touched or is_shown
        self._say(message if is_shown else "")

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return "" if self._problem is None else self._problem.words.text()

    def touched(self, *_values: object) -> None:
        """Take note that somebody has typed or chosen something."""
        self._is_touched = True
        self._is_typed_in = isinstance(self._spoken, _TYPED) and self._spoken.hasFocus()
        self._found = ""  # until somebody has looked at it again
        self.changed.emit()

    def begin_anew(self) -> None:
        """Take what is in the field now for untouched."""
        self._is_touched = self._is_typed_in = False
        self._found = ""
        self._say("")

    def _on_left(self) -> None:
        self._is_typed_in = False
        if self._found:
            self.show_problem(self._found)

    def _say(self, message: str) -> None:
        if message == self.problem():
            return
        if self._problem is None:
            self._problem = _Problem()
            self._column.addWidget(self._problem)
        self._problem.words.setText(message)
        self._problem.setVisible(bool(message))
        self._describe()

    def _describe(self) -> None:
        """Have a screen reader say the problem or else the hint with the control."""
        hint = "" if self._hint is None else self._hint.text()
        words = self.problem() or hint or self._own_description
        self._spoken.setAccessibleDescription(words)


class _Problem(QWidget):
    """What is wrong with a field, with a sign before it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = plain_label("", Tone.BAD, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(Picture(icon("error", Tone.BAD)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)


def _with_keyboard(control: QWidget) -> QWidget:
    """Return what in a control of several parts takes the keyboard first."""
    while (proxy := control.focusProxy()) is not None:
        control = proxy
    return control


def _label(text: str, control: QWidget) -> QLabel:
    label = plain_label(text)
    spoken = _with_keyboard(control)
    label.setBuddy(control if isinstance(spoken, QAbstractButton) else spoken)  # it has words
    if not control.accessibleName():
        control.setAccessibleName(text.replace("&", ""))
    return label
