"""Figures side by side, as many as there is room for, each with its meaning below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from deskcron.gui.statistics.words import Figure, spoken
from deskcron.gui.theme.labels import TITLE, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP_S, GAP_XL
from deskcron.gui.why.readable import readable_label

_MOST = 3
"""Cards in a row."""
_LETTERS = 26
"""The least width of a card."""


class Cards(QWidget):
    """Show figures; the cards are made once and say something else then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[_Card] = []
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_XL)
        self._grid.setVerticalSpacing(GAP_XL)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these figures, as many as the time before."""
        if len(self._cards) != len(figures):
            self._cards = [_Card(self) for _figure in figures]
            self._across = 0
        for card, figure in zip(self._cards, figures, strict=True):
            card.show_figure(figure)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the width of one card: the others can stand below it."""
        return QSize(self._least(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Put as many cards in a row as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _least(self) -> int:
        """Return the width of a card in which no word is cut."""
        letters = self.fontMetrics().averageCharWidth() * _LETTERS
        return max(letters, *(card.minimumSizeHint().width() for card in self._cards), 0)

    def _arrange(self) -> None:
        room = (self.width() + GAP_XL) // (self._least() + GAP_XL)
        across = max(1, min(_MOST, room))
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // across, number % across)
        for column in range(_MOST):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


class _Card(QWidget):
    """One figure."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = plain_label("", Tone.SOFT)
        self._value = readable_label(size=TITLE, is_strong=True)
        self._meaning = readable_label(Tone.SOFT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        for label in (self._name, self._value, self._meaning):
            column.addWidget(label)
        column.addStretch(1)

    def show_figure(self, figure: Figure) -> None:
        """Say this figure."""
        self._name.setText(figure.name)
        self._value.setText(figure.value)
        self._value.setAccessibleName(spoken(figure))
        self._meaning.setText(figure.meaning)
