"""Be in charge of a data directory, or say who is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from deskcron.domain.errors import EngineRunning
from deskcron.domain.ports import EngineLock
from deskcron.domain.texts import gettext as _


@contextmanager
def in_charge(lock: EngineLock, role: str) -> Iterator[None]:
    """Hold the engine lock; raises EngineRunning, naming the holder, when it is taken."""
    if not lock.acquire(role):
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
