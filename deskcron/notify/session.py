"""The person's session: whether there is one, and whether its notification service answers."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping

from deskcron.domain.texts import gettext as _

ANSWER_S = 5.0
"""A service that has to be started first may take a moment."""
_SERVICE = "org.freedesktop.Notifications"
_OBJECT = "/org/freedesktop/Notifications"


class NoService(Exception):
    """The session has no notification service that answers."""


def has_session(environment: Mapping[str, str]) -> bool:
    """Tell whether this process belongs to a session that can show banners."""
    return sys.platform in {"win32", "darwin"} or bool(_bus_address(environment))


def obstacle(environment: Mapping[str, str]) -> str:
    """Say in words why the session shows no banners, "" where it does; may take seconds."""
    if not has_session(environment):
        return _("This process belongs to no desktop session.")
    try:
        asyncio.run(capabilities(environment))
    except NoService:
        return _("No notification service answers in this session.")
    return ""


async def capabilities(environment: Mapping[str, str]) -> frozenset[str]:
    """Return what the notification service can do, which starts it; raises NoService.

    Windows and macOS have a service that tells nothing.
    """
    if sys.platform in {"win32", "darwin"}:
        return frozenset()
    address = _bus_address(environment)
    if not address:
        raise NoService
    from dbus_fast import AuthError  # noqa: PLC0415 - 30 ms, on first use

    try:
        return await asyncio.wait_for(_ask(address), ANSWER_S)
    except (OSError, EOFError, ValueError, AuthError) as error:  # no bus, or one that talks wrong
        raise NoService(str(error)) from error


async def _ask(address: str) -> frozenset[str]:
    from dbus_fast import Message, MessageType  # noqa: PLC0415 - as above
    from dbus_fast.aio import MessageBus  # noqa: PLC0415 - as above

    bus = await MessageBus(bus_address=address).connect()
    try:
        question = Message(
            destination=_SERVICE, path=_OBJECT, interface=_SERVICE, member="GetCapabilities"
        )
        answer = await bus.call(question)
    finally:
        bus.disconnect()
    if answer.message_type is not MessageType.METHOD_RETURN:
        raise NoService(str(answer))
    return frozenset(answer.body[0])


def _bus_address(environment: Mapping[str, str]) -> str:
    """Return where the session's message bus listens, "" where there is none."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if not address and runtime and os.path.exists(f"{runtime}/bus"):  # noqa: PTH110 - one look
        return f"unix:path={runtime}/bus"
    return address
