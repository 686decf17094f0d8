"""The window that compares what the runs of all jobs come to."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.daywords import until_words
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.statistics.alljobsmodel import AllJobsModel
from deskcron.gui.statistics.alljobstable import AllJobsTable
from deskcron.gui.statistics.counting import Counting
from deskcron.gui.statistics.period import PeriodField
from deskcron.gui.statistics.words import small_print
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.copybutton import CopyButton
from deskcron.gui.theme.dialogs import bring_to_front, place_on_screen, resize_to_letters
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.searchfield import SearchField
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL

_LETTERS = 220
_LINES = 40


class AllJobsDialog(QDialog):
    """Count the runs of all jobs when it is opened and when somebody asks for it again."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_counted = False
        self.counting = Counting(context.bridge, self)
        self.model = AllJobsModel(self)
        self.table = AllJobsTable(self.model)
        self._header = PageHeader(_("Statistics of all jobs"))
        self.search = SearchField(_("Search jobs"))
        self.period = PeriodField()
        self.again = button(_("Count a&gain"), "run")
        self._progress = QProgressBar()
        self._trouble = Notice(tone=Tone.BAD)
        self._empty = EmptyState("statistics", "", "")
        self.open_job = button(_("&Statistics of this job"), "statistics")
        self.copy = CopyButton(self.model.as_text)
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Show all jobs, counted now."""
        bring_to_front(self)
        self._count()
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Count no further while nobody looks."""
        super().hideEvent(event)
        if not self.isVisible():
            self.counting.stop()

    def _connect(self) -> None:
        self.search.attach(self)
        self.search.searched.connect(self.model.search)
        self.period.currentIndexChanged.connect(self._count)
        self.again.clicked.connect(self._count)
        self.counting.found.connect(self.model.add)
        self.counting.went_on.connect(self._tell)
        self.counting.failed.connect(self._cannot)
        self.table.opened.connect(self._open)
        self.open_job.clicked.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._show_place)
        self.model.modelReset.connect(self._show_place)
        self._context.zones.changed.connect(self._on_zone)
        for shown in (self._context.signals.show_runs, self._context.signals.show_run):
            shown.connect(self.reject)  # the window below is what is to be seen now

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Statistics"))
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("Jobs that are counted"))
        self._trouble.hide()
        self._places = QStackedWidget()
        for place in (self.table, self._empty):
            self._places.addWidget(place)
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.search)
        choice.addWidget(self.period)
        choice.addWidget(self.again)
        choice.addStretch(1)
        choice.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addWidget(self._header)
        column.addLayout(choice)
        column.addWidget(self._trouble)
        column.addWidget(self._places, 1)
        column.addWidget(plain_label(_legend(), Tone.SOFT, wraps=True))
        column.addSpacing(GAP)
        column.addLayout(self._buttons())
        resize_to_letters(self, _LETTERS, _LINES)
        place_on_screen(self)

    def _buttons(self) -> QHBoxLayout:
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()  # Tab would come to one button of a QDialogButtonBox only
        row.setSpacing(GAP)
        for control in (self.open_job, self.copy):
            row.addWidget(control)
        row.addStretch(1)
        row.addSpacing(GAP_L)
        row.addWidget(close)
        for control in (self.again, self.open_job, self.copy, close):
            control.setAutoDefault(False)  # Enter opens the row that is chosen
        return row

    def _on_zone(self) -> None:
        if self.isVisible():
            self._count()

    def _count(self) -> None:
        now = self._context.clock.now()
        self._trouble.hide()
        self._is_counted = False
        self.model.clear()
        self.counting.begin(self.period.since(now, self._context.zones.zone()))

    def _tell(self, done: int, count: int) -> None:
        """Say how far it is; the progress is shown as long as there is some."""
        self._is_counted = done >= count
        self._progress.setRange(0, max(count, 1))
        self._progress.setValue(done)
        self._progress.setVisible(not self._is_counted)
        self._header.set_subtitle(self._how_far(done, count))
        self._show_place()

    def _how_far(self, done: int, count: int) -> str:
        if not self._is_counted:
            text = _("{done:,} of {count:,} jobs are counted")
            return text.format(done=done, count=count)
        now = self._context.clock.now()
        text = ngettext(
            "{count:,} job, counted at {time}", "{count:,} jobs, counted at {time}", count
        )
        return text.format(count=count, time=until_words(now, now, self._context.zones.zone()))

    def _show_place(self) -> None:
        """Show the table, or what stands in its place when it would be empty."""
        self.open_job.setEnabled(self.table.current() is not None)
        self.copy.setEnabled(self.model.rowCount() > 0)
        is_empty = self.model.rowCount() == 0 and self._is_counted
        self._places.setCurrentWidget(self._empty if is_empty else self.table)
        if self.search.text():
            self._empty.set_words(_("No match"), _("No job has a name like that."))
        else:
            self._empty.set_words(_("No jobs yet"), _("What their runs come to is told here."))

    def _cannot(self, error: DeskcronError) -> None:
        self._progress.hide()
        self._header.set_subtitle("")
        self._trouble.say(str(error))
        self._trouble.show()

    def _open(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self._context.signals.show_statistics.emit(chosen.job_id)


def _legend() -> str:
    text = _(
        "“Duration” and “Late by” are in the middle: half of the runs were below, half above. "
        "95 of 100 runs were not above what stands under “95 %”."
    )
    return f"{text} {small_print()}"
