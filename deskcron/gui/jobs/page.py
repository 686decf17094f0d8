"""The page of jobs: what there is, a way to each thing that can be done, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.answers import Undoable
from deskcron.domain.drafting import Template
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import undoable_words
from deskcron.gui.bridge import Latest
from deskcron.gui.jobs.actions import Actions
from deskcron.gui.jobs.beginning import FirstStart, NewButton
from deskcron.gui.jobs.commands import JobCommands
from deskcron.gui.jobs.filterbar import FilterBar
from deskcron.gui.jobs.listing import Listing, look
from deskcron.gui.jobs.model import JobsModel
from deskcron.gui.jobs.selectionbar import SelectionBar
from deskcron.gui.jobs.table import JobsTable
from deskcron.gui.jobs.words import nothing_in
from deskcron.gui.later import Throttle, later
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.columns import Columns
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L


class JobsPage(QWidget):
    """Show the jobs and follow them; nothing is asked of the core while nobody looks."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._undoable: Undoable | None = None
        self._sought: str | None = None
        self._looks = Throttle(self, self._look, is_looking=self._latest.is_asking)
        self._soon = later(self, 0, self._on_chosen)  # many changes, one look at them
        self._settling = later(self, 0, self._settle)
        self._model = JobsModel(context.clock, context.zones, self)
        self._deeds = JobCommands(context, self)
        self._make_parts()
        self._make_keys()
        self._connect()
        context.bridge.ask(self, lambda facade: facade.drafting.templates(), self._offer)

    @property
    def columns(self) -> Columns:
        """Return the widths of the columns, to be remembered."""
        return self._table.columns

    def _look(self) -> None:
        self._latest.ask(look, self._show, self._cannot_look)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make good what was missed while nobody looked."""
        super().showEvent(event)
        self._looks.catch_up()

    def _make_parts(self) -> None:
        signals = self._context.signals
        self._table = JobsTable(self._model)
        self._actions = Actions(self._table, self._table.selected, self._deeds, signals)
        self._header = PageHeader(_("Jobs"), parent=self)
        self._undo = QPushButton(icon("undo"), _("&Undo"))
        self._undo.setEnabled(False)
        self._new = NewButton(signals)
        self._header.add_action(self._undo)
        self._header.add_action(self._new)
        self._trouble = Notice(tone=Tone.BAD, parent=self)
        self._trouble.add_button(_("Try again")).clicked.connect(self._looks.now)
        self._trouble.hide()
        self._filters = FilterBar(self)
        self._bar = SelectionBar(self._actions, self)
        self._places = QStackedWidget(self)
        self._first_start = FirstStart(signals, self._places)
        self._no_match = EmptyState("search", "", "", self._places)
        self._clear = self._no_match.add_button(_("Clear the search"))
        self._blank = QWidget(self._places)
        for part in (self._blank, self._table, self._first_start, self._no_match):
            self._places.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        for part in (self._header, self._trouble, self._filters, self._bar):
            column.addWidget(part)
        column.addWidget(self._places, 1)
        self._filters.hide()
        self._bar.hide()

    def _make_keys(self) -> None:
        self._filters.search.attach(self)
        for key, deed in ((QKeySequence.StandardKey.Undo, self._take_back),):
            action = QAction(self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(deed)
            self.addAction(action)

    def _connect(self) -> None:
        self._context.bridge.changed.connect(self._looks.changed)
        self._context.signals.job_saved.connect(self._seek)
        self._deeds.done.connect(self._looks.now)
        self._undo.clicked.connect(self._take_back)
        self._model.switched.connect(self._on_switched)
        self._table.chosen.connect(self._soon.start)
        self._table.opened.connect(self._actions.edit.trigger)
        self._table.menu_wanted.connect(self._pop_up)
        self._filters.changed.connect(self._choose)
        self._clear.clicked.connect(self._filters.clear)
        self._filters.search.returnPressed.connect(self._table.setFocus)
        self._model.modelReset.connect(self._soon.start)
        self._model.rowsRemoved.connect(self._soon.start)

    def _offer(self, templates: Sequence[Template]) -> None:
        self._new.offer(templates)
        self._first_start.offer(templates)

    def _show(self, listing: Listing) -> None:
        self._trouble.hide()
        self._offer_undo(listing.undoable)
        self._model.set_listing(listing)
        self._filters.offer(listing.counts, listing.tags)
        is_any = bool(listing.lines)
        self._filters.setVisible(is_any)
        self._bar.setVisible(is_any)
        if self._places.currentWidget() is self._blank:
            self._settling.start()  # a turn of its own: a first listing takes its time
        else:
            self._settle()  # at once, else rows and what stands around them part for a moment

    def _settle(self) -> None:
        """Let what has come be seen; a saved job is sought once, whether it is shown or not."""
        self._show_place()
        sought = self._sought
        if sought is not None and any(line.id == sought for line in self._model.listing.lines):
            self._table.go_to(sought)
            self._sought = None
        if self.hasFocus():
            self._hand_on_keyboard()

    def _seek(self, job_id: str) -> None:
        """Have a job selected that was saved, so that nothing is done to another by mistake."""
        self._sought = job_id
        self._looks.changed()

    def _offer_undo(self, last: Undoable | None) -> None:
        self._undoable = last
        self._undo.setEnabled(last is not None)
        words = "" if last is None else undoable_words(last)
        self._undo.setToolTip(tip(words))
        self._undo.setAccessibleDescription(words)

    def _take_back(self) -> None:
        """Take back the change that is the last one as far as the person can see."""
        last = self._undoable
        if last is not None:
            self._offer_undo(None)
            self._deeds.undo(last.operation)

    def _cannot_look(self, error: DeskcronError) -> None:
        self._trouble.say(str(error))
        self._trouble.show()

    def _choose(self) -> None:
        self._model.choose(
            self._model.choice._replace(
                view=self._filters.view(),
                search=self._filters.search.text(),
                tag=self._filters.tag(),
            )
        )
        self._show_place()

    def _show_place(self) -> None:
        """Show the table, or what stands in its place when it would be empty."""
        if self._model.rowCount():
            place: QWidget = self._table
        elif not self._model.listing.lines:
            place = self._first_start
        else:
            self._say_no_match()
            place = self._no_match
        self._places.setCurrentWidget(place)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; Tab would skip what comes before the proxy that Qt offers."""
        super().focusInEvent(event)
        self._hand_on_keyboard()

    def _hand_on_keyboard(self) -> None:
        """Keep it on the page itself until it is known what stands there."""
        if self._places.currentWidget() is not self._blank:
            part = self._table if self._table.isVisible() else self._new
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_no_match(self) -> None:
        choice = self._model.choice
        self._clear.setVisible(choice.is_narrowed)
        if choice.is_narrowed:
            self._no_match.set_words(
                _("No match"), _("No job in this view fits what you search for.")
            )
        else:
            self._no_match.set_words(nothing_in(choice.view), "")

    def _on_chosen(self) -> None:
        self._actions.refresh()
        self._bar.show_number(len(self._table.selected()))

    def _on_switched(self, job_id: str, is_on: bool) -> None:  # noqa: FBT001 - a slot
        jobs = [self._model.line(row).job for row in self._model.rows_of([job_id])]
        self._deeds.set_enabled(jobs, is_on=is_on)

    def _pop_up(self, place: QPoint) -> None:
        self._actions.menu.popup(place)
