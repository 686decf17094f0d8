"""Large choices share the width there is, and none is cut."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.cardgrid import CardGrid
from deskcron.gui.theme.emptystate import CardButton, EmptyState

GAP = 16
WORDS = ("Short", "Somewhat longer words than that", "Words that need a line or two more " * 3)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_choices_are_of_one_size_in_as_many_columns_as_fit(qtbot: QtBot, columns: int) -> None:
    """Each has the height of the one with the most words, and together they fill the width."""
    place = QWidget()
    qtbot.addWidget(place)
    grid = CardGrid(GAP, 3, place)
    cards = [CardButton(QIcon(), "A choice", words) for words in WORDS]
    for card in cards:
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid.addWidget(card)
    width = columns * cards[0].sizeHint().width() + (columns - 1) * GAP + columns
    place.resize(width, grid.heightForWidth(width))
    place.show()
    assert len({card.x() for card in cards}) == columns
    assert len({card.size() for card in cards}) == 1
    assert all(place.rect().contains(card.geometry()) for card in cards)
    assert all(card.height() >= card.layout().totalHeightForWidth(card.width()) for card in cards)
    assert max(card.geometry().right() for card in cards) >= width - 1 - columns


def test_a_page_with_little_room_scrolls_to_whole_choices(qtbot: QtBot) -> None:
    """Where there is little room, choices are not pressed together but scrolled to."""
    page = EmptyState("jobs", "No jobs yet", "Begin with:")
    qtbot.addWidget(page)
    cards = [page.add_choice("bell", "A choice", words) for words in WORDS]
    page.resize(cards[0].sizeHint().width() * 2, 200)
    page.show()
    assert all(card.height() >= card.layout().totalHeightForWidth(card.width()) for card in cards)
    assert page.findChild(QScrollArea).verticalScrollBar().maximum() > 0
