"""Asking and listening on a real bus, also over its end and return."""

from __future__ import annotations

import os
import select
import threading
from queue import SimpleQueue

from deskcron.system.bus import Bus, BusThread, Call, Listener, Signal

DEADLINE_S = 20
NAME = "org.example.Kettle"
CALL = Call(Bus.SESSION, NAME, "/kettle", NAME, "Boil", "s", ["tea"])
SIGNAL = Signal(NAME, "/kettle", NAME, "Whistled")


def listen(bus) -> tuple[SimpleQueue, SimpleQueue]:
    """Return what is heard, and when the bus was joined."""
    heard: SimpleQueue = SimpleQueue()
    joined: SimpleQueue = SimpleQueue()
    bus.listen(Listener(SIGNAL, heard.put, lambda: joined.put(None)))
    joined.get(timeout=DEADLINE_S)
    return heard, joined


def test_an_answer_arrives(daemon, bus) -> None:
    """A method gets its arguments and returns its values; a property comes as a plain value."""
    services = daemon.serve(NAME)
    services.answer(NAME, "Boil", "sv", "done", _variant("u", 100))
    services.property(NAME, "Warm", "b", True)
    assert list(bus.ask(CALL)) == ["done", 100]
    assert services.calls.get(timeout=DEADLINE_S) == ("Boil", "tea")
    assert bus.read(Bus.SYSTEM, NAME, "/kettle", NAME, "Warm") is True


def test_nobody_answers(daemon, bus) -> None:
    """A service that does not run and a method that does not exist both answer None."""
    assert bus.ask(CALL) is None
    daemon.serve(NAME)
    assert bus.ask(CALL) is None


def test_what_comes_too_late_is_given_back(daemon, bus, monkeypatch) -> None:
    """A descriptor that nobody waits for any more is closed when it comes."""
    services = daemon.serve(NAME)
    services.answer(NAME, "Boil", "s", "done")
    assert bus.ask(CALL) == ["done"]
    reader, writer = os.pipe()
    services.answer(NAME, "Boil", "h", 0, fds=[writer])
    services.keep_back()
    with monkeypatch.context() as hasty:
        hasty.setattr("deskcron.system.bus.ANSWER_S", 0.01)
        assert bus.send(CALL).result() is None
    services.calls.get(timeout=DEADLINE_S)
    services.calls.get(timeout=DEADLINE_S)
    services.hand_over()
    services.answer(NAME, "Boil", "s", "done")
    assert bus.ask(CALL) == ["done"]  # the other answer came before that
    os.close(writer)
    end = select.poll()
    end.register(reader, select.POLLIN)
    assert end.poll(DEADLINE_S * 1000)
    os.close(reader)


def test_no_bus() -> None:
    """Without a bus there is no answer, and nothing is raised."""
    bus = BusThread({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    assert bus.ask(CALL) is None
    assert bus.ask(CALL._replace(bus=Bus.SYSTEM)) is None
    bus.close()


def test_a_session_that_comes_later(daemon) -> None:
    """The environment is read at each connection, so that a later session is found."""
    environment: dict[str, str] = {}
    bus = BusThread(environment)
    daemon.serve(NAME).answer(NAME, "Boil", "s", "done")
    assert bus.ask(CALL) is None
    environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.address
    assert bus.ask(CALL) == ["done"]
    bus.close()


def test_a_signal_is_heard(daemon, bus) -> None:
    """A signal arrives with its values, until it is no longer listened to."""
    services = daemon.serve(NAME)
    heard: SimpleQueue = SimpleQueue()
    joined: SimpleQueue = SimpleQueue()
    release = bus.listen(Listener(SIGNAL, heard.put, lambda: joined.put(None)))
    other, _joined = listen(bus)
    joined.get(timeout=DEADLINE_S)
    services.signal("/kettle", NAME, "Whistled", "s", "loud")
    assert heard.get(timeout=DEADLINE_S) == ["loud"]
    assert other.get(timeout=DEADLINE_S) == ["loud"]
    release()
    bus.ask(CALL)  # after the answer the release has been carried out
    services.signal("/kettle", NAME, "Whistled", "s", "again")
    assert other.get(timeout=DEADLINE_S) == ["again"]
    assert heard.empty()


def test_signals_of_others_are_not_heard(daemon, bus) -> None:
    """The same signal by another service on the same bus is not taken for the real one."""
    heard, _joined = listen(bus)
    stranger, services = daemon.serve("org.example.Stranger"), daemon.serve(NAME)
    stranger.signal("/kettle", NAME, "Whistled", "s", "false")
    stranger.answer(NAME, "Boil", "s", "done")
    assert bus.ask(CALL._replace(service="org.example.Stranger"))  # the signal came before that
    services.signal("/kettle", NAME, "Whistled", "s", "true")
    assert heard.get(timeout=DEADLINE_S) == ["true"]


def test_the_bus_goes_away_and_returns(daemon, bus) -> None:
    """After the bus was away, it is joined again, heard again, and answers again."""
    heard, joined = listen(bus)
    daemon.stop()
    assert bus.ask(CALL) is None
    daemon.start()
    joined.get(timeout=DEADLINE_S)
    services = daemon.serve(NAME)
    services.answer(NAME, "Boil", "s", "done")
    assert bus.ask(CALL) == ["done"]
    services.signal("/kettle", NAME, "Whistled", "s", "loud")
    assert heard.get(timeout=DEADLINE_S) == ["loud"]


def test_the_end(daemon, bus) -> None:
    """After close() the thread is gone, nobody answers, and nothing is started again."""
    release = bus.listen(Listener(SIGNAL, print, print))
    bus.ask(CALL)
    bus.close()
    bus.close()
    release()
    assert bus.ask(CALL) is None
    assert "deskcron-bus" not in {thread.name for thread in threading.enumerate()}


def _variant(signature: str, value):
    from dbus_fast import Variant  # noqa: PLC0415 - Linux has it

    return Variant(signature, value)
