"""The engine in the window's process: own, attached, taking over, or impossible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.domain.errors import DeskcronError, RequestFailed, StoreUnavailable
from deskcron.domain.ports import AutostartState
from deskcron.gui.life import engineroom
from deskcron.gui.life.engineroom import EngineRoom
from deskcron.gui.life.erroroverlay import ErrorOverlay
from deskcron.gui.life.errorpage import ErrorPage
from deskcron.gui.life.mending import examine_place, mend_login
from deskcron.system.paths import Paths

WAIT_S = 20.0


@pytest.fixture(autouse=True)
def _no_session(monkeypatch) -> None:
    """Show no banners of these tests on a screen."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@pytest.fixture
def room(qtbot: QtBot, core: Core) -> Iterator[EngineRoom]:
    """Return the engine room of this test's home, not begun."""
    room = EngineRoom(core)
    yield room
    room.stop()


def test_where_nobody_is_the_engine_the_window_is(qtbot: QtBot, room, core: Core) -> None:
    """The window becomes the engine, and is it no more when it stops."""
    with qtbot.waitSignal(room.opened):
        room.start()
    assert room.is_open
    assert core.facade().control.state().role == "window"
    room.stop()
    assert not core.facade().control.state().running


def test_the_window_uses_the_engine_there_is_and_takes_over(qtbot, room, core, monkeypatch) -> None:
    """Beside a daemon the store opens at once; when the daemon ends the window takes over."""
    monkeypatch.setattr(engineroom, "AGAIN_S", 0.02)
    daemon, stop, ready = Core(core.paths()), Event(), Event()
    thread = Thread(target=daemon.serve, args=(stop,), kwargs={"ready": ready.set})
    thread.start()
    try:
        assert ready.wait(WAIT_S)
        with qtbot.waitSignal(room.opened):
            room.start()
        assert core.facade().control.state().role == "daemon"
        with qtbot.assertNotEmitted(room.opened):
            stop.set()
            qtbot.waitUntil(lambda: core.facade().control.state().role == "window", timeout=20_000)
    finally:
        stop.set()
        thread.join()
        daemon.close()


class BrokenHost:
    """A host whose store cannot be used until it is mended."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error
        self.tries = 0

    def paths(self) -> Paths:
        return Paths.below(Path("/data"))

    def serve(self, stop, told=None, ready=None, role="") -> None:
        self.tries += 1
        if self.error is not None:
            raise self.error
        ready()
        stop.wait()


@pytest.mark.usefixtures("expected_logs")
def test_a_reason_is_told_once_until_it_is_asked_for(qtbot: QtBot, monkeypatch) -> None:
    """Why the store cannot be used is told once, again on demand, and no more when it can be."""
    monkeypatch.setattr(engineroom, "AGAIN_S", 0.01)
    host = BrokenHost(StoreUnavailable(title="No space"))
    room, told = EngineRoom(host), []
    room.failed.connect(told.append)
    room.start()
    qtbot.waitUntil(lambda: host.tries > 3)
    qtbot.waitUntil(lambda: [str(error) for error in told] == ["No space."])
    room.retry()
    qtbot.waitUntil(lambda: len(told) == 2)
    with qtbot.waitSignal(room.opened):
        host.error = None
    assert room.is_open
    room.stop()


@pytest.mark.usefixtures("expected_logs")
def test_what_nobody_foresaw_is_told_in_words(qtbot: QtBot) -> None:
    """An error of the program itself is told as one, with the place of the log, and tried again."""
    room = EngineRoom(BrokenHost(ZeroDivisionError("division by zero")))
    with qtbot.waitSignal(room.failed) as blocker:
        room.start()
    assert isinstance(blocker.args[0], DeskcronError)
    assert "ZeroDivisionError" in blocker.args[0].detail
    assert blocker.args[0].hint == "/data/window.log says more."
    room.stop()


def test_a_room_that_was_never_begun_can_be_left(core: Core) -> None:
    """Stopping before the start does nothing."""
    EngineRoom(core).stop()


def test_the_window_is_covered_and_uncovered(qtbot: QtBot) -> None:
    """The error covers what the window shows; a second one changes the words; then all is back."""
    window, contents = QMainWindow(), QLabel("jobs")
    qtbot.addWidget(window)
    window.setCentralWidget(contents)
    window.show()
    overlay = ErrorOverlay()
    overlay.take_off()
    overlay.put_on(window, StoreUnavailable(title="First", detail="<b>why</b>", hint="Do this."))
    (page,) = window.findChildren(ErrorPage)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert texts == ["First", "<b>why</b>.\n\nDo this."]
    assert not contents.isVisible()
    overlay.put_on(window, StoreUnavailable(title="Second"))
    assert "Second" in [label.text() for label in page.findChildren(QLabel)]
    with qtbot.waitSignals([overlay.retry, overlay.quit_wanted]):
        page.retry.emit()
        page.quit_wanted.emit()
    overlay.take_off()
    assert window.centralWidget() is contents
    qtbot.waitUntil(contents.isVisible)
    qtbot.waitUntil(lambda: window.findChildren(ErrorPage) == [])


class Login:
    """A system with a start at login."""

    def __init__(self, *, is_on: bool, is_stale: bool) -> None:
        self.now = AutostartState(is_on=is_on, place="/x", is_stale=is_stale, remark="Gone.")
        self.repairs = 0

    def state(self) -> AutostartState:
        return self.now

    def enable(self) -> None:
        self.repairs += 1


class LoginHost:
    """A host with both ways to start at login."""

    def __init__(self, window: Login, engine: Login, core: Core) -> None:
        self.ways = {False: window, True: engine}
        self.paths = core.paths

    def autostart(self, *, headless: bool) -> Login:
        return self.ways[headless]


def test_only_stale_entries_for_the_login_are_repaired(core: Core) -> None:
    """An entry whose program has moved is repaired, with a word; what is off stays off."""
    stale, off = Login(is_on=True, is_stale=True), Login(is_on=False, is_stale=True)
    assert mend_login(LoginHost(stale, off, core)) == ["The start at login was repaired: Gone."]
    assert (stale.repairs, off.repairs) == (1, 0)
    fine = Login(is_on=True, is_stale=False)
    assert mend_login(LoginHost(fine, off, core)) == []
    assert fine.repairs == 0


def test_a_place_that_may_harm_the_data_is_told(core: Core, deskcron_home) -> None:
    """A data directory in a synced folder is told of in words."""
    examine_place(core)
    deskcron_home.mkdir(exist_ok=True)
    (deskcron_home.parent / ".stfolder").mkdir()
    with pytest.raises(RequestFailed, match="can be damaged"):
        examine_place(core)
