"""Blocking calls on a D-Bus."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusError
from dbus_fast.unpack import unpack_variants

ANSWER_S = 3.0
_DAEMON = "org.freedesktop.DBus"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class CallFailed(Exception):
    """The other side answered with an error, or not in time."""


class Bus:
    """A connection that is read only while a call waits for its answer."""

    def __init__(self, address: str) -> None:
        self._runner = asyncio.Runner()
        self._bus = self._runner.run(_connected(address))

    def close(self) -> None:
        """End the connection."""
        self._runner.run(self._ended())
        self._runner.close()

    def call(
        self,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        arguments: Sequence[Any] = (),
        *,
        within_s: float = ANSWER_S,
    ) -> Sequence[Any]:
        """Return what the call answers, its variants as plain values; raises CallFailed."""
        message = Message(
            destination=name,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(arguments),
        )
        try:
            reply = self._runner.run(asyncio.wait_for(self._bus.call(message), within_s))
        except TimeoutError:
            raise CallFailed(f"{member} of {name} did not answer within {within_s:g} s") from None
        except (DBusError, EOFError, OSError) as error:
            raise CallFailed(f"{member} of {name}: {error}") from error
        if reply.message_type is MessageType.ERROR:
            raise CallFailed(f"{member} of {name}: {reply.error_name} {reply.body}")
        return unpack_variants(reply.body)

    def has_owner(self, name: str) -> bool:
        """Tell whether somebody has this name on the bus."""
        path = "/org/freedesktop/DBus"
        return bool(self.call(_DAEMON, path, _DAEMON, "NameHasOwner", "s", [name])[0])

    def property(self, name: str, path: str, interface: str, what: str) -> Any:
        """Return a property, None where there is none."""
        try:
            return self.call(name, path, _PROPERTIES, "Get", "ss", [interface, what])[0]
        except CallFailed:
            return None

    def set_property(
        self, name: str, path: str, interface: str, what: str, signature: str, value: Any
    ) -> None:
        """Set a property; raises CallFailed."""
        arguments = [interface, what, Variant(signature, value)]
        self.call(name, path, _PROPERTIES, "Set", "ssv", arguments)

    async def _ended(self) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()


async def _connected(address: str) -> MessageBus:
    return await MessageBus(bus_address=address).connect()
