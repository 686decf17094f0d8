"""The pages of the window by name, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from deskcron.domain.texts import gettext as _


class Place(IntEnum):
    """A page; its number plus one is its key with Ctrl."""

    JOBS = 0
    HISTORY = 1
    INBOX = 2
    SETTINGS = 3

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """What it is called."""
        return {
            Place.JOBS: _("Jobs"),
            Place.HISTORY: _("History"),
            Place.INBOX: _("Inbox"),
            Place.SETTINGS: _("Settings"),
        }[self]

    @property
    def keys(self) -> str:
        """The keys that lead there."""
        return f"Ctrl+{self + 1}"


class Pages(NamedTuple):
    """How each page is made below its parent, when it is first wanted."""

    jobs: Callable[[QWidget], QWidget]
    history: Callable[[QWidget], QWidget]
    inbox: Callable[[QWidget], QWidget]
    settings: Callable[[QWidget], QWidget]
