"""Banners through plyer: fire and forget, where nothing better takes them."""

from __future__ import annotations

import logging
import shutil
import sys
import warnings
from collections.abc import Mapping

from deskcron.domain.ports import Notification
from deskcron.notify.desktop import has_session
from deskcron.notify.plain import plain_text, plain_title

logger = logging.getLogger(__name__)

SHOWN_S = 5


class PlyerBackend:
    """Show banners by plyer, which tells neither an id nor whether it worked."""

    name = "plyer"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def is_available(self) -> bool:
        """Tell whether plyer has something to call: a session and, on Linux, notify-send."""
        if not has_session(self._environment):
            return False
        return sys.platform != "linux" or shutil.which("notify-send") is not None

    def notify(self, notification: Notification) -> bool:
        """Show a banner and tell whether plyer had no complaint."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # plyer warns that dbus-python is missing
                from plyer import notification as plyer  # noqa: PLC0415 - on first use

                plyer.notify(
                    title=plain_title(notification.title),
                    message=plain_text(notification.text),
                    app_name="deskcron",
                    timeout=SHOWN_S,
                )
        except Exception as error:  # noqa: BLE001 - whatever a back end raises, no notifier does
            logger.info("plyer did not show a banner: %r", error)
            return False
        return True

    def close(self) -> None:
        """Do nothing: plyer keeps nothing open."""
