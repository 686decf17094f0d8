"""Watch and end a process that this process started itself."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading

from deskcron.domain.ports import Exit, ProcessIdentity
from deskcron.system.processes.machine import open_pidfd, row_of
from deskcron.system.processes.pidfd import has_ended
from deskcron.system.processes.tree import ProcessTree

_LOOK_EVERY_S = 0.02  # only where the system has neither waitid nor pidfd


class ChildProcess:
    """A Process whose end we are told by the kernel. Thread: any; stop it while another waits.

    It is collected under a lock and only by us, so its number cannot go to another process
    while it is being signalled.
    """

    def __init__(self, pid: int, boot_id: str, key: str) -> None:
        self._pid = pid
        self._boot_id = boot_id
        self._tree = ProcessTree(pid, key)
        self._lock = threading.Lock()
        self._ticks = 0
        self._pidfd = -1
        self._exit: Exit | None = None

    @property
    def identity(self) -> ProcessIdentity:
        """Return what is stored to find the process again.

        Ask before the end has been waited for; `start_ticks` is 0 (no process) afterwards.
        """
        with self._lock:
            if not self._ticks and self._exit is None:
                row = row_of(self._pid)
                self._ticks = row.ticks if row else 0
        return ProcessIdentity(self._pid, self._ticks, self._boot_id)

    def fileno(self) -> int:
        """Return a descriptor that becomes readable when the process has ended; -1 without."""
        with self._lock:
            if self._pidfd < 0 and self._exit is None:
                self._pidfd = open_pidfd(self._pid)
            return self._pidfd

    def wait(self, timeout_s: float | None) -> Exit | None:
        """Wait for the direct child and return how it ended, None when the time is over."""
        self._collect()
        if self._exit is None and timeout_s != 0:
            self._wait_for_end(timeout_s)
            self._collect()
        return self._exit

    def terminate(self) -> None:
        """Ask the whole tree to end (TERM), escaped sessions included."""
        with self._lock:
            self._tree.terminate(is_group_ours=self._is_group_ours())

    def kill(self) -> None:
        """End the whole tree by force (KILL), including what terminate() has seen."""
        with self._lock:
            self._tree.kill(is_group_ours=self._is_group_ours())

    def has_leftovers(self) -> bool:
        """Tell, after the end, whether processes of its group are still there; before it, False."""
        with self._lock:
            has_ended = self._exit is not None
            return has_ended and self._tree.has_group_members() and self._is_group_ours()

    def close(self) -> None:
        """Give back descriptors; safe to call twice. A process that still runs is let go."""
        with self._lock:
            if self._pidfd >= 0:
                os.close(self._pidfd)
                self._pidfd = -1

    def _is_group_ours(self) -> bool:
        """Tell whether the group's number is still ours: it is reused only after all have left."""
        return self._exit is None or row_of(self._pid) is None

    def _wait_for_end(self, timeout_s: float | None) -> None:
        """Wait until the process can be collected or the time is over."""
        if timeout_s is None and hasattr(os, "waitid"):
            with contextlib.suppress(ChildProcessError):
                os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT)
            return
        fd = self.fileno()
        if fd >= 0:
            has_ended(fd, timeout_s)
            return
        looks = itertools.count() if timeout_s is None else range(round(timeout_s / _LOOK_EVERY_S))
        pause = threading.Event()
        for _look in looks:
            self._collect()
            if self._exit is not None:
                return
            pause.wait(_LOOK_EVERY_S)

    def _collect(self) -> None:
        with self._lock:
            if self._exit is not None:
                return
            try:
                pid, status = os.waitpid(self._pid, os.WNOHANG)
            except ChildProcessError:  # someone else has collected it
                self._exit = Exit()
            else:
                if not pid:
                    return
                code = os.waitstatus_to_exitcode(status)
                self._exit = Exit(signal=-code) if code < 0 else Exit(code=code)
