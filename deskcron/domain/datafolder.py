"""The port to the folder in which everything is kept, beside its database and its logs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple, Protocol


class Listener(Enum):
    """Who makes something in the folder to listen at."""

    ENGINE = auto()
    WINDOW = auto()


class Backup(NamedTuple):
    """A copy of the database, and when it was made."""

    path: Path
    made_at: datetime


class DataFolder(Protocol):
    """What can be seen of the folder and kept right in it. Thread: any. Raises OSError."""

    @property
    def path(self) -> Path:
        """Return where it is."""

    def free_bytes(self) -> int:
        """Return how much more its disk takes."""

    def backups(self) -> Sequence[Backup]:
        """Return the copies of the database, the newest last."""

    def new_backup(self, kind: str, now: datetime) -> Path:
        """Return where a copy of a kind that is made now is to be."""

    def drop_backups(self, kind: str, kept: int) -> None:
        """Remove the copies of a kind but for the newest ones."""

    def drop_drafts(self) -> None:
        """Remove copies that were never finished; only while none is made."""

    def open_to_others(self) -> Sequence[Path]:
        """Return what other people can read and should not."""

    def close_to_others(self, path: Path) -> None:
        """Take from other people what they can read."""

    def listened_at(self, listener: Listener) -> Path | None:
        """Return what this one listens at, or has left when it was killed; None for nothing."""

    def take_away(self, listener: Listener) -> None:
        """Remove what this one listens at, silent where there is nothing."""
