"""A question or an answer in a small window: plain text, its first line strong, none too narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import ICON_XL

_LETTERS = 60
"""The least width of the words: room for a title, and for a sentence in few lines."""
_FIRST_LINE = "qt_msgbox_label"
"""As Qt names it."""


def question_box(
    parent: QWidget | None, title: str, text: str, details: str = "", *, picture: str
) -> QMessageBox:
    """Return a window without buttons, to be opened; it is deleted when it is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIconPixmap(icon(picture, Tone.ACCENT).pixmap(QSize(ICON_XL, ICON_XL)))
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(details)
    first = box.findChild(QLabel, _FIRST_LINE)
    if first is not None:
        first.setStyleSheet("font-weight: 600;")  # a font is taken back when the box is shown
        first.setMinimumWidth(box.fontMetrics().averageCharWidth() * _LETTERS)
    return box
