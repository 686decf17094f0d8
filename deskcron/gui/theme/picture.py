"""An icon as part of a page: drawn at paint time, so that it follows the palette."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskcron.gui.theme.spacing import ICON


class Picture(QWidget):
    """Show an icon; the word beside it says the same to those who do not see it."""

    def __init__(self, icon: QIcon, size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._size = QSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: QIcon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the size of the icon."""
        return self._size

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the size of the icon."""
        return self._size

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the icon."""
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), self.rect(), mode=mode)
