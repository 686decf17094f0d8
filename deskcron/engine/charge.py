"""Be in charge of a data directory, or say who is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from deskcron.domain.errors import EngineRunning
from deskcron.domain.ports import EngineLock, LockHolder
from deskcron.domain.texts import gettext as _

DAEMON = "daemon"
FOREGROUND = "run"
"""Roles: an engine with a schedule, and one that only runs what is asked for."""
LOOK_S = 0.5


@contextmanager
def in_charge(
    lock: EngineLock,
    role: str,
    stop: Event | None = None,
    waits: Callable[[LockHolder], None] | None = None,
) -> Iterator[None]:
    """Hold the engine lock; raises EngineRunning, naming the holder, when it is taken.

    With `stop` an engine that runs by hand is waited for, until it ends or `stop` is set; `waits`
    is told once for whom.
    """
    while not (is_ours := lock.acquire(role)) and stop is not None:
        holder = lock.holder()
        if holder is not None and holder.role != FOREGROUND:
            break
        if holder is not None and waits is not None:
            waits(holder)
            waits = None
        if stop.wait(LOOK_S):
            break
    if not is_ours:
        raise EngineRunning(
            title=_("The engine is already running"),
            detail=_holder_words(lock),
            hint=_("Nothing needs to be done; use that one."),
        )
    try:
        yield
    finally:
        lock.release()


def _holder_words(lock: EngineLock) -> str:
    holder = lock.holder()
    if holder is None:
        return _("another process holds the lock")
    return _("process {pid} ({role}) is in charge").format(pid=holder.pid, role=holder.role)
