"""The widths of a table's columns: they fill the table, and stay as they were dragged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

_LEAST_LETTERS = 10
_EASY = 2
"""Times the least width, below which others give way to those that share."""


class Columns(QObject):
    """Share the width of a table among its columns.

    `fixed` columns cannot be dragged. Those of `sharing` take what the others leave: as much as
    their rows in sight need, at least so many letters, until a person drags a column. Where that
    is too little, the `yielding` ones share their width, too. `dragged` carries all widths then.
    """

    dragged = Signal(object)  # a list of pixels

    def __init__(
        self,
        view: QTableView,
        widths: Mapping[int, int],
        sharing: Sequence[int],
        fixed: int = -1,
        least_letters: int = _LEAST_LETTERS,
        yielding: Sequence[int] = (),
    ) -> None:
        super().__init__(view)
        self._view = view
        self._head = view.horizontalHeader()
        self._sharing = sharing
        self._yielding = yielding
        self._fixed = fixed
        self._is_own = False
        self._is_filling = False
        self._is_behind = False
        self._width = 0
        self._least = least_letters * view.fontMetrics().averageCharWidth()
        self._wanted = [widths.get(place, self._least) for place in range(self._head.count())]
        self._head.setStretchLastSection(False)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._head.setResizeContentsPrecision(0)  # rows in sight alone are measured
        if fixed >= 0:
            self._head.setSectionResizeMode(fixed, QHeaderView.ResizeMode.Fixed)
        self._head.sectionResized.connect(self._on_resized)
        self.fill()

    def restore(self, widths: Sequence[int]) -> None:
        """Take widths of an earlier day; those of another number of columns are none."""
        if len(widths) == len(self._wanted) and min(widths) > 0:
            self._wanted = list(widths)
            self._is_own = True
            self.fill()

    def fill(self) -> None:
        """Fill the table as it is now; one that is not shown has no rows in sight to measure."""
        self._is_behind = not self._view.isVisible()
        if self._is_behind:
            return
        self._width = self._view.viewport().width()
        is_easy = self._room(self._sharing) >= len(self._sharing) * _EASY * self._least
        narrow = () if self._is_own or is_easy else self._yielding
        self._fill([*self._sharing, *narrow])

    def follow(self) -> None:
        """Fill the table where its width is another, or where that was to be done while hidden."""
        if self._is_behind or self._width != self._view.viewport().width():
            self.fill()
            self._view.updateGeometries()  # else a needless scroll bar is painted first

    def _room(self, sharing: Sequence[int]) -> int:
        """Return what the others leave."""
        taken = sum(width for place, width in enumerate(self._wanted) if place not in sharing)
        return max(self._view.viewport().width() - taken, 0)

    def _fill(self, sharing: Sequence[int]) -> None:
        room = self._room(sharing)
        if self._is_own:
            shares = proportional(room, [self._wanted[place] for place in sharing])
        else:
            shares = fair(room, [self._view.sizeHintForColumn(place) for place in sharing])
        widths = list(self._wanted)
        for place, share in zip(sharing, shares, strict=True):
            widths[place] = max(share, self._least)
        with self._filling():
            for place, width in enumerate(widths):
                self._head.resizeSection(place, width)

    def _on_resized(self, place: int, _old: int, width: int) -> None:
        if self._is_filling:
            return
        self._is_own = True
        self._wanted = [self._head.sectionSize(each) for each in range(self._head.count())]
        self._wanted[place] = width
        others = [each for each in self._sharing if each != place]
        self._fill(
            others or [e for e in range(self._head.count()) if e not in {place, self._fixed}]
        )
        self._wanted = [self._head.sectionSize(each) for each in range(self._head.count())]
        self.dragged.emit(self._wanted)

    @contextmanager
    def _filling(self) -> Iterator[None]:
        """Tell own changes from those by a person."""
        self._is_filling = True
        try:
            yield
        finally:
            self._is_filling = False


def proportional(room: int, widths: Sequence[int]) -> list[int]:
    """Share the room in proportion to widths."""
    whole = sum(widths) or 1
    shares = [room * width // whole for width in widths]
    return _with_rest(room, shares)


def fair(room: int, needs: Sequence[int]) -> list[int]:
    """Give each what it needs where there is room, else cut the largest; the rest is for all."""
    shares = [0] * len(needs)
    left = room
    for count, place in enumerate(sorted(range(len(needs)), key=lambda each: needs[each])):
        shares[place] = min(max(needs[place], 0), left // (len(needs) - count))
        left -= shares[place]
    return _with_rest(room, [share + left // len(needs) for share in shares])


def _with_rest(room: int, shares: list[int]) -> list[int]:
    """Give the last one what dividing has left."""
    return [*shares[:-1], shares[-1] + room - sum(shares)]
