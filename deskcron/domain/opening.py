"""What a start of the program wants of the window."""

from __future__ import annotations

from enum import StrEnum


class Opening(StrEnum):
    """Open or raise it, also with a new reminder, stay in the tray, or reach the one that runs."""

    OPEN = "open"
    HIDDEN = "hidden"
    REMINDER = "new-reminder"
    SHOW = "show"
    QUIT = "quit"

    @property
    def needs_running(self) -> bool:
        """Tell whether this is for a window that runs already, and starts none."""
        return self in {Opening.SHOW, Opening.QUIT}
