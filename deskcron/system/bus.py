"""Speak on the message buses of system and session, on a thread of its own that reconnects."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from enum import Enum
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

# Imports inside functions: the library takes 30 ms, which only those pay who speak on a bus.
# ruff: noqa: PLC0415

_log = logging.getLogger(__name__)

T = TypeVar("T")

ANSWER_S = 2.0
RETRY_S = 10.0
_END_S = 5.0
_DAEMON = "org.freedesktop.DBus"
_DAEMON_PATH = "/org/freedesktop/DBus"


class Bus(Enum):
    """Which bus is spoken on."""

    SYSTEM = "system"
    SESSION = "session"


class Call(NamedTuple):
    """A method of a service; one that does not run is not started for it, unless it may be."""

    bus: Bus
    service: str
    path: str
    interface: str
    member: str
    signature: str = ""
    arguments: Sequence[Any] = ()
    may_start: bool = False


class Answer(NamedTuple):
    """What a method returned: plain values, and descriptors that now belong to the caller."""

    values: Sequence[Any]
    descriptors: Sequence[int] = ()


class Signal(NamedTuple):
    """A signal of a service of the system bus; of those with a `first` argument only that one."""

    service: str
    path: str
    interface: str
    member: str
    first: str = ""

    def rule(self) -> str:
        """Return it as a match rule."""
        about = f",arg0='{self.first}'" if self.first else ""
        return (
            f"type='signal',sender='{self.service}',path='{self.path}',"
            f"interface='{self.interface}',member='{self.member}'{about}"
        )

    def is_in(self, message: Message, values: Sequence[Any]) -> bool:
        """Tell whether a message with these values is this signal."""
        said = message.path, message.interface, message.member
        is_about = not self.first or bool(values and values[0] == self.first)
        return is_about and said == (self.path, self.interface, self.member)


class Listener(NamedTuple):
    """Who wants to hear a signal; both are called on the thread of the bus and return at once.

    `joined` is called whenever the bus is reached, again or for the first time: what was said
    before is not heard any more.
    """

    signal: Signal
    heard: Callable[[Sequence[Any]], None]
    joined: Callable[[], None]


class BusThread:
    """One connection to each bus, made on first use. Never raises. Thread: any.

    `environment` is read at each connection, so that a session which comes later is found.
    """

    def __init__(self, environment: Mapping[str, str], retry_s: float = RETRY_S) -> None:
        self._environment = environment
        self._retry_s = retry_s
        self._guard = Lock()
        self._is_closed = False
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        # The rest belongs to the thread.
        self._connections: dict[Bus, tuple[str, MessageBus]] = {}
        self._connecting = {bus: asyncio.Lock() for bus in Bus}
        self._listeners: list[Listener] = []
        self._keeper: asyncio.Task[None] | None = None

    def send(self, call: Call) -> Future[Answer | None]:
        """Call a method; the result is None where nobody answers, or with an error."""
        return self._do(self._call(call))

    def ask(self, call: Call) -> Sequence[Any] | None:
        """Call a method and wait for its values, None where nobody answers within ANSWER_S."""
        answer = self.send(call).result()
        return None if answer is None else answer.values

    def read(self, bus: Bus, service: str, path: str, interface: str, name: str) -> Any:
        """Return a property as a plain value, None where there is none."""
        properties = "org.freedesktop.DBus.Properties"
        values = self.ask(Call(bus, service, path, properties, "Get", "ss", [interface, name]))
        return values[0] if values else None

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear a signal until the returned function is called, over all reconnections."""
        self._do(self._add(listener))

        def release() -> None:
            self._do(self._remove(listener))

        return release

    def close(self) -> None:
        """End connections and thread, nobody answers any more; safe to call twice."""
        with self._guard:
            self._is_closed = True
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._end(), loop)
            thread.join(_END_S)

    def _do(self, work: Coroutine[Any, Any, T | None]) -> Future[T | None]:
        """Run on the thread, which begins with the first work; after the end there is no result."""
        with self._guard:
            if self._is_closed:
                work.close()
                nothing: Future[T | None] = Future()
                nothing.set_result(None)
                return nothing
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(
                    target=_serve, args=(self._loop,), name="deskcron-bus", daemon=True
                )
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _call(self, call: Call) -> Answer | None:
        try:
            async with asyncio.timeout(ANSWER_S):
                connection = await self._connected(call.bus)
                return await _answer(connection, call)
        except Exception as error:  # noqa: BLE001 - the library raises errors of many kinds
            _log.debug("%s of %s: %r", call.member, call.service, error)
            return None

    async def _connected(self, bus: Bus) -> MessageBus:
        """Return the connection to a bus, made anew where it is gone or the session another."""
        from dbus_fast.aio import MessageBus

        async with self._connecting[bus]:
            address = _address(bus, self._environment)
            known, connection = self._connections.get(bus, ("", None))
            if connection is not None and connection.connected and known == address:
                return connection
            if connection is not None and connection.connected:
                connection.disconnect()
            connection = MessageBus(bus_address=address, negotiate_unix_fd=True)
            self._connections[bus] = address, await connection.connect()
            connection.add_message_handler(self._hear)
            return connection

    async def _keep(self) -> None:
        """Stay on the system bus for those who listen."""
        while True:
            try:
                connection = await self._connected(Bus.SYSTEM)
                for listener in tuple(self._listeners):
                    await _match(connection, "AddMatch", listener.signal)
                for listener in tuple(self._listeners):
                    listener.joined()
                await connection.wait_for_disconnect()  # type: ignore[no-untyped-call] # of the library
            except Exception as error:  # noqa: BLE001 - as above
                _log.debug("The system bus cannot be heard: %r", error)
            await asyncio.sleep(self._retry_s)

    async def _add(self, listener: Listener) -> None:
        self._listeners.append(listener)
        if self._keeper is None:
            self._keeper = asyncio.get_running_loop().create_task(self._keep())
        elif (connection := self._system()) is not None:
            await _match(connection, "AddMatch", listener.signal)
            listener.joined()

    async def _remove(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
            if (connection := self._system()) is not None:
                await _match(connection, "RemoveMatch", listener.signal)

    def _system(self) -> MessageBus | None:
        _address, connection = self._connections.get(Bus.SYSTEM, ("", None))
        return connection if connection is not None and connection.connected else None

    def _hear(self, message: Message) -> None:
        from dbus_fast import MessageType
        from dbus_fast.unpack import unpack_variants

        if message.message_type is not MessageType.SIGNAL:
            return
        values = unpack_variants(message.body)
        for listener in tuple(self._listeners):
            if listener.signal.is_in(message, values):
                listener.heard(values)

    async def _end(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
        for _address, connection in self._connections.values():
            if connection.connected:
                connection.disconnect()
        self._connections.clear()
        self._listeners.clear()
        self._keeper = None
        asyncio.get_running_loop().stop()


async def _answer(connection: MessageBus, call: Call) -> Answer | None:
    from dbus_fast import Message, MessageFlag, MessageType
    from dbus_fast.unpack import unpack_variants

    question = Message(
        destination=call.service,
        path=call.path,
        interface=call.interface,
        member=call.member,
        signature=call.signature,
        body=list(call.arguments),
        flags=MessageFlag.NONE if call.may_start else MessageFlag.NO_AUTOSTART,
    )
    asked = asyncio.ensure_future(connection.call(question))
    try:
        reply = await asyncio.shield(asked)
    except asyncio.CancelledError:
        asked.add_done_callback(_give_back)  # what comes too late may hold a lock
        raise
    if reply.message_type is not MessageType.METHOD_RETURN:
        return None
    return Answer(unpack_variants(reply.body), tuple(reply.unix_fds))


def _give_back(asked: asyncio.Future[Message]) -> None:
    """Close the descriptors in an answer that nobody waits for any more."""
    if not asked.cancelled() and asked.exception() is None:
        for descriptor in asked.result().unix_fds:
            os.close(descriptor)


async def _match(connection: MessageBus, member: str, signal: Signal) -> None:
    """Have a signal delivered or no longer delivered."""
    rule = Call(Bus.SYSTEM, _DAEMON, _DAEMON_PATH, _DAEMON, member, "s", [signal.rule()])
    await _answer(connection, rule)


def _address(bus: Bus, environment: Mapping[str, str]) -> str:
    """Return where a bus listens; raises ConnectionError where there is none."""
    if bus is Bus.SYSTEM:
        default = "unix:path=/run/dbus/system_bus_socket"
        return environment.get("DBUS_SYSTEM_BUS_ADDRESS") or default
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if address := environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    if runtime and os.path.exists(f"{runtime}/bus"):  # noqa: PTH110 - one look
        return f"unix:path={runtime}/bus"
    raise ConnectionError("there is no session")


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    """Run a loop until it is stopped, then end its tasks and give back its descriptors."""
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.get_loop().set_exception_handler(_take_note)
        runner.get_loop().run_forever()


def _take_note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell of what nobody asked for; that a bus has gone is in the answers to those who ask.

    The library sends some messages without looking at how that went.
    """
    error = context.get("exception")
    if isinstance(error, OSError | EOFError):
        _log.debug("A connection to a bus has ended: %r", error)
    else:
        loop.default_exception_handler(context)
