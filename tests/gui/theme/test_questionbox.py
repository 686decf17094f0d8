"""Questions can be read: wide enough, the first line strong, and plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.questionbox import question_box


def test_a_short_question_is_not_a_narrow_one(qtbot: QtBot) -> None:
    """However few words there are, title and buttons have room."""
    box = question_box(None, "A title of some length", "Quit?", picture="quit")
    qtbot.addWidget(box)
    box.addButton("Quit", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    assert box.width() >= 60 * box.fontMetrics().averageCharWidth()


def test_the_first_line_is_strong_and_all_of_it_plain(qtbot: QtBot) -> None:
    """The question stands out from its details; a name in it is no markup."""
    box = question_box(None, "Quit", "Quit <b>now</b>?", "A <i>job</i> would run.", picture="quit")
    qtbot.addWidget(box)
    box.open()
    labels = {label.text(): label for label in box.findChildren(QLabel) if label.text()}
    first, second = labels["Quit <b>now</b>?"], labels["A <i>job</i> would run."]
    assert first.font().weight() > second.font().weight()
    assert first.textFormat() == second.textFormat() == Qt.TextFormat.PlainText
