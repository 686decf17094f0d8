"""Put a page in place of all that a window shows, and give back what was there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.gui.life.unusable import UnusablePage


class Cover(QObject):
    """Explain over the whole window why the data cannot be used, until it can."""

    retry = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: UnusablePage | None = None
        self._covered: list[QWidget] = []

    def put_on(self, window: QWidget, error: DeskcronError) -> None:
        """Show why; a second time only the words change."""
        if self._page is not None:
            self._page.explain(error)
            return
        children = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._covered = [one for one in children if not one.isHidden() and not one.isWindow()]
        for one in self._covered:
            one.hide()
        self._page = UnusablePage(error)
        self._page.retry.connect(self.retry)
        self._page.quit_wanted.connect(self.quit_wanted)
        layout = window.layout()
        assert layout is not None  # noqa: S101 - every window of ours has one
        layout.addWidget(self._page)
        self._page.focus()

    def take_off(self) -> None:
        """Give back what was there; silent where nothing is covered."""
        if self._page is None:
            return
        self._page.hide()
        self._page.deleteLater()
        self._page = None
        for one in self._covered:
            one.show()
        self._covered = []
