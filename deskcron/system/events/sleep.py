"""Tell that the machine has come back from sleep, as logind says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from deskcron.domain.happening import EventKind, Happening
from deskcron.system.bus import BusThread, Listener, Signal
from deskcron.system.events import session

PREPARE = Signal(session.SERVICE, session.OBJECT, session.MANAGER, "PrepareForSleep")


class SleepEvents:
    """An EventSource on the thread of the bus."""

    def __init__(self, bus: BusThread) -> None:
        self._bus = bus
        self._release: Callable[[], None] = _nothing

    def start(self, happened: Callable[[Happening], None]) -> None:
        """Begin to tell."""

        def heard(values: Sequence[Any]) -> None:  # of D-Bus
            if not values[0]:  # it is over
                happened(Happening(EventKind.RESUMED))

        self._release = self._bus.listen(Listener(PREPARE, heard, _nothing))

    def close(self) -> None:
        """Tell nothing any more."""
        self._release()
        self._release = _nothing


def _nothing() -> None:
    """Do nothing: reaching the bus tells nothing about sleep."""
