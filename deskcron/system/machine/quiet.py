"""Find whether the person has switched notifications off, as each desktop keeps it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from deskcron.system.bus import Bus, BusThread, Call
from deskcron.system.session import snapshot

_SETTINGS_S = 2.0
_NOTIFICATIONS = "org.freedesktop.Notifications"
_NOTIFICATIONS_OBJECT = "/org/freedesktop/Notifications"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class Switch(NamedTuple):
    """A question to a notification service, and how its answer says that it is quiet."""

    call: Call
    is_quiet: Callable[[Any], bool] = bool


def _property(interface: str, name: str) -> Call:
    path = _NOTIFICATIONS_OBJECT
    arguments = [interface, name]
    return Call(Bus.SESSION, _NOTIFICATIONS, path, _PROPERTIES, "Get", "ss", arguments)


def _modes_are_quiet(modes: Any) -> bool:  # as the service sends it
    return "do-not-disturb" in modes


_SWITCHES = (
    Switch(_property(_NOTIFICATIONS, "Inhibited")),  # KDE, also while a screen is shared
    Switch(_property("org.dunstproject.cmd0", "paused")),
    Switch(
        Call(
            Bus.SESSION,
            "org.xfce.Xfconf",
            "/org/xfce/Xfconf",
            "org.xfce.Xfconf",
            "GetProperty",
            "ss",
            ["xfce4-notifyd", "/do-not-disturb"],
        )
    ),
    Switch(
        Call(
            Bus.SESSION,
            "org.erikreider.swaync.cc",
            "/org/erikreider/swaync/cc",
            "org.erikreider.swaync.cc",
            "GetDnd",
        )
    ),
    Switch(
        Call(
            Bus.SESSION,
            _NOTIFICATIONS,
            "/fr/emersion/Mako",
            "fr.emersion.Mako",
            "ListModes",
        ),
        _modes_are_quiet,
    ),
)

_SETTINGS = {
    "gnome": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "x-cinnamon": ("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "mate": ("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
"""By desktop: schema, key, and the value that means quiet."""


def is_quiet(bus: BusThread, environment: Mapping[str, str]) -> bool:
    """Tell whether notifications are off; where there is no such switch they are on."""
    for switch in _SWITCHES:
        values = bus.ask(switch.call)
        if values and switch.is_quiet(values[0]):
            return True
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    return any(
        _has_setting(*_SETTINGS[name], environment) for name in desktops if name in _SETTINGS
    )


def _has_setting(schema: str, key: str, value: str, environment: Mapping[str, str]) -> bool:
    """Ask GNOME's settings, which no service tells."""
    program = shutil.which("gsettings", path=environment.get("PATH"))
    if program is None:
        return False
    try:
        result = subprocess.run(
            [program, "get", schema, key],
            env=snapshot(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SETTINGS_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return result.stdout.strip() == value.encode()
