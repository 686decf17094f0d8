"""Banners through desktop-notifier: urgency and buttons, on an asyncio loop of its own thread."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskcron.domain.action import Urgency
from deskcron.domain.banner import BannerAction, Notification, Press
from deskcron.domain.texts import gettext as _
from deskcron.notify import session
from deskcron.notify.loop import LoopThread
from deskcron.notify.plain import body, plain_title

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

# Imports inside functions: the library takes 60 ms, which only those pay who show a banner.
# ruff: noqa: PLC0415

logger = logging.getLogger(__name__)

ANSWER_S = 5.0


class DesktopNotifierBackend:
    """Show banners by the session's notification service, over one connection that is kept.

    What is pressed is told on that connection only. It is made anew when it has broken.
    """

    name = "desktop-notifier"

    def __init__(self, environment: Mapping[str, str], icon: Path) -> None:
        self._environment = environment
        self._icon = icon
        self._pressed: Callable[[Press], None] = _ignore
        self._loop = LoopThread("deskcron-banners")
        self._notifier: DesktopNotifier | None = None
        self._capabilities: frozenset[str] = frozenset()
        self._shown: dict[str, str] = {}

    @property
    def label(self) -> str:
        """Name the back end for a person."""
        return _("Desktop notifications, with buttons")

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report what is pressed on banners from now on."""
        self._pressed = pressed

    def is_available(self) -> bool:
        """Tell whether there is a session to show banners in."""
        return session.has_session(self._environment) and not _needs_bundle()

    def obstacle(self) -> str:
        """Say in words what keeps banners from being shown now, "" for nothing."""
        if _needs_bundle():
            return _("macOS lets only installed applications show these banners.")
        return session.obstacle(self._environment)

    def notify(self, notification: Notification) -> bool:
        """Show a banner and tell whether the service took it."""
        was_connected = self._notifier is not None
        if self._attempt(self._show(notification)):
            return True
        # The service or its bus has come back since: another connection may reach it.
        return was_connected and self._attempt(self._show(notification))

    def withdraw(self, key: str) -> None:
        """Take a banner away where it still is."""
        if key in self._shown:
            self._attempt(self._take_away(key))

    def close(self) -> None:
        """End the connection, the loop and its thread; safe to call twice."""
        if self._loop.is_running():
            self._attempt(self._disconnect())
        self._loop.close()
        self._shown.clear()

    def _attempt(self, work: Coroutine[Any, Any, bool]) -> bool:
        """Run on the loop; where that fails the connection is given up."""
        try:
            has_worked = self._loop.run(work, ANSWER_S)
        except Exception as error:  # noqa: BLE001 - whatever the library raises, no notifier does
            logger.info("desktop-notifier failed: %r", error)
            has_worked = False
        if not has_worked and self._notifier is not None:
            self._attempt(self._disconnect())
        return has_worked

    async def _show(self, notification: Notification) -> bool:
        """Show a banner; the library raises nothing, but knows what the service has taken."""
        from desktop_notifier import Button

        notifier = await self._connected()
        await self._take_away(notification.key)
        identifier = await notifier.send(
            title=plain_title(notification.title),
            message=body(notification.text, self._capabilities),
            urgency=_level(notification.urgency),
            buttons=[
                Button(
                    title=button.label,
                    identifier=button.deed.value,
                    on_pressed=self._pressing(button.deed, notification),
                )
                for button in notification.buttons
            ],
            on_clicked=self._pressing(BannerAction.SHOW, notification),
        )
        there = await notifier.get_current_notifications()
        self._shown = {key: shown for key, shown in self._shown.items() if shown in there}
        if identifier in there:
            self._shown[notification.key] = identifier
        return identifier in there

    def _pressing(self, deed: BannerAction, notification: Notification) -> Callable[[], None]:
        return partial(self._pressed, Press(deed, notification.about))

    async def _take_away(self, key: str) -> bool:
        """Close a banner unless that has been done; the library cannot replace one."""
        identifier = self._shown.pop(key, None)
        if identifier is None or self._notifier is None:
            return True
        if identifier in await self._notifier.get_current_notifications():
            await self._notifier.clear(identifier)
        return True

    async def _connected(self) -> DesktopNotifier:
        """Return the library's notifier, made anew where its bus has gone; raises NoService."""
        bus = self._bus()
        if bus is not None and not bus.connected:
            self._notifier = None
        if self._notifier is None:
            from desktop_notifier import DesktopNotifier, Icon

            # its failures are told by our answer, without a traceback each
            logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
            self._capabilities = await session.capabilities(self._environment)
            self._notifier = DesktopNotifier(app_name="deskcron", app_icon=Icon(path=self._icon))
            self._shown = {}
        return self._notifier

    async def _disconnect(self) -> bool:
        """Give up the connection, which the library itself never does."""
        bus = self._bus()
        self._notifier = None
        if bus is not None and bus.connected:
            bus.disconnect()
        return True

    def _bus(self) -> Any:  # of dbus-fast on Linux, None elsewhere; the library does not say
        return getattr(getattr(self._notifier, "_backend", None), "bus", None)


def _level(urgency: Urgency) -> Any:  # the library is imported on first use
    from desktop_notifier import Urgency as Level

    return {
        Urgency.LOW: Level.Low,
        Urgency.NORMAL: Level.Normal,
        Urgency.CRITICAL: Level.Critical,
    }[urgency]


def _needs_bundle() -> bool:
    """Tell whether the system shows no banners of a program that is not installed as one."""
    if sys.platform != "darwin":
        return False
    from desktop_notifier.backends.dummy import DummyNotificationCenter
    from desktop_notifier.main import get_backend_class

    return issubclass(get_backend_class(), DummyNotificationCenter)


def _ignore(press: Press) -> None:
    """Leave a press alone, as nobody listens."""
    del press
