"""The button of a dialog that puts what it shows into the clipboard, and says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.later import later
from deskcron.gui.theme.icons import icon

_SAID_MS = 2_000


class CopyButton(QPushButton):
    """Copy what `text` returns; nothing where that is empty."""

    def __init__(
        self, text: Callable[[], str], parent: QWidget | None = None, *, label: str = ""
    ) -> None:
        label = label or _("&Copy")
        super().__init__(icon("copy"), label, parent)
        self._text = text
        self._said = later(self, _SAID_MS, lambda: self.setText(label))
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        text = self._text()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.setText(_("Copied"))
            self._said.start()
