"""The page of the inbox: what needs a person, and a way to deal with each thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.answers import InboxEntry
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.bridge import Latest
from deskcron.gui.inbox.actions import Actions
from deskcron.gui.inbox.commands import InboxCommands
from deskcron.gui.inbox.entrylist import EntryList
from deskcron.gui.inbox.model import InboxModel
from deskcron.gui.inbox.reader import Reader
from deskcron.gui.inbox.rows import is_put_off
from deskcron.gui.inbox.words import counts_down, output_wanted
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import ScrolledArea
from deskcron.gui.theme.spacing import GAP, GAP_L

TICK_MS = 10_000
SECOND_MS = 1_000
"""Between two looks at the clock, by which entries are grouped and worded; while one that is
read counts down, every second."""
_LETTERS_NARROW = 140
"""Below this width what an entry says stands under the list."""
_LETTERS_LIST = 44
_LINES_LIST = 4
"""The least room of the list."""
_SHARES = (2, 3)


class InboxPage(QWidget):
    """Show what waits and follow it; nothing is asked of the core while nobody looks."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._output = Latest(context.bridge, self)
        self._read_run: int | None = None
        self._looks = Throttle(self, self._look, is_looking=self._latest.is_asking)
        self._tick = QTimer(self, interval=TICK_MS)
        self._model = InboxModel(context.clock, context.zones, self)
        self._deeds = InboxCommands(context, self)
        self._make_head()
        self._places = QStackedWidget(self)
        self._parts = QSplitter(Qt.Orientation.Horizontal, self._places)
        self.list = EntryList(self._model, self._parts)
        self._actions = Actions(self.list, self._deeds, context)
        self._beside = ScrolledArea(self._parts)
        self.reader = Reader(self._actions.buttons(), self._beside.viewport())
        self._empty = EmptyState(
            "inbox",
            _("Nothing waits for you"),
            _("Reminders wait here until you have seen to them, and so does what went wrong."),
            self._places,
        )
        self._lay_out()
        self._connect()

    def _look(self) -> None:
        self._latest.ask(lambda facade: facade.inbox.waiting(), self._show, self._cannot_look)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make good what was missed while nobody looked."""
        super().showEvent(event)
        self._tick.start()
        self._tell_time()
        self._looks.catch_up()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the time alone while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put list and text side by side where there is room for both."""
        super().resizeEvent(event)
        is_narrow = self.width() < _LETTERS_NARROW * self.fontMetrics().averageCharWidth()
        across = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if across is not self._parts.orientation():
            self._parts.setOrientation(across)

    def _make_head(self) -> None:
        self._header = PageHeader(_("Inbox"), parent=self)
        self._undo = button(_("&Undo"), "undo")
        self._undo.setToolTip(_("Bring back what was done last"))
        self._all_done = button(_("Done &all"), "check")
        self._header.add_action(self._undo)
        self._header.add_action(self._all_done)
        self._trouble = Notice(tone=Tone.BAD, parent=self)
        self._trouble.add_button(_("Try again")).clicked.connect(self._looks.now)
        self._trouble.hide()

    def _lay_out(self) -> None:
        metrics = self.fontMetrics()
        self.list.setMinimumSize(
            _LETTERS_LIST * metrics.averageCharWidth(), _LINES_LIST * metrics.lineSpacing()
        )
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(1)
        self._parts.setProperty("framed", True)  # the list has a line of its own
        self._parts.addWidget(self.list)
        self._beside.setWidget(self.reader)
        self._parts.addWidget(self._beside)
        for part, share in enumerate(_SHARES):
            self._parts.setStretchFactor(part, share)
        for place in (QWidget(), self._parts, self._empty):
            self._places.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(self._header)
        column.addWidget(self._trouble)
        column.addWidget(self._places, 1)
        self._show_undo()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; Tab would skip what comes before the proxy that Qt offers."""
        self.list.setFocus(event.reason())

    def _connect(self) -> None:
        self._context.bridge.changed.connect(self._looks.changed)
        self._context.zones.changed.connect(self._tell_time)
        self._tick.timeout.connect(self._tell_time)
        self._deeds.done.connect(self._on_deed)
        self._undo.clicked.connect(self._deeds.take_back)
        self._all_done.clicked.connect(self._deal_with_all)
        self._actions.reading.connect(self.reader.read)
        self.list.chosen.connect(self._on_chosen)
        self.list.menu_wanted.connect(self._pop_up)
        undo = QAction(self)
        undo.setShortcut(QKeySequence.StandardKey.Undo)
        undo.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.triggered.connect(self._deeds.take_back)
        self.addAction(undo)

    def _show(self, entries: Sequence[InboxEntry]) -> None:
        with self._keeping_focus():
            self._trouble.hide()
            self._model.show(entries)
            self._say_count()
            self._places.setCurrentWidget(self._parts if entries else self._empty)

    @contextmanager
    def _keeping_focus(self) -> Iterator[None]:
        """Keep the keyboard on this page where what has it goes away."""
        before = QApplication.focusWidget()
        yield
        is_ours = before is not None and (before is self or self.isAncestorOf(before))
        if is_ours and (QApplication.focusWidget() is not before or before is self._empty):
            others = self._undo if self._undo.isVisible() else self._empty
            part = self.list if self.list.isVisible() else others
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_time(self) -> None:
        self._model.tell_time()
        self.list.viewport().update()
        self._say_count()
        self._on_chosen()

    def _cannot_look(self, error: DeskcronError) -> None:
        self._trouble.say(str(error))
        self._trouble.show()

    def _say_count(self) -> None:
        awake = len(self._awake())
        put_off = len(self._model.entries()) - awake
        needs = ngettext("{count} waits for you", "{count} wait for you", awake).format(count=awake)
        away = _("{count} snoozed").format(count=put_off)
        self._header.set_subtitle(
            ", ".join(text for text, count in ((needs, awake), (away, put_off)) if count)
        )
        self._all_done.setVisible(awake > 0)

    def _awake(self) -> list[InboxEntry]:
        """Return the entries that need a person now."""
        now = self._context.clock.now()
        return [entry for entry in self._model.entries() if not is_put_off(entry, now)]

    def _deal_with_all(self) -> None:
        """Mark what is shown; what comes in meanwhile and what is put off stays."""
        entries = self._awake()
        if entries:
            self._deeds.deal_with(entries)

    def _on_deed(self) -> None:
        self._show_undo()
        self._looks.now()

    def _show_undo(self) -> None:
        with self._keeping_focus():
            self._undo.setVisible(self._deeds.may_take_back)

    def _on_chosen(self) -> None:
        self._actions.refresh()
        entries = self.list.selected()
        self._tick.setInterval(SECOND_MS if any(map(counts_down, entries)) else TICK_MS)
        self._ask_output(entries)
        self.reader.show_entries(entries, self._model.told_at, self._model.zone)

    def _ask_output(self, entries: Sequence[InboxEntry]) -> None:
        """Have the end of the output of a failure shown, asked for once."""
        run_id = output_wanted(entries)
        if run_id != self._read_run:
            self._read_run = run_id
            self.reader.show_output("")
            if run_id is not None:
                self._output.ask(
                    lambda facade: facade.history.last_output(run_id),
                    self._show_output,
                    lambda _gone: None,
                )

    def _show_output(self, text: str) -> None:
        self.reader.show_output(text)
        self.reader.show_entries(self.list.selected(), self._model.told_at, self._model.zone)

    def _pop_up(self, place: QPoint) -> None:
        self._actions.menu(self).popup(place)
