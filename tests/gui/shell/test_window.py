"""The main window: its pages by keyboard, what waits in the inbox, and where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import EngineState, Overview
from deskcron.domain.errors import RequestFailed
from deskcron.domain.review import Absence, ReviewNews
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.hint import ReviewHint
from deskcron.gui.shell.errorbar import ErrorBar
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.navigation import Navigation
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Pages, Place
from deskcron.gui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = {
    Place.JOBS: Qt.Key.Key_1,
    Place.HISTORY: Qt.Key.Key_2,
    Place.INBOX: Qt.Key.Key_3,
    Place.SETTINGS: Qt.Key.Key_4,
}


def overview(needs_you: int) -> Overview:
    """Return an overview with so many entries in the inbox."""
    engine = EngineState(running=True, pid=1)
    return Overview(engine=engine, jobs=1, running=(), needs_you=needs_you, upcoming=())


def buttons(window: MainWindow) -> list[str]:
    """Return the names of the navigation's buttons as a screen reader says them."""
    found = window.findChild(Navigation).findChildren(QAbstractButton)
    spoken = (QAccessible.queryAccessibleInterface(one) for one in found)
    return [one.text(QAccessible.Text.Name) for one in spoken]


def test_window_opens_with_the_jobs(window: MainWindow) -> None:
    """The first page is that of the jobs, and the title says so."""
    assert window.place() is Place.JOBS
    assert window.windowTitle() == "Jobs — deskcron"


@pytest.mark.parametrize("place", list(Place))
def test_every_page_is_reached_by_keyboard(window: MainWindow, qtbot: QtBot, place: Place) -> None:
    """Ctrl and a digit leads to a page."""
    qtbot.keyClick(window, KEYS[place], CTRL)
    assert window.place() is place
    assert window.page(place).isVisible()


