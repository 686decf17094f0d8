"""Say where deskcron keeps its files, and make those places private."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.texts import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The locations of one data directory."""

    data: Path
    database: Path
    lock_file: Path
    window_lock: Path
    window_place: Path
    wake_fifo: Path
    logs: Path
    scripts: Path
    backups: Path
    engine_log: Path
    window_log: Path

    @classmethod
    def locate(cls, environ: Mapping[str, str]) -> Paths:
        """Return the locations: below DESKCRON_HOME if it is set, else the platform's own.

        Raises StoreUnavailable where that says no place, such as the home of an unknown user.
        """
        home = environ.get("DESKCRON_HOME", "")
        if home:
            return cls.below(_absolute(home))
        return cls.below(Path(platformdirs.user_data_dir("deskcron", appauthor=False)))

    @classmethod
    def below(cls, data: Path) -> Paths:
        """Return the locations inside one directory."""
        return cls(
            data=data,
            database=data / "deskcron.db",
            lock_file=data / "engine.lock",
            window_lock=data / "window.lock",
            window_place=data / "window.place",
            wake_fifo=data / "wake",
            logs=data / "logs",
            scripts=data / "scripts",
            backups=data / "backups",
            engine_log=data / "engine.log",
            window_log=data / "window.log",
        )

    def prepare(self) -> None:
        """Make the directories, readable by their owner only.

        Raises StoreUnavailable, saying in words what stands in the way.
        """
        for directory in (self.data, self.logs, self.scripts, self.backups):
            try:
                _make_private(directory)
            except OSError as error:
                raise _unusable(directory, error.strerror or str(error)) from error
            if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
                raise _unusable(directory, _("It cannot be written to"))


def _absolute(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:  # raised by pathlib
        raise _unusable(text, _("It is not known which home folder ~ stands for")) from error
    except OSError as error:  # the present directory is gone
        raise _unusable(text, error.strerror or str(error)) from error


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if directory.stat().st_mode & 0o077:
        with contextlib.suppress(PermissionError):  # file systems without modes of their own
            directory.chmod(0o700)


def _unusable(directory: Path | str, reason: str) -> StoreUnavailable:
    return StoreUnavailable(
        title=_("The data folder cannot be used"),
        detail=f"{directory}: {reason}",
        hint=_("Set DESKCRON_HOME to a folder of your own, or repair this one."),
    )
