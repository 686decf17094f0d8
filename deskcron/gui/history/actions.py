"""What can be done about the run that is chosen, as buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from deskcron.domain.answers import RunDetail
from deskcron.domain.run import Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.gui.history.tidyundo import TidyUndo
from deskcron.gui.output.logfile import open_log
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip

_OF_PROGRAMS = frozenset({"command", "script", "python"})
"""The kinds of jobs that start a program of the person's, which its environment means most to."""


class Actions(QObject):
    """Offer what fits the run; the keys work while the table has the focus.

    `started` carries the number of a run that was started, `only_job` the id of the job whose
    runs alone are wanted, `copied` asks for the details in the clipboard.
    """

    started = Signal(object)
    only_job = Signal(str)
    copied = Signal()

    def __init__(self, context: PageContext, table: QWidget) -> None:
        super().__init__(table)
        self._context = context
        self._table = table
        self._run: Run | None = None
        self._is_job_there = True
        self.why = self._add(_("&Why?"), "why", self._explain)
        self.start = self._add(_("Start &now"), "run", self._start)
        self.skip = self._add(_("S&kip"), "skipped", self._skip)
        self.again = self._add(_("&Run again"), "run", self._run_again, "Ctrl+R")
        self.stop = self._add(_("S&top"), "stop", self._stop)
        self.open = self._add(_("&Open log in editor"), "editor", self._open_log, "Ctrl+E")
        self.copy = self._add(_("&Copy details"), "copy", self.copied.emit, "Ctrl+C")
        self.environment = self._add(_("En&vironment…"), "environment", self._show_environment)
        self.environment.setVisible(False)
        self.edit = self._add(_("&Edit job…"), "edit", self._edit)
        self.only = self._add(_("Show runs of this &job only"), "filter", self._choose_job)
        self.statistics = self._add(
            _("Statist&ics of this job"), "statistics", self._show_statistics
        )
        self.undo = self._add(_("&Undo this tidying…"), "undo", self._undo)
        self.undo.setVisible(False)
        self._tidying = TidyUndo(context, table, self.undo.setVisible)
        self.show(None)

    def show(self, run: Run | None) -> None:
        """Offer what fits this run; its environment only once all of it is known."""
        if run is None or self._run is None or run.id != self._run.id:
            self.environment.setEnabled(False)
            self._is_job_there = True  # until it is known
        self._run = run
        self._tidying.look(run)
        for action in (self.why, self.copy, self.only, self.statistics):
            action.setEnabled(run is not None)
        self._offer_job()
        for action in (self.start, self.skip):
            action.setVisible(run is not None and run.status is Status.WAITING)
        if run is None:
            self.environment.setVisible(False)
        self.stop.setEnabled(run is not None and run.status.is_open)
        self.open.setEnabled(run is not None and run.started_at is not None)

    def show_detail(self, detail: RunDetail) -> None:
        """Offer what fits this run, of which all is known."""
        self.show(detail.run)
        self._is_job_there = detail.is_job_there
        self._offer_job()
        may_have = detail.kind in _OF_PROGRAMS and detail.run.started_at is not None
        self.environment.setVisible(may_have)
        self.environment.setEnabled(may_have)

    def _offer_job(self) -> None:
        """Offer what needs the job, which may have been deleted or never saved."""
        for action in (self.again, self.edit):
            action.setEnabled(self._run is not None and self._is_job_there)

    def buttons(self, parent: QWidget) -> list[QToolButton]:
        """Return buttons for what is done most, made below a parent."""
        often = (
            self.start,
            self.skip,
            self.undo,
            self.why,
            self.again,
            self.environment,
            self.edit,
            self.copy,
        )
        return [_tool(action, parent) for action in often]

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu with everything."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in (
            (self.start, self.skip),
            (self.undo,),
            (self.why, self.again, self.stop),
            (self.open, self.environment, self.copy),
            (self.edit, self.only, self.statistics),
        ):
            menu.addActions(group)
            menu.addSeparator()
        return menu

    def _add(self, text: str, name: str, deed: Callable[[], object], key: str = "") -> QAction:
        action = QAction(icon(name), text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked: deed())
        self._table.addAction(action)
        return action

    def _explain(self) -> None:
        if self._run is not None:
            self._context.signals.explain_run.emit(self._run.id)

    def _start(self) -> None:
        run = self._run
        if run is not None:
            self._context.bridge.ask(
                self, lambda facade: facade.control.proceed(run.id), lambda _told: None
            )

    def _skip(self) -> None:
        run = self._run
        if run is not None:
            self._context.bridge.ask(
                self, lambda facade: facade.control.decline(run.id), lambda _told: None
            )

    def _undo(self) -> None:
        self._tidying.ask()

    def _run_again(self) -> None:
        run = self._run
        if run is not None:
            self._context.bridge.ask(
                self, lambda facade: facade.control.run(run.job_id), self.started.emit
            )

    def _stop(self) -> None:
        run = self._run
        if run is not None:
            self._context.bridge.ask(
                self, lambda facade: facade.control.stop_run(run.id), lambda _told: None
            )

    def _open_log(self) -> None:
        if self._run is not None:
            open_log(self._context, self, self._run.id)

    def _show_environment(self) -> None:
        run = self._run
        if run is not None:
            self._context.signals.show_environment.emit(run.job_id, run.id)

    def _edit(self) -> None:
        if self._run is not None:
            self._context.signals.edit_job.emit(self._run.job_id)

    def _choose_job(self) -> None:
        if self._run is not None:
            self.only_job.emit(self._run.job_id)

    def _show_statistics(self) -> None:
        if self._run is not None:
            self._context.signals.show_statistics.emit(self._run.job_id)


def _tool(action: QAction, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(tip(keys))

    def follow() -> None:
        made.setVisible(action.isVisible())

    action.changed.connect(follow)
    made.setHidden(not action.isVisible())
    return made
