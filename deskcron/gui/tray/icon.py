"""The icon in the panel itself: there as soon as the panel is, and again when it comes back."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from deskcron.gui.theme.icons import panel_icon
from deskcron.gui.tray.state import TrayState

SOON_MS = 2_000
"""Between looks for a panel in the first minute: at login it may come after us."""
LATE_MS = 30_000
FIRST_LOOKS = 30


class TrayIcon(QObject):
    """Keep one icon in the panel. An icon made before its panel is never shown by it.

    `missing` comes once when the first minute has passed without a panel, or the panel has been
    gone for that long: then nobody finds a hidden window again.
    """

    missing = Signal()
    message_pressed = Signal()
    """A person has pressed the banner beside the icon that was shown last."""
    clicked = Signal()

    def __init__(
        self,
        menu: QMenu,
        ink: QColor,
        is_panel_there: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._ink = ink
        self._is_panel_there = is_panel_there
        self._icon: QSystemTrayIcon | None = None
        self._state, self._tooltip = TrayState.IDLE, "deskcron"
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def open(self) -> None:
        """Show the icon, now or as soon as there is a panel."""
        self._timer.start(SOON_MS)
        self.look()

    def close(self) -> None:
        """Take the icon away."""
        self._drop()
        self._timer.stop()

    def is_there(self) -> bool:
        """Look whether the icon can be found by a person right now."""
        self.look()
        return self._icon is not None

    @property
    def shown(self) -> QSystemTrayIcon | None:
        """Return the icon while a panel shows it."""
        return self._icon

    def look(self) -> None:
        """Follow the panel: make the icon anew where the panel is new."""
        if not self._is_panel_there():
            self._drop()
            self._looks += 1
            if self._looks == FIRST_LOOKS:
                self._timer.start(LATE_MS)
                self.missing.emit()
        elif self._icon is None:
            self._looks = 0
            self._timer.start(LATE_MS)
            self._make()

    def show_state(self, state: TrayState, tooltip: str) -> None:
        """Show another state and other words."""
        if state is not self._state:
            self._state = state
            self._paint()
        if tooltip != self._tooltip:
            self._tooltip = tooltip
            if self._icon is not None:
                self._icon.setToolTip(tooltip)

    def use_ink(self, ink: QColor) -> None:
        """Draw in another colour, for a panel that has changed."""
        self._ink = ink
        self._paint()

    def can_say(self) -> bool:
        """Tell whether there is an icon, on a desktop that shows banners beside it."""
        return self._icon is not None and QSystemTrayIcon.supportsMessages()

    def say(self, title: str, text: str) -> bool:
        """Show a banner beside the icon; False where the desktop does not."""
        if self._icon is None or not self.can_say():
            return False
        self._icon.showMessage(title, text, self._icon.icon())  # Qt shows it in the panel, too
        return True

    def _make(self) -> None:
        self._icon = QSystemTrayIcon(self)
        self._icon.setToolTip(self._tooltip)
        self._icon.setContextMenu(self._menu)
        self._icon.messageClicked.connect(self.message_pressed)
        self._icon.activated.connect(self._on_activated)
        self._paint()
        self._icon.show()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Take a click for what is first in the menu; where a click opens the menu, it does."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.clicked.emit()

    def _drop(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
            self._timer.start(SOON_MS)

    def _paint(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(panel_icon(self._state, self._ink))
