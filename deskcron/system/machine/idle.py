"""Find for how long the person has left a Linux machine alone, as the desktop or logind knows."""

from __future__ import annotations

import time

from deskcron.system.bus import Bus, BusThread, Call

_MUTTER = Call(
    Bus.SESSION,
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
    "GetIdletime",
)
_KDE = Call(
    Bus.SESSION,
    "org.freedesktop.ScreenSaver",
    "/org/freedesktop/ScreenSaver",
    "org.freedesktop.ScreenSaver",
    "GetSessionIdleTime",
)
_LOGIND = "org.freedesktop.login1"
_SESSION = "/org/freedesktop/login1/session/auto"
_SESSION_INTERFACE = "org.freedesktop.login1.Session"


def idle_by_desktop_s(bus: BusThread) -> float | None:
    """Return what GNOME or KDE say; both answer in milliseconds."""
    for call in (_MUTTER, _KDE):
        values = bus.ask(call)
        if values:
            return float(values[0]) / 1000
    return None


def idle_by_logind_s(bus: BusThread) -> float | None:
    """Return what the desktop has told logind: nothing until a while after the last touch.

    None where no desktop has ever told it anything.
    """
    is_idle, since_us = (
        bus.read(Bus.SYSTEM, _LOGIND, _SESSION, _SESSION_INTERFACE, name)
        for name in ("IdleHint", "IdleSinceHintMonotonic")
    )
    if not since_us:
        return None
    return max(0.0, time.monotonic() - since_us / 1_000_000) if is_idle else 0.0
