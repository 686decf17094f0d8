"""What SQLite and the file system report, as errors in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from deskcron.domain.errors import StoreBusy, StoreNewer, StoreUnavailable
from deskcron.domain.texts import gettext as _

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SURROUNDINGS = (
    _BUSY
    | _BROKEN
    | {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_INTERRUPT,
    }
)


def _code(error: BaseException) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF


def is_surroundings(error: BaseException) -> bool:
    """Tell whether the cause lies outside the program: disk, permissions, another process."""
    return _code(error) in _SURROUNDINGS


def is_busy(error: BaseException) -> bool:
    """Tell whether another connection holds a lock."""
    return _code(error) in _BUSY


def is_passing(error: BaseException) -> bool:
    """Tell whether a connection can go on after this error as if nothing had been."""
    return _code(error) in _BUSY or _code(error) == sqlite3.SQLITE_FULL


def is_broken(error: BaseException) -> bool:
    """Tell whether the file is damaged or no database at all."""
    return _code(error) in _BROKEN


def in_words(error: sqlite3.Error, path: Path) -> StoreUnavailable:
    """Return the error that says what failed, why, and what to do."""
    if is_broken(error):
        return damaged(path, str(error))
    if is_busy(error):
        return StoreBusy(
            title=_("The data could not be changed"),
            detail=_("Another program holds {path} longer than deskcron waits").format(path=path),
            hint=_("Try again in a moment."),
        )
    known = {
        sqlite3.SQLITE_FULL: _full,
        sqlite3.SQLITE_READONLY: _read_only,
        sqlite3.SQLITE_PERM: _read_only,
        sqlite3.SQLITE_AUTH: _read_only,
        sqlite3.SQLITE_CANTOPEN: _cannot_open,
        sqlite3.SQLITE_IOERR: _disk_error,
    }.get(_code(error))
    if known is not None:
        return known(path)
    return StoreUnavailable(
        title=_("The data could not be read or saved"), detail=f"{path}: {error}"
    )


def _full(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        title=_("The data could not be saved"),
        detail=_("There is no space left on the disk of {path}").format(path=path.parent),
        hint=_("Free some space; deskcron goes on by itself."),
    )


def _read_only(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        title=_("The data could not be saved"),
        detail=_("{path} or its folder is read-only").format(path=path),
        hint=_("Make both writable for your user."),
    )


def _cannot_open(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        title=_("The data cannot be opened"),
        detail=_("{path} is missing, or its folder cannot be used").format(path=path),
        hint=_("Check that the folder exists and is writable for your user."),
    )


def _disk_error(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        title=_("The data could not be read or saved"),
        detail=_("The disk of {path} reports an error").format(path=path.parent),
        hint=_(
            "Check the disk and its cable or network, and whether your quota is used up; "
            "keep a backup at hand."
        ),
    )


def damaged(path: Path, found: str) -> StoreUnavailable:
    """Return the error for a file that is not a whole database."""
    return StoreUnavailable(
        title=_("The data cannot be read"),
        detail=_("{path} is damaged ({found})").format(path=path, found=found),
        hint=_("Restart deskcron: it restores the newest good backup and keeps the damaged file."),
    )


def unreachable(error: OSError, path: Path) -> StoreUnavailable:
    """Return the error for a file or directory that cannot be made or opened."""
    return StoreUnavailable(
        title=_("The data cannot be opened"),
        detail=f"{path}: {error.strerror or error}",
        hint=_("Check that the folder exists and is writable for your user."),
    )


def no_log(path: Path) -> StoreUnavailable:
    """Return the error for a file system without what a write-ahead log needs."""
    return StoreUnavailable(
        title=_("The data cannot be kept there"),
        detail=_("The file system of {path} lacks shared memory or locks").format(path=path),
        hint=_("Choose a folder on a local disk, not on a network share."),
    )


def foreign(path: Path) -> StoreUnavailable:
    """Return the error for a database of another program."""
    return StoreUnavailable(
        title=_("The data cannot be opened"),
        detail=_("{path} belongs to another program").format(path=path),
        hint=_("Move it away or choose another folder."),
    )


def outdated(path: Path) -> StoreUnavailable:
    """Return the error for a database that the engine has yet to bring up to date."""
    return StoreUnavailable(
        title=_("The data was written by an older deskcron"),
        detail=_("{path} has to be brought up to date first").format(path=path),
        hint=_("Start deskcron once, or end and start the one that is running."),
    )


def newer(path: Path) -> StoreNewer:
    """Return the error for a database of a newer version."""
    return StoreNewer(
        title=_("The data was written by a newer deskcron"),
        detail=_("This version cannot read {path}").format(path=path),
        hint=_("Update deskcron, or restart it if it was just updated."),
    )


def closed(path: Path) -> StoreUnavailable:
    """Return the error for a use after the end."""
    return StoreUnavailable(
        title=_("The data could not be saved"), detail=_("{path} is closed").format(path=path)
    )
