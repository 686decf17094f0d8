"""What the command line asks of the composition root."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from deskcron.domain.opening import Opening
from deskcron.domain.ports import Autostart, Clock, LockHolder
from deskcron.domain.run import Run

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade


class Application(Protocol):
    """One data directory with everything that works on it."""

    def facade(self) -> Facade:
        """Return the facade, opening the store at the first call."""

    def clock(self) -> Clock:
        """Return the source of time."""

    def serve(
        self,
        stop: Event,
        told: Callable[[Run], None] | None = None,
        ready: Callable[[], None] | None = None,
        *,
        waits: Callable[[LockHolder], None] | None = None,
    ) -> None:
        """Be the engine until `stop` is set; running jobs go on.

        `ready` is called once, when the engine has taken over; `told` for every run that ends,
        on a thread of the engine; `waits` once, where a run by hand has to end first.
        Raises EngineRunning.
        """

    def foreground(self) -> AbstractContextManager[None]:
        """Be an engine without a schedule, for runs started by hand. Raises EngineRunning."""

    def open_window(self, opening: Opening) -> int:
        """Be the window until it is quit, or reach the one that runs; return the exit code.

        Raises BadInput where no window can be had, RequestFailed where none answers.
        """

    def perform(self, what: str, plan: Path) -> int:
        """Do in this process what an action has planned; return the exit code.

        Raises BadInput for what this version cannot perform.
        """

    def autostart(self, *, headless: bool) -> Autostart:
        """Return how this system starts deskcron at login, or `headless` its engine alone."""

    def at_home(self, path: Path) -> Application:
        """Return an application for another data directory; whoever asks closes it."""

    def resource(self, *parts: str) -> Path:
        """Return the path of a file that ships with the program."""

    def close(self) -> None:
        """Close what was opened; safe to call twice."""
