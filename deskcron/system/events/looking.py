"""Look for happenings when something hints at them, on one thread for all that is looked at."""

from __future__ import annotations

import logging
import selectors
import socket
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Thread
from typing import Protocol

from deskcron.domain.happening import Happening
from deskcron.system.bus import BusThread, Listener, Signal
from deskcron.system.events.netlink import Feed

_log = logging.getLogger(__name__)

EVERY_S = 30.0
GATHER_S = 1.0
_END_S = 5.0


class Look(Protocol):
    """Something that can be looked at. Thread: one; may take seconds, never raises."""

    def look(self) -> Iterable[Happening]:
        """Return what has happened since the last look."""


class LookingEvents:
    """An EventSource that looks at start and after hints.

    Hints come from feeds and from `signals` of a bus; without feeds there is a look each EVERY_S
    as well. After a hint it waits for `gather_s`, as one seldom comes alone.
    """

    def __init__(
        self,
        looks: Sequence[Look],
        open_feeds: Callable[[], Sequence[Feed]] = tuple,
        bus: BusThread | None = None,
        signals: Sequence[Signal] = (),
        gather_s: float = GATHER_S,
    ) -> None:
        self._looks = looks
        self._open_feeds = open_feeds
        self._bus = bus
        self._signals = signals
        self._gather_s = gather_s
        self._closing = Event()
        self._releases: list[Callable[[], None]] = []
        self._nudged, self._nudger = socket.socketpair()
        self._nudged.setblocking(False)
        self._nudger.setblocking(False)
        self._thread: Thread | None = None

    def start(self, happened: Callable[[Happening], None]) -> None:
        """Begin to look."""
        self._thread = Thread(
            target=self._work, args=(happened,), name="deskcron-looks", daemon=True
        )
        self._thread.start()
        if self._bus is not None:
            for signal in self._signals:
                listener = Listener(signal, lambda _said: self._nudge(), self._nudge)
                self._releases.append(self._bus.listen(listener))

    def close(self) -> None:
        """End the thread; a look that takes long ends unheard."""
        for release in self._releases:
            release()
        self._releases.clear()
        self._closing.set()
        self._nudge()
        if self._thread is not None:
            self._thread.join(_END_S)
            self._thread = None
        self._nudger.close()
        self._nudged.close()

    def _nudge(self) -> None:
        try:
            self._nudger.send(b"\n")
        except BlockingIOError:  # full of hints that nobody has taken yet
            return
        except OSError as error:
            _log.debug("A hint after the end: %s", error)

    def _work(self, happened: Callable[[Happening], None]) -> None:
        feeds = self._open_feeds()
        hints = [*feeds, Feed(self._nudged, bool)]
        try:
            with selectors.DefaultSelector() as selector:
                for feed in hints:
                    selector.register(feed.socket, selectors.EVENT_READ, feed)
                self._look(happened)
                while not self._closing.is_set():
                    self._wait(selector, None if feeds else EVERY_S)
                    if not self._closing.wait(self._gather_s):
                        for feed in hints:
                            feed.take()
                        self._look(happened)
        finally:
            for feed in feeds:
                feed.socket.close()

    def _wait(self, selector: selectors.BaseSelector, every_s: float | None) -> None:
        """Wait for a hint or the end of the time."""
        while ready := selector.select(every_s):
            hints = [key.data.take() for key, _events in ready]
            if any(hints):
                return

    def _look(self, happened: Callable[[Happening], None]) -> None:
        for look in self._looks:
            for happening in look.look():
                if self._closing.is_set():
                    return
                try:
                    happened(happening)
                except Exception:  # noqa: BLE001 - a fault of the listener must not end it
                    _log.exception("Nobody could be told of %s", happening)
