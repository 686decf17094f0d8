"""How long an event loop was kept from answering: beats, and by how much each was late."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 2


class Heartbeat(QObject):
    """Note by how much each beat is late."""

    def __init__(self) -> None:
        super().__init__()
        self._late_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was noted before."""
        self._late_ms = []

    def take(self) -> dict[str, float]:
        """Return 99th percentile and longest delay since the beginning, in milliseconds."""
        late = sorted(self._late_ms)
        return {"p99": late[int(len(late) * 0.99)], "max": late[-1]}

    def _beat(self) -> None:
        now_s = time.perf_counter()
        self._late_ms.append(max(0.0, (now_s - self._last_s) * 1000 - BEAT_MS))
        self._last_s = now_s
