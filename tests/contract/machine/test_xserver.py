"""Idleness and windows that fill a screen, on a real X server without a window manager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from deskcron.system.bus import BusThread
from deskcron.system.machine.linux import LinuxMachine
from deskcron.system.machine.xserver import has_full_screen, has_tray, idle_s
from deskcron.system.processes.posix import PosixProcesses

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("Xvfb") is None, reason="needs Linux and Xvfb"
)

FULL = "_NET_WM_STATE_FULLSCREEN"
NO_BUS = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}


@pytest.fixture(scope="module")
def display():
    """Return the name of a display of our own."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writer),
            "-screen",
            "0",
            "320x200x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as said:
        number = said.readline().strip()
    assert number
    yield f":{number}"
    server.terminate()
    server.wait()


class Manager:
    """Does to windows what a window manager does: lists them and says in which state they are."""

    def __init__(self, display: str) -> None:
        from Xlib.display import Display  # noqa: PLC0415 - Linux has it

        self._display = Display(display)
        self._root = self._display.screen().root
        self._windows: list[int] = []
        self._set(self._root, "_NET_CURRENT_DESKTOP", [0], "CARDINAL")

    def show(self, *states: str, desktop: int = 0) -> None:
        """Have one more window, in these states."""
        window = self._root.create_window(0, 0, 320, 200, 0, 24)
        self._set(window, "_NET_WM_DESKTOP", [desktop], "CARDINAL")
        atoms = [self._display.intern_atom(state) for state in states]
        self._set(window, "_NET_WM_STATE", atoms, "ATOM")
        self.list_window(window.id)

    def list_window(self, number: int) -> None:
        """Have a window in the list of all, whether there is one or not."""
        self._windows.append(number)
        self._set(self._root, "_NET_CLIENT_LIST", self._windows, "WINDOW")

    def close(self) -> None:
        """Let all windows go."""
        self._set(self._root, "_NET_CLIENT_LIST", [], "WINDOW")
        self._display.close()

    def _set(self, window, name: str, values: list[int], kind: str) -> None:
        atom = self._display.intern_atom
        window.change_property(atom(name), atom(kind), 32, values)
        self._display.sync()


@pytest.fixture
def manager(display):
    """Return a manager of windows."""
    manager = Manager(display)
    yield manager
    manager.close()


def test_nothing_fills_the_screen(display, manager) -> None:
    """No windows, ordinary ones, hidden ones and those on another desktop do not fill it."""
    assert has_full_screen(display) is False
    manager.show()
    manager.show("_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ")
    manager.show(FULL, "_NET_WM_STATE_HIDDEN")
    manager.show(FULL, desktop=1)
    assert has_full_screen(display) is False


@pytest.mark.parametrize("desktop", [0, 0xFFFFFFFF])
def test_a_window_fills_the_screen(display, manager, desktop) -> None:
    """One that is to be seen counts, also among windows that are closed meanwhile."""
    manager.list_window(0x7F00001)
    manager.show(FULL, desktop=desktop)
    assert has_full_screen(display) is True


def test_the_server_knows_the_last_touch(display) -> None:
    """Nobody touches this display."""
    first = idle_s(display)
    assert first is not None
    assert first >= 0


def test_a_panel_is_known_by_its_selection(display) -> None:
    """Who takes in icons owns a selection; without such a panel nobody does."""
    from Xlib.display import Display  # noqa: PLC0415 - Linux has it

    assert has_tray(display) is False
    panel = Display(display)
    window = panel.screen().root.create_window(0, 0, 1, 1, 0, 24)
    window.set_selection_owner(panel.intern_atom("_NET_SYSTEM_TRAY_S0"), 0)
    panel.sync()
    assert has_tray(display) is True
    panel.close()


# the library leaves sockets that found no server to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_server() -> None:
    """Without a server nothing is known."""
    assert has_full_screen(":7999") is None
    assert idle_s(":7999") is None
    assert has_tray(":7999") is None


def test_the_machine_asks_the_server_of_the_session(display, manager) -> None:
    """Under X11 the server answers; under Wayland it would know a part only and is not asked."""
    bus, processes = BusThread(NO_BUS), PosixProcesses(os.environ)
    environment = {**NO_BUS, "DISPLAY": display}
    machine = LinuxMachine(environment, processes, bus)
    assert machine.idle_s() is not None
    assert machine.is_presenting() is False
    manager.show(FULL)
    assert machine.is_presenting() is True
    environment["WAYLAND_DISPLAY"] = "wayland-0"
    assert machine.idle_s() is None
    assert machine.is_presenting() is None
    bus.close()
    processes.close()
