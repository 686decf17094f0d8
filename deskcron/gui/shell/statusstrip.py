"""The strip at the foot of the window: what the engine does, and what comes next."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from deskcron.domain.answers import Overview
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.enginewords import next_exactly, next_words, resumed_words, state_line
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.pausemenu import PauseMenu
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.labels import ElidedLabel, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S
from deskcron.gui.theme.statuslabel import StatusLabel

_TICK_MS = 1000


class StatusStrip(QWidget):
    """Show the overview in words; offer to pause all jobs, or to resume while they are paused.

    The state is shown in full; what comes next takes the room that is left.
    """

    def __init__(
        self, context: PageContext, overview_watcher: OverviewWatcher, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._overview: Overview | None = None
        self._state = StatusLabel()
        self._next = ElidedLabel("", Tone.SOFT)
        self._next.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._next.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._pause = button(_("Pause"), "pause")
        self._pause.setProperty("small", True)
        self._pause.setMenu(PauseMenu(context, overview_watcher, self._pause))
        self._resume = button(_("Resume"), "resume")  # its pages need all letters of the word
        self._resume.setProperty("small", True)
        self._resume.clicked.connect(self._ask_resume)
        self._resume.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        row.setSpacing(GAP)
        row.addWidget(self._state)
        row.addWidget(self._pause)
        row.addWidget(self._resume)
        row.addWidget(self._next, 1)
        self.setMinimumHeight(self._resume.sizeHint().height() + 2 * GAP_S)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._render)
        overview_watcher.follow(self._on_seen)
        overview_watcher.lost.connect(self._on_lost)
        context.zones.changed.connect(self._render)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Count down while somebody sees it."""
        super().showEvent(event)
        self._tick.start()
        self._render()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - named by Qt
        """Rest while nobody does."""
        super().hideEvent(event)
        self._tick.stop()

    def _on_seen(self, overview: Overview) -> None:
        self._overview = overview
        self._render()

    def _on_lost(self, error: DeskcronError) -> None:
        self._overview = None
        self._resume.hide()
        self._pause.show()
        self._next.setText("")
        self._state.show_state("warning", error.title, Tone.WARN)
        self._state.setToolTip(tip(str(error)))

    def _render(self) -> None:
        if self._overview is None:
            return
        now, zone = self._context.clock.now(), self._context.zones.zone()
        line = state_line(self._overview, now, zone, os.getpid())
        self._state.show_state(line.icon, line.words, line.tone)
        self._state.setToolTip(tip(line.more))
        self._resume.setVisible(self._overview.engine.paused)
        self._pause.setHidden(self._overview.engine.paused)
        self._next.setText(next_words(self._overview, now, zone))
        self._next.setToolTip(tip(next_exactly(self._overview, zone)))

    def _ask_resume(self) -> None:
        self._context.bridge.ask(self, lambda facade: facade.control.resume(), self._on_resumed)

    def _on_resumed(self, skipped: int) -> None:
        self._context.signals.say.emit(resumed_words(skipped))
