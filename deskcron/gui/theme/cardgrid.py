"""Large choices below each other in as many columns as there is room for, all of one size."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class CardGrid(QLayout):
    """Share the width between columns, none narrower than a choice prefers to be.

    The height of all is that which the longest words need.
    """

    def __init__(self, gap: int, most_columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._most_columns = most_columns
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - named by Qt
        """Take an item; `addWidget` comes here."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - named by Qt
        """Return an item, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - named by Qt
        """Give an item away, None beyond the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def width_of_one_row(self) -> int:
        """Return the width at which as many as may stand beside each other have what they like."""
        columns = min(max(self.count(), 1), self._most_columns)
        return columns * self._least_width() + (columns - 1) * self.spacing()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - named by Qt
        """Make use of all the width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - named by Qt
        """Need more rows where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - named by Qt
        """Return the height of as many rows as are needed."""
        columns, size = self._shape(width)
        rows = -(-len(self._items) // columns)
        return rows * size.height() + max(rows - 1, 0) * self.spacing()

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for all columns."""
        width = self.width_of_one_row()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for one choice."""
        return self._shape(self._least_width())[1]

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - named by Qt
        """Put all items into their places."""
        super().setGeometry(rect)
        columns, size = self._shape(rect.width())
        gap = self.spacing()
        for index, item in enumerate(self._items):
            row, column = divmod(index, columns)
            place = QPoint(column * (size.width() + gap), row * (size.height() + gap))
            item.setGeometry(QRect(rect.topLeft() + place, size))

    def _shape(self, width: int) -> tuple[int, QSize]:
        """Return how many columns there are, and the size of each choice."""
        gap = self.spacing()
        fitting = (width + gap) // max(self._least_width() + gap, 1)
        columns = max(1, min(fitting, self._most_columns))
        each = (width - (columns - 1) * gap) // columns
        height = max((_height_at(item, each) for item in self._items), default=0)
        return columns, QSize(each, height)

    def _least_width(self) -> int:
        return max((item.sizeHint().width() for item in self._items), default=0)


def _height_at(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
