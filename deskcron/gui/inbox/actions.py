"""What can be done about the selected entries, as buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QToolButton, QWidget

from deskcron.domain.answers import InboxEntry
from deskcron.domain.texts import gettext as _
from deskcron.gui.inbox.actionbutton import ActionButton
from deskcron.gui.inbox.commands import InboxCommands
from deskcron.gui.inbox.entrylist import EntryList
from deskcron.gui.inbox.snoozemenu import SnoozeMenu
from deskcron.gui.inbox.words import Sort, sort_of
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.toggle import Toggle

Entries = Sequence[InboxEntry]
_ABOUT_A_JOB = frozenset({Sort.QUESTION, Sort.HELD, Sort.OTHER})


class Actions(QObject):
    """Offer what fits the selected entries; the keys work while the list has the focus.

    `reading` is the wish to read what an entry says in full.
    """

    reading = Signal()

    def __init__(self, entries: EntryList, commands: InboxCommands, context: PageContext) -> None:
        super().__init__(entries)
        self._list = entries
        self._commands = commands
        self._signals = context.signals
        self.snooze_menu = SnoozeMenu(context.clock, entries)
        self.snooze_menu.chosen.connect(self._snooze)
        add = self._add
        self.done = add(_("&Done"), "check", self._commands.deal_with, ["D", "Del"])
        self.start = add(_("Run &now"), "run", self._commands.start, ["R"])
        self.skip = add(_("S&kip"), "skipped", self._commands.skip, ["K"])
        self.resume = add(_("&Resume job"), "resume", self._commands.resume_jobs, ["R"])
        self.snooze = add(_("&Snooze"), "snooze", self._open_snooze_menu, ["S"])
        self.again = add(_("&Run again"), "run", self._commands.run_again, ["R", "Ctrl+R"])
        self.log = add(_("&Open log"), "log", self._open_log)
        self.review = add(_("Re&view…"), "missed", self._review)
        self.history = add(_("Show &history"), "history", self._show_history)
        self.why = add(_("&Why?"), "why", self._explain)
        self.mute = Toggle(
            add("", "mute", self._mute), (_("&Mute"), _("Un&mute")), ("mute", "unmute")
        )
        self.runs = add(_("Show &all runs"), "history", self._show_runs)
        self.edit = add(_("&Edit job…"), "edit", self._edit)
        self._open = add(_("Open"), "open", self._open_first, ["Return", "Enter"])
        entries.opened.connect(self._open.trigger)
        self.refresh()

    def buttons(self) -> list[QAbstractButton]:
        """Return buttons that come and go with what fits, the last one with the rest in a menu."""
        found: list[QAbstractButton] = [ActionButton(action) for action in self._first()]
        place = self._first().index(self.snooze)
        found[place] = ActionButton(self.snooze, self.snooze_menu)
        return [*found, _more(self._rest())]

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu with everything that fits."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (*self._first(), *self._rest()):
            if action is self.snooze:
                menu.addMenu(self.snooze_menu)
            elif action.isVisible():
                menu.addAction(action)
        return menu

    def refresh(self) -> None:
        """Offer what fits what is selected now."""
        entries = self._list.selected()
        is_one = len(entries) == 1
        sorts = {sort_of(entry) for entry in entries}
        may_run = bool(sorts) and sorts <= {Sort.FAILURE, Sort.DOUBT}
        has_job = bool(entries) and all(entry.job_id for entry in entries)
        is_job_there = has_job and all(entry.muted is not None for entry in entries)
        has_log = is_one and may_run and entries[0].run_id is not None
        for action, fits in (
            (self.done, bool(entries)),
            (self.snooze, bool(entries)),
            (self.start, sorts == {Sort.QUESTION}),
            (self.skip, sorts == {Sort.QUESTION}),
            (self.resume, sorts == {Sort.HELD}),
            (self.again, may_run),
            (self.log, has_log),
            (self.review, is_one and sorts == {Sort.MISSED}),
            (self.history, sorts == {Sort.MISSED}),
            (self.why, is_one and (may_run or sorts <= _ABOUT_A_JOB)),
            (self.mute.action, is_job_there),
            (self.runs, is_one and has_job),
            (self.edit, is_one and is_job_there),
        ):
            action.setVisible(fits)
            action.setEnabled(fits)
        self.mute.show(is_back=all(entry.muted for entry in entries))

    def _first(self) -> Sequence[QAction]:
        """Return what is done most."""
        return (
            self.start,
            self.resume,
            self.review,
            self.done,
            self.snooze,
            self.skip,
            self.again,
            self.log,
            self.history,
            self.why,
        )

    def _rest(self) -> Sequence[QAction]:
        return (self.mute.action, self.runs, self.edit)

    def _add(
        self, text: str, picture: str, deed: Callable[[Entries], None], keys: Sequence[str] = ()
    ) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked: self._do(deed))
        self._list.addAction(action)
        return action

    def _do(self, deed: Callable[[Entries], None]) -> None:
        entries = self._list.selected()
        if entries:
            deed(entries)

    def _snooze(self, until: datetime) -> None:
        self._do(lambda entries: self._commands.snooze(entries, until))

    def _open_snooze_menu(self, _entries: Entries) -> None:
        self.snooze_menu.popup(self._list.place_for_menu())

    def _mute(self, entries: Entries) -> None:
        is_muted = not all(entry.muted for entry in entries)
        self._commands.set_muted(entries, is_muted=is_muted)

    def _open_log(self, entries: Entries) -> None:
        self._signals.show_run.emit(entries[0].run_id)

    def _review(self, entries: Entries) -> None:
        self._signals.show_review.emit(entries[0].created_at)

    def _show_history(self, _entries: Entries) -> None:
        self._signals.show_runs.emit("")

    def _show_runs(self, entries: Entries) -> None:
        self._signals.show_runs.emit(entries[0].job_id)

    def _open_first(self, entries: Entries) -> None:
        """Lead to where more is to be seen of an entry."""
        del entries
        for action in (self.log, self.review, self.history):
            if action.isVisible():
                action.trigger()
                return
        self.reading.emit()

    def _explain(self, entries: Entries) -> None:
        entry = entries[0]
        if entry.run is not None:
            self._signals.explain_run.emit(entry.run.id)
        else:
            self._signals.explain_job.emit(entry.job_id)

    def _edit(self, entries: Entries) -> None:
        self._signals.edit_job.emit(entries[0].job_id)


def _more(actions: Sequence[QAction]) -> QToolButton:
    button = icon_button("more", _("More for what is selected"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.addActions(actions)
    button.setMenu(menu)

    def follow() -> None:
        button.setHidden(not any(action.isVisible() for action in actions))

    for action in actions:
        action.changed.connect(follow)
    follow()
    return button
