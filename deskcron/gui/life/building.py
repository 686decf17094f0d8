"""Build the main window, and connect the ways between its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from deskcron.gui.desk import Desk
from deskcron.gui.life.host import Host
from deskcron.gui.shell.lookout import Lookout
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.places import Pages, Place
from deskcron.gui.shell.window import MainWindow

if TYPE_CHECKING:
    from deskcron.gui.editor.dialog import Editor
    from deskcron.gui.history.page import HistoryPage
    from deskcron.gui.why.dialog import WhyDialog

# Imports inside functions: a page is loaded when it is first looked at, which keeps a start
# quick and a hidden window small.
# ruff: noqa: PLC0415


class Building(QObject):
    """Make pages and dialogs when they are first wanted, and lead from one to the other."""

    def __init__(self, desk: Desk, host: Host, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._host = host
        self._why: WhyDialog | None = None

    def window(self, lookout: Lookout) -> MainWindow:
        """Return the main window; it is made once."""
        memory = WindowMemory(self._host.paths().window_place)
        pages = Pages(self._jobs, self._history, self._inbox, self._settings)
        window = MainWindow(self._desk, lookout, memory, pages)
        ways = self._desk.ways
        ways.new_job.connect(lambda template: self._edit(window).begin(template))
        ways.edit_job.connect(lambda job_id: self._edit(window).edit(job_id))
        ways.explain_job.connect(lambda job_id: self._explain(window).explain(job_id))
        ways.explain_run.connect(lambda run_id: self._explain(window).explain_run(run_id))
        ways.show_runs.connect(lambda job_id: self._history_of(window).show_job(job_id))
        ways.show_run.connect(lambda run_id: self._history_of(window).show_run(run_id))
        ways.show_inbox.connect(lambda: window.go(Place.INBOX))
        return window

    def _jobs(self) -> QWidget:
        from deskcron.gui.jobs.page import JobsPage

        return JobsPage(self._desk)

    def _history(self) -> QWidget:
        from deskcron.gui.history.page import HistoryPage

        return HistoryPage(self._desk)

    def _inbox(self) -> QWidget:
        from deskcron.gui.inbox.page import InboxPage

        return InboxPage(self._desk)

    def _settings(self) -> QWidget:
        from deskcron.gui.settings.page import SettingsPage

        host = self._host
        login, headless = (host.autostart(headless=headless) for headless in (False, True))
        return SettingsPage(self._desk, login, headless, host.paths())

    def _edit(self, window: MainWindow) -> Editor:
        """Return a form of its own for each wish, so that none replaces what is typed elsewhere."""
        from deskcron.gui.editor.dialog import Editor

        editor = Editor(self._desk, window)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.show()
        editor.raise_()
        editor.activateWindow()
        return editor

    def _explain(self, window: MainWindow) -> WhyDialog:
        from deskcron.gui.why.dialog import WhyDialog

        if self._why is None:
            self._why = WhyDialog(self._desk, window)
        return self._why

    def _history_of(self, window: MainWindow) -> HistoryPage:
        window.go(Place.HISTORY)
        return cast("HistoryPage", window.page(Place.HISTORY))
