"""Controls stand beside their words, or below them where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskcron.gui.settings.row import Row


def test_controls_go_below_the_words_where_it_is_narrow(qtbot: QtBot) -> None:
    """A row never asks for more width than its widest part, and cuts nothing."""
    buttons = [QPushButton("Choose another folder…"), QPushButton("Open the folder")]
    row = Row("Where everything is kept", "Jobs, their history and their output.", *buttons)
    qtbot.addWidget(row)
    row.resize(800, 200)
    row.show()
    qtbot.waitExposed(row)
    tops = {button.mapTo(row, button.rect().center()).y() for button in buttons}
    assert len(tops) == 1
    row.resize(row.minimumSizeHint().width(), 300)
    first, second = buttons
    qtbot.waitUntil(lambda: first.mapTo(row, QPoint()).y() < second.mapTo(row, QPoint()).y())
    edges = [button.mapTo(row, button.rect().topRight()).x() for button in buttons]
    assert max(edges) < row.width() < 400
