"""What to do with a damaged database: keep it aside and go on from the newest good backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from deskcron.domain.texts import gettext as _
from deskcron.store import failures, schema
from deskcron.store.backup import quick_check
from deskcron.store.database import uri

_FILES = ("", "-wal", "-shm")
_NUMBER_OF_RUNS = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'runs'"
_FORGET_NUMBER = "DELETE FROM sqlite_sequence WHERE name = 'runs'"
_SET_NUMBER = "INSERT INTO sqlite_sequence (name, seq) VALUES ('runs', ?)"
_LEAP = 1_000_000


class Damaged(Exception):
    """The file has lost what was in it, though SQLite takes it for a database."""


def suspect(path: Path) -> None:
    """Have the file looked at thoroughly at the next start, because damage was met in use."""
    with suppress(OSError):  # then damage is met again
        _mark(path).touch(mode=0o600)


def examine(connection: sqlite3.Connection, path: Path) -> None:
    """Look thoroughly at a file under suspicion. Raises Damaged."""
    mark = _mark(path)
    if not mark.exists():
        return
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    mark.unlink(missing_ok=True)
    if found != "ok":
        raise Damaged(found)


def refuse_emptied(path: Path, backups: Path) -> None:
    """Raise Damaged where a crash has left the file without content while there are backups."""
    is_emptied = path.is_file() and path.stat().st_size == 0
    if is_emptied and any(map(_is_good, _newest_first(backups))):
        raise Damaged(_("it is empty"))


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.suspect")


def recover(path: Path, backups: Path) -> str:
    """Move a damaged database aside, restore the newest good backup and say so in words.

    Without a good backup the file is left missing, to be made anew.
    """
    try:
        aside = _move_aside(path)
        for backup in _newest_first(backups):
            if _is_good(backup):
                draft = path.with_name(f"{path.name}.part")
                shutil.copyfile(backup, draft)
                draft.chmod(0o600)
                draft.replace(path)
                return _(
                    "The data was damaged. It was restored from the backup {backup}; "
                    "the damaged file is kept as {aside}."
                ).format(backup=backup.name, aside=aside)
    except OSError as error:
        raise failures.unreachable(error, path) from error
    return _(
        "The data was damaged and there is no good backup. deskcron begins anew; "
        "the damaged file is kept as {aside}."
    ).format(aside=aside)


def leap(connection: sqlite3.Connection) -> None:
    """Go on with run numbers beyond those a lost database may have given to logs."""
    connection.execute("BEGIN IMMEDIATE")
    number = connection.execute(_NUMBER_OF_RUNS).fetchone()[0]
    connection.execute(_FORGET_NUMBER)
    connection.execute(_SET_NUMBER, ((number // _LEAP + 1) * _LEAP,))
    connection.execute("COMMIT")


def _move_aside(path: Path) -> Path:
    """Rename the database and its log; the stamp says when it was last written to."""
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    stem = f"{path.name}.corrupt-{written:%Y%m%dT%H%M%SZ}"
    aside, number = path.with_name(stem), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}")
    for suffix in _FILES:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside


def _newest_first(backups: Path) -> Iterator[Path]:
    found = [path for path in backups.glob("*.db") if path.is_file()]
    yield from sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _is_good(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(uri(path, "ro&immutable=1"), uri=True)) as connection:
            is_known = schema.is_ours(connection) and (
                1 <= schema.version(connection) <= schema.latest()
            )
        return is_known and quick_check(path) == "ok"
    except sqlite3.Error:
        return False
