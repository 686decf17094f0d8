"""Small file systems of a test's own, which can be filled up."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager

import pytest

BLOCK_BYTES = 4096


class Disk:
    """A file system in memory that is mounted at a place."""

    def __init__(self, place):
        self.place = place

    def fill_up(self, keep_blocks=0):
        """Write a file until the file system refuses, then free so many blocks; return the file."""
        filler = self.place / "filler"
        with filler.open("ab", buffering=0) as file:
            with pytest.raises(OSError, match="No space"):
                _write_on(file)
            file.truncate(file.tell() - keep_blocks * BLOCK_BYTES)
        return filler

    def remount(self, how):
        """Mount it with other options."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.place)], check=True)


@contextmanager
def small_disk(place, size):
    """Mount a file system of a size such as "8m", which only root may: else the test is skipped."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    mount = shutil.which("mount")
    asked = [mount or "mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place)]
    if mount is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system, which only root has")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _write_on(file):
    while True:
        file.write(bytes(BLOCK_BYTES))
