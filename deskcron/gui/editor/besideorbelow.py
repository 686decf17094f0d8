"""How two parts share the room: side by side, or one below the other where that is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from deskcron.gui.theme.hairline import hairline

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_ANY_WIDTH = (1 << 24) - 1
"""QWIDGETSIZE_MAX of Qt, which the binding lacks."""


class BesideOrBelow(QBoxLayout):
    """Put a second part beside the first, and below it where the two have no room in one row.

    A maximum width of the second one counts beside the first only.
    """

    def __init__(
        self, parent: QWidget, first: QWidget, second: QWidget, shares: tuple[int, int]
    ) -> None:
        super().__init__(_ACROSS, parent)
        self._first, self._second = first, second
        self._most = second.maximumWidth()
        self._upright = hairline(Qt.Orientation.Vertical)
        self._level = hairline(Qt.Orientation.Horizontal)
        self._level.hide()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(first, shares[0])
        self.addWidget(self._upright)
        self.addWidget(self._level)
        self.addWidget(second, shares[1])

    def minimumSize(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the least room for one below the other."""
        first, second = map(_least, (self._first, self._second))
        line = self._level.sizeHint().height()
        width = max(first.width(), second.width())
        return QSize(width, first.height() + line + second.height())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - named by Qt
        """Turn the way that there is room for."""
        first, second = map(_least, (self._first, self._second))
        row = first.width() + self._upright.sizeHint().width() + second.width()
        self._turn(_ACROSS if row <= rect.width() else _DOWN)
        super().setGeometry(rect)

    def _turn(self, way: QBoxLayout.Direction) -> None:
        if way is self.direction():
            return
        self.setDirection(way)
        self._upright.setVisible(way is _ACROSS)
        self._level.setVisible(way is _DOWN)
        self._second.setMaximumWidth(self._most if way is _ACROSS else _ANY_WIDTH)


def _least(part: QWidget) -> QSize:
    return part.minimumSizeHint().expandedTo(part.minimumSize())
