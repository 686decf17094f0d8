"""What can be done to the selected jobs, as buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.doing import Names
from deskcron.gui.jobs.commands import JobCommands
from deskcron.gui.jobs.listing import Line
from deskcron.gui.pagecontext import PageSignals
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.toggle import Toggle

Lines = Sequence[Line]


class Actions(QObject):
    """Offer what fits the selected jobs; the keys work while the table has the focus."""

    def __init__(
        self,
        table: QWidget,
        selected: Callable[[], Lines],
        commands: JobCommands,
        signals: PageSignals,
    ) -> None:
        super().__init__(table)
        self._table = table
        self._selected = selected
        self._commands = commands
        self._signals = signals
        add = self._add
        self.run = add(_("&Run now"), "run", self._run, ["Ctrl+R"])
        self.stop = add(_("S&top"), "stop", self._stop)
        self.resume = add(_("R&esume after failures"), "resume", self._resume)
        self.edit = add(_("&Edit…"), "edit", self._edit, ["Return", "Enter", "F2"])
        self.duplicate = add(_("Du&plicate"), "duplicate", self._duplicate, ["Ctrl+D"])
        self.switch = Toggle(
            add("", "power", self._switch, ["Space"]),
            (_("Turn &on"), _("Turn &off")),
            ("power", "power"),
        )
        self.mute = Toggle(
            add("", "mute", self._mute), (_("&Mute"), _("Un&mute")), ("mute", "unmute")
        )
        self.runs = add(_("&Show runs"), "history", self._show_runs)
        self.statistics = add(_("Statist&ics"), "statistics", self._show_statistics)
        self.why = add(_("&Why?"), "why", self._explain)
        self.remove = add(_("&Delete"), "delete", self._remove, ["Del"])
        self.menu = self._menu()
        self.refresh()

    def _menu(self) -> QMenu:
        menu = QMenu(self._table)
        for group in (
            (self.run, self.stop, self.resume),
            (self.edit, self.duplicate, self.switch.action, self.mute.action),
            (self.runs, self.statistics, self.why),
            (self.remove,),
        ):
            menu.addActions(group)
            menu.addSeparator()
        return menu

    def refresh(self) -> None:
        """Offer what fits what is selected now."""
        lines = self._selected()
        is_any, is_one = bool(lines), len(lines) == 1
        for action in (self.run, self.duplicate, self.statistics, self.remove):
            action.setEnabled(is_any)
        for action in (self.edit, self.runs, self.why):
            action.setEnabled(is_one)
        self.stop.setEnabled(any(line.is_running for line in lines))
        self.resume.setVisible(any(line.job.is_held for line in lines))
        may_change = [line for line in lines if line.job.fault is None]
        for toggle in (self.switch, self.mute):
            toggle.action.setEnabled(bool(may_change))
        self.switch.show(is_back=is_any and all(line.job.enabled for line in lines))
        self.mute.show(is_back=is_any and all(line.job.muted for line in lines))

    def _add(
        self, text: str, picture: str, deed: Callable[[Lines], None], keys: Sequence[str] = ()
    ) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._do(deed))
        self._table.addAction(action)
        return action

    def _do(self, deed: Callable[[Lines], None]) -> None:
        lines = self._selected()
        if lines:
            deed(lines)

    def _run(self, lines: Lines) -> None:
        self._commands.run(_names(lines))

    def _stop(self, lines: Lines) -> None:
        self._commands.stop(_names([line for line in lines if line.is_running]))

    def _resume(self, lines: Lines) -> None:
        self._commands.resume(_names([line for line in lines if line.job.is_held]))

    def _edit(self, lines: Lines) -> None:
        self._signals.edit_job.emit(lines[0].id)

    def _duplicate(self, lines: Lines) -> None:
        self._commands.duplicate([line.job for line in lines])

    def _switch(self, lines: Lines) -> None:
        is_on = not all(line.job.enabled for line in lines)
        jobs = [line.job for line in lines if line.job.fault is None]
        self._commands.set_enabled(jobs, is_on=is_on)

    def _mute(self, lines: Lines) -> None:
        is_muted = not all(line.job.muted for line in lines)
        may_change = [line for line in lines if line.job.fault is None]
        self._commands.mute(_names(may_change), is_muted=is_muted)

    def _show_runs(self, lines: Lines) -> None:
        self._signals.show_runs.emit(lines[0].id)

    def _show_statistics(self, lines: Lines) -> None:
        self._signals.show_statistics.emit(lines[0].id if len(lines) == 1 else "")

    def _explain(self, lines: Lines) -> None:
        self._signals.explain_job.emit(lines[0].id)

    def _remove(self, lines: Lines) -> None:
        self._commands.remove([line.job for line in lines])


def _names(lines: Lines) -> Names:
    return {line.id: line.job.name for line in lines}
