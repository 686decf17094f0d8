"""Build the main window and its pages."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from deskcron.gui.life.forms import Forms
from deskcron.gui.life.guide import Guide
from deskcron.gui.life.host import Host
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Pages
from deskcron.gui.shell.window import MainWindow
from deskcron.gui.theme.columns import Columns

# Imports inside functions: a page is loaded when it is first wanted, which keeps a start quick
# and a hidden window small.
# ruff: noqa: PLC0415


class WindowFactory:
    """Make pages when they are first wanted."""

    def __init__(self, context: PageContext, host: Host, forms: Forms) -> None:
        self._context = context
        self._host = host
        self._forms = forms

    def window(self, overview_watcher: OverviewWatcher) -> MainWindow:
        """Return a new main window; there is to be one at a time."""
        memory = WindowMemory(self._host.paths().window_place)
        pages = Pages(
            partial(self._jobs, memory),
            partial(self._history, memory),
            self._inbox,
            self._settings,
        )
        window = MainWindow(self._context, overview_watcher, memory, pages)
        Guide(self._context, window, self._forms)
        return window

    def _jobs(self, memory: WindowMemory, parent: QWidget) -> QWidget:
        from deskcron.gui.jobs.page import JobsPage

        page = JobsPage(self._context, parent)
        _remember(page.columns, memory, "jobs")
        return page

    def _history(self, memory: WindowMemory, parent: QWidget) -> QWidget:
        from deskcron.gui.history.page import HistoryPage

        page = HistoryPage(self._context, parent)
        _remember(page.table.columns, memory, "history")
        return page

    def _inbox(self, parent: QWidget) -> QWidget:
        from deskcron.gui.inbox.page import InboxPage

        return InboxPage(self._context, parent)

    def _settings(self, parent: QWidget) -> QWidget:
        from deskcron.gui.settings.page import SettingsPage

        host = self._host
        login, headless = (host.autostart(headless=headless) for headless in (False, True))
        return SettingsPage(self._context, login, headless, host.paths(), parent)


def _remember(columns: Columns, memory: WindowMemory, table: str) -> None:
    columns.restore(memory.columns(table))
    columns.dragged.connect(partial(memory.note_columns, table))
