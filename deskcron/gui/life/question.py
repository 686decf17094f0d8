"""A question before an end, as both ends ask it: not modal to the desktop, plain text."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.gui.theme.questionbox import question_box


def question(parent: QWidget | None, title: str, text: str, details: str) -> QMessageBox:
    """Return a question without buttons, to be opened; it is deleted when it is closed."""
    return question_box(parent, title, text, details, picture="quit")
