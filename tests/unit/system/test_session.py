"""A headless engine reaches the session of the last window, as long as it is there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskcron.system import session
from deskcron.system.session import Session, session_of, snapshot


@pytest.fixture
def display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the socket of the X server :7."""
    folder = tmp_path / "X"
    folder.mkdir()
    monkeypatch.setattr(session, "_SOCKETS_OF_X", folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "X7"))
        yield folder / "X7"


def test_display(display: Path) -> None:
    """The last window's display is used from when its server is there until it is gone."""
    headless = Session({"PATH": "/bin"})
    headless.meet({"DISPLAY": ":7", "XDG_CURRENT_DESKTOP": "KDE", "PATH": "/other"})
    assert dict(headless) == {"PATH": "/bin", "DISPLAY": ":7", "XDG_CURRENT_DESKTOP": "KDE"}
    assert len(headless) == 3
    display.unlink()
    assert dict(headless) == {"PATH": "/bin"}
    assert headless.get("DISPLAY") is None


@pytest.mark.parametrize("name", [":7", ":7.0", "unix:7"])
def test_spelling(display: Path, name: str) -> None:
    """Displays of this machine are known in every spelling."""
    headless = Session({})
    headless.meet({"DISPLAY": name})
    assert headless["DISPLAY"] == name


@pytest.mark.parametrize("name", [":8", "localhost:7", "far.example:7.0", "7", ":x", ""])
def test_other_display(display: Path, name: str) -> None:
    """Displays that are not there, or of which nothing is known, are not given."""
    headless = Session({})
    headless.meet({"DISPLAY": name})
    assert "DISPLAY" not in headless


def test_own_first(display: Path) -> None:
    """Who has a session keeps it whole; one that is gone gives way to the last window's."""
    last = {"DISPLAY": ":7", "XDG_CURRENT_DESKTOP": "KDE"}
    here = Session({"DISPLAY": ":7.0", "XDG_CURRENT_DESKTOP": "GNOME"})
    here.meet(last)
    assert (here["DISPLAY"], here["XDG_CURRENT_DESKTOP"]) == (":7.0", "GNOME")
    outlived = Session({"DISPLAY": ":3"})
    assert outlived["DISPLAY"] == ":3"  # nothing better is known
    outlived.meet(last)
    assert outlived["DISPLAY"] == ":7"


def test_sockets(tmp_path: Path) -> None:
    """The session bus, the runtime folder and the agent are given as far as they are there."""
    bus, agent = tmp_path / "bus", tmp_path / "agent"
    bus.touch()
    headless = Session({})
    headless.meet(
        {
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus},guid=12",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "WAYLAND_DISPLAY": "bus",
            "SSH_AUTH_SOCK": str(agent),
        }
    )
    assert set(headless) == {"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "WAYLAND_DISPLAY"}
    agent.touch()
    assert headless["SSH_AUTH_SOCK"] == str(agent)
    bus.unlink()
    assert set(headless) == {"XDG_RUNTIME_DIR", "SSH_AUTH_SOCK"}


def test_what_is_kept(display: Path) -> None:
    """Of an environment only what leads to its session is kept, of a remote one nothing."""
    environment = {"DISPLAY": ":7", "HOME": "/home/me", "API_TOKEN": "x", "SSH_AUTH_SOCK": ""}
    assert session_of(environment) == {"DISPLAY": ":7"}
    assert session_of({**environment, "DISPLAY": "localhost:10.0"}) == {}


def test_snapshot(display: Path) -> None:
    """A copy is what is there now."""
    headless = Session({"PATH": "/bin"})
    headless.meet({"DISPLAY": ":7"})
    assert snapshot(headless) == {"PATH": "/bin", "DISPLAY": ":7"}
