"""What of the virtual desktop is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

LIST = Path(__file__).with_name("packages.txt")


def missing_packages() -> Sequence[str]:
    """Return the Debian packages that are needed and not there, in the order of the list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return [package for program, package in pairs if not _is_there(program)]


def _is_there(program: str) -> bool:
    if program.startswith("/"):
        return any(Path("/").glob(program.lstrip("/")))
    return shutil.which(program) is not None
