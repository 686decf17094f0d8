"""Make the pages of a window before somebody asks for them, in moments when nothing else is on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, Signal

from deskcron.gui.bridge import Bridge
from deskcron.gui.later import later
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow

_PARTS = ("history.page", "inbox.page", "settings.page", "editor.dialog", "why.dialog")
PACE_MS = 30
"""Between two pieces of the work."""


class Preparing(QObject):
    """Go on, piece by piece, while no question is open: workers and window share the interpreter.

    What is looked at earlier is made then. `made`: there is more that stays with the window, code
    or a page.
    """

    made = Signal()

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._pieces = self._all()
        self._next = later(self, PACE_MS, self._take)
        bridge.rested.connect(self._next.start)
        self._next.start()

    def _take(self) -> None:
        if self._bridge.is_asking():
            return  # it tells when it rests
        for _piece in self._pieces:
            self._next.start()
            return
        self._bridge.rested.disconnect(self._next.start)

    def _all(self) -> Iterator[None]:
        self._bridge.ask(self, lambda _facade: _load(), lambda _loaded: self.made.emit())
        yield
        for place in Place:
            page = self._window.page(place)
            yield
            if not page.isVisible():
                page.resize(self._window.page(self._window.place()).size())
                page.grab()  # by which its parts find their looks and places
                yield
            self.made.emit()


def _load() -> None:
    """Import what the first window does not show. Thread: a worker's; makes no widgets."""
    for part in _PARTS:
        import_module(f"deskcron.gui.{part}")
