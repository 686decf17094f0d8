"""Put a file somewhere else without ever writing over another, nor losing it half-way."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path

from deskcron.domain.texts import gettext as _
from deskcron.tidying.folder import Found

_NO_RENAME = frozenset({errno.EXDEV, errno.EPERM, errno.ENOTSUP})


class ChangedError(OSError):
    """The file was changed by somebody else while it was dealt with."""


def missing_folders(folder: Path) -> tuple[str, ...]:
    """Return the folders that have to be made, the outermost first."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(str(folder))
        folder = folder.parent
    return tuple(reversed(missing))


def make_folder(folder: Path) -> None:
    """Make a folder where there is none; raises NotADirectoryError where something else is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # not to be taken for a file's name that is taken
        raise NotADirectoryError(
            errno.ENOTDIR, _("{path} is not a folder").format(path=folder)
        ) from error


def move(file: Found, target: Path, draft: Path) -> None:
    """Move a file to a name that is free; raises FileExistsError where it is not.

    Across devices it is copied to `draft`, compared, given its name, and only then removed.
    """
    make_folder(target.parent)
    _reserve(target)
    try:
        if _renamed(file.path, target):
            return
        _copied(file, draft)
        draft.replace(target)
    except OSError:
        _give_up(target, draft)
        raise
    try:
        remove_original(file)
    except OSError:
        target.unlink()
        raise


def remove_original(file: Found) -> None:
    """Remove a file that is safe elsewhere, if it is still the same; raises ChangedError."""
    if not file.is_as_found():
        raise ChangedError(errno.EBUSY, _("it was changed meanwhile"))
    file.path.unlink()


def copy(file: Found, target: Path, draft: Path) -> None:
    """Copy a file to a name that is free; raises FileExistsError where it is not."""
    make_folder(target.parent)
    _reserve(target)
    try:
        _copied(file, draft)
        draft.replace(target)
    except OSError:
        _give_up(target, draft)
        raise


def take_name(draft: Path, target: Path) -> None:
    """Give a finished file its name, which has to be free."""
    _reserve(target)
    try:
        draft.replace(target)
    except OSError:
        target.unlink()
        raise


def _reserve(target: Path) -> None:
    """Take a name by an empty file: nobody else can take it between the look and the move."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _give_up(target: Path, draft: Path) -> None:
    for path in (target, draft):
        with contextlib.suppress(OSError):
            path.unlink()


def _renamed(source: Path, target: Path) -> bool:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno not in _NO_RENAME:
            raise
        return False
    return True


def _copied(file: Found, draft: Path) -> None:
    with file.path.open("rb") as reader, draft.open("xb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())
    with contextlib.suppress(OSError):  # not every file system keeps dates and permissions
        shutil.copystat(file.path, draft)
    if draft.stat().st_size != file.size or not file.is_as_found():
        raise ChangedError(errno.EBUSY, _("it was changed meanwhile"))
