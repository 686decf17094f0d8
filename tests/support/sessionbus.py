"""A session bus of the test's own, and a notification service on it that shows nothing."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

DEADLINE_S = 20
NAME = "org.freedesktop.Notifications"
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
