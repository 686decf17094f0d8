"""Banners over a real session bus: taken, pressed, and taken again after the bus was away."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, Button, Deed, Notification, Press
from deskcron.notify.desktop import DesktopNotifierBackend
from deskcron.notify.session import capabilities, obstacle

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None,
    reason="needs Linux and dbus-daemon",
)

DEADLINE_S = 20
NAME = "org.freedesktop.Notifications"
BANNER = Notification(
    "k", "Tea", "a < b", Urgency.NORMAL, (Button(Deed.DONE, "Done"),), About(entry_id=7)
)
INTERFACE = f"""<node><interface name="{NAME}">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""


class Service:
    """A notification service that shows nothing and remembers everything."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._bus = None
        self.shown: SimpleQueue[tuple] = SimpleQueue()
        self.closed: SimpleQueue[int] = SimpleQueue()
        self._last = 0
        self._ready = Event()
        self._thread = Thread(target=lambda: self._loop.run_until_complete(self._serve()))
        self._thread.start()
        assert self._ready.wait(DEADLINE_S)

    async def _serve(self) -> None:
        from dbus_fast.aio import MessageBus  # noqa: PLC0415 - Linux has it

        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(NAME)
        self._ready.set()
        with suppress(OSError, EOFError):  # the bus has gone
            await self._bus.wait_for_disconnect()

    def _answer(self, message):
        from dbus_fast import Message  # noqa: PLC0415 - Linux has it

        if message.member == "Introspect":
            return Message.new_method_return(message, "s", [INTERFACE])
        if message.interface != NAME:
            return None
        if message.member == "GetCapabilities":
            return Message.new_method_return(message, "as", [["actions", "body-markup"]])
        if message.member == "GetServerInformation":
            return Message.new_method_return(message, "ssss", ["test", "test", "1", "1.2"])
        if message.member == "CloseNotification":
            self.closed.put(message.body[0])
            return Message.new_method_return(message)
        self._last += 1
        self.shown.put((self._last, *message.body[3:6]))
        return Message.new_method_return(message, "u", [self._last])

    def press(self, number: int, action: str) -> None:
        """Press a button."""
        from dbus_fast import Message  # noqa: PLC0415 - Linux has it

        path = f"/{NAME.replace('.', '/')}"
        signal = Message.new_signal(path, NAME, "ActionInvoked", "us", [number, action])
        self._loop.call_soon_threadsafe(self._bus.send, signal)

    def close(self) -> None:
        """Leave the bus."""
        self._loop.call_soon_threadsafe(self._bus.disconnect)
        self._thread.join()
        self._loop.close()


class Bus:
    """A session bus that can go away and come back at its address."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.address = f"unix:path={home}/bus"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._process = subprocess.Popen(
            [
                "dbus-daemon", "--session", "--nofork", "--nopidfile",
                f"--address={self.address}", "--print-address",
            ],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout
        assert self._process.stdout.readline()

    def stop(self) -> None:
        """End it."""
        if self._process is not None and self._process.stdout:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            (self._home / "bus").unlink(missing_ok=True)
        self._process = None


@pytest.fixture
def bus(tmp_path, monkeypatch):
    """Return a running session bus that this process belongs to."""
    bus = Bus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def environment(bus):
    """Return the environment of the session."""
    return {"DBUS_SESSION_BUS_ADDRESS": bus.address}


@pytest.fixture
def service(bus):
    """Return a notification service in the session."""
    service = Service(bus.address)
    yield service
    service.close()


@pytest.fixture
def backend(environment):
    """Return the back end, and what was pressed."""
    backend = DesktopNotifierBackend(environment, Path("/icon.svg"))
    yield backend
    backend.close()


def listen(backend) -> SimpleQueue[Press]:
    """Return where presses arrive."""
    pressed: SimpleQueue[Press] = SimpleQueue()
    backend.listen(pressed.put)
    return pressed


def test_a_banner_is_taken_and_pressed(service, backend) -> None:
    """Title and escaped text arrive with the buttons, and a press comes back."""
    pressed = listen(backend)
    assert backend.notify(BANNER)
    number, title, text, actions = service.shown.get(timeout=DEADLINE_S)
    assert (title, text) == ("Tea", "a &lt; b")
    assert dict(zip(actions[::2], actions[1::2], strict=True))["done"] == "Done"
    service.press(number, "done")
    assert pressed.get(timeout=DEADLINE_S) == Press(Deed.DONE, About(entry_id=7))


def test_a_banner_is_replaced_and_withdrawn(service, backend) -> None:
    """A newer banner of the same key closes the older, and withdrawing closes it as well."""
    for _ in range(2):
        assert backend.notify(BANNER)
    assert service.closed.get(timeout=DEADLINE_S) == 1
    backend.withdraw("k")
    assert service.closed.get(timeout=DEADLINE_S) == 2


def test_a_session_without_a_service(bus, backend, environment) -> None:
    """A bus on which nobody shows banners takes none, and that is said."""
    assert not backend.notify(BANNER)
    assert "No notification service" in obstacle(environment)


def test_a_service_that_answers(service, environment) -> None:
    """A service in the session is no obstacle, and says what it can do."""
    assert obstacle(environment) == ""
    assert "body-markup" in asyncio.run(capabilities(environment))


def test_a_service_that_comes_back(bus, backend) -> None:
    """A banner goes to the service that is there, whichever was there before."""
    pressed = listen(backend)
    first = Service(bus.address)
    assert backend.notify(BANNER)
    first.close()
    assert not backend.notify(BANNER)
    second = Service(bus.address)
    assert backend.notify(BANNER)
    second.press(second.shown.get(timeout=DEADLINE_S)[0], "default")
    assert pressed.get(timeout=DEADLINE_S).deed is Deed.SHOW
    second.close()


def test_a_bus_that_goes_away_and_comes_back(bus, backend) -> None:
    """While the bus is away no banner is taken; when it is back the next one is, with buttons."""
    pressed = listen(backend)
    before = Service(bus.address)
    assert backend.notify(BANNER)
    bus.stop()
    before._thread.join()
    before._loop.close()
    assert not backend.notify(BANNER)
    assert backend.obstacle()
    bus.start()
    after = Service(bus.address)
    assert backend.notify(BANNER)
    after.press(after.shown.get(timeout=DEADLINE_S)[0], "done")
    assert pressed.get(timeout=DEADLINE_S).deed is Deed.DONE
    after.close()
