"""Lay out nested widgets at once, before anything of the old layout is painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget


def settle(page: QWidget) -> None:
    """Give everything on the page its room now.

    By itself a change goes up one level of layouts in each turn of the event loop, and what
    lacks room is painted squeezed until it has arrived.
    """
    _activate(page)
    for widget in (page, page.parentWidget()):  # the parent scrolls the page and sizes it
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest.value)


def _activate(widget: QWidget) -> None:
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isHidden():
            _activate(child)
    layout = widget.layout()
    if layout is not None:
        layout.activate()
