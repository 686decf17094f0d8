"""Find the files of a folder that is to be tidied."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple


class Found(NamedTuple):
    """A file or link as it was found; `inside` counts from the folder that is tidied."""

    path: Path
    inside: PurePath
    is_link: bool
    size: int
    mtime_ns: int
    mode: int
    is_in_progress: bool

    def is_as_found(self) -> bool:
        """Tell whether the file is still there as it was."""
        try:
            now = self.path.lstat()
        except OSError:
            return False
        return stat.S_ISREG(now.st_mode) and (now.st_size, now.st_mtime_ns) == (
            self.size, self.mtime_ns)  # fmt: skip


_DOWNLOADS = (".aria2", ".crdownload", ".download", ".opdownload", ".part", ".partial", ".tmp")


def files_in(folder: Path, *, is_recursive: bool, without: Collection[Path]) -> list[Found]:
    """Return files and links in the order of their names, hidden ones too.

    Links are not followed, hidden folders and the folders `without` not entered. Raises OSError
    where the folder itself cannot be read.
    """
    os.scandir(folder).close()  # what is below may fail, the folder itself may not
    found = []
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and Path(directory, name) not in without
        ) if is_recursive else []  # fmt: skip
        found += list(_found(folder, Path(directory), sorted(names)))
    return found


def _found(folder: Path, directory: Path, names: list[str]) -> Iterator[Found]:
    there = set(names)
    for name in names:
        path = directory / name
        try:
            info = path.lstat()
        except OSError:
            continue  # gone meanwhile
        is_link = stat.S_ISLNK(info.st_mode)
        if not is_link and not stat.S_ISREG(info.st_mode):
            continue
        yield Found(
            path,
            path.relative_to(folder),
            is_link,
            info.st_size,
            info.st_mtime_ns,
            stat.S_IMODE(info.st_mode),
            name.lower().endswith(_DOWNLOADS) or any(name + end in there for end in _DOWNLOADS),
        )
