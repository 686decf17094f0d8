"""Go through long work in pieces, so that the window answers between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Take one piece in each turn of the event loop; work that is added later comes later."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take)

    def add(self, pieces: Iterator[None]) -> None:
        """Begin with the next turn; each piece of the work ends with a yield."""
        self._pieces = chain(self._pieces, pieces)
        self._timer.start()

    def _take(self) -> None:
        for _piece in self._pieces:
            return
        self._timer.stop()
