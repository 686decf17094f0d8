"""Banners through plyer: fire and forget, where nothing better takes them."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Mapping

from deskcron.domain.ports import Notification
from deskcron.notify.desktop import has_session
from deskcron.notify.plain import plain_text, plain_title

logger = logging.getLogger(__name__)

SHOWN_S = 5
ANSWER_S = 5.0


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
        """Show a banner and tell whether there was no complaint."""
        try:
            _show(plain_title(notification.title), plain_text(notification.text))
        except Exception as error:  # noqa: BLE001 - whatever a back end raises, no notifier does
            logger.info("plyer did not show a banner: %r", error)
            return False
        return True

    def close(self) -> None:
        """Do nothing: plyer keeps nothing open."""


def _show(title: str, text: str) -> None:
    if sys.platform == "linux":
        # What plyer calls here, too; but plyer does not look whether it worked.
        program = shutil.which("notify-send") or "notify-send"
        length_ms = SHOWN_S * 1000
        subprocess.run(
            [program, "--app-name=deskcron", f"--expire-time={length_ms}", "--", title, text],
            check=True,
            timeout=ANSWER_S,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return
    from plyer import notification as plyer  # noqa: PLC0415 - on first use

    plyer.notify(title=title, message=text, app_name="deskcron", timeout=SHOWN_S)
