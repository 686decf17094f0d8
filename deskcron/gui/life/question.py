"""A question before an end, as both ends ask it: not modal to the desktop, plain text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import ICON_XL


def question(parent: QWidget | None, title: str, text: str, details: str) -> QMessageBox:
    """Return a question without buttons, to be opened; it is deleted when it is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIconPixmap(icon("quit", Tone.ACCENT).pixmap(QSize(ICON_XL, ICON_XL)))
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(details)
    return box
