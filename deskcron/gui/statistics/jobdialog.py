"""The window that shows what the runs of one job come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Cause, Run
from deskcron.domain.statistics import JobStatistics
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Latest
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.statistics.jobview import JobView
from deskcron.gui.statistics.period import PeriodField
from deskcron.gui.statistics.words import as_text, counted_words
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.copybutton import CopyButton
from deskcron.gui.theme.dialogs import bring_to_front, place_on_screen, resize_to_letters
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.labels import TITLE, ElidedLabel, scaled
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import scrolled
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL

LOOK_MS = 2_000
"""Between looks at what changes: thousands of runs are counted each time."""
TICK_MS = 1_000
MOST_RUNS = 60
_LOOK_BACK = 100
_LETTERS = 116
_LINES = 46


class Answer(NamedTuple):
    """What the runs of a job come to, and the last ones, newest first."""

    statistics: JobStatistics
    runs: Sequence[Run]


class JobStatisticsDialog(QDialog):
    """Show the figures of a job and its last runs, and follow them while it is seen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._looks = Throttle(self, self._look, LOOK_MS)
        self._tick = QTimer(self, interval=TICK_MS)
        self._job_id = ""
        self._answer: Answer | None = None
        self._name = ElidedLabel()
        self._name.setFont(scaled(self._name.font(), TITLE, is_strong=True))
        self.period = PeriodField()
        self._counted = ElidedLabel("", Tone.SOFT)
        self._trouble = Notice(tone=Tone.BAD)
        self.view = JobView(context)
        self.empty = EmptyState("statistics", "", "")
        self.all_time = self.empty.add_button(_("Count &all that is kept"))
        self.copy = CopyButton(self.text)
        self._lay_out()
        context.bridge.changed.connect(self._looks.changed)
        context.zones.changed.connect(self._looks.changed)  # other days, other figures
        self._tick.timeout.connect(self.view.tell_time)
        self.period.currentIndexChanged.connect(self._look_anew)
        self.all_time.clicked.connect(self.period.choose_all)
        for shown in (context.signals.show_runs, context.signals.show_run):
            shown.connect(self.reject)  # the window below is what is to be seen now

    def show_job(self, job_id: str) -> None:
        """Show what the runs of a job come to."""
        if job_id != self._job_id:
            self._job_id = job_id
            self._name.setText("")
            self._forget()
        self._trouble.hide()
        bring_to_front(self)
        self._looks.now()

    def text(self) -> str:
        """Return the figures as text, empty while there are none."""
        if self._answer is None:
            return ""
        return as_text(self._answer.statistics, self._context.zones.zone())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to follow the time."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the time alone while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Statistics"))
        self._views = QStackedWidget()
        self._body = scrolled(self.view)
        for view in (QWidget(), self._body, self.empty):
            self._views.addWidget(view)
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.period)
        choice.addWidget(self._counted, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addWidget(self._name)
        column.addLayout(choice)
        column.addWidget(self._trouble)
        column.addSpacing(GAP)
        column.addWidget(self._views, 1)
        column.addSpacing(GAP)
        column.addLayout(self._buttons())
        resize_to_letters(self, _LETTERS, _LINES)
        place_on_screen(self)

    def _buttons(self) -> QHBoxLayout:
        signals = self._context.signals
        runs = button(_("Show &runs"), "history")
        runs.clicked.connect(lambda: signals.show_runs.emit(self._job_id))
        others = button(_("Compare all &jobs"), "statistics")
        others.clicked.connect(lambda: signals.show_statistics.emit(""))
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()  # Tab would come to one button of a QDialogButtonBox only
        row.setSpacing(GAP)
        for control in (runs, others, self.copy, close):
            control.setAutoDefault(False)  # Enter opens the run that is chosen
        for control in (runs, others, self.copy):
            row.addWidget(control)
        row.addStretch(1)
        row.addSpacing(GAP_L)
        row.addWidget(close)
        return row

    def _look_anew(self) -> None:
        self._forget()
        self._looks.now()

    def _forget(self) -> None:
        """Show no figures until there are others."""
        self._answer = None
        self._counted.setText("")
        self._views.setCurrentIndex(0)
        self.copy.setEnabled(False)

    def _look(self) -> None:
        job_id = self._job_id
        since = self.period.since(self._context.clock.now(), self._context.zones.zone())
        wanted = RunFilter(job_id=job_id, since=since, limit=_LOOK_BACK)
        self._latest.ask(
            lambda facade: Answer(
                facade.statistics.of(job_id, since),
                [run for run in facade.history.page(wanted) if _counts(run)][:MOST_RUNS],
            ),
            self._show,
            self._cannot,
            about=(job_id, self.period.value()),
        )

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self._name.setText(" ".join(answer.statistics.job_name.split()))
        self.copy.setEnabled(answer.statistics.counted_from is not None)
        self._trouble.hide()
        self._tell()

    def _cannot(self, error: DeskcronError) -> None:
        self._trouble.say(str(error))
        self._trouble.show()

    def _tell(self) -> None:
        """Say what is known."""
        if self._answer is None:
            return
        statistics, runs = self._answer
        self._counted.setText(counted_words(statistics, self._context.zones.zone()))
        if statistics.counted_from is None:
            self._say_nothing()
        else:
            self.view.show_statistics(statistics, runs)
            self._views.setCurrentWidget(self._body)

    def _say_nothing(self) -> None:
        is_all = self.period.is_all()
        self.empty.set_words(
            _("No runs yet") if is_all else _("No runs in this time"),
            _(
                "Once the job has run, this tells how often it succeeds, how long it takes and "
                "how late it starts. Tests do not count."
            ),
        )
        self.all_time.setVisible(not is_all)
        self._views.setCurrentWidget(self.empty)


def _counts(run: Run) -> bool:
    return run.cause is not Cause.TEST and not run.status.is_open
