"""One of several widgets, with room for no more than the one that is shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """Show one of the widgets by its name."""

    def __init__(self, pages: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for page in pages.values():
            column.addWidget(page)
            page.hide()

    def turn_to(self, name: str) -> None:
        """Show the page of this name, nothing where there is none."""
        for page_name, page in self._pages.items():
            page.setVisible(page_name == name)
