"""Inhibitor locks, taken from a logind that the test plays."""

from __future__ import annotations

import os
import select
import subprocess
from threading import Event

import pytest

from deskcron.domain.machine import Wakefulness
from deskcron.system.bus import Bus, BusThread, Call
from deskcron.system.keepawake import LogindKeepAwake, wakefulness

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


def arrive(daemon, writer: int, *ways: str):
    """Return a logind that gives its lock for these ways from the first moment on."""
    given = {(MANAGER, "Inhibit", way): ("h", [0], [writer]) for way in ways or ("sleep:idle",)}
    return daemon.serve(NAME, answers=given)


def nobody() -> None:
    """Take no notice."""


def test_a_lock_is_held_until_released(daemon, bus, lock) -> None:
    """The machine is kept awake with the reason, until the release, which may come twice."""
    reader, writer = lock
    logind = serve(daemon, writer)
    awake = LogindKeepAwake(bus)
    release = awake.hold("Backup runs", nobody)
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
    awake.hold("Backup runs", nobody)
    settle(bus)
    os.close(writer)
    awake.close()
    awake.close()
    assert has_ended(reader)


def test_a_release_that_overtakes_the_lock(daemon, bus, lock) -> None:
    """A lock that arrives after its release is given up at once."""
    reader, writer = lock
    serve(daemon, writer)
    LogindKeepAwake(bus).hold("A short run", nobody)()
    settle(bus)
    os.close(writer)
    assert has_ended(reader)


def test_only_idleness_may_be_forbidden(daemon, bus, lock) -> None:
    """Where sleep may not be blocked, at least idleness is."""
    reader, writer = lock
    logind = arrive(daemon, writer, "idle")
    release = LogindKeepAwake(bus).hold("Backup runs", nobody)
    asked = [logind.calls.get(timeout=DEADLINE_S)[1] for _ in range(2)]
    assert asked == ["sleep:idle", "idle"]
    settle(bus)
    os.close(writer)
    assert is_held(reader)
    release()
    assert has_ended(reader)


def test_no_logind(expected_logs) -> None:
    """Without a bus it is logged and told while it is wanted, and nothing else happens."""
    failed = Event()
    bus = BusThread({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    release = LogindKeepAwake(bus).hold("Backup runs", failed.set)
    assert failed.wait(DEADLINE_S)
    release()
    bus.close()
    LogindKeepAwake(bus).hold("Backup runs", nobody)()
    assert all("no lock: Backup runs" in record.getMessage() for record in expected_logs)
    expected_logs.clear()


def test_it_is_told_once_that_there_is_no_lock(daemon, bus, expected_logs) -> None:
    """A logind that has come back and refuses again is nothing new."""
    failed = Event()
    before = daemon.serve(NAME)
    release = LogindKeepAwake(bus).hold("Backup runs", failed.set)
    assert failed.wait(DEADLINE_S)
    before.close()
    logind = daemon.serve(NAME)
    while logind.calls.get(timeout=DEADLINE_S)[1] != "idle":
        pass
    settle(bus)
    release()
    assert len(expected_logs) == 1
    expected_logs.clear()


@pytest.mark.parametrize("lacks_bus", [True, False])
def test_a_lock_is_taken_when_logind_comes(daemon, bus, lock, expected_logs, lacks_bus) -> None:
    """What was refused as nobody was there is asked for again when somebody is."""
    failed = Event()
    reader, writer = lock
    if lacks_bus:
        daemon.stop()
    release = LogindKeepAwake(bus).hold("Backup runs", failed.set)
    assert failed.wait(DEADLINE_S)
    if lacks_bus:
        daemon.start()
    logind = arrive(daemon, writer)
    assert logind.calls.get(timeout=DEADLINE_S)[0] == "Inhibit"
    settle(bus)
    os.close(writer)
    assert is_held(reader)
    release()
    assert has_ended(reader)
    expected_logs.clear()


def test_a_lock_that_logind_has_lost_is_taken_again(daemon, bus, lock) -> None:
    """A logind that has come back is asked for what nobody looks at any more."""
    reader, writer = lock
    lost_reader, lost_writer = os.pipe()
    before = arrive(daemon, lost_writer)
    release = LogindKeepAwake(bus).hold("Backup runs", nobody)
    assert before.calls.get(timeout=DEADLINE_S)[0] == "Inhibit"
    settle(bus)
    before.close()
    os.close(lost_writer)
    os.close(lost_reader)
    after = arrive(daemon, writer)
    assert after.calls.get(timeout=DEADLINE_S)[0] == "Inhibit"
    settle(bus)
    os.close(writer)
    assert is_held(reader)
    release()
    assert has_ended(reader)


def test_a_lock_that_logind_has_kept_is_enough(daemon, bus, lock) -> None:
    """A logind that has come back with its locks is not asked again."""
    reader, writer = lock
    before = arrive(daemon, writer)
    release = LogindKeepAwake(bus).hold("Backup runs", nobody)
    assert before.calls.get(timeout=DEADLINE_S)[0] == "Inhibit"
    settle(bus)
    before.close()
    after = arrive(daemon, writer)
    for _turn in range(2):
        settle(bus)
        assert after.calls.get(timeout=DEADLINE_S)[0] == "Nothing"
    os.close(writer)
    release()
    assert has_ended(reader)


@pytest.mark.parametrize(
    ("ways", "reached"),
    [
        (("sleep:idle", "idle"), Wakefulness.WHATEVER_HAPPENS),
        (("idle",), Wakefulness.UNLESS_TOLD),
        (("nothing that is asked for",), Wakefulness.NONE),
    ],
)
def test_how_far_it_can_be_kept_awake(daemon, environment, lock, ways, reached) -> None:
    """It is tried, and what was given for the trial is given back."""
    reader, writer = lock
    arrive(daemon, writer, *ways)
    assert wakefulness(environment) is reached
    os.close(writer)
    daemon.stop()
    assert has_ended(reader)
