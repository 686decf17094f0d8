"""Pause all jobs for an hour, until tomorrow or for good; the same in window and tray."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deskcron.domain.answers import Overview
from deskcron.domain.texts import gettext as _
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.enginewords import resumed_words
from deskcron.gui.shell.overviewwatcher import OverviewWatcher

_HOUR_S = 3600


class PauseMenu(QMenu):
    """Offer to pause; `resume` stands beside it while jobs are paused, and ends the pause."""

    def __init__(
        self, context: PageContext, overview_watcher: OverviewWatcher, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("&Pause all"), parent)
        self._context = context
        self.addAction(_("For &1 hour")).triggered.connect(lambda: self._pause(_HOUR_S))
        self.addAction(_("Until &tomorrow")).triggered.connect(self._pause_until_tomorrow)
        self.addAction(_("Until &you resume them")).triggered.connect(lambda: self._pause(None))
        self.resume = QAction(_("R&esume all"), self)
        self.resume.triggered.connect(self._ask_resume)
        self.resume.setVisible(False)
        overview_watcher.follow(self._on_seen)

    def _on_seen(self, overview: Overview) -> None:
        self.resume.setVisible(overview.engine.paused)

    def _pause_until_tomorrow(self) -> None:
        now = self._context.clock.now()
        self._pause(seconds_until_tomorrow(now.astimezone()))

    def _pause(self, seconds: int | None) -> None:
        self._context.bridge.ask(
            self,
            lambda facade: facade.control.pause(seconds),
            lambda _until: self._context.signals.say.emit(_("All jobs are paused.")),
        )

    def _ask_resume(self) -> None:
        self._context.bridge.ask(
            self,
            lambda facade: facade.control.resume(),
            lambda skipped: self._context.signals.say.emit(resumed_words(skipped)),
        )


def seconds_until_tomorrow(wall: datetime) -> int:
    """Return the time to the next midnight of an aware wall time, also where a clock is set."""
    day = (wall + timedelta(days=1)).date()
    midnight = datetime(day.year, day.month, day.day).astimezone()
    return max(1, round((midnight - wall).total_seconds()))
