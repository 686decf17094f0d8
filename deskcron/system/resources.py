"""Find the files that are shipped beside the code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or directory, whether it exists or not.

    Raises FileNotFoundError when the installation has no resources at all.
    """
    return first_directory(resource_directories(_PACKAGE, getattr(sys, "_MEIPASS", None))).joinpath(
        *parts
    )


def resource_directories(package: Path, frozen: str | None) -> Sequence[Path]:
    """Return where resources may be: a frozen build, an installed wheel, a checkout."""
    unpacked = [Path(frozen) / package.name / "_resources"] if frozen else []
    return [*unpacked, package / "_resources", package.parent / "resources"]


def first_directory(candidates: Sequence[Path]) -> Path:
    """Return the first candidate that exists."""
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    places = ", ".join(str(candidate) for candidate in candidates)
    raise FileNotFoundError(f"The installation is incomplete, no resources in: {places}")
