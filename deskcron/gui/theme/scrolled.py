"""A part of a page that is scrolled where the window has too little room for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrolledArea(QScrollArea):
    """Show a part, which fills it, and scroll where the part does not fit.

    A part that holds much is made with `viewport` as its parent: each later move costs an event
    for everything in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def scrolled(part: QWidget) -> QScrollArea:
    """Return what shows a part and scrolls it."""
    area = ScrolledArea()
    area.setWidget(part)
    return area
