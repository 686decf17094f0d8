"""The window that shows what was due during an absence, and takes answers line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.review import Absence, ReviewLine
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Latest
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.commands import Lines, ReviewCommands
from deskcron.gui.review.model import ReviewModel
from deskcron.gui.review.table import ReviewTable
from deskcron.gui.review.words import (
    count_words,
    nothing_words,
    sentence,
    span_words,
    times_as_of,
)
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.dialogs import bring_to_front, place_on_screen, resize_to_letters
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.labels import TITLE, plain_label
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL

LOOK_MS = 1_000
"""Between looks at what changes: thousands of jobs may have been due."""
_LETTERS = 200
_LINES = 38
_DETAIL_LINES = 3
_BLANK_PLACE, _LINES_PLACE, _EMPTY_PLACE = 0, 1, 2
"""Which view is shown before there is an answer, which has lines, which says there are none."""


class _Answer(NamedTuple):
    """The absences there are, newest first, and the lines of the one that was asked for."""

    absences: Sequence[Absence]
    shown: Absence | None
    lines: Sequence[ReviewLine]


class ReviewDialog(QDialog):
    """Show the lines of an absence, and follow them while it is seen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._looks = Throttle(self, self._look, LOOK_MS)
        self._commands = ReviewCommands(context, self)
        self._at: datetime | None = None
        self._absences: Sequence[Absence] = ()
        self._answer: _Answer | None = None
        self._model = ReviewModel(self)
        self.table = ReviewTable(self._model)
        self.choice = ComboBox(_("Absence"), {})
        self._count = plain_label("", Tone.SOFT)
        self._trouble = Notice(tone=Tone.BAD)
        self._trouble.add_close()
        self._is_lost = False
        self.details = plain_label(wraps=True)
        self.empty = EmptyState("check", "", "")
        self.run = self._action(_("&Run now"), "run", self._run, "R")
        self.skip = self._action(_("&Skip"), "skipped", self._skip, "K")
        self.why = self._action(_("&Why?"), "why", self._explain)
        self.runs = self._action(_("Show &history"), "history", self._show_runs)
        self.rest = self._action(_("Skip all &missed"), "skipped", self._leave_missed)
        self._lay_out()
        self._connect()

    def show_absence(self, at: datetime | None) -> None:
        """Show the absence in which an instant lies, the latest for None."""
        self._views.setCurrentIndex(_BLANK_PLACE)
        self._begin(at)
        bring_to_front(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        self._looks.catch_up()

    def _connect(self) -> None:
        self._context.bridge.changed.connect(self._looks.changed)
        self._context.zones.changed.connect(self._tell)
        self._commands.done.connect(self._looks.now)
        self._commands.refused.connect(self._say)
        self.choice.activated.connect(self._choose)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(self._show_run)
        self.table.menu_wanted.connect(self._open_menu)

    def _lay_out(self) -> None:
        title = _("While deskcron was away")
        self.setWindowTitle(title)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setMinimumHeight(_DETAIL_LINES * self.fontMetrics().lineSpacing())
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        self._views = QStackedWidget()
        for view in (QWidget(), lines, self.empty):
            self._views.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        whole.setSpacing(GAP)
        whole.addWidget(plain_label(title, size=TITLE, is_strong=True))
        whole.addWidget(self._trouble)
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.choice)
        choice.addWidget(self._count, 1)
        whole.addLayout(choice)
        whole.addWidget(self._views, 1)
        whole.addSpacing(GAP)
        whole.addLayout(self._buttons())
        self._trouble.hide()
        self.choice.hide()
        self.choice.setPlaceholderText(_("Choose another time"))
        resize_to_letters(self, _LETTERS, _LINES)
        place_on_screen(self)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()  # Tab would come to one button of a QDialogButtonBox only
        row.setSpacing(GAP)
        for action in (self.run, self.skip, self.why, self.runs):
            row.addWidget(_button_of(action, self.table))
        row.addStretch(1)
        row.addSpacing(GAP_L)
        row.addWidget(_button_of(self.rest, self.table))
        close = button(_("&Close"))
        close.setAutoDefault(False)  # Enter opens the run that is chosen
        close.clicked.connect(self.reject)
        row.addWidget(close)
        return row

    def _action(self, text: str, picture: str, deed: Callable[[], None], key: str = "") -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _on: deed())
        self.table.addAction(action)
        return action

    def _begin(self, at: datetime | None) -> None:
        """Show nothing of the absence before, on which answers could act, and ask for another."""
        self._at, self._answer = at, None
        self._trouble.hide()
        self._count.setText("")
        self._model.clear()
        self._offer()
        self._looks.now()

    def _look(self) -> None:
        at = self._at
        self._latest.ask(lambda facade: _answer(facade, at), self._show, self._cannot, about=at)

    def _show(self, answer: _Answer) -> None:
        if self._answer is None and answer.shown is not None:
            self._commands.note_seen(answer.shown)
        self._answer = answer
        if self._is_lost:
            self._is_lost = False
            self._trouble.hide()
        self._tell()

    def _cannot(self, error: DeskcronError) -> None:
        self._is_lost = True
        self._say(error)

    def _say(self, error: DeskcronError) -> None:
        """Say it also here: the window may be covered."""
        self._trouble.say(str(error))
        self._trouble.show()

    def _tell(self) -> None:
        """Say what is known in the words of this moment."""
        if self._answer is None:
            return
        self._absences, shown, lines = self._answer
        times = times_as_of(self._context.clock.now(), self._context.zones.zone())
        self._name_absences([span_words(one, times) for one in self._absences])
        self.choice.setCurrentIndex(-1 if shown is None else list(self._absences).index(shown))
        if shown is None:
            self._model.clear()
            self._count.setText("")
            self.empty.set_words(*nothing_words(is_known=self._at is None))
        else:
            self._model.show(shown, lines, times)
            self._count.setText(count_words(len(lines)))
        self._offer()
        self._turn_to(_EMPTY_PLACE if shown is None else _LINES_PLACE)
        self.table.columns.fill()

    def _name_absences(self, words: list[str]) -> None:
        if words != [self.choice.itemText(place) for place in range(self.choice.count())]:
            with QSignalBlocker(self.choice):
                self.choice.clear()
                self.choice.addItems(words)
        self.choice.setVisible(bool(words))

    def _turn_to(self, place: int) -> None:
        is_other = self._views.currentIndex() != place
        self._views.setCurrentIndex(place)
        if is_other and place == _LINES_PLACE:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, place: int) -> None:
        self._begin(self._absences[place].until)

    def _offer(self) -> None:
        """Offer what fits the selected lines, and say what they are in full."""
        lines = self.table.selected()
        self.run.setEnabled(bool(_that(lines, lambda line: line.may_run)))
        self.skip.setEnabled(bool(_that(lines, lambda line: line.may_skip)))
        self.why.setEnabled(len(lines) == 1)
        self.runs.setEnabled(len(lines) == 1)
        missed = _that(self._model.lines(), lambda line: line.may_skip and not line.waiting)
        self.rest.setEnabled(bool(missed))
        if len(lines) == 1:
            times = times_as_of(self._context.clock.now(), self._context.zones.zone())
            self.details.setText(sentence(lines[0], times))
        else:
            text = ngettext("{count} job is selected.", "{count} jobs are selected.", len(lines))
            self.details.setText(text.format(count=len(lines)) if lines else "")

    def _run(self) -> None:
        self._trouble.hide()
        self._commands.run_now(_that(self.table.selected(), lambda line: line.may_run))

    def _skip(self) -> None:
        self._trouble.hide()
        self._commands.leave_out(_that(self.table.selected(), lambda line: line.may_skip))

    def _leave_missed(self) -> None:
        self._trouble.hide()
        if self._answer is not None and self._answer.shown is not None:
            self._commands.leave_missed(self._answer.shown)

    def _explain(self) -> None:
        for line in self.table.selected():
            self._context.signals.explain_job.emit(line.job_id)

    def _show_runs(self) -> None:
        for line in self.table.selected():
            self._context.signals.show_runs.emit(line.job_id)
        self.accept()

    def _show_run(self) -> None:
        lines = self.table.selected()
        if len(lines) == 1:
            run = lines[0].stand_in or lines[0].last
            self._context.signals.show_run.emit(run.id)
            self.accept()

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.run, self.skip])
        menu.addSeparator()
        menu.addActions([self.why, self.runs])
        menu.popup(place)


def _answer(facade: Facade, at: datetime | None) -> _Answer:
    """Return the absences with the lines of one: that in which an instant lies, or the latest.

    One that ends at the instant goes first: they overlap once the clock was set back.
    """
    absences = facade.review.absences()
    ended = [one for one in absences if one.until == at]
    around = [one for one in absences if at is None or one.since <= at <= one.settled_at]
    shown = next(iter(ended + around), None)
    return _Answer(absences, shown, () if shown is None else facade.review.lines(shown))


def _that(lines: Lines, fits: Callable[[ReviewLine], bool]) -> Lines:
    return [line for line in lines if fits(line)]


def _button_of(action: QAction, refuge: QWidget) -> QWidget:
    """Return a button that does an action; the keyboard goes to a refuge when it cannot be done."""
    control = button(action.text())
    control.setIcon(action.icon())
    control.setAutoDefault(False)
    control.clicked.connect(action.trigger)

    def follow(is_on: bool) -> None:  # noqa: FBT001 - a signal's value
        if not is_on and control.window().focusWidget() is control:
            refuge.setFocus(Qt.FocusReason.OtherFocusReason)
        control.setEnabled(is_on)

    action.enabledChanged.connect(follow)
    control.setEnabled(action.isEnabled())
    return control
