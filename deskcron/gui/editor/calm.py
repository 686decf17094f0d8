"""Fields that leave the wheel to the page around them until they have the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSpinBox, QTimeEdit, QWidget

from deskcron.gui.theme.fields import inset


class Combo(QComboBox):
    """A choice of words with a value each."""

    def __init__(self, name: str, choices: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # Where there is no label, Qt on Linux reads out the chosen words as the name.
        self.setAccessibleDescription(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, words in choices.items():
            self.addItem(words, value)

    def value(self) -> str:
        """Return the value of the words that are chosen."""
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        """Choose the words of a value."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - named by Qt
        """Scroll the page unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Number(QSpinBox):
    """A whole number."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(low, high)
        inset(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - named by Qt
        """Scroll the page unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmDate(QDateEdit):
    """A date."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - named by Qt
        """Scroll the page unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmTime(QTimeEdit):
    """A time of day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inset(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - named by Qt
        """Scroll the page unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
