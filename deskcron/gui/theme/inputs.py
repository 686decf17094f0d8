"""Fields that leave the wheel to the page around them until they have the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from deskcron.gui.theme.fields import inset

if TYPE_CHECKING:
    _Field = QWidget
else:  # a class can be made of one of Qt's, not of two
    _Field = object


class WheelGuard(_Field):
    """To be named before a kind of Qt's fields whose value the wheel changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - named by Qt
        """Scroll the page unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboBox(WheelGuard, QComboBox):
    """A choice of words with a value each."""

    def __init__(self, name: str, choices: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # Where there is no label, Qt on Linux reads out the chosen words as the name.
        self.setAccessibleDescription(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, words in choices.items():
            self.addItem(words, value)

    def value(self) -> str:
        """Return the value of the words that are chosen."""
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        """Choose the words of a value."""
        self.setCurrentIndex(self.findData(value))

    def set_words(self, value: str, words: str) -> None:
        """Call a value otherwise."""
        self.setItemText(self.findData(value), words)


class SpinBox(WheelGuard, QSpinBox):
    """A whole number."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(low, high)
        inset(self)

    def set_measure(self, words: str) -> None:
        """Put the words around the number, which stands for {count} in them."""
        before, _number, behind = words.partition("{count}")
        self.setPrefix(before)
        self.setSuffix(behind)


class DecimalBox(WheelGuard, QDoubleSpinBox):
    """A number with one decimal place."""

    def __init__(self, name: str, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDecimals(1)
        self.setRange(low, high)
        inset(self)

    def set_measure(self, words: str) -> None:
        """Put the words around the number, which stands for {count} in them."""
        before, _number, behind = words.partition("{count}")
        self.setPrefix(before)
        self.setSuffix(behind)
