"""What is known about files, folders and disks by their path; may wait for a disk for ever."""

from __future__ import annotations

import os
from pathlib import Path

import psutil

FSTAB = Path("/etc/fstab")


def is_present(path: str, fstab: Path = FSTAB) -> bool:
    """Tell whether there is something at a path; a place for a disk needs the disk."""
    place = os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - paths as text
    try:
        os.stat(place)  # noqa: PTH116 - exists() would raise or hide errors as it likes
        return os.path.ismount(place) or place not in _mount_points(fstab)
    except (OSError, ValueError):
        return False


def free_bytes(path: str) -> int | None:
    """Return how much this person may still write there, None where there is nothing."""
    try:
        return psutil.disk_usage(os.path.expanduser(path)).free  # noqa: PTH111
    except (OSError, ValueError):
        return None


def _mount_points(fstab: Path) -> set[str]:
    """Return where disks are to be mounted; spaces are written there as octal numbers."""
    try:
        lines = fstab.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return set()
    rows = [line.split() for line in lines if not line.lstrip().startswith("#")]
    return {
        row[1].replace("\\040", " ").replace("\\011", "\t").rstrip("/") or "/"
        for row in rows
        if len(row) > 1
    }
