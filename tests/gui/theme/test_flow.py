"""Controls that have no room in a line go on in the next."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.flow import FlowLayout


def test_controls_wrap_and_none_is_cut(qtbot: QtBot) -> None:
    """In a narrow place each control keeps its width, and the layout asks for more height."""
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(8, place)
    buttons = [QPushButton(f"A button {number}") for number in range(4)]
    for button in buttons:
        flow.addWidget(button)
    wide, width = flow.sizeHint(), buttons[0].sizeHint().width()
    assert flow.heightForWidth(wide.width()) == wide.height()
    narrow = 2 * width + 8
    place.resize(narrow, flow.heightForWidth(narrow))
    place.show()
    assert flow.heightForWidth(narrow) > wide.height()
    assert all(button.geometry().width() >= button.sizeHint().width() for button in buttons)
    assert all(place.rect().contains(button.geometry()) for button in buttons)
    assert [button.x() for button in buttons] == [0, width + 8, 0, width + 8]
