"""Know what the person prefers, and follow it when it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from deskcron.domain.preferences import Preferences
from deskcron.gui.bridge import Bridge, Latest


class PreferencesWatcher(QObject):
    """The preferences as they were read last; None until the store could be used."""

    changed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._latest = Latest(bridge, self)
        self._last: Preferences | None = None
        bridge.changed.connect(self.look)

    @property
    def preferences(self) -> Preferences | None:
        """Return what was read last."""
        return self._last

    def look(self) -> None:
        """Read them again."""
        self._latest.ask(lambda facade: facade.preferences.get(), self._on_read)

    def remember_tray(self) -> None:
        """Keep that the person knows where the window goes when it is closed."""
        self._bridge.ask(
            self, lambda facade: facade.preferences.change(knows_tray=True), self._on_read
        )

    def _on_read(self, preferences: Preferences) -> None:
        if preferences != self._last:
            self._last = preferences
            self.changed.emit(preferences)
