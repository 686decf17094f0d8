"""How the running deskcron starts itself once more: installed, from a checkout, or frozen."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def own_command(*arguments: str, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the command that starts this very installation; the first word is an absolute path."""
    return (*_program(environ), *arguments)


def is_there(path: str) -> bool:
    """Tell whether a program that was to be started is still there."""
    return os.access(path, os.X_OK) and not Path(path).is_dir()


def _program(environ: Mapping[str, str]) -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        # Inside an AppImage the executable lives in a place that is gone after the run.
        return (environ.get("APPIMAGE") or sys.executable,)
    installed = Path(sys.executable).parent / ("deskcron.exe" if os.name == "nt" else "deskcron")
    if is_there(str(installed)):
        return (str(installed),)
    # -P: a folder called deskcron where it happens to be started is not the program.
    return sys.executable, "-P", "-m", "deskcron"
