"""Wait for what comes about by itself."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 20.0
LOOK_S = 0.02
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


def eventually(look: Callable[[], object]) -> None:
    """Wait until something is so, where the test itself says what."""
    until(look, "it is so")


def soon(look: Callable[[], T], within_s: float) -> T:
    """Ask `look` until its answer is true or the time is over; return the last answer."""
    deadline_s = monotonic() + within_s
    while True:
        answer = look()
        if answer or monotonic() >= deadline_s:
            return answer
        moment(LOOK_S)


def moment(seconds: float) -> None:
    """Let time pass, where nothing tells that something has happened."""
    _NEVER.wait(seconds)
