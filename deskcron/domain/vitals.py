"""What the doctor measures: how the session is, and how much the database takes."""

from __future__ import annotations

from typing import NamedTuple


class SessionVitals(NamedTuple):
    """How the session of this process is, None for what does not exist or is not known here.

    `desktop` is what it calls itself, as "GNOME"; `has_panel` whether it has a place for icons of
    programs. `tells_of_sleep` is about the machine: whether it says so before and after.
    """

    desktop: str = ""
    has_bus: bool | None = None
    has_panel: bool | None = None
    tells_of_sleep: bool | None = None
    is_keyring_locked: bool | None = None


class StoreFigures(NamedTuple):
    """How much the database takes, what of it is free, and what waits beside it to be folded in."""

    size_bytes: int
    free_bytes: int
    beside_bytes: int
