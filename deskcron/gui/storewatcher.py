"""Notice commits of this and other processes, and tell the window to look again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from deskcron.domain.errors import DeskcronError
from deskcron.engine.facade import Facade

logger = logging.getLogger(__name__)

SEEN_S = 0.2
"""Between looks while a window is open."""
UNSEEN_S = 2.0
"""Between looks while there is only the tray icon."""


class StoreWatcher:
    """Look at the version of the store from a thread of its own; `told` is called on it."""

    def __init__(self, facade: Callable[[], Facade], told: Callable[[], None]) -> None:
        self._facade = facade
        self._told = told
        self._pace_s = UNSEEN_S
        self._closing = False
        self._last_version: int | None = None
        self._last_trouble = ""
        self._soon = Event()
        self._thread = Thread(target=self._loop, name="deskcron-watch-store", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def set_seen(self, *, is_seen: bool) -> None:
        """Look often while somebody looks, seldom while nobody does. Thread: any."""
        self._pace_s = SEEN_S if is_seen else UNSEEN_S
        self._soon.set()

    def close(self) -> None:
        """Stop looking."""
        self._closing = True
        self._soon.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _loop(self) -> None:
        while not self._closing:
            try:
                self._look()
            except DeskcronError as error:
                self._note(str(error))
            except Exception as error:
                if self._note(repr(error)):
                    logger.exception("The watch over the store failed, and goes on")
            self._soon.wait(self._pace_s)
            self._soon.clear()

    def _look(self) -> None:
        version = self._facade().overview.version()
        self._last_trouble = ""
        if version != self._last_version:
            self._last_version = version
            self._told()

    def _note(self, trouble: str) -> bool:
        """Log what keeps it from looking once; tell whether it is new."""
        is_new = trouble != self._last_trouble
        if is_new:
            self._last_trouble = trouble
            logger.info("The store cannot be looked at, trying again: %s", trouble)
        return is_new
