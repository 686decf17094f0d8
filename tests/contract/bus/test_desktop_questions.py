"""What desktop services say about idleness, notifications and the network."""

from __future__ import annotations

import time

import pytest

from deskcron.system.machine import network
from deskcron.system.machine.idle import idle_by_desktop_s, idle_by_logind_s
from deskcron.system.machine.quiet import is_quiet

NOTIFICATIONS = "org.freedesktop.Notifications"
LOGIND = "org.freedesktop.login1"


def test_gnome_tells_idleness(daemon, bus) -> None:
    """Mutter's milliseconds become seconds."""
    name = "org.gnome.Mutter.IdleMonitor"
    daemon.serve(name).answer(name, "GetIdletime", "t", 90_500)
    assert idle_by_desktop_s(bus) == 90.5


def test_kde_tells_idleness(daemon, bus) -> None:
    """KDE's milliseconds become seconds."""
    name = "org.freedesktop.ScreenSaver"
    daemon.serve(name).answer(name, "GetSessionIdleTime", "u", 2000)
    assert idle_by_desktop_s(bus) == 2.0


def test_no_desktop_tells_idleness(bus) -> None:
    """Without either it is not known."""
    assert idle_by_desktop_s(bus) is None
    assert idle_by_logind_s(bus) is None


def test_logind_tells_idleness(daemon, bus) -> None:
    """A desktop that has told logind is believed: idle since then, or not idle."""
    logind = daemon.serve(LOGIND)
    since_us = int((time.monotonic() - 60) * 1_000_000)
    logind.property(f"{LOGIND}.Session", "IdleHint", "b", True)
    logind.property(f"{LOGIND}.Session", "IdleSinceHintMonotonic", "t", max(1, since_us))
    idle_s = idle_by_logind_s(bus)
    assert idle_s is not None
    assert 0 < idle_s < 100
    logind.property(f"{LOGIND}.Session", "IdleHint", "b", False)
    assert idle_by_logind_s(bus) == 0.0


def test_logind_was_never_told(daemon, bus) -> None:
    """A desktop that tells logind nothing leaves it unknown, which is not the same as busy."""
    logind = daemon.serve(LOGIND)
    logind.property(f"{LOGIND}.Session", "IdleHint", "b", False)
    logind.property(f"{LOGIND}.Session", "IdleSinceHintMonotonic", "t", 0)
    assert idle_by_logind_s(bus) is None


@pytest.mark.parametrize(
    ("interface", "name"), [(NOTIFICATIONS, "Inhibited"), ("org.dunstproject.cmd0", "paused")]
)
@pytest.mark.parametrize("is_on", [True, False])
def test_a_property_says_quiet(daemon, bus, interface, name, is_on) -> None:
    """KDE and dunst say by a property of their service whether notifications are off."""
    daemon.serve(NOTIFICATIONS).property(interface, name, "b", is_on)
    assert is_quiet(bus, {}) is is_on


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize(
    ("service", "interface", "member"),
    [
        ("org.xfce.Xfconf", "org.xfce.Xfconf", "GetProperty"),
        ("org.erikreider.swaync.cc", "org.erikreider.swaync.cc", "GetDnd"),
    ],
)
def test_a_method_says_quiet(daemon, bus, service, interface, member, is_on) -> None:
    """Xfce (inside a variant) and SwayNC say it by a method."""
    from dbus_fast import Variant  # noqa: PLC0415 - Linux has it

    services = daemon.serve(service)
    if member == "GetProperty":
        services.answer(interface, member, "v", Variant("b", is_on))
    else:
        services.answer(interface, member, "b", is_on)
    assert is_quiet(bus, {}) is is_on


def test_mako_says_quiet_by_a_mode(daemon, bus) -> None:
    """Mako is quiet in the mode of that name."""
    mako = daemon.serve(NOTIFICATIONS)
    mako.answer("fr.emersion.Mako", "ListModes", "as", ["default"])
    assert not is_quiet(bus, {})
    mako.answer("fr.emersion.Mako", "ListModes", "as", ["default", "do-not-disturb"])
    assert is_quiet(bus, {})


@pytest.mark.parametrize(("said", "expected"), [("false", True), ("true", False)])
def test_gnome_says_quiet_by_its_settings(bus, tmp_path, said, expected) -> None:
    """GNOME's banners that are switched off mean quiet; its settings are asked by their tool."""
    tool = tmp_path / "gsettings"
    tool.write_text(f'#!/bin/sh\n[ "$*" = "get org.gnome.desktop.notifications show-banners" ]'
                    f" && echo {said}\n")  # fmt: skip
    tool.chmod(0o755)
    environment = {"PATH": str(tmp_path), "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
    assert is_quiet(bus, environment) is expected
    assert not is_quiet(bus, {**environment, "XDG_CURRENT_DESKTOP": "sway"})


@pytest.mark.parametrize(("state", "expected"), [(1, False), (2, False), (3, False), (4, True)])
def test_networkmanager_knows(daemon, bus, tmp_path, state, expected) -> None:
    """Only full connectivity is a way out; a login page and a network without one are none."""
    services = daemon.serve(network.SERVICE)
    services.property(network.SERVICE, "Connectivity", "u", state)
    assert network.is_online(bus, tmp_path) is expected


def test_networkmanager_does_not_know(daemon, bus, tmp_path) -> None:
    """Where NetworkManager may not check, the routes of the kernel tell."""
    services = daemon.serve(network.SERVICE)
    services.property(network.SERVICE, "Connectivity", "u", 0)
    assert network.is_online(bus, tmp_path) is None
    routes = tmp_path / "proc/net/route"
    routes.parent.mkdir(parents=True)
    routes.write_text("Iface\neth0 00000000 0102A8C0 0003 0 0 0 00000000 0 0 0\n")
    assert network.is_online(bus, tmp_path) is True
