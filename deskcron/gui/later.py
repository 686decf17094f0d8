"""Do something once, a while after it was asked for; look again, but not at every change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

REST_MS = 300
"""The shortest time between two looks at what changes."""


def later(owner: QObject, wait_ms: int, deed: Callable[[], object]) -> QTimer:
    """Return a timer to be started; starting it again begins the wait anew."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(wait_ms)
    timer.timeout.connect(deed)
    return timer


class Throttle(QObject):
    """Look again when something has changed, but seldom, and only while a widget is seen.

    The widget calls `catch_up` when it is shown. `is_looking` tells that a look has not come to
    its end, which takes as long as it takes; the next one has a rest before it then, too.
    """

    def __init__(
        self,
        seen: QWidget,
        look: Callable[[], object],
        rest_ms: int = REST_MS,
        is_looking: Callable[[], bool] = bool,
    ) -> None:
        super().__init__(seen)
        self._seen = seen
        self._look = look
        self._is_looking = is_looking
        self._is_behind = True
        self._rest = later(self, rest_ms, self.catch_up)

    def changed(self) -> None:
        """Look now, or as soon as the last look is long enough ago and the widget is seen."""
        self._is_behind = True
        self.catch_up()

    def catch_up(self) -> None:
        """Make good what was missed while nobody looked, or while it was too soon."""
        if not self._is_behind or not self._seen.isVisible() or self._rest.isActive():
            return
        if self._is_looking():
            self._rest.start()
        else:
            self.now()

    def now(self) -> None:
        """Look at once, whatever was before."""
        self._is_behind = False
        self._rest.start()
        self._look()
