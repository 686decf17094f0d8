"""Keep the application in the chosen appearance, also when the desktop changes its own."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from deskcron.gui.theme import palette

SYSTEM = "system"


class ThemeController(QObject):
    """Dress the application, and again when "system" comes to mean something else."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = ""
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def apply(self, appearance: str) -> None:
        """Use an appearance from now on: "system", "light" or "dark"."""
        if appearance != self._appearance:
            self._appearance = appearance
            palette.apply(self._app, appearance)

    def _on_scheme_changed(self) -> None:
        if self._appearance == SYSTEM:
            palette.apply(self._app, SYSTEM)
