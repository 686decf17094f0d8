"""Say which folder has to be listened to for files that are wanted, and which of its files fit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import NamedTuple

from deskcron.domain.happening import Watched

# Paths as text: the library that listens has them as text, thousands at a time.
# ruff: noqa: PTH111, PTH116, PTH118, PTH119, PTH120


class Spot(NamedTuple):
    """A folder to listen to; device and inode tell it from one that is there instead later."""

    folder: str
    is_recursive: bool
    device: int
    inode: int


class Target(NamedTuple):
    """What is wanted, where that is without links, and where to listen for it, if anywhere yet."""

    watched: Watched
    place: str
    spot: Spot | None

    @property
    def is_folder(self) -> bool:
        """Tell whether the content of a folder is meant, and not a file or what is not there."""
        return self.spot is not None and self.spot.folder == self.place

    def spelling_of(self, path: str) -> str | None:
        """Return a path as the person would write it if it is wanted, else None."""
        if path == self.place:
            return None if self.is_folder else self.watched.path
        if not self.is_folder or not path.startswith(self.place.rstrip(os.sep) + os.sep):
            return None
        within = os.path.relpath(path, self.place)
        if os.sep in within and not self.watched.is_recursive:
            return None
        pattern = self.watched.pattern
        if pattern and not fnmatch(os.path.basename(path), pattern):
            return None
        return os.path.join(self.watched.path, within)

    def is_new_folder(self, before: Target) -> bool:
        """Tell whether a folder was made where there was none or another; disks are not made."""
        here, there = self.spot, before.spot
        if not self.is_folder or here is None or there is None:
            return False
        return here.inode != there.inode and here.device == there.device

    def content(self) -> Iterator[str]:
        """Yield what is in the folder now."""
        for folder, folders, files in os.walk(self.place):
            for name in (*folders, *files):
                yield os.path.join(folder, name)
            if not self.watched.is_recursive:
                return


def target_of(watched: Watched) -> Target:
    """Find where to listen: in the folder itself, or in that of a file, also of one to come."""
    try:
        place = os.path.realpath(os.path.expanduser(watched.path))
    except ValueError:  # what no path can be
        return Target(watched, watched.path, None)
    spot = _spot(place, is_recursive=watched.is_recursive)
    return Target(watched, place, spot or _spot(os.path.dirname(place), is_recursive=False))


def _spot(folder: str, *, is_recursive: bool) -> Spot | None:
    try:
        found = os.stat(os.path.join(folder, ""))  # the separator: of a folder only
    except (OSError, ValueError):
        return None
    return Spot(folder, is_recursive, found.st_dev, found.st_ino)
