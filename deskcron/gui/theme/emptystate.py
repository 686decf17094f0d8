"""What a page shows when there is nothing: why, and what to begin with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from deskcron.gui.theme.cardgrid import CardGrid
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import HEADING, TITLE, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.scrolled import ScrolledArea
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, GAP_XL, ICON_L, ICON_XL

_LETTERS = 26
"""The width of a choice."""
_LINE_LETTERS = 84
_MOST_COLUMNS = 3


class CardButton(QPushButton):
    """A large button with icon, title and a sentence."""

    def __init__(
        self, picture: QIcon, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_S)
        column.addWidget(Picture(picture, ICON_L + GAP_S))
        column.addSpacing(GAP_S)
        column.addWidget(plain_label(title, size=HEADING, is_strong=True, wraps=True))
        column.addWidget(plain_label(text, Tone.SOFT, wraps=True))
        column.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Choose it with Enter, as with Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the room its words need at the width of a choice."""
        width = self.fontMetrics().averageCharWidth() * _LETTERS + 2 * GAP_L
        return QSize(width, self._column.totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the same: its words are not cut."""
        return self.sizeHint()


class EmptyState(QWidget):
    """Icon, title and text in the middle, with what to do next below; scrolled in little room."""

    def __init__(self, name: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = plain_label(text, Tone.SOFT, wraps=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LINE_LETTERS)
        self._title = plain_label(title, size=TITLE, is_strong=True)
        self._cards = QWidget()
        self._grid = CardGrid(GAP_L, _MOST_COLUMNS, self._cards)
        self._cards.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        area = ScrolledArea(self)
        page = QWidget(area.viewport())
        area.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(Picture(icon(name, Tone.SOFT), ICON_XL), 0, centre)
        column.addSpacing(GAP)
        column.addWidget(self._title, 0, centre)
        column.addLayout(_in_the_middle(self._text))
        column.addSpacing(GAP_L)
        column.addLayout(_in_the_middle(self._cards))
        column.addLayout(self._buttons)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def set_words(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def add_choice(self, name: str, title: str, text: str) -> CardButton:
        """Offer a starting point with icon, title and a sentence."""
        choice = CardButton(icon(name, Tone.ACCENT), title, text)
        choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(choice)
        self._cards.setMaximumWidth(self._grid.width_of_one_row())
        self._cards.show()
        return choice

    def add_button(self, text: str) -> QPushButton:
        """Offer a plain button, such as one that clears a filter."""
        button = QPushButton(text)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button


def _in_the_middle(part: QWidget) -> QHBoxLayout:
    """Return a row in which a part is as wide as it may be."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(part, 1000)
    row.addStretch(1)
    return row
