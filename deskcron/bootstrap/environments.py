"""The environments of jobs as the process sees them that is the engine, or would be one."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from deskcron.domain.ports import Clock, EngineLock

if TYPE_CHECKING:
    from deskcron.domain.storage import Store
    from deskcron.system.environments import SystemEnvironments

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415


_COERCED = "LC_CTYPE"
"""Set by Python for itself where it is started without a language."""


class EngineEnvironments:
    """Make them when they are first asked for, and end their shells. Thread: any."""

    def __init__(self, lock: EngineLock, clock: Clock) -> None:
        self._lock = lock
        self._clock = clock
        self._making = Lock()
        self._of_process: dict[int, SystemEnvironments] = {}

    def own(self) -> SystemEnvironments:
        """Return those of this process."""
        return self._of(os.getpid())

    def present(self, store: Store) -> SystemEnvironments:
        """Return those of the engine where another process is one, else our own."""
        from deskcron.engine.session import last_session

        holder = self._lock.holder()
        found = self._of(os.getpid() if holder is None else holder.pid)
        found.meet(store.read(last_session))
        return found

    def close(self) -> None:
        """Ask no shell any longer; safe to call twice."""
        with self._making:
            for environments in self._of_process.values():
                environments.close()
            self._of_process.clear()

    def _of(self, pid: int) -> SystemEnvironments:
        from deskcron.system.environment import base_environment
        from deskcron.system.environments import SystemEnvironments

        with self._making:
            if pid not in self._of_process:
                own = base_environment(_environ(pid))
                self._of_process[pid] = SystemEnvironments(own, self._clock.monotonic)
            return self._of_process[pid]


def _environ(pid: int) -> dict[str, str]:
    """Return what a process was started with, of our own as it is now.

    Where the system does not tell of the other one, it is taken to be as ours.
    """
    import psutil

    try:
        begun = psutil.Process(pid).environ()
    except (psutil.Error, OSError):
        return dict(os.environ)
    if pid != os.getpid():
        return begun
    own = dict(os.environ)
    if _COERCED not in begun:
        own.pop(_COERCED, None)
    return own
