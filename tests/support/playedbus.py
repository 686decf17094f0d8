"""A real message bus of the test's own, and services on it that answer from a table."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from types import MappingProxyType

DEADLINE_S = 20
PROPERTIES = "org.freedesktop.DBus.Properties"
NONE: Mapping[tuple, tuple] = MappingProxyType({})
HAS_BUS = sys.platform == "linux" and shutil.which("dbus-daemon") is not None


class Services:
    """Services that answer calls from a table, remember them, and send signals."""

    def __init__(
        self, address: str, names: tuple[str, ...], answers: Mapping[tuple, tuple]
    ) -> None:
        self._address = address
        self._names = names
        self._loop = asyncio.new_event_loop()
        self._bus = None
        self._ready = Event()
        self.answers = dict(answers)
        self.calls: SimpleQueue[tuple] = SimpleQueue()
        self._is_slow = False
        self._kept_back: list = []
        self._thread = Thread(target=lambda: self._loop.run_until_complete(self._serve()))
        self._thread.start()
        assert self._ready.wait(DEADLINE_S)

    def answer(self, interface: str, member: str, signature: str, *values, fds=()) -> None:
        """Have a method answered like this from now on."""
        self.answers[interface, member] = (signature, list(values), list(fds))

    def property(self, interface: str, name: str, signature: str, value, path: str = "") -> None:
        """Have a property of all objects, or of the one at `path`, from now on."""
        self.answers[interface, name, path] = (signature, value)

    def signal(self, path: str, interface: str, member: str, signature: str, *values) -> None:
        """Send a signal."""
        from dbus_fast import Message  # noqa: PLC0415 - Linux has it

        message = Message.new_signal(path, interface, member, signature, list(values))
        self._loop.call_soon_threadsafe(self._bus.send, message)

    def keep_back(self) -> None:
        """Give no answer from now on."""
        self._is_slow = True

    def hand_over(self) -> None:
        """Give the answers that were kept back, and those to come."""
        self._is_slow = False
        self._loop.call_soon_threadsafe(lambda: [*map(self._bus.send, self._kept_back)])

    def close(self) -> None:
        """Leave the bus."""
        with suppress(RuntimeError):  # it has ended with the bus
            self._loop.call_soon_threadsafe(self._bus.disconnect)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        from dbus_fast.aio import MessageBus  # noqa: PLC0415 - Linux has it

        asyncio.get_running_loop().set_exception_handler(_without_ends)
        bus = MessageBus(bus_address=self._address, negotiate_unix_fd=True)
        self._bus = await bus.connect()
        self._bus.add_message_handler(self._answer)
        for name in self._names:
            await self._bus.request_name(name)
        self._ready.set()
        with suppress(OSError, EOFError):  # the bus has gone
            await self._bus.wait_for_disconnect()

    def _answer(self, message):
        from dbus_fast import Message, MessageType, Variant  # noqa: PLC0415 - Linux has it

        if message.message_type is not MessageType.METHOD_CALL:
            return None
        self.calls.put((message.member, *message.body))
        if message.interface == PROPERTIES and message.member == "Get":
            for path in (message.path, ""):
                if found := self.answers.get((*message.body, path)):
                    return Message.new_method_return(message, "v", [Variant(*found)])
        asked = message.interface, message.member
        about = [one for one in message.body[:1] if isinstance(one, str)]
        found = self.answers.get((*asked, *about)) or self.answers.get(asked)
        if found is None:
            name = "org.freedesktop.DBus.Error.UnknownMethod"
            return Message.new_error(message, name, "not in the table")
        answer = Message.new_method_return(message, *found)
        if self._is_slow:
            self._kept_back.append(answer)
            return True
        return answer


def _without_ends(loop, context):
    """Say nothing of messages that were on their way when the bus ended."""
    if not isinstance(context.get("exception"), OSError | EOFError):
        loop.default_exception_handler(context)


class PlayedBus:
    """A bus that can go away and come back at its address."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.address = f"unix:path={home}/bus"
        self._process: subprocess.Popen[bytes] | None = None
        self._services: list[Services] = []

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

    def serve(self, *names: str, answers: Mapping[tuple, tuple] = NONE) -> Services:
        """Have these names served, with answers from the first moment on.

        They go by interface and method, or by these and the first argument.
        """
        self._services.append(Services(self.address, names, answers))
        return self._services[-1]

    def stop(self) -> None:
        """End it and its services."""
        for services in self._services:
            services.close()
        self._services.clear()
        if self._process is not None and self._process.stdout:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            (self._home / "bus").unlink(missing_ok=True)
        self._process = None
