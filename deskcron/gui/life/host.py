"""What the window asks of the composition root."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Protocol

from deskcron.domain.banner import About
from deskcron.domain.ports import Autostart, Clock, EngineLock, Notifier
from deskcron.domain.run import Run
from deskcron.engine.facade import Facade
from deskcron.system.paths import Paths

ROLE = "window"
"""What the engine lock tells others about an engine in the window's process."""


class Host(Protocol):
    """One data directory with everything that works on it."""

    def facade(self) -> Facade:
        """Return the facade, opening the store at the first call. Raises StoreUnavailable."""

    def clock(self) -> Clock:
        """Return the source of time."""

    def paths(self) -> Paths:
        """Return the locations of the data directory."""

    def serve(
        self,
        stop: Event,
        told: Callable[[Run], None] | None = None,
        ready: Callable[[], None] | None = None,
        role: str = ROLE,
    ) -> None:
        """Be the engine until `stop` is set; running jobs go on.

        Raises EngineRunning where another process is, StoreUnavailable.
        """

    def forget(self) -> None:
        """Give back the memory of what only makes the next look quicker. Thread: any."""

    def meet_window(self, notifier: Notifier, show: Callable[[About], None]) -> None:
        """Let a window show banners that nobody else takes, and what was pressed on a banner."""

    def window_lock(self) -> EngineLock:
        """Return the right to be the one window of the data directory."""

    def window_log(self) -> AbstractContextManager[None]:
        """Keep what the window has to say in a file of its own."""

    def autostart(self, *, headless: bool) -> Autostart:
        """Return how this system starts deskcron at login, or its engine alone."""
