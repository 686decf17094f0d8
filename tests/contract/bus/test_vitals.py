"""What the doctor learns of a session and of the time service, over real buses."""

from __future__ import annotations

import pytest

from deskcron.domain.vitals import SessionVitals
from deskcron.system import vitals
from deskcron.system.vitals import is_clock_kept, session_vitals

NOWHERE = "unix:path=/nowhere"
WATCHER = "org.kde.StatusNotifierWatcher"
SECRETS = "org.freedesktop.secrets"
LOGIND = "org.freedesktop.login1"
TIME = "org.freedesktop.timedate1"


@pytest.fixture
def environment(daemon) -> dict[str, str]:
    """Return a session without a screen, whose bus is that of the system, too."""
    return {"DBUS_SESSION_BUS_ADDRESS": daemon.address, "DBUS_SYSTEM_BUS_ADDRESS": daemon.address}


def test_a_whole_session(daemon, environment) -> None:
    """Bus, panel, sleep and a keyring that is unlocked are all known."""
    daemon.serve(WATCHER).property(WATCHER, "IsStatusNotifierHostRegistered", "b", True)
    daemon.serve(SECRETS).property("org.freedesktop.Secret.Collection", "Locked", "b", False)
    daemon.serve(LOGIND).property(f"{LOGIND}.Manager", "PreparingForSleep", "b", False)
    found = session_vitals({**environment, "XDG_CURRENT_DESKTOP": "KDE"})
    assert found == SessionVitals("KDE", True, True, True, False)


def test_a_bare_bus(environment) -> None:
    """Nobody tells of panel, sleep and keyring; a session with a screen has no panel then."""
    assert session_vitals(environment) == SessionVitals("", True, None, False, None)
    assert session_vitals({**environment, "WAYLAND_DISPLAY": "wayland-0"}).has_panel is False


def test_no_bus() -> None:
    """That there is none is known of a program outside of a session."""
    found = session_vitals({"DBUS_SYSTEM_BUS_ADDRESS": NOWHERE})
    assert found == SessionVitals("", False, None, False, None)


@pytest.mark.parametrize(
    ("kernel", "service", "kept"),
    [
        (True, False, True),
        (False, True, True),
        (False, False, False),
        (None, True, True),
        (None, None, None),
        (False, None, False),
    ],
)
def test_who_keeps_the_clock(daemon, environment, monkeypatch, kernel, service, kept) -> None:
    """The kernel is believed that says so, else the service of the system, where there is one."""
    monkeypatch.setattr(vitals, "_is_kernel_steered", lambda: kernel)
    if service is not None:
        daemon.serve(TIME).property(TIME, "NTPSynchronized", "b", service)
    assert is_clock_kept(environment) is kept
