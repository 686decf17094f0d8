"""Banners beside the icon in the panel: no buttons, for desktops that have nothing better."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deskcron.domain.banner import About, BannerAction, Notification, Press
from deskcron.domain.texts import gettext as _
from deskcron.gui.tray.icon import TrayIcon

logger = logging.getLogger(__name__)

ANSWER_S = 1.0
"""A GUI thread that does not answer within this time shows nothing."""


class _Question(NamedTuple):
    """To be answered on the GUI thread: whether a banner is shown, or for None could be."""

    banner: Notification | None
    answer: Future[bool]


class TrayBanners(QObject):
    """Show banners by the desktop's tray, which has no buttons and takes nothing away.

    It is asked on the notification thread, and asks the icon on the GUI thread.
    """

    name = "tray"
    _asked = Signal(object)

    def __init__(self, icon: TrayIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._pressed: Callable[[Press], None] | None = None
        self._about = About()
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        icon.message_pressed.connect(self._on_pressed)

    @property
    def label(self) -> str:
        """Name the back end for a person."""
        return _("Beside the icon in the panel")

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report presses from now on; of several banners the last one is meant."""
        self._pressed = pressed

    def is_available(self) -> bool:
        """Tell that there is a window's process; whether there is an icon only it can tell."""
        return True

    def obstacle(self) -> str:
        """Say in words what keeps banners from being shown now, "" for nothing."""
        if self._ask(None):
            return ""
        return _("There is no icon in a panel that shows banners.")

    def notify(self, notification: Notification) -> bool:
        """Show a banner; False where there is no icon, or it does not answer."""
        return self._ask(notification)

    def withdraw(self, key: str) -> None:
        """Do nothing: these banners go by themselves."""

    def close(self) -> None:
        """Do nothing: the icon belongs to the window."""

    def _ask(self, banner: Notification | None) -> bool:
        question = _Question(banner, Future())
        try:
            self._asked.emit(question)
            return question.answer.result(ANSWER_S)
        except (TimeoutError, RuntimeError) as error:  # Qt's half may have gone already
            logger.info("The icon in the panel did not show a banner: %r", error)
            question.answer.cancel()
            return False

    @Slot(object)
    def _answer(self, question: _Question) -> None:
        banner = question.banner
        if not question.answer.set_running_or_notify_cancel():
            return
        if banner is None:
            question.answer.set_result(self._icon.can_say())
            return
        self._about = banner.about
        question.answer.set_result(self._icon.say(banner.title, banner.text))

    @Slot()
    def _on_pressed(self) -> None:
        if self._pressed is not None:
            self._pressed(Press(BannerAction.SHOW, self._about))
