"""The window that says why a job or a run went as it did, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.answers import RunDetail
from deskcron.domain.errors import DeskcronError
from deskcron.domain.explanation import Obstacle
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Latest
from deskcron.gui.history.facts import as_text
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.copybutton import CopyButton
from deskcron.gui.theme.dialogs import bring_to_front, place_on_screen, resize_to_letters
from deskcron.gui.theme.labels import TITLE, ElidedLabel, scaled
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_XL
from deskcron.gui.why.jobview import JobView
from deskcron.gui.why.runview import RunView
from deskcron.gui.why.words import Answer, job_text
from deskcron.gui.zones import Zones

TICK_MS = 1000
LOOK_AGAIN_TICKS = 10
"""What time and the machine do to a job is in no row, so that no change of rows tells of it."""
_LETTERS = 112
_LINES = 40


class WhyDialog(QDialog):
    """Explain a job or a run, and follow it while it is shown."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._job_id: str | None = None
        self._run_id: int | None = None
        self._answer: Answer | RunDetail | None = None
        self._looks = Throttle(self, self._look)
        self._tick = QTimer(self, interval=TICK_MS)
        self._ticks = 0
        self._tick.timeout.connect(self._on_tick)
        self._lay_out()
        context.bridge.changed.connect(self._looks.changed)
        context.zones.changed.connect(self._tell)
        self._job.mend.connect(self._mend)
        self._job.run_wanted.connect(context.signals.show_run)

    def explain(self, job_id: str) -> None:
        """Say why a job does or does not run."""
        self._begin(job_id, None)

    def explain_run(self, run_id: int) -> None:
        """Say why a run went as it did."""
        self._begin(None, run_id)

    def text(self) -> str:
        """Return the answer as text, empty while there is none."""
        now = self._context.clock.now()
        if self._answer is None:
            return ""
        if isinstance(self._answer, Answer):
            return job_text(self._answer, now)
        return as_text(self._answer, now, self._context.zones.zone(self._answer.run.zone))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to follow what is shown."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Follow it no longer."""
        super().hideEvent(event)
        self._tick.stop()

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Why?"))
        self._name = ElidedLabel()
        self._name.setFont(scaled(self._name.font(), TITLE, is_strong=True))
        self._trouble = Notice(tone=Tone.BAD)
        self._job, self._run = JobView(), RunView()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._job)
        self._views = QStackedWidget()
        for view in (QWidget(), self._scroll, self._run):
            self._views.addWidget(view)
        buttons = QHBoxLayout()  # Tab would come to one button of a QDialogButtonBox only
        buttons.setSpacing(GAP)
        self._runs = button(_("Show &runs"), "history")
        self._copy = CopyButton(self.text)
        close = button(_("Close"))
        close.setDefault(True)
        for control in (self._runs, self._copy):
            control.setAutoDefault(False)
            buttons.addWidget(control)
        buttons.addStretch(1)
        buttons.addWidget(close)
        close.clicked.connect(self.reject)
        self._runs.clicked.connect(self._show_runs)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addWidget(self._name)
        column.addWidget(self._trouble)
        column.addWidget(self._views, 1)
        column.addLayout(buttons)
        resize_to_letters(self, _LETTERS, _LINES)
        place_on_screen(self)

    def _begin(self, job_id: str | None, run_id: int | None) -> None:
        if (job_id, run_id) != (self._job_id, self._run_id):
            self._job_id, self._run_id, self._answer = job_id, run_id, None
            self._name.setText("")
            self._views.setCurrentIndex(0)
        self._trouble.hide()
        self._copy.setEnabled(self._answer is not None)
        self._runs.setVisible(job_id is not None)
        self._looks.now()
        bring_to_front(self)

    def _look(self) -> None:
        job_id, run_id = self._job_id, self._run_id
        if job_id is not None:
            self._latest.ask(
                lambda facade: _answer(facade, job_id, self._context.zones),
                self._show,
                self._cannot,
                about=job_id,
            )
        elif run_id is not None:
            self._latest.ask(
                lambda facade: facade.history.detail(run_id),
                self._show,
                self._cannot,
                about=run_id,
            )

    def _show(self, answer: Answer | RunDetail) -> None:
        self._answer = answer
        if isinstance(answer, Answer):
            self._name.setText(answer.job.job.name)
            self._views.setCurrentWidget(self._scroll)
        else:
            self._name.setText(answer.run.job_name)
            self._views.setCurrentWidget(self._run)
        self._copy.setEnabled(True)
        self._trouble.hide()
        self._tell()

    def _cannot(self, error: DeskcronError) -> None:
        self._trouble.say(str(error))
        self._trouble.show()

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._ticks % LOOK_AGAIN_TICKS == 0 and isinstance(self._answer, Answer):
            self._looks.changed()
        self._tell()

    def _tell(self) -> None:
        """Say what is known in the words of this moment."""
        now = self._context.clock.now()
        if isinstance(self._answer, Answer):
            self._job.show_answer(self._answer, now)
        elif self._answer is not None:
            self._run.show_run(self._answer, now, self._context.zones.zone(self._answer.run.zone))

    def _show_runs(self) -> None:
        if self._job_id is not None:
            self._context.signals.show_runs.emit(self._job_id)

    def _mend(self, obstacle: Obstacle) -> None:
        job_id = self._job_id
        if job_id is None:
            return
        if obstacle in {Obstacle.FINISHED, Obstacle.NO_DUE_TIME}:
            self._context.signals.edit_job.emit(job_id)
            return
        deed = _DEEDS[obstacle]
        self._context.bridge.ask(
            self, lambda facade: deed(facade, job_id), lambda _done: self._look(), self._cannot
        )


def _answer(facade: Facade, job_id: str, zones: Zones) -> Answer:
    return Answer(facade.history.why(job_id), facade.control.state(), zones)


# Any: what a change answers is not looked at
_DEEDS: Mapping[Obstacle, Callable[[Facade, str], Any]] = {
    Obstacle.DISABLED: lambda facade, job_id: facade.jobs.set_enabled([job_id], True),
    Obstacle.PAUSED: lambda facade, _job_id: facade.control.resume(),
    Obstacle.HELD: lambda facade, job_id: facade.jobs.resume([job_id]),
    Obstacle.STILL_RUNNING: lambda facade, job_id: facade.control.stop(job_id),
}
