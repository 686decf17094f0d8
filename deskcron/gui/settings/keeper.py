"""Keep what is set: each change is stored at once, and what could not be stored is told."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from deskcron.domain.errors import DeskcronError
from deskcron.domain.preferences import Preferences
from deskcron.gui.bridge import Bridge, Latest


class Keeper(QObject):
    """The preferences as they are stored.

    `read` carries Preferences whenever they are read, and again as they were where a change was
    refused; `refused` then carries the name of the field and the error, `kept` the name of a
    field that was stored.
    """

    read = Signal(object)
    kept = Signal(str)
    refused = Signal(str, object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._latest = Latest(bridge, self)
        self._last = Preferences()

    def look(self) -> None:
        """Read them again."""
        self._latest.ask(lambda facade: facade.preferences.get(), self._on_read)

    # Any: each field has a type of its own; the core checks the values
    def change(self, field: str, value: Any) -> None:
        """Store one preference; all others stay as they are stored now."""

        def saved(preferences: Preferences) -> None:
            self._on_read(preferences)
            self.kept.emit(field)

        def refused(error: DeskcronError) -> None:
            self.read.emit(self._last)
            self.refused.emit(field, error)

        self._bridge.ask(
            self, lambda facade: facade.preferences.change(**{field: value}), saved, refused
        )

    def _on_read(self, preferences: Preferences) -> None:
        self._last = preferences
        self.read.emit(preferences)
