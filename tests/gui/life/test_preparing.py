"""Pages are made in quiet moments, and whoever looks at one notices nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.life import preparing as preparing_module
from deskcron.gui.life.preparing import Preparing
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Pages, Place
from deskcron.gui.shell.window import MainWindow

PATIENCE_S = 20


class Page(QWidget):
    """A page that notes what size it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sizes: list[QSize] = []

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Note it."""
        self.sizes.append(event.size())


@pytest.fixture
def made() -> list[str]:
    """Return the names of the pages in the order in which they are made."""
    return []


@pytest.fixture
def window(qtbot: QtBot, context: PageContext, made: list[str], tmp_path: Path) -> MainWindow:
    """Return a window that shows its first page."""

    def maker(name: str) -> Callable[[QWidget], QWidget]:
        def make(parent: QWidget) -> QWidget:
            made.append(name)
            return Page(parent)

        return make

    pages = Pages(*(maker(name) for name in Pages._fields))
    memory = WindowMemory(tmp_path / "window")
    window = MainWindow(context, OverviewWatcher(context.bridge), memory, pages)
    qtbot.addWidget(window)
    window.show()
    return window


def prepare_all(qtbot: QtBot, preparing: Preparing) -> None:
    """Wait until code and page of each place are there; the code of the first is loaded ahead."""
    with qtbot.waitSignals([preparing.made] * (1 + 2 * len(Place))):
        pass


def test_every_page_is_made_once_and_has_its_size(
    qtbot: QtBot, context: PageContext, window: MainWindow, made: list[str]
) -> None:
    """What was not looked at yet is made, and stands as it will be shown."""
    window.go(Place.INBOX)
    prepare_all(qtbot, Preparing(context.bridge, window))
    assert made == ["jobs", "inbox", "history", "settings"]
    assert window.place() is Place.INBOX
    assert {window.page(place).size() for place in Place} == {window.page(Place.INBOX).size()}


def test_the_page_that_is_looked_at_keeps_its_size(
    qtbot: QtBot, context: PageContext, window: MainWindow
) -> None:
    """A window that is made larger after another page was chosen shows that page at its size."""
    preparing = Preparing(context.bridge, window)
    window.go(Place.HISTORY)
    window.resize(window.size() + QSize(300, 200))
    page = window.page(Place.HISTORY)
    assert isinstance(page, Page)
    qtbot.waitUntil(lambda: page.width() > window.page(Place.JOBS).width())
    before = window.page(Place.JOBS).size()
    page.sizes.clear()
    prepare_all(qtbot, preparing)
    assert before not in page.sizes


def test_nothing_is_made_while_a_question_is_open(
    qtbot: QtBot, context: PageContext, window: MainWindow, made: list[str]
) -> None:
    """What a person waits for comes first."""
    may_answer = Event()
    preparing = Preparing(context.bridge, window)
    with qtbot.waitSignal(context.bridge.rested):
        pass
    context.bridge.ask(window, lambda _facade: may_answer.wait(PATIENCE_S), lambda _done: None)
    for _turn in range(4 * len(Place)):
        preparing.findChild(QTimer).timeout.emit()
    assert made == ["jobs"]
    may_answer.set()
    prepare_all(qtbot, preparing)
    assert made == ["jobs", "history", "inbox", "settings"]


def test_the_code_of_a_page_is_loaded_on_a_worker_before_it_is_made(
    qtbot: QtBot,
    context: PageContext,
    window: MainWindow,
    made: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The window answers while code is loaded."""
    made_before: dict[str, list[str]] = {}
    threads: set[Thread] = set()

    def load(part: str) -> None:
        threads.add(current_thread())
        made_before[part] = list(made)

    monkeypatch.setattr(preparing_module, "import_module", load)
    prepare_all(qtbot, Preparing(context.bridge, window))
    assert main_thread() not in threads
    for name in ("history", "inbox", "settings"):
        assert name not in made_before[f"deskcron.gui.{name}.page"]
