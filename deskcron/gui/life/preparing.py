"""Make the pages of a window before somebody asks for them, in moments when nothing else is on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, Signal

from deskcron.gui.bridge import Bridge
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow
from deskcron.gui.turns import Turns

_PARTS = ("history.page", "inbox.page", "settings.page", "editor.dialog", "why.dialog")
PACE_MS = 50
"""Between two pieces of the work."""


class Preparing(QObject):
    """Lives as long as its window; what is looked at earlier is made then. `done`: all is made."""

    done = Signal()

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._turns = Turns(self, PACE_MS)
        self._turns.add(self._pieces())

    def _pieces(self) -> Iterator[None]:
        yield from self._disturbances()
        self._bridge.ask(self, lambda _facade: _load(), lambda _loaded: None)
        for place in Place:
            yield from self._disturbances()
            page = self._window.page(place)
            yield
            page.resize(self._window.page(Place.JOBS).size())
            page.grab()  # by which its parts find their looks and places
            yield
        self.done.emit()

    def _disturbances(self) -> Iterator[None]:
        """Wait until all questions are answered: workers and the window share one interpreter."""
        while self._bridge.is_asking():
            yield


def _load() -> None:
    """Import what the first window does not show. Thread: a worker's; makes no widgets."""
    for part in _PARTS:
        import_module(f"deskcron.gui.{part}")
