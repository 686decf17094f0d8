"""Find out how the session is, and whether a time service keeps the clock right."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import closing

from deskcron.domain.vitals import SessionVitals
from deskcron.system.bus import Answer, Bus, BusThread, Call
from deskcron.system.events import session as logind
from deskcron.system.machine import xserver

_TIMEX_BYTES = 512
"""Room for the struct timex of any Linux; without a wish set in it, it is only filled."""
_UNSYNCHRONISED = 5


def _property(bus: Bus, path: str, interface: str, name: str, service: str = "") -> Call:
    """Ask for a property; mostly a service goes by the name of its interface."""
    asked = [interface, name]
    properties = "org.freedesktop.DBus.Properties"
    return Call(bus, service or interface, path, properties, "Get", "ss", asked)


_ALIVE = Call(
    Bus.SESSION, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId"
)
_HOST = _property(
    Bus.SESSION,
    "/StatusNotifierWatcher",
    "org.kde.StatusNotifierWatcher",
    "IsStatusNotifierHostRegistered",
)
_SLEEP = _property(
    Bus.SYSTEM, logind.OBJECT, logind.MANAGER, "PreparingForSleep", service=logind.SERVICE
)
_LOCK = _property(
    Bus.SESSION,
    "/org/freedesktop/secrets/aliases/default",
    "org.freedesktop.Secret.Collection",
    "Locked",
    service="org.freedesktop.secrets",
)
_TIME = _property(
    Bus.SYSTEM, "/org/freedesktop/timedate1", "org.freedesktop.timedate1", "NTPSynchronized"
)._replace(may_start=True)


def session_vitals(environment: Mapping[str, str]) -> SessionVitals:
    """Return how the session of an environment is. Thread: any, not the GUI's."""
    if sys.platform in {"win32", "darwin"}:
        return SessionVitals(has_panel=True)
    with closing(BusThread(environment)) as bus:
        alive, host, sleep, lock = map(bus.send, (_ALIVE, _HOST, _SLEEP, _LOCK))
        return SessionVitals(
            desktop=environment.get("XDG_CURRENT_DESKTOP", ""),
            has_bus=alive.result() is not None,
            has_panel=_has_panel(environment, host),
            tells_of_sleep=_truth(sleep) is not None,
            is_keyring_locked=_truth(lock),
        )


def is_clock_kept(environment: Mapping[str, str]) -> bool | None:
    """Tell whether a time service keeps the clock right, None where nobody tells.

    The kernel knows it of the services that steer it; of the others the system's own service.
    Thread: any, not the GUI's.
    """
    if sys.platform != "linux":
        return None
    is_kept = _is_kernel_steered()
    if is_kept:
        return True
    with closing(BusThread(environment)) as bus:
        told = _truth(bus.send(_TIME))
    return is_kept if told is None else told


def _has_panel(environment: Mapping[str, str], host: Future[Answer | None]) -> bool | None:
    """Tell whether icons have a place: by the bus, or in the manner of older panels."""
    if _truth(host):
        return True
    display = environment.get("DISPLAY", "")
    if not display and "WAYLAND_DISPLAY" not in environment:
        return None
    return bool(display and xserver.has_tray(display))


def _is_kernel_steered() -> bool | None:
    """Ask the kernel, None where it does not tell, as in a sandbox."""
    try:
        state = int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _UNSYNCHRONISED


def _truth(answer: Future[Answer | None]) -> bool | None:
    told = answer.result()
    return bool(told.values[0]) if told is not None and told.values else None
