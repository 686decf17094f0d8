"""The D-Bus signals after which a look at network, power and sessions is worth its while."""

from __future__ import annotations

from deskcron.system.bus import Signal
from deskcron.system.events import session
from deskcron.system.machine import network

_PROPERTIES = "org.freedesktop.DBus.Properties"
_UPOWER, _UPOWER_OBJECT = "org.freedesktop.UPower", "/org/freedesktop/UPower"

CHANGES = (
    Signal(network.SERVICE, network.OBJECT, _PROPERTIES, "PropertiesChanged"),
    Signal(_UPOWER, _UPOWER_OBJECT, _PROPERTIES, "PropertiesChanged"),
    Signal(session.SERVICE, session.OBJECT, session.MANAGER, "SessionNew"),
)
