"""Put a page in place of what the window shows, and give that back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.gui.life.errorpage import ErrorPage


class ErrorOverlay(QObject):
    """Explain over the whole window why the data cannot be used, until it can."""

    retry = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QMainWindow | None = None
        self._covered: QWidget | None = None
        self._page: ErrorPage | None = None

    def put_on(self, window: QMainWindow, error: DeskcronError) -> None:
        """Show why; a second time only the words change."""
        if self._page is not None:
            self._page.explain(error)
            return
        self._page = ErrorPage(error)
        self._page.retry.connect(self.retry)
        self._page.quit_wanted.connect(self.quit_wanted)
        self._window, self._covered = window, window.takeCentralWidget()
        window.setCentralWidget(self._page)
        self._page.focus()

    def take_off(self) -> None:
        """Give back what was there; silent where nothing is covered."""
        if self._window is None or self._covered is None:
            return
        self._window.setCentralWidget(self._covered)  # Qt deletes the page
        self._window = self._covered = self._page = None
