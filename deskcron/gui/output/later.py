"""Do something once, a while after it was last asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, wait_ms: int, deed: Callable[[], object]) -> QTimer:
    """Return a timer to be started; starting it again begins the wait anew."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(wait_ms)
    timer.timeout.connect(deed)
    return timer
