"""The bar above a page that says what went wrong; never a dialog in somebody's way."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone


class ErrorBar(Notice):
    """Show the newest error until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.BAD, parent)
        self.add_close()
        self.hide()

    def show_error(self, error: DeskcronError) -> None:
        """Say what failed, why, and what to do."""
        self.say("\n".join(filter(None, (error.detail, error.hint))), title=error.title)
        self.show()
        announce(self, str(error))
