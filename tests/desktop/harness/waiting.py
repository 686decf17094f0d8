"""Wait until something is so, or for the moment that a screen needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

LOOK_S = 0.05
PATIENCE_S = 20.0
_NEVER = Event()


class NotSeen(AssertionError):
    """What was waited for did not come."""


def until(look: Callable[[], T], what: str, within_s: float = PATIENCE_S) -> T:
    """Ask `look` again and again until its answer is true, and return that.

    Raises NotSeen, which says `what` did not happen.
    """
    found = soon(look, within_s)
    if not found:
        raise NotSeen(f"Waited {within_s:g} s in vain until {what}")
    return found


def soon(look: Callable[[], T], within_s: float) -> T:
    """Ask `look` until its answer is true or the time is over; return the last answer."""
    deadline_s = time.monotonic() + within_s
    while True:
        answer = look()
        if answer or time.monotonic() >= deadline_s:
            return answer
        _NEVER.wait(LOOK_S)


def moment(seconds: float) -> None:
    """Let a screen follow, where nothing tells that it has."""
    _NEVER.wait(seconds)
