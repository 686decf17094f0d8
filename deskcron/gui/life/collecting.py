"""Collect cyclic garbage on the GUI thread alone: what belongs to Qt must not die on another."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class Collecting(QObject):
    """Take the collector over from Python, which runs it on whichever thread allocates.

    A widget in a cycle would be destroyed there. The thresholds stay Python's own.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(look)
        self._timer.start()

    def spare(self) -> None:
        """Pass over what is there now: modules and pages stay, and to look at them takes 25 ms."""
        gc.freeze()

    def spare_nothing(self) -> None:
        """Look at all of it again, as something large is going."""
        gc.unfreeze()


def look() -> None:
    """Collect the oldest generation whose turn it is, if there is one."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
