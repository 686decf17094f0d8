"""Inhibitor locks, taken from a logind that the test plays."""

from __future__ import annotations

import os
import select
import subprocess

import pytest

from deskcron.system.bus import Bus, BusThread, Call
from deskcron.system.keepawake import LogindKeepAwake

DEADLINE_S = 20
NAME = "org.freedesktop.login1"
MANAGER = "org.freedesktop.login1.Manager"


@pytest.fixture
def lock():
    """Return a pipe: its reader ends when nobody holds the writer any more, as logind's does."""
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)


def has_ended(reader: int) -> bool:
    """Wait for the end of a pipe."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    return bool(poll.poll(DEADLINE_S * 1000)) and os.read(reader, 1) == b""


def is_held(reader: int) -> bool:
    """Tell whether somebody still holds the writer."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    return not poll.poll(0)


def settle(bus) -> None:
    """Wait until what was asked before has been answered."""
    bus.ask(Call(Bus.SYSTEM, NAME, "/", MANAGER, "Nothing"))


def serve(daemon, writer: int):
    """Return a logind that gives its lock, and has handed it over."""
    logind = daemon.serve(NAME)
    logind.answer(MANAGER, "Inhibit", "h", 0, fds=[writer])
    return logind


def test_a_lock_is_held_until_released(daemon, bus, lock) -> None:
    """The machine is kept awake with the reason, until the release, which may come twice."""
    reader, writer = lock
    logind = serve(daemon, writer)
    awake = LogindKeepAwake(bus)
    release = awake.hold("Backup runs")
    settle(bus)
    os.close(writer)
    assert logind.calls.get(timeout=DEADLINE_S) == (
        "Inhibit", "sleep:idle", "deskcron", "Backup runs", "block",
    )  # fmt: skip
    assert is_held(reader)
    child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, close_fds=False)
    release()
    release()
    assert has_ended(reader)  # although a child lives on that was given all descriptors
    child.communicate()


def test_all_locks_end(daemon, bus, lock) -> None:
    """close() gives up what is held."""
    reader, writer = lock
    serve(daemon, writer)
    awake = LogindKeepAwake(bus)
    awake.hold("Backup runs")
    settle(bus)
    os.close(writer)
    awake.close()
    awake.close()
    assert has_ended(reader)


def test_a_release_that_overtakes_the_lock(daemon, bus, lock) -> None:
    """A lock that arrives after its release is given up at once."""
    reader, writer = lock
    serve(daemon, writer)
    LogindKeepAwake(bus).hold("A short run")()
    settle(bus)
    os.close(writer)
    assert has_ended(reader)


def test_only_idleness_may_be_forbidden(daemon, bus) -> None:
    """Where sleep may not be blocked, at least idleness is."""
    logind = daemon.serve(NAME)
    LogindKeepAwake(bus).hold("Backup runs")()
    release = LogindKeepAwake(bus).hold("Backup runs")
    asked = [logind.calls.get(timeout=DEADLINE_S)[1] for _ in range(3)]
    assert asked.count("sleep:idle") == 2
    assert "idle" in asked
    release()


def test_no_logind() -> None:
    """Without a bus holding is silent."""
    bus = BusThread({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    release = LogindKeepAwake(bus).hold("Backup runs")
    settle(bus)
    release()
    bus.close()
    LogindKeepAwake(bus).hold("Backup runs")()
