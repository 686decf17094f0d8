"""Watch and end a process that an earlier deskcron started."""

from __future__ import annotations

import os
import threading

import psutil

from deskcron.domain.ports import Exit, ProcessIdentity
from deskcron.system.processes.machine import initial_environment, open_pidfd, row_of
from deskcron.system.processes.pidfd import has_ended
from deskcron.system.processes.tree import RUN_KEY, ProcessTree

_UNKNOWN = Exit()


class AdoptedProcess:
    """A Process that is not our child: its end is seen, its exit code is not. Thread: any."""

    def __init__(self, identity: ProcessIdentity, pidfd: int, key: str) -> None:
        self._identity = identity
        self._pidfd = pidfd
        self._tree = ProcessTree(identity.pid, key)
        self._lock = threading.Lock()
        self._has_ended = False

    @property
    def identity(self) -> ProcessIdentity:
        """Return what is stored to find the process again."""
        return self._identity

    def fileno(self) -> int:
        """Return a descriptor that becomes readable when the process has ended; -1 without."""
        return self._pidfd

    def wait(self, timeout_s: float | None) -> Exit | None:
        """Wait for the end, which is an unknown exit; None when the time is over."""
        if not self._has_ended:
            self._has_ended = self._wait_for_end(timeout_s)
        return _UNKNOWN if self._has_ended else None

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
        return self._has_ended and self._is_group_ours() and self._tree.has_group_members()

    def close(self) -> None:
        """Give back descriptors; safe to call twice."""
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    def _is_group_ours(self) -> bool:
        row = row_of(self._identity.pid)
        return row is None or row.ticks == self._identity.start_ticks

    def _wait_for_end(self, timeout_s: float | None) -> bool:
        if self._pidfd >= 0:
            return has_ended(self._pidfd, timeout_s)
        row = row_of(self._identity.pid)
        if row is None or row.is_zombie or row.ticks != self._identity.start_ticks:
            return True
        try:
            psutil.Process(self._identity.pid).wait(timeout_s)
        except psutil.TimeoutExpired:
            return False
        except psutil.Error:
            return True
        return True


def adopt(identity: ProcessIdentity, boot_id: str) -> AdoptedProcess | None:
    """Return the process if it still runs on this boot, else None.

    The descriptor comes first and the look at the start time second: what is looked at is then
    what the descriptor stands for.
    """
    if identity.boot_id != boot_id or identity.pid <= 0:
        return None
    pidfd = open_pidfd(identity.pid)
    row = row_of(identity.pid)
    if row is None or row.is_zombie or row.ticks != identity.start_ticks:
        if pidfd >= 0:
            os.close(pidfd)
        return None
    return AdoptedProcess(identity, pidfd, _key_of(identity.pid))


def _key_of(pid: int) -> str:
    prefix = f"{RUN_KEY}=".encode()
    for variable in initial_environment(pid).split(b"\0"):
        if variable.startswith(prefix):
            return variable.removeprefix(prefix).decode("ascii", errors="replace")
    return ""
