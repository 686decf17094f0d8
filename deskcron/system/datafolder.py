"""Look at the folder in which everything is kept, and keep it right."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from deskcron.domain.datafolder import Backup, Listener
from deskcron.system.paths import Paths

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


class FileDataFolder:
    """The DataFolder of a data directory."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._modes = {paths.data: _FOLDER_MODE, paths.database: _FILE_MODE}
        self._ears = {
            Listener.ENGINE: paths.wake_fifo,
            Listener.WINDOW: paths.data / "window.socket",
        }

    @property
    def path(self) -> Path:
        """Return where it is."""
        return self._paths.data

    def free_bytes(self) -> int:
        """Return how much more its disk takes."""
        return shutil.disk_usage(self._paths.data).free

    def backups(self) -> Sequence[Backup]:
        """Return the copies of the database, the newest last."""
        copies = [Backup(path, _made_at(path)) for path in self._paths.backups.glob("*.db")]
        return sorted(copies, key=lambda copy: copy.made_at)

    def new_backup(self, kind: str, now: datetime) -> Path:
        """Return a path whose name says when it was made."""
        return self._paths.backups / f"{kind}-{now:%Y%m%d-%H%M%S}.db"

    def drop_backups(self, kind: str, kept: int) -> None:
        """Remove the copies of a kind but for the newest ones, by their names."""
        for old in sorted(self._paths.backups.glob(f"{kind}-*.db"))[:-kept]:
            old.unlink(missing_ok=True)

    def drop_drafts(self) -> None:
        """Remove copies that were never finished, as of a process that was killed meanwhile."""
        for draft in self._paths.backups.glob("*.part"):
            draft.unlink(missing_ok=True)

    def open_to_others(self) -> Sequence[Path]:
        """Return what other people can read and should not; nothing where modes say nothing."""
        if os.name != "posix":
            return []
        return [path for path, mode in self._modes.items() if _is_beyond(path, mode)]

    def close_to_others(self, path: Path) -> None:
        """Give folder or database the mode it should have."""
        path.chmod(self._modes[path])

    def listened_at(self, listener: Listener) -> Path | None:
        """Return the channel or socket of this one, None where there is none."""
        path = self._ears[listener]
        return path if path.exists() else None

    def take_away(self, listener: Listener) -> None:
        """Remove it, silent where there is nothing."""
        self._ears[listener].unlink(missing_ok=True)


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_beyond(path: Path, mode: int) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & ~mode)
