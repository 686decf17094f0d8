"""Let the command line nudge the engine of another process, by a FIFO in the data directory."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import stat
import threading
from pathlib import Path

from deskcron.domain.ports import WakeChannel

_log = logging.getLogger(__name__)


def wake_channel_for(path: Path) -> WakeChannel:
    """Return the channel this machine can have: a FIFO, else one that only waits."""
    return FifoWakeChannel(path) if hasattr(os, "mkfifo") else TickWakeChannel()


class TickWakeChannel:
    """A WakeChannel without a wire: nobody can nudge, the engine looks at each tick."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def nudge(self) -> bool:
        """Return False: no engine listens here."""
        return False

    def open(self) -> None:
        """Begin to wait."""
        self._closed.clear()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the time to be over or for close(); always False."""
        self._closed.wait(timeout_s)
        return False

    def close(self) -> None:
        """End a wait at once. Thread: any."""
        self._closed.set()


class FifoWakeChannel:
    """A WakeChannel over a FIFO: it has a reader exactly while an engine listens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tick = TickWakeChannel()
        self._waiting = threading.Lock()
        self._fd = -1
        self._is_closed = True

    def nudge(self) -> bool:
        """Wake the engine; False when none listens. Thread: any, also in other processes."""
        try:
            fd = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:  # ENOENT: never listened; ENXIO: a FIFO without a reader
            return False
        try:
            if not stat.S_ISFIFO(os.fstat(fd).st_mode):
                return False
            os.write(fd, b"\n")
        except BlockingIOError:  # full of nudges that nobody has taken yet
            return True
        except OSError:
            return False
        finally:
            os.close(fd)
        return True

    def open(self) -> None:
        """Begin to listen (engine side); where no FIFO can be made, only ticks are left."""
        self._tick.open()
        try:
            self._make()
            flags = os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC
            self._fd = os.open(self._path, flags)  # as a writer, too: it never sees an end of file
        except OSError as error:
            _log.warning("No wake channel, requests wait for the next tick: %s", error)
        self._is_closed = False

    def wait(self, timeout_s: float) -> bool:
        """Wait for a nudge, True when one came before the time was over. Thread: one."""
        with self._waiting:
            if self._is_closed or self._fd < 0:
                return self._tick.wait(timeout_s)
            poll = select.poll()
            poll.register(self._fd, select.POLLIN)
            if not poll.poll(max(0, round(timeout_s * 1000))):
                return False
            with contextlib.suppress(BlockingIOError):
                os.read(self._fd, 65_536)
            return not self._is_closed

    def close(self) -> None:
        """Stop listening; ends a wait at once. Thread: any."""
        self._is_closed = True
        self._tick.close()
        if self._fd >= 0:
            with contextlib.suppress(BlockingIOError):
                os.write(self._fd, b"\n")
        with self._waiting:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1

    def _make(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISFIFO(self._path.lstat().st_mode):
                self._path.unlink()
        with contextlib.suppress(FileExistsError):
            os.mkfifo(self._path, 0o600)
        self._path.chmod(0o600)
