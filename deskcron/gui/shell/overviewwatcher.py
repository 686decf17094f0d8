"""Keep an eye on what is going on, for everything outside the pages that shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from deskcron.domain.answers import Overview
from deskcron.domain.errors import DeskcronError
from deskcron.gui.bridge import Bridge, Latest

_SEEN_MS = 2_000
"""Between two looks without a change: an engine that starts or ends need not commit anything."""
_UNSEEN_MS = 15_000
"""The same while there is only the icon in the panel."""


class OverviewWatcher(QObject):
    """Ask for the overview after each change and now and then.

    `seen` carries an Overview whenever it differs from the last one, `lost` the error that keeps
    it from being had.
    """

    seen = Signal(object)
    lost = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(bridge, self)
        self._last: Overview | None = None
        self._pace = QTimer(self)
        self._pace.setInterval(_SEEN_MS)
        self._pace.timeout.connect(self.look)
        bridge.changed.connect(self.look)

    def start(self) -> None:
        """Look now and from now on."""
        self._pace.start()
        self.look()

    def set_seen(self, *, is_seen: bool) -> None:
        """Look often while somebody looks at the window, seldom while nobody does."""
        self._pace.setInterval(_SEEN_MS if is_seen else _UNSEEN_MS)

    def look(self) -> None:
        """Look now."""
        self._latest.ask(lambda facade: facade.overview.look(), self._on_seen, self._on_lost)

    def follow(self, told: Callable[[Overview], None]) -> None:
        """Tell what was seen last, if anything was, and whatever is seen from now on."""
        self.seen.connect(told)
        if self._last is not None:
            told(self._last)

    @property
    def overview(self) -> Overview | None:
        """What was seen last; nothing before the first answer and while there is none."""
        return self._last

    def _on_seen(self, overview: Overview) -> None:
        if overview != self._last:
            self._last = overview
            self.seen.emit(overview)

    def _on_lost(self, error: DeskcronError) -> None:
        self._last = None
        self.lost.emit(error)
