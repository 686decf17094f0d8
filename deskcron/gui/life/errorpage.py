"""The page in place of all others while the data cannot be used: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.emptystate import EmptyState

_ENDS = (".", "?", "!")


class ErrorPage(EmptyState):
    """Show one error over the whole window."""

    retry = Signal()
    quit_wanted = Signal()

    def __init__(self, error: DeskcronError, parent: QWidget | None = None) -> None:
        super().__init__("warning", "", "", parent)
        self.setObjectName("unusable")
        self._retry = self.add_button(_("&Try again"))
        self._retry.setDefault(True)
        self._retry.clicked.connect(self.retry)
        self.add_button(_("&Quit")).clicked.connect(self.quit_wanted)
        self.explain(error)

    def explain(self, error: DeskcronError) -> None:
        """Show another error."""
        detail = error.detail
        if detail and not detail.endswith(_ENDS):
            detail += "."
        self.set_words(error.title, "\n\n".join(part for part in (detail, error.hint) if part))

    def focus(self) -> None:
        """Put the keyboard where the way on is."""
        self._retry.setFocus()
