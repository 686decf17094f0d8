"""Guard a data directory by a file lock that dies with its holder."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from datetime import datetime

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.instant import from_us, to_us
from deskcron.domain.ports import LockHolder
from deskcron.domain.texts import gettext as _
from deskcron.system.locking import is_held, try_lock

_WIDTH = 256  # one write of always the same length: a reader never sees half of an older text
_ATTEMPTS = 3
_PAUSE_S = 0.01


class FileEngineLock:
    """The EngineLock of a data directory. Thread: any."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._guard = threading.Lock()
        self._pause = threading.Event()
        self._fd = -1
        self._role = ""
        self._first_beat: datetime | None = None

    def acquire(self, role: str) -> bool:
        """Try to take the lock; `role` is told to others. True also when it is ours already.

        Tries again for some milliseconds, as a look at the holder takes the lock for a moment.
        Raises StoreUnavailable when the file cannot be used.
        """
        with self._guard:
            if self._fd >= 0:
                return True
            for attempt in range(_ATTEMPTS):
                if attempt:
                    self._pause.wait(_PAUSE_S)
                try:
                    self._fd = self._locked_file()
                except OSError as error:
                    raise StoreUnavailable(
                        title=_("The engine cannot lock its data folder"),
                        detail=f"{self._path}: {error.strerror or error}",
                        hint=_("Check who owns the folder and whether it can be written to."),
                    ) from error
                if self._fd >= 0:
                    self._role, self._first_beat = role, None
                    self._write(None)
                    return True
            return False

    def release(self) -> None:
        """Give the lock back; silent when it is not ours."""
        with self._guard:
            if self._fd >= 0:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._fd, 0)
                os.close(self._fd)
                self._fd = -1

    def beat(self, now: datetime) -> None:
        """Write the time of the last tick into the lock file; never fails."""
        with self._guard:
            if self._fd >= 0:
                self._first_beat = self._first_beat or now
                self._write(now)

    def holder(self) -> LockHolder | None:
        """Say who holds the lock, None when it is free; pid 0 while its text is not readable."""
        if not is_held(self._path):
            return None
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123 - the path is text
                told = json.loads(file.read(_WIDTH))
            beat, first = (_instant(told.get(key)) for key in ("beat", "first"))
            return LockHolder(int(told["pid"]), str(told["role"]), beat, first)
        except (OSError, ValueError, TypeError, KeyError, OverflowError, AttributeError):
            return LockHolder(0, "", None)

    def _locked_file(self) -> int:
        """Return a descriptor that holds the lock of the file now at our path, -1 where taken."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        fd = os.open(self._path, flags, 0o600)
        try:
            if try_lock(fd) and os.path.samestat(os.fstat(fd), os.stat(self._path)):  # noqa: PTH116
                kept, fd = fd, -1
                return kept
            return -1
        finally:
            if fd >= 0:
                os.close(fd)

    def _write(self, beat_at: datetime | None) -> None:
        told = {
            "pid": os.getpid(),
            "role": self._role,
            "beat": _number(beat_at),
            "first": _number(self._first_beat),
        }
        line = json.dumps(told).ljust(_WIDTH - 1) + "\n"
        with contextlib.suppress(OSError):  # a full disk must not stop the clock
            os.lseek(self._fd, 0, os.SEEK_SET)
            os.write(self._fd, line.encode("ascii"))


def _number(instant: datetime | None) -> int:
    return to_us(instant) if instant else 0


def _instant(number: int | None) -> datetime | None:
    return from_us(number) if number else None
