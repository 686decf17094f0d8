"""A main window with plain pages over a real core."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Pages
from deskcron.gui.shell.window import MainWindow

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def overview_watcher(context: PageContext) -> OverviewWatcher:
    """Return a watcher that looks when it is told to."""
    return OverviewWatcher(context.bridge)


@pytest.fixture
def make_window(
    qtbot: QtBot, context: PageContext, overview_watcher: OverviewWatcher, tmp_path: Path
) -> MakeWindow:
    """Return what makes a window; several remember the same place."""

    def make() -> MainWindow:
        memory = WindowMemory(tmp_path / "window")
        window = MainWindow(
            context, overview_watcher, memory, Pages(QWidget, QWidget, QWidget, QWidget)
        )
        qtbot.addWidget(window)
        window.show()
        return window

    return make


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """Return a window that is shown."""
    return make_window()


@pytest.fixture
def add_job(facade: Facade) -> Callable[[str], str]:
    """Return what adds a job and gives its id."""

    def add(name: str) -> str:
        document = {
            "name": name,
            "enabled": True,
            "tags": [],
            "triggers": [facade.whens.when("every", "1h")],
            "action": {"kind": "reminder", "text": "Look up"},
        }
        return facade.jobs.add(document).job.id

    return add