def test_an_absence_is_told_above_the_page(
    make_window: MakeWindow,
    context: PageContext,
    facade: Facade,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """Whoever opens the window sees that there is something to answer."""
    now = context.clock.now()
    absence = Absence(since=now - timedelta(hours=8), until=now, settled_at=now)
    monkeypatch.setattr(facade.review, "news", lambda: ReviewNews(absence, jobs=2, open_jobs=1))
    window = make_window()
    qtbot.waitUntil(window.findChild(ReviewHint).isVisible)


@pytest.mark.parametrize("place", list(Place))
def test_a_new_job_begins_on_every_page(
    window: MainWindow, context: PageContext, qtbot: QtBot, place: Place
) -> None:
    """Ctrl+N lets the form ask what kind of job it is to be."""
    window.go(place)
    with qtbot.waitSignal(context.signals.new_job) as begun:
        qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert begun.args == [""]


def test_pages_are_made_when_first_looked_at(
    qtbot: QtBot, context: PageContext, overview_watcher: OverviewWatcher, tmp_path: Path
) -> None:
    """A page nobody opens costs nothing, and one that was opened stays the same."""
    made: list[str] = []

    def maker(name: str) -> Callable[[QWidget], QWidget]:
        def make(parent: QWidget) -> QWidget:
            made.append(name)
            return QWidget(parent)

        return make

    pages = Pages(*(maker(name) for name in Pages._fields))
    window = MainWindow(context, overview_watcher, WindowMemory(tmp_path / "window"), pages)
    qtbot.addWidget(window)
    assert made == ["jobs"]
    window.go(Place.INBOX)
    window.go(Place.JOBS)
    window.go(Place.INBOX)
    assert made == ["jobs", "inbox"]


def test_page_that_is_shown_has_the_keyboard(
    qtbot: QtBot, context: PageContext, overview_watcher: OverviewWatcher, tmp_path: Path
) -> None:
    """Whoever goes to a page can type there."""
    field = QLineEdit()
    pages = Pages(QWidget, lambda _parent: field, QWidget, QWidget)
    window = MainWindow(context, overview_watcher, WindowMemory(tmp_path / "window"), pages)
    qtbot.addWidget(window)
    window.show()
    window.go(Place.HISTORY)
    assert window.focusWidget() is field


def test_inbox_says_how_much_waits(window: MainWindow, overview_watcher: OverviewWatcher) -> None:
    """The number beside the inbox is part of its name."""
    assert "Inbox" in buttons(window)
    overview_watcher.seen.emit(overview(needs_you=1))
    assert "Inbox, 1 waits" in buttons(window)
    overview_watcher.seen.emit(overview(needs_you=120))
    assert "Inbox, 120 wait" in buttons(window)
    overview_watcher.seen.emit(overview(needs_you=0))
    assert "Inbox" in buttons(window)


@pytest.mark.parametrize("letters", [90, 180], ids=["narrow", "wide"])
def test_number_of_the_inbox_can_be_seen(
    window: MainWindow, overview_watcher: OverviewWatcher, letters: int
) -> None:
    """What waits is painted over the button, in a narrow window as in a wide one."""
    window.resize(window.fontMetrics().averageCharWidth() * letters, 600)
    navigation = window.findChild(Navigation)
    empty = navigation.grab().toImage()
    overview_watcher.seen.emit(overview(needs_you=3))
    three = navigation.grab().toImage()
    overview_watcher.seen.emit(overview(needs_you=120))
    assert empty != three
    assert three != navigation.grab().toImage()


def test_navigation_gives_way_where_there_is_little_room(window: MainWindow, qtbot: QtBot) -> None:
    """A narrow window shows icons alone; their names stay."""
    navigation = window.findChild(Navigation)
    window.resize(window.fontMetrics().averageCharWidth() * 180, 600)
    wide = navigation.width()
    window.resize(window.fontMetrics().averageCharWidth() * 90, 600)
    qtbot.waitUntil(lambda: navigation.width() < wide / 2)
    assert buttons(window)[:4] == ["Jobs", "History", "Inbox", "Settings"]


def test_window_is_where_it_was(make_window: Callable[[], MainWindow]) -> None:
    """The size is kept from one start to the next."""
    first = make_window()
    first.resize(771, 633)
    first.close()
    assert make_window().size() == QSize(771, 633)


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_keys_are_shown_on_request(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    """F1 and ? show which keys there are."""
    qtbot.keyClick(window, key)
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Ctrl+2" in words
    assert "Run now" in words
    dialog.close()


@pytest.mark.parametrize("room", [QSize(400, 300), QSize(1200, 900)])
def test_all_keys_can_be_read_however_small_the_screen_is(
    window: MainWindow, qtbot: QtBot, room: QSize
) -> None:
    """What has no room is scrolled, downwards alone; the button to close is always to be seen."""
    window.show_keys()
    dialog = window.findChild(QDialog)
    dialog.resize(room)
    area = dialog.findChild(QScrollArea)
    is_small = room.height() < area.widget().sizeHint().height()
    qtbot.waitUntil(lambda: (area.verticalScrollBar().maximum() > 0) is is_small)
    assert area.horizontalScrollBar().maximum() == 0
    close = dialog.findChild(QDialogButtonBox)
    assert dialog.rect().contains(close.geometry())
    dialog.close()


def test_keys_rest_while_the_pages_are_covered(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    """Over the page that says why nothing can be used no form is opened by a key."""
    begun: list[str] = []
    context.signals.new_job.connect(begun.append)
    contents = window.takeCentralWidget()
    cover = QWidget()
    window.setCentralWidget(cover)
    qtbot.waitUntil(cover.isVisible)
    qtbot.keyClick(cover, Qt.Key.Key_N, CTRL)
    assert begun == []
    window.setCentralWidget(contents)
    qtbot.waitUntil(contents.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert begun == [""]


def test_quit_is_a_wish(window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+Q asks for the end; the window does not decide about it."""
    with qtbot.waitSignal(window.quit_wanted):
        qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert window.isVisible()


def test_error_is_shown_above_the_page_until_it_is_closed(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    """What failed, why and what to do stand in a bar; the page below stays usable."""
    bar = window.findChild(ErrorBar)
    assert not bar.isVisible()
    context.bridge.failed.emit(
        RequestFailed(title="Not saved", detail="the <b>disk</b> is full", hint="Make room.")
    )
    assert bar.isVisible()
    assert bar.title() == "Not saved"
    assert bar.text() == "the <b>disk</b> is full\nMake room."
    assert window.page(Place.JOBS).isEnabled()
    qtbot.mouseClick(bar.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_newer_error_takes_the_place_of_the_older(window: MainWindow, context: PageContext) -> None:
    """One bar shows the newest; an error without reason or advice is one line."""
    context.bridge.failed.emit(RequestFailed(title="First", detail="reason", hint="advice"))
    context.bridge.failed.emit(RequestFailed(title="Second"))
    bar = window.findChild(ErrorBar)
    assert bar.title() == "Second"
    assert bar.text() == ""


def test_question_nobody_answers_for_reaches_the_bar(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    """An error of the real core that no page takes is told by the window."""
    context.bridge.ask(window, lambda facade: facade.jobs.undo(), print)
    bar = window.findChild(ErrorBar)
    qtbot.waitUntil(bar.isVisible)
    assert bar.title()
