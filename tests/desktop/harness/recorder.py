"""Write down what is notified: a process that listens to the session bus.

recorder.py ADDRESS FILE READY    READY is made as soon as nothing can be missed
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.unpack import unpack_variants

NOTIFY = "org.freedesktop.Notifications"
SIGNATURE = "susssasa{sv}i"
URGENCIES = {0: "low", 1: "normal", 2: "critical"}
LONG = 1000
"""Values longer than this are pictures; only their length is of interest."""
RULES = (
    f"type='method_call',interface='{NOTIFY}',member='Notify'",
    f"type='signal',interface='{NOTIFY}'",
    f"type='method_return',sender='{NOTIFY}'",
    f"type='error',sender='{NOTIFY}'",
)


class Recorder:
    """Turns messages into lines of JSON; what belongs together is found when they are read."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._waiting: set[tuple[str | None, int | None]] = set()

    def seen(self, message: Message) -> bool:
        """Write down a message; True keeps the library from answering a call, as no monitor may."""
        kind = message.message_type
        if kind is MessageType.METHOD_CALL and message.member == "Notify":
            self._on_notify(message)
        elif kind in {MessageType.METHOD_RETURN, MessageType.ERROR}:
            self._on_answer(message)
        elif kind is MessageType.SIGNAL and message.interface == NOTIFY:
            self._on_signal(message)
        return kind is MessageType.METHOD_CALL

    def _on_notify(self, message: Message) -> None:
        call = (message.sender, message.serial)
        if message.signature != SIGNATURE:
            self._put("bad", signature=message.signature, arguments=repr(message.body)[:500])
            return
        app_name, replaces, icon, summary, body, actions, hints, timeout = message.body
        urgency = hints.get("urgency")
        self._put(
            "notify",
            call=call,
            app_name=app_name,
            summary=summary,
            body=body,
            actions=dict(zip(actions[::2], actions[1::2], strict=False)),
            urgency=URGENCIES.get(urgency.value, "odd") if urgency else "normal",
            urgency_type=urgency.signature if urgency else None,
            icon=icon,
            replaces=replaces,
            timeout_ms=timeout,
            hints=_small(hints),
        )
        self._waiting.add(call)

    def _on_answer(self, message: Message) -> None:
        call = (message.destination, message.reply_serial)
        if call not in self._waiting:
            return
        self._waiting.remove(call)
        if message.message_type is MessageType.ERROR:
            self._put("error", call=call, error=f"{message.error_name} {message.body}")
        else:
            self._put("id", call=call, id=message.body[0])

    def _on_signal(self, message: Message) -> None:
        if message.member == "ActionInvoked":
            self._put("invoked", id=message.body[0], action=message.body[1])
        elif message.member == "NotificationClosed":
            self._put("closed", id=message.body[0], reason=message.body[1])

    def _put(self, event: str, **fields: Any) -> None:
        line = {"event": event, **fields, "time": round(time.time(), 3)}
        self._out.write(json.dumps(line) + "\n")
        self._out.flush()


def _small(hints: Mapping[str, Variant]) -> dict[str, Any]:
    plain = unpack_variants(dict(hints))
    return {
        key: value if len(text := repr(value)) < LONG else f"<{len(text)} letters>"
        for key, value in plain.items()
    }


async def record(address: str, out: TextIO, on_ready: Callable[[], None]) -> None:
    """Listen until the bus ends."""
    bus = await MessageBus(bus_address=address).connect()
    become_monitor = Message(
        destination="org.freedesktop.DBus",
        path="/org/freedesktop/DBus",
        interface="org.freedesktop.DBus.Monitoring",
        member="BecomeMonitor",
        signature="asu",
        body=[list(RULES), 0],
    )
    bus.add_message_handler(Recorder(out).seen)
    answer = await bus.call(become_monitor)
    if answer.message_type is MessageType.ERROR:
        raise SystemExit(f"No monitor: {answer.error_name} {answer.body}")
    on_ready()
    await bus.wait_for_disconnect()


def main(address: str, file: str, ready: str) -> None:
    """Record into a file."""
    with Path(file).open("a", encoding="utf-8") as out:
        asyncio.run(record(address, out, Path(ready).touch))


if __name__ == "__main__":
    main(*sys.argv[1:])
