"""Banners through desktop-notifier: urgency and buttons, on an asyncio loop of its own thread."""

from __future__ import annotations

import asyncio
import html
import logging
import os
import sys
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

from deskcron.domain.action import Urgency
from deskcron.domain.ports import Notification
from deskcron.notify.plain import plain_text, plain_title

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier
    from desktop_notifier import Urgency as Level

logger = logging.getLogger(__name__)

ANSWER_S = 5.0


class DesktopNotifierBackend:
    """Show banners by the session's notification service, which is loaded at first use."""

    name = "desktop-notifier"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._notifier: DesktopNotifier | None = None

    def is_available(self) -> bool:
        """Tell whether there is a session to show banners in."""
        return has_session(self._environment)

    def notify(self, notification: Notification) -> bool:
        """Show a banner and tell whether the service took it."""
        try:
            return self._send(notification)
        except Exception as error:  # noqa: BLE001 - whatever a back end raises, no notifier does
            logger.info("desktop-notifier did not show a banner: %r", error)
            return False

    def close(self) -> None:
        """End the loop and its thread; safe to call twice."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=ANSWER_S)
        self._loop = self._thread = self._notifier = None

    def _send(self, notification: Notification) -> bool:
        from desktop_notifier import (  # noqa: PLC0415 - 60 ms and an event loop, on first use
            DesktopNotifier,
        )
        from desktop_notifier import Urgency as Level  # noqa: PLC0415 - as above

        if self._notifier is None:
            # its failures are told by our answer, without a traceback each
            logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
            self._notifier = DesktopNotifier(app_name="deskcron")
        level = {
            Urgency.LOW: Level.Low,
            Urgency.NORMAL: Level.Normal,
            Urgency.CRITICAL: Level.Critical,
        }[notification.urgency]
        showing = _shown(self._notifier, notification, level)
        answering = asyncio.run_coroutine_threadsafe(
            asyncio.wait_for(showing, ANSWER_S), self._running_loop()
        )
        return answering.result(2 * ANSWER_S)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = Thread(
                target=_serve, args=(self._loop,), name="deskcron-banners", daemon=True
            )
            self._thread.start()
        return self._loop


async def _shown(notifier: DesktopNotifier, notification: Notification, level: Level) -> bool:
    """Show a banner; the library raises nothing, but knows what the service has taken."""
    identifier = await notifier.send(
        title=plain_title(notification.title),
        message=html.escape(plain_text(notification.text), quote=False),
        urgency=level,
    )
    return identifier in await notifier.get_current_notifications()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    """Run a loop until it is stopped, then end its tasks and give back its descriptors."""
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.get_loop().run_forever()


def has_session(environment: Mapping[str, str]) -> bool:
    """Tell whether this process belongs to a session that can show banners."""
    if sys.platform in {"win32", "darwin"}:
        return True
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR")
    return bool(runtime) and os.path.exists(f"{runtime}/bus")  # noqa: PTH110 - one look
