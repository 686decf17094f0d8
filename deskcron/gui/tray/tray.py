"""Feed the icon and its menu from the core, and do what is chosen there."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSystemTrayIcon

from deskcron.domain.answers import Overview
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Latest
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.pausemenu import PauseMenu
from deskcron.gui.tray.icon import TrayIcon
from deskcron.gui.tray.menu import MOST_JOBS, TrayMenu, ahead_entries, job_entries
from deskcron.gui.tray.state import TrayState, state_of, tooltip

MINUTE_MS = 60_000
"""Words like 'in 5 min' grow old by then."""


class Tray(QObject):
    """The icon in the panel, its menu, and the banner beside it."""

    opened = Signal()
    runs_wanted = Signal(str)  # job id
    inbox_wanted = Signal()
    reminder_wanted = Signal()
    quit_wanted = Signal()
    missing = Signal()
    """Nobody can find a hidden window: there is no panel, or it has been gone for a minute."""

    def __init__(
        self,
        context: PageContext,
        overview_watcher: OverviewWatcher,
        ink: QColor,
        is_panel_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._overview_watcher = overview_watcher
        self._listed = -1
        self._pause = PauseMenu(context, overview_watcher)
        self.menu = TrayMenu(self._pause)
        self.icon = TrayIcon(self.menu, ink, is_panel_there, self)
        self._lists = Latest(context.bridge, self)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._show)
        self._connect()

    def open(self) -> None:
        """Show the icon as soon as there is a panel."""
        self.icon.open()
        self._minute.start()

    def close(self) -> None:
        """Take the icon away."""
        self._minute.stop()
        self.icon.close()

    def _connect(self) -> None:
        self.menu.open_chosen.connect(self.opened)
        self.menu.runs_chosen.connect(self.runs_wanted)
        self.menu.inbox_chosen.connect(self.inbox_wanted)
        self.menu.reminder_chosen.connect(self.reminder_wanted)
        self.menu.quit_chosen.connect(self.quit_wanted)
        self.menu.run_chosen.connect(self._run)
        self.menu.aboutToShow.connect(self._list)
        self.icon.missing.connect(self.missing)
        self.icon.clicked.connect(self.opened)
        self._overview_watcher.follow(self._on_seen)
        self._overview_watcher.lost.connect(self._on_lost)
        self._context.zones.changed.connect(self._show)

    def _on_seen(self, overview: Overview) -> None:
        if overview.jobs != self._listed:
            self._listed = overview.jobs
            self._list()
        self._show()

    def _on_lost(self, error: DeskcronError) -> None:
        self.icon.show_state(TrayState.ATTENTION, f"deskcron\n{error.title}")
        self.menu.show_ahead((), otherwise=error.title)
        self.menu.show_waiting(0)

    def _show(self) -> None:
        overview = self._overview_watcher.overview
        if overview is None:
            return
        now, zone = self._context.clock.now(), self._context.zones.zone()
        self.icon.show_state(state_of(overview), tooltip(overview, now, zone, os.getpid()))
        is_held = overview.left_out() is not None
        nothing = _("All jobs are paused") if is_held else _("Nothing is planned")
        self.menu.show_ahead(ahead_entries(overview, now, zone), otherwise=nothing)
        self.menu.show_waiting(overview.needs_you)

    def _list(self) -> None:
        self._lists.ask(
            lambda facade: job_entries(facade.overview.runnable(MOST_JOBS)), self.menu.show_jobs
        )

    def _run(self, job_id: str) -> None:
        self._context.bridge.ask(self, lambda facade: facade.control.run(job_id), lambda _run: None)
