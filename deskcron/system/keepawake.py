"""Keep the machine awake while runs want it, by an inhibitor lock of logind."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from deskcron.system.bus import Answer, Bus, BusThread, Call

_LOGIND = "org.freedesktop.login1"
_OBJECT = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_WAYS = ("sleep:idle", "idle")
"""What is asked for, the best first: who has no session may not forbid sleep altogether."""


class LogindKeepAwake:
    """A KeepAwake over the system bus; its locks end with this process at the latest."""

    def __init__(self, bus: BusThread) -> None:
        self._bus = bus
        self._guard = Lock()
        self._held: set[_Hold] = set()

    def hold(self, why: str) -> Callable[[], None]:
        """Take a lock of its own, shown as deskcron's; silent where logind gives none."""
        hold = _Hold(self._bus, why)
        with self._guard:
            self._held.add(hold)
        hold.take()

        def release() -> None:
            hold.release()
            with self._guard:
                self._held.discard(hold)

        return release

    def close(self) -> None:
        """Give up all locks; safe to call twice."""
        with self._guard:
            held, self._held = self._held, set()
        for hold in held:
            hold.release()


class _Hold:
    """One lock: asked for, held by a descriptor, released; in any order of the threads."""

    def __init__(self, bus: BusThread, why: str) -> None:
        self._bus = bus
        self._why = why
        self._guard = Lock()
        self._is_released = False
        self._descriptors: list[int] = []
        self._ways = list(_WAYS)

    def take(self) -> None:
        """Ask for the best way that is left."""
        arguments = [self._ways.pop(0), "deskcron", self._why, "block"]
        call = Call(Bus.SYSTEM, _LOGIND, _OBJECT, _MANAGER, "Inhibit", "ssss", arguments)
        self._bus.send(call).add_done_callback(self._taken)

    def release(self) -> None:
        """Let the machine sleep again."""
        with self._guard:
            self._is_released = True
            descriptors, self._descriptors = self._descriptors, []
        for descriptor in descriptors:
            os.close(descriptor)

    def _taken(self, future: Future[Answer | None]) -> None:
        answer = None if future.cancelled() else future.result()
        if answer is not None:
            for descriptor in answer.descriptors:
                os.set_inheritable(descriptor, False)  # a child must not keep the machine awake
            with self._guard:
                self._descriptors += answer.descriptors
                is_late = self._is_released
            if is_late:
                self.release()
        elif self._ways and not self._is_released:
            self.take()
