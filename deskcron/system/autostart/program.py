"""What is to be started at login: this very installation, on this very data directory."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_KEPT = ("DESKCRON_HOME",)
"""What the session at login would not know by itself."""


class Program(NamedTuple):
    """A command with the variables it needs; the first word is an absolute path."""

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Return the file that is started."""
        return self.command[0]

    def with_arguments(self, *arguments: str) -> Program:
        """Return the same program with arguments added."""
        return self._replace(command=(*self.command, *arguments))


def this_program(environ: Mapping[str, str]) -> Program:
    """Return how the running deskcron is started again."""
    kept = tuple((name, environ[name]) for name in _KEPT if environ.get(name))
    return Program(_command(environ), kept)


def is_there(path: str) -> bool:
    """Tell whether a program that was to be started is still there."""
    return os.access(path, os.X_OK) and not Path(path).is_dir()


def _command(environ: Mapping[str, str]) -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        # Inside an AppImage the executable lives in a place that is gone after the run.
        return (environ.get("APPIMAGE") or sys.executable,)
    installed = Path(sys.executable).parent / ("deskcron.exe" if os.name == "nt" else "deskcron")
    if is_there(str(installed)):
        return (str(installed),)
    return sys.executable, "-m", "deskcron"
