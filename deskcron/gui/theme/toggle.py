"""An action that offers the way back once it was done."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QAction

from deskcron.gui.theme.icons import icon


class Toggle(NamedTuple):
    """An action that takes back what it did the time before."""

    action: QAction
    texts: tuple[str, str]
    icons: tuple[str, str]

    def show(self, *, is_back: bool) -> None:
        """Offer the way there or the way back."""
        self.action.setText(self.texts[is_back])
        self.action.setIcon(icon(self.icons[is_back]))
