"""Let the Tab key go through a page as it is laid out, also through what was added later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


def order_tabs(page: QWidget) -> None:
    """Put everything that takes the keyboard in the order of the layouts."""
    before: QWidget | None = None
    for control in _controls(page):
        if before is not None:
            QWidget.setTabOrder(before, control)
        before = control


def _controls(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if layout is not None and widget.focusProxy() is not None:
        # Left where it is in the chain, Tab would go from there to its proxy, and round in circles.
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt moves nothing else
        yield widget
    if layout is not None:
        yield from _controls_in(layout)
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget


def _controls_in(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item: QLayoutItem | None = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _controls(widget)
        elif inner is not None:
            yield from _controls_in(inner)
