"""Keep the machine awake while runs want it, by an inhibitor lock of logind."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from threading import Lock
from typing import Any

from deskcron.domain.machine import Wakefulness
from deskcron.system.bus import Answer, Bus, BusThread, Call, Listener, Signal

_log = logging.getLogger(__name__)

_LOGIND = "org.freedesktop.login1"
_OBJECT = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_DBUS = "org.freedesktop.DBus"
_CAME_OR_WENT = Signal(_DBUS, "/org/freedesktop/DBus", _DBUS, "NameOwnerChanged", _LOGIND)
_WAYS = {"sleep:idle": Wakefulness.WHATEVER_HAPPENS, "idle": Wakefulness.UNLESS_TOLD}
"""What is asked for, the best first: who has no session may not forbid sleep altogether."""


def wakefulness(environment: Mapping[str, str]) -> Wakefulness:
    """Try how far the machine can be kept awake. Thread: any, not the GUI's."""
    with closing(BusThread(environment)) as bus:
        for what, reached in _WAYS.items():
            answer = bus.send(_inhibit(what, "doctor")).result()
            if answer is not None:
                _close(answer.descriptors)
                return reached
    return Wakefulness.NONE


class LogindKeepAwake:
    """A KeepAwake over the system bus; its locks end with this process at the latest."""

    def __init__(self, bus: BusThread) -> None:
        self._bus = bus
        self._guard = Lock()
        self._held: set[_Hold] = set()

    def hold(self, why: str, failed: Callable[[], None]) -> Callable[[], None]:
        """Take a lock of its own, shown as deskcron's.

        That logind gives none is logged and told; it is asked again when it or the bus comes back.
        """
        hold = _Hold(self._bus, why, failed)
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
    """One lock: asked for, held by a descriptor, released; in any order of the threads.

    It is asked for again when the bus or logind has come back and did not keep it.
    """

    def __init__(self, bus: BusThread, why: str, failed: Callable[[], None]) -> None:
        self._bus = bus
        self._why = why
        self._failed = failed
        self._guard = Lock()
        self._is_asking = False
        self._is_released = False
        self._is_missed = False
        self._descriptors: Sequence[int] = ()
        self._forget = bus.listen(Listener(_CAME_OR_WENT, self._came_or_went, self.take))

    def take(self) -> None:
        """Ask for the lock, unless it is held or asked for."""
        with self._guard:
            if self._is_asking or self._is_released or _are_held(self._descriptors):
                return
            self._is_asking = True
        self._ask(tuple(_WAYS))

    def release(self) -> None:
        """Let the machine sleep again."""
        with self._guard:
            self._is_released = True
            descriptors, self._descriptors = self._descriptors, ()
        _close(descriptors)
        self._forget()

    def _came_or_went(self, values: Sequence[Any]) -> None:  # of D-Bus
        _name, _before, owner = values
        if owner:
            self.take()

    def _ask(self, ways: Sequence[str]) -> None:
        """Ask for the best of the ways that are left."""

        def answered(future: Future[Answer | None]) -> None:
            answer = None if future.cancelled() else future.result()
            if answer is not None:
                if _WAYS[ways[0]] is not Wakefulness.WHATEVER_HAPPENS:
                    _log.info("The computer still sleeps when it is told to: %s", self._why)
                self._keep(answer.descriptors)
            elif len(ways) > 1:
                self._ask(ways[1:])
            else:
                self._fail()

        self._bus.send(_inhibit(ways[0], self._why)).add_done_callback(answered)

    def _keep(self, descriptors: Sequence[int]) -> None:
        for descriptor in descriptors:
            os.set_inheritable(descriptor, False)  # a child must not keep the machine awake
        with self._guard:
            self._is_asking = self._is_missed = False
            before = self._descriptors
            self._descriptors = () if self._is_released else descriptors
            is_late = self._is_released
        _close(before)
        if is_late:
            _close(descriptors)

    def _fail(self) -> None:
        with self._guard:
            self._is_asking = False
            is_news = not self._is_released and not self._is_missed
            self._is_missed = True
        if is_news:
            _log.warning("The computer may fall asleep, as logind gives no lock: %s", self._why)
            self._failed()


def _inhibit(what: str, why: str) -> Call:
    arguments = [what, "deskcron", why, "block"]
    return Call(Bus.SYSTEM, _LOGIND, _OBJECT, _MANAGER, "Inhibit", "ssss", arguments)


def _are_held(descriptors: Sequence[int]) -> bool:
    """Tell whether there is a lock, and logind still looks at it."""
    if not descriptors:
        return False
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, 0)  # that the other end has gone is told unasked
    return not poll.poll(0)


def _close(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
