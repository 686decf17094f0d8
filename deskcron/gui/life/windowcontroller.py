"""The one window: made when it is looked at, raised, and told of by who can see it."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import delete

_ACTIVATION = "XDG_ACTIVATION_TOKEN"
_RAISING = frozenset({"xcb", "windows", "cocoa"})
"""Where a window may put itself above others; elsewhere Qt only complains about the wish."""
_ALERT_MS = 500
"""A window that has not come to the front by then asks for attention in the task bar."""


class WindowController(QObject):
    """Show the main window; `closing` decides what closing it means.

    `going`: the window is about to be deleted with all that is in it.
    """

    seen = Signal(bool)
    going = Signal()

    def __init__(
        self,
        make: Callable[[], QMainWindow],
        closing: Callable[[QMainWindow, QCloseEvent], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._closing = closing
        self._window: QMainWindow | None = None

    @property
    def window(self) -> QMainWindow:
        """Return the window, made at the first call."""
        if self._window is None:
            self._window = self._make()
            self._window.installEventFilter(self)
        return self._window

    @property
    def shown(self) -> QMainWindow | None:
        """Return the window where somebody can see it, else None."""
        window = self._window
        return window if window is not None and _is_seen(window) else None

    def open(self, token: str = "") -> None:
        """Show the window in front of all others, as far as the desktop lets it come there.

        `token` is what the desktop gave to whoever asked for it.
        """
        window = self.window
        if token:
            os.environ[_ACTIVATION] = token  # read by Qt when the window is mapped
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        if QGuiApplication.platformName() in _RAISING:
            window.raise_()
        window.activateWindow()
        QTimer.singleShot(_ALERT_MS, self, self._alert)

    def close(self) -> None:
        """Close the window where there is one, so that it remembers its place."""
        if self._window is not None:
            self._window.close()

    def let_go(self) -> bool:
        """Delete a closed window, the next is made anew; return False where something is open."""
        window = self._window
        if window is not None:
            inside = (one for one in window.findChildren(QWidget) if one.isWindow())
            if any(one.isVisible() for one in (window, *inside)):
                return False
            self.delete()
        return True

    def delete(self) -> None:
        """Delete the window with all that is in it, where there is one."""
        if self._window is not None:
            window, self._window = self._window, None
            self.going.emit()
            delete(window)

    def open_minimised(self) -> None:
        """Show the window in the task bar only."""
        self.window.showMinimized()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        """Notice that the window is shown, hidden or to be closed."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange}:
            QTimer.singleShot(0, self, self._tell)
        elif isinstance(event, QCloseEvent) and watched is self._window:
            self._closing(self._window, event)
            return not event.isAccepted()
        return False

    def _tell(self) -> None:
        self.seen.emit(self.shown is not None)

    def _alert(self) -> None:
        os.environ.pop(_ACTIVATION, None)
        if self._window is not None and not self._window.isActiveWindow():
            QApplication.alert(self._window)


def _is_seen(window: QMainWindow) -> bool:
    return window.isVisible() and not window.isMinimized()
