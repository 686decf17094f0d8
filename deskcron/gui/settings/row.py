"""One setting: its name and what it means at the left, its control at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from deskcron.gui.settings.beside import Beside
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S


class Row(QWidget):
    """A setting; what went wrong with it stands below it until it is set again."""

    def __init__(self, title: str, hint: str = "", *controls: QWidget) -> None:
        super().__init__()
        self._title = plain_label(title, wraps=True)
        self._hint = plain_label(hint, Tone.SOFT, wraps=True)
        self._problem: Problem | None = None
        words = QVBoxLayout()
        words.setSpacing(GAP_S // 2)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        for control in controls:
            if not _has_words(control):
                control.setAccessibleName(title)
                self._title.setBuddy(control)  # by which a choice is named on Linux
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP + GAP_S, GAP_L, GAP + GAP_S)
        column.setSpacing(GAP)
        column.addWidget(Beside(words, controls, parent=self))
        self.set_hint(hint)

    def set_title(self, text: str) -> None:
        """Call the setting otherwise."""
        self._title.setText(text)

    def title(self) -> str:
        """Return what the setting is called."""
        return self._title.text()

    def set_hint(self, text: str) -> None:
        """Say what it means or how it is now."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def hint(self) -> str:
        """Return what is said about it."""
        return self._hint.text()

    def show_problem(self, text: str) -> None:
        """Say what is wrong, "" for nothing."""
        if text and self._problem is None:
            self._problem = Problem(self)
            self._column.addWidget(self._problem)
        if self._problem is not None:
            self._problem.say(text)

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return "" if self._problem is None else self._problem.text()


def _has_words(control: QWidget) -> bool:
    """Tell whether a control says by itself what it is."""
    return isinstance(control, QAbstractButton) and bool(control.text())


class Problem(QWidget):
    """An icon and words that wrap, there only while something is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain_label("", Tone.BAD, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(Picture(icon("error", Tone.BAD)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Say what is wrong, "" for nothing."""
        self._words.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return what is said."""
        return self._words.text()
