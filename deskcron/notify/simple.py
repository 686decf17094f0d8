"""Banners through plyer: fire and forget, where nothing better takes them."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
from collections.abc import Callable, Mapping

from deskcron.domain.action import Urgency
from deskcron.domain.banner import Notification, Press
from deskcron.domain.texts import gettext as _
from deskcron.notify import session
from deskcron.notify.plain import body, plain_title

logger = logging.getLogger(__name__)

SHOWN_S = 5


class PlyerBackend:
    """Show banners by plyer, which tells neither an id nor whether it worked.

    So the session is asked first whether there is somebody to take the banner.
    """

    name = "plyer"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    @property
    def label(self) -> str:
        """Name the back end for a person."""
        return _("Desktop notifications, without buttons")

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Do nothing: nothing can be pressed on these banners."""

    def is_available(self) -> bool:
        """Tell whether plyer has something to call: a session and, on Linux, notify-send."""
        return session.has_session(self._environment) and _has_program()

    def obstacle(self) -> str:
        """Say in words what keeps banners from being shown now, "" for nothing."""
        if not _has_program():
            return _("The program notify-send is not installed.")
        return session.obstacle(self._environment)

    def notify(self, notification: Notification) -> bool:
        """Show a banner; True where there is a service to take it, and no complaint."""
        try:
            can = asyncio.run(session.capabilities(self._environment))
            title, text = plain_title(notification.title), body(notification.text, can)
            _show(title, text, notification.urgency)
        except Exception as error:  # noqa: BLE001 - whatever a back end raises, no notifier does
            logger.info("plyer did not show a banner: %r", error)
            return False
        return True

    def withdraw(self, key: str) -> None:
        """Do nothing: these banners go by themselves."""

    def close(self) -> None:
        """Do nothing: plyer keeps nothing open."""


def _has_program() -> bool:
    return sys.platform != "linux" or shutil.which("notify-send") is not None


def _show(title: str, text: str, urgency: Urgency) -> None:
    if sys.platform == "linux":
        # Left alone, plyer takes a sandbox for the place it runs in wherever there is a directory
        # /app; and what its front passes on makes notify-send show every banner for ever.
        from plyer.platforms.linux.notification import (  # noqa: PLC0415 - on first use
            NotifySendNotification,
        )

        NotifySendNotification()._notify(  # noqa: SLF001 - see above
            title=title,
            message=text,
            app_name="deskcron",
            urgency=urgency.value,
            expire_time=str(SHOWN_S * 1000),
        )
    else:
        from plyer import notification as plyer  # noqa: PLC0415 - on first use

        plyer.notify(title=title, message=text, app_name="deskcron", timeout=SHOWN_S)
