"""Banners of the window's process: shown with or without an engine in it, and leading into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deskcron.domain.banner import About
from deskcron.domain.errors import DeskcronError
from deskcron.domain.ports import Notifier
from deskcron.gui.bridge import Bridge, Latest
from deskcron.gui.notices.traybanners import TrayBanners
from deskcron.gui.tray.icon import TrayIcon


class BannerHost(Protocol):
    """What is asked of the composition root."""

    def meet_window(self, notifier: Notifier, show: Callable[[About], None]) -> None:
        """Let a window show banners that nobody else takes, and what was pressed on a banner."""


class Banners(QObject):
    """Show what is new in the inbox after each change, and say what was pressed on a banner.

    To be made before an engine runs in this process. One of the signals comes for each press that
    wants to see something.
    """

    run_wanted = Signal(object)  # run id
    inbox_wanted = Signal()
    review_wanted = Signal(object)  # an instant of an absence
    runs_wanted = Signal(str)  # job id
    window_wanted = Signal()
    _shown = Signal(object)

    def __init__(
        self, host: BannerHost, bridge: Bridge, icon: TrayIcon, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._latest = Latest(bridge, self)
        self._tray = TrayBanners(icon, self)
        self._shown.connect(self._lead, Qt.ConnectionType.QueuedConnection)
        host.meet_window(self._tray, self._shown.emit)
        bridge.changed.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Show what is new."""
        self._latest.ask(lambda facade: facade.notices.look(), _seen, _not_seen)

    @Slot(object)
    def _lead(self, about: About) -> None:
        if about.review_at is not None:
            self.review_wanted.emit(about.review_at)
        elif about.run_id is not None:
            self.run_wanted.emit(about.run_id)
        elif about.entry_id is not None:
            self.inbox_wanted.emit()
        elif len(about.job_ids) == 1:
            self.runs_wanted.emit(about.job_ids[0])
        else:
            self.window_wanted.emit()


def _seen(_nothing: None) -> None:
    """Take the answer, which says nothing."""


def _not_seen(_error: DeskcronError) -> None:
    """Leave an error alone: who looks at the store next tells it."""
