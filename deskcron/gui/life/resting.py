"""Let go of a window that was closed a while ago: its icon alone needs less memory."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from deskcron.gui.bridge import Bridge
from deskcron.gui.life.windowcontroller import WindowController
from deskcron.system.memory import release_memory

KEPT_MS = 60_000
"""So long a closed window comes back as it was."""


class Resting(QObject):
    """Try again and again while nobody sees the window; `may` tells whether it can be made anew.

    `forget` gives back what was kept for it; it runs on a worker.
    """

    def __init__(
        self,
        windows: WindowController,
        bridge: Bridge,
        may: Callable[[], bool],
        forget: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._windows = windows
        self._bridge = bridge
        self._may = may
        self._forget = forget
        self._timer = QTimer(self)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.rest)
        windows.seen.connect(self._on_seen)

    def rest(self) -> None:
        """Let go of the window now, unless something of it is open."""
        if self._may() and self._windows.let_go():
            self._timer.stop()
            self._bridge.ask(self, lambda _facade: self._forget(), lambda _done: release_memory())

    def _on_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - a signal's value
        if is_seen:
            self._timer.stop()
        else:
            self._timer.start()
