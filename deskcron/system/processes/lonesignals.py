"""Tell signals that came to one process alone from those that its whole tree has heard."""

from __future__ import annotations

import signal
from collections.abc import Iterable

ENDINGS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")
"""What asks to end; Windows does not have them all."""
WORDS = ("SIGUSR1", "SIGUSR2")
"""What a program gives a meaning of its own; nobody sends it to a tree."""
FOLLOWS = "SIGCONT"
"""What follows where a whole tree is asked to end, as stopped processes hear nothing else: by the
engine, and by what ends sessions and the machine."""
FOLLOWS_S = 1.0
"""By then it has come."""


class LoneSignals:
    """What a process is to pass on to its child, which is of its group."""

    def __init__(self) -> None:
        self._due_s: dict[int, float] = {}

    def hear(self, numbers: Iterable[int], now_s: float) -> None:
        """Take in what came, in order."""
        for number in numbers:
            name = _name(number)
            if name == FOLLOWS:
                self._due_s = {one: at for one, at in self._due_s.items() if _name(one) in WORDS}
            elif name in ENDINGS:
                self._due_s.setdefault(number, now_s + FOLLOWS_S)
            elif name in WORDS:
                self._due_s[number] = now_s

    def due(self, now_s: float) -> list[int]:
        """Return what is to be passed on now, each once."""
        due = [number for number, at_s in self._due_s.items() if at_s <= now_s]
        for number in due:
            del self._due_s[number]
        return due

    def wait_s(self, now_s: float) -> float | None:
        """Return for how long nothing is to be passed on, None for ever."""
        return max(0.0, min(self._due_s.values()) - now_s) if self._due_s else None


def _name(number: int) -> str:
    return signal.Signals(number).name
