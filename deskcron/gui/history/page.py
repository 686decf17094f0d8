"""The page of runs: every run newest first, what to choose from them, and all about one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.records import RunFilter
from deskcron.domain.run import JobId, Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Latest
from deskcron.gui.history.actions import Actions
from deskcron.gui.history.choice import fits
from deskcron.gui.history.details import Details
from deskcron.gui.history.feed import MOST_COUNTED, Feed
from deskcron.gui.history.filterbar import FilterBar
from deskcron.gui.history.model import RunsModel
from deskcron.gui.history.table import RunsTable
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.scrolled import ScrolledArea
from deskcron.gui.theme.spacing import GAP, GAP_L

JOBS_MS = 5_000
"""Between looks at the names of jobs."""
TICK_MS = 1_000
_SHARES = (1, 1)
"""Of the table and of the details."""
_LINES_LOW = 24
"""A lower page has no room for both."""


class HistoryPage(QWidget):
    """Show runs, choose among them, and follow them while the page is to be seen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sought: int | None = None
        self._jobs = Latest(context.bridge, self)
        self._header = PageHeader(_("History"), parent=self)
        self.statistics = button(_("Statist&ics"), "statistics")
        self.statistics.setToolTip(tip(_("What the runs of the chosen job, or of all, come to")))
        self._header.add_action(self.statistics)
        self.filters = FilterBar(self._today, self)
        self._model = RunsModel(context.clock.now, context.zones, self)
        self._feed = Feed(context.bridge, self._model, self)
        self._pages = QStackedWidget(self)
        self._rows = QSplitter(Qt.Orientation.Vertical, self._pages)
        self.table = RunsTable(self._model, self._rows)
        self._actions = Actions(context, self.table)
        self._below = ScrolledArea(self._rows)
        self.details = Details(context, self._actions, self._below.viewport())
        self._below.setWidget(self.details)
        self._none_yet = EmptyState(
            "history",
            _("No runs yet"),
            _("Each run of a job is listed here with its output."),
            self._pages,
        )
        self._no_match = EmptyState(
            "filter",
            _("No run matches"),
            _("Nothing in the history is like what was chosen."),
            self._pages,
        )
        self._all = self._no_match.add_button(_("Show &all runs"))
        self._looks = Throttle(self, self._look)
        self._names = Throttle(self, self._ask_jobs, JOBS_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self._connect()

    def show_job(self, job_id: str) -> None:
        """Show the runs of a job and no others, for "" those of all."""
        self.filters.choose_job(job_id or None)
        self._ask_jobs()

    def show_run(self, run_id: int) -> None:
        """Show all about a run, and the run among the others unless it is very far down."""
        self._context.bridge.ask(self, lambda facade: facade.history.get(run_id), self._seek)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Begin to follow the runs."""
        super().showEvent(event)
        self._tick.start()
        self._looks.now()
        self._names.now()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - named by Qt
        """Leave the runs alone while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def _lay_out(self) -> None:
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._below)
        self._rows.setHandleWidth(1)
        self._rows.setProperty("framed", True)  # the table has a line of its own
        for part, share in enumerate(_SHARES):
            self._rows.setStretchFactor(part, share)
        self._below.hide()
        for page in (self._rows, self._none_yet, self._no_match):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(self._header)
        column.addWidget(self.filters)
        column.addWidget(self._pages, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; Tab would skip what comes before the proxy that Qt offers."""
        self.table.setFocus(event.reason())

    def _connect(self) -> None:
        for look in (self._looks, self._names):
            self._context.bridge.changed.connect(look.changed)
        self._context.zones.changed.connect(self._looks.changed)
        self._feed.looked.connect(self._on_looked)
        self.filters.chosen.connect(self._look)
        self._all.clicked.connect(self.filters.clear)
        self.statistics.clicked.connect(self._show_statistics)
        self.table.chosen.connect(self._on_chosen)
        self.table.activated.connect(lambda _index: self.details.output.setFocus())
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self.table)
        find.setContext(Qt.ShortcutContext.WidgetShortcut)
        find.activated.connect(self.filters.come)
        self.table.menu_wanted.connect(self._show_menu)
        self._actions.started.connect(self.show_run)
        self._actions.only_job.connect(self.show_job)
        self.details.closed.connect(self._close_details)
        self._tick.timeout.connect(self._on_tick)

    def _look(self) -> None:
        self._feed.look(self._wanted())

    def _today(self) -> date:
        return self._context.clock.now().astimezone(self._context.zones.zone()).date()

    def _wanted(self) -> RunFilter:
        return self.filters.choice().wanted(self._context.clock.now(), self._context.zones.zone())

    def _ask_jobs(self) -> None:
        self._jobs.ask(_names, self.filters.set_jobs)

    def _seek(self, run: Run) -> None:
        if not fits(run, self._wanted()):
            self.filters.clear()
        self._sought = run.id
        self._open_details(run.id)
        self._look()

    def _open_details(self, run_id: int) -> None:
        self._below.show()
        self._arrange()
        self.details.show_run(run_id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Let the details take the place of the table where both have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_low = self.height() < _LINES_LOW * self.fontMetrics().lineSpacing()
        self.table.setHidden(is_low and not self._below.isHidden())

    def _close_details(self) -> None:
        self._below.hide()
        self._arrange()
        self.details.output.clear()
        self.table.clear_choice()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_looked(self, count: int) -> None:
        self._header.set_subtitle(_count_words(count))
        self.filters.add_removed(self._model.job_names())
        is_none = self._model.rowCount() == 0
        if not is_none:
            self._pages.setCurrentWidget(self._rows)
        else:
            is_active = self.filters.is_active()
            self._pages.setCurrentWidget(self._no_match if is_active else self._none_yet)
        if self.details.is_open():
            self.details.refresh()
        if self._sought is not None:
            self._feed.reach(self._sought, self._select_sought)

    def _show_statistics(self) -> None:
        self._context.signals.show_statistics.emit(self.filters.choice().job_id or "")

    def _select_sought(self) -> None:
        if self._sought is not None:
            self.table.select(self._sought)
            self._sought = None

    def _on_chosen(self, run: Run | None) -> None:
        if run is not None:
            self._actions.show(run)
            self._open_details(run.id)

    def _on_tick(self) -> None:
        self.table.viewport().update()
        if self.details.is_open():
            self.details.tell_time()

    def _show_menu(self, place: QPoint) -> None:
        self._actions.menu(self).popup(place)


def _names(facade: Facade) -> Mapping[JobId, str]:
    return facade.catalogue.names()


def _count_words(count: int) -> str:
    if count > MOST_COUNTED:
        return _("{count:,}+ runs").format(count=MOST_COUNTED)
    return ngettext("{count:,} run", "{count:,} runs", count).format(count=count)
