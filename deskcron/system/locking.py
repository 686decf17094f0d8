"""Lock files the way the operating system offers."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked: lock a byte far behind the content.
    _LOCKED_BYTE = 1 << 30

    def try_lock(fd: int, *, is_shared: bool = False) -> bool:
        """Lock an open file without waiting; Windows knows no shared lock here."""
        del is_shared
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def is_held(path: str) -> bool:
        """Tell whether a process holds the file: while one does, it cannot be renamed."""
        try:
            os.rename(path, path)  # noqa: PTH104 - a path as text, as everywhere here
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

else:
    import fcntl

    def try_lock(fd: int, *, is_shared: bool = False) -> bool:
        """Lock an open file without waiting, for as long as any copy of the descriptor lives.

        Raises OSError where the file system has no locks.
        """
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        try:
            fcntl.flock(fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def is_held(path: str) -> bool:
        """Tell whether some process holds an exclusive lock on the file; False without a file."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            return not try_lock(fd, is_shared=True)
        finally:
            os.close(fd)
