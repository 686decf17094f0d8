"""Make the pages of a window before somebody asks for them, in moments when nothing else is on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, Signal

from deskcron.gui.bridge import Bridge
from deskcron.gui.later import later
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow

_FIRST = "history.page"
"""Where most go first; its code is loaded beside the first questions."""
_DIALOGS = ("editor.dialog", "why.dialog")
PACE_MS = 10
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
        self._load(_FIRST)

    def _take(self) -> None:
        if self._bridge.is_asking():
            return  # it tells when it rests
        for _piece in self._pieces:
            self._next.start()
            return
        self._bridge.rested.disconnect(self._next.start)

    def _all(self) -> Iterator[None]:
        for place in Place:
            self._load(f"{place.name.lower()}.page")
            yield
            page = self._window.page(place)
            yield
            if not page.isVisible():
                page.resize(self._window.page(self._window.place()).size())
                page.grab()  # by which its parts find their looks and places
                yield
            self.made.emit()
        for dialog in _DIALOGS:
            self._load(dialog)
            yield

    def _load(self, part: str) -> None:
        """Import on a worker, which makes no widgets."""
        load = partial(import_module, f"deskcron.gui.{part}")
        self._bridge.ask(self, lambda _facade: load(), lambda _loaded: self.made.emit())
