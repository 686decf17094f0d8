"""The thin line between parts of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame


def hairline(way: Qt.Orientation) -> QFrame:
    """Return a line that runs this way."""
    is_across = way is Qt.Orientation.Horizontal
    line = QFrame()
    line.setProperty("hairline", True)
    line.setFrameShape(QFrame.Shape.HLine if is_across else QFrame.Shape.VLine)
    return line
