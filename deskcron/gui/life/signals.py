"""Notice at once, on the GUI thread, that the system asks the process to end."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_ENDINGS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class Signals(QObject):
    """Turn signals into `asked`; the second one ends the process as if nobody took it.

    Python runs handlers only between two of its own instructions, which an idle Qt has none of;
    a byte on a socket wakes it. A signal that is ignored stays ignored, as under nohup.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
        self._before = {number: signal.getsignal(number) for number in numbers}

    def install(self) -> None:
        """Begin to take signals. Thread: main."""
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number, before in self._before.items():
            if before is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)

    def remove(self) -> None:
        """Leave signals to whoever had them before. Thread: main."""
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before or signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, self._before[signal.Signals(number)] or signal.SIG_DFL)
        self.asked.emit()

    def _wake(self) -> None:
        """Empty the socket; Python has run the handler by now."""
        try:
            self._reader.recv(4096)
        except BlockingIOError:
            return
