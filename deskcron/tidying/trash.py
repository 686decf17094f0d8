"""The trash of the system: where files are put, and where they are found again on Linux."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from deskcron.domain.texts import gettext as _


class Trashed(NamedTuple):
    """A file in the trash, and the note on where it came from."""

    file: Path
    note: Path


def put_into_trash(path: Path) -> None:
    """Put a file into the trash; raises OSError where there is none for it."""
    from send2trash import send2trash  # noqa: PLC0415 - few runs need it

    try:
        send2trash(path)
    except OSError as error:
        text = _("not put into the trash: {reason}")
        words = text.format(reason=error.strerror or str(error))
        raise OSError(error.errno, words) from error


def is_searchable() -> bool:
    """Tell whether the system says where a file in the trash came from."""
    return sys.platform not in {"win32", "darwin"}


def find_in_trash(path: Path, size: int, mtime_ns: int) -> Trashed | None:
    """Return the file that was trashed from a path, by the trash specification of freedesktop."""
    for trash, root in _trashes(path):
        for note in sorted((trash / "info").glob("*.trashinfo")):
            if _origin(note, root) != path:
                continue
            file = trash / "files" / note.name.removesuffix(".trashinfo")
            try:
                info = file.lstat()
            except OSError:
                continue
            if (info.st_size, info.st_mtime_ns) == (size, mtime_ns):
                return Trashed(file, note)
    return None


def _trashes(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each trash a file may be in, with the folder that relative paths count from."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    data = Path(home).expanduser()
    yield data / "Trash", data
    top = path.parent
    while not top.exists() or not top.is_mount():
        if top == top.parent:
            return
        top = top.parent
    user = os.getuid() if hasattr(os, "getuid") else 0
    yield top / ".Trash" / str(user), top
    yield top / f".Trash-{user}", top


def _origin(note: Path, root: Path) -> Path | None:
    try:
        lines = os.fsdecode(note.read_bytes()).splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("Path="):
            return root / unquote(line.removeprefix("Path="), errors="surrogateescape")
    return None
