"""Every Machine answers every question, in the types of the port, and raises nothing."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from deskcron.domain.action import Place
from deskcron.domain.machine import Machine
from deskcron.domain.reason import Reason, Why
from deskcron.system.bus import BusThread
from deskcron.system.machine import machine_for
from deskcron.system.machine.linux import LinuxMachine
from deskcron.system.machine.macos import MacMachine
from deskcron.system.machine.portable import PortableMachine
from deskcron.system.machine.windows import WindowsMachine
from deskcron.system.processes import processes_for

DEADLINE_S = 20
NO_BUS = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


class WindowsLibraries:
    """What Windows answers: online, touched 1.5 s ago over a wrap of the ticks, presenting."""

    def __init__(self, *, works: bool = True) -> None:
        self._works = works

    def InternetGetConnectedState(self, flags, reserved) -> int:  # noqa: N802 - its name
        return int(self._works)

    def GetLastInputInfo(self, info) -> int:  # noqa: N802 - its name
        assert info._obj.size == 8
        info._obj.tick_ms = (1 << 32) - 1000
        return int(self._works)

    def GetTickCount(self) -> int:  # noqa: N802 - its name
        return 500

    def SHQueryUserNotificationState(self, state) -> int:  # noqa: N802 - its name
        state._obj.value = 4
        return 0 if self._works else -1


class MacFrameworks:
    """What macOS answers: reachable, touched 3 s ago."""

    def __init__(self, flags: int = 2, *, works: bool = True) -> None:
        self._flags = flags
        self._works = works
        self.released: list[int] = []

    def SCNetworkReachabilityCreateWithAddress(self, allocator, address) -> int:  # noqa: N802
        assert bytes(address._obj)[:2] == bytes((16, 2))
        return 77

    def SCNetworkReachabilityGetFlags(self, target, flags) -> int:  # noqa: N802 - its name
        flags._obj.value = self._flags
        return int(self._works)

    def CFRelease(self, target) -> None:  # noqa: N802 - its name
        self.released.append(target)

    def CGEventSourceSecondsSinceLastEventType(self, state, kind) -> float:  # noqa: N802
        return 3.0


def windows(processes, *, works: bool = True) -> WindowsMachine:
    """Return the Windows machine over that."""
    return WindowsMachine(processes, *[WindowsLibraries(works=works)] * 4)


@pytest.fixture
def processes():
    """Return what starts check commands."""
    processes = processes_for(sys.platform, os.environ)
    yield processes
    if sys.platform != "win32":
        processes.close()


@pytest.fixture(params=["this system", "Linux", "Windows", "macOS", "unknown"])
def machine(request, processes) -> Iterator[Machine]:
    """Return a machine of each kind."""
    bus = BusThread(NO_BUS)
    yield {
        "this system": lambda: machine_for(NO_BUS, processes, bus),
        "Linux": lambda: LinuxMachine(NO_BUS, processes, bus),
        "Windows": lambda: windows(processes),
        "macOS": lambda: MacMachine(processes, MacFrameworks(), MacFrameworks()),
        "unknown": lambda: PortableMachine(processes),
    }[request.param]()
    bus.close()


def test_every_question_is_answered(machine) -> None:
    """Booleans are booleans, amounts lie where they can lie, and None is for what is unknown."""
    for truth in (machine.on_mains(), machine.is_online(), machine.is_presenting()):
        assert truth in {True, False, None}
    percent = machine.battery_percent()
    assert percent is None or 0 <= percent <= 100
    for amount in (machine.idle_s(), machine.load()):
        assert amount is None or amount >= 0


def test_places(machine, tmp_path) -> None:
    """A folder is present and has room; what is missing is not, and its room is unknown."""
    assert machine.is_present(str(tmp_path))
    assert machine.free_bytes(str(tmp_path)) > 0
    assert not machine.is_present(str(tmp_path / "none"))
    assert machine.free_bytes(str(tmp_path / "none")) is None


def test_programs(machine) -> None:
    """This very program runs, and one that nobody has written does not."""
    assert machine.is_running(sys.executable)
    assert not machine.is_running("no-such-program-of-anybody")


def test_load(machine) -> None:
    """The load is per processor: that of the system, divided."""
    load = machine.load()
    assert load is not None
    assert load <= os.getloadavg()[0] + 1


@POSIX
def test_checks(machine) -> None:
    """A shell line answers with its exit code or the signal that ended it."""
    assert machine.check("true", DEADLINE_S, Place()) == 0
    assert machine.check("false || exit 3", DEADLINE_S, Place()) == 3
    assert machine.check("kill -TERM $$", DEADLINE_S, Place()) == -signal.SIGTERM
    assert machine.check("no-such-program 2>/dev/null", DEADLINE_S, Place()) == 127


@POSIX
def test_checks_in_a_place(machine, tmp_path) -> None:
    """A shell line starts where its job starts and finds what that finds, or says why not."""
    own = tmp_path / "own-check"
    own.write_text('#!/bin/sh\n[ "$PWD:$ONE:$TWO" = /:1:2 ]\n')
    own.chmod(0o700)
    base = {"PATH": f"{tmp_path}:/usr/bin:/bin", "ONE": "1"}
    assert machine.check("own-check", DEADLINE_S, Place("/", {"TWO": "2"}, base)) == 0
    nowhere = str(tmp_path / "nowhere")
    why = Why(Reason.DIRECTORY_MISSING, {"path": nowhere})
    assert machine.check("true", DEADLINE_S, Place(nowhere)) == why


@POSIX
def test_a_check_that_does_not_end(machine, tmp_path) -> None:
    """It is ended with its whole tree when the time is over, and answers None."""
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    begun = time.monotonic()
    line = f"exec 3> '{fifo}'; (read forever < '{fifo}') & read forever < '{fifo}'; wait"
    assert machine.check(line, 0.3, Place()) is None
    assert time.monotonic() - begun < DEADLINE_S
    ended: list[bytes] = []
    watcher = threading.Thread(target=lambda: ended.append(os.read(reader, 1)), daemon=True)
    watcher.start()
    watcher.join(DEADLINE_S)
    os.close(reader)
    assert ended == [b""]


@POSIX
def test_checks_that_go_on_are_ended(machine, tmp_path) -> None:
    """Ending the checks ends their whole trees long before their time."""
    fifo, answers = tmp_path / "alive", queue.SimpleQueue()
    os.mkfifo(fifo)
    line = f"(exec sleep 3600 > '{fifo}') & wait"
    check = threading.Thread(
        target=lambda: answers.put(machine.check(line, 3600, Place())), daemon=True
    )
    check.start()
    with fifo.open("rb") as reader:  # which waits until the check has begun
        while check.is_alive():
            machine.end_checks()
            check.join(0.01)
        assert reader.read() == b""
    assert answers.get(timeout=DEADLINE_S) == -signal.SIGKILL


def test_windows_answers(processes) -> None:
    """Its libraries are read correctly, and one that refuses makes the answer unknown."""
    machine = windows(processes)
    assert machine.is_online() is True
    assert machine.idle_s() == 1.5
    assert machine.is_presenting() is True
    refusing = windows(processes, works=False)
    assert refusing.is_online() is False
    assert refusing.idle_s() is None
    assert refusing.is_presenting() is None


def test_macos_answers(processes) -> None:
    """Reachable without a dial-up counts as online, and what was created is given back."""
    frameworks = MacFrameworks()
    machine = MacMachine(processes, frameworks, frameworks)
    assert machine.is_online() is True
    assert machine.idle_s() == 3.0
    assert frameworks.released == [77]
    for flags in (0, 2 | 4):
        assert MacMachine(processes, frameworks, MacFrameworks(flags)).is_online() is False
    assert MacMachine(processes, frameworks, MacFrameworks(works=False)).is_online() is None
