"""Pages are made in quiet moments, and nothing is made twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.life.preparing import Preparing
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Pages, Place
from deskcron.gui.shell.window import MainWindow


@pytest.fixture
def made() -> list[str]:
    """Return the names of the pages in the order in which they are made."""
    return []


@pytest.fixture
def window(qtbot: QtBot, context: PageContext, made: list[str], tmp_path: Path) -> MainWindow:
    """Return a window that shows its first page."""

    def maker(name: str):
        def make(parent: QWidget) -> QWidget:
            made.append(name)
            return QLabel(name, parent)

        return make

    pages = Pages(*(maker(name) for name in Pages._fields))
    memory = WindowMemory(tmp_path / "window")
    window = MainWindow(context, OverviewWatcher(context.bridge), memory, pages)
    qtbot.addWidget(window)
    window.show()
    return window


def test_every_page_is_made_once_and_the_first_stays_in_sight(
    qtbot: QtBot, context: PageContext, window: MainWindow, made: list[str]
) -> None:
    """Every page is made once, and what is looked at stays as it is."""
    window.go(Place.INBOX)
    Preparing(context.bridge, window)
    qtbot.waitUntil(lambda: len(made) == len(Place))
    assert made == ["jobs", "inbox", "history", "settings"]
    assert window.place() is Place.INBOX


def test_nothing_is_made_while_a_question_is_open(
    qtbot: QtBot, context: PageContext, facade: Facade, window: MainWindow, made: list[str]
) -> None:
    """What a person waits for comes first: the bridge that is closed still has a question."""
    bridge = Bridge(lambda: facade)
    bridge.ask(window, lambda _facade: None, lambda _answer: made.append("answer"))
    Preparing(bridge, window)
    bridge.open()
    qtbot.waitUntil(lambda: "settings" in made)
    bridge.close()
    assert made == ["jobs", "answer", "history", "inbox", "settings"]
