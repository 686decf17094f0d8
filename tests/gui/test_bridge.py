"""Questions of the window are answered on its own thread, in order of need."""

from __future__ import annotations

import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskcron.domain.errors import DeskcronError, NotFound
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge, Latest


def test_a_question_is_asked_on_a_worker_and_answered_on_the_gui_thread(
    qtbot: QtBot, bridge: Bridge
) -> None:
    """A question is asked on a worker and answered on the GUI thread."""
    seen: list[Any] = []
    bridge.ask(
        bridge,
        lambda facade: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    [(worker, is_main)] = seen
    assert worker.startswith("deskcron-ask")
    assert is_main


def test_an_owner_that_is_gone_gets_no_answer(qtbot: QtBot, bridge: Bridge) -> None:
    """An owner that is gone gets no answer."""
    owner, seen = QObject(), []
    asked = threading.Event()
    bridge.ask(owner, lambda _facade: asked.wait(5), lambda _answer: seen.append("owner"))
    delete(owner)
    asked.set()
    bridge.ask(bridge, lambda _facade: 1, lambda _answer: seen.append("bridge"))
    qtbot.waitUntil(lambda: "bridge" in seen)
    bridge.close()
    qtbot.wait(1)
    assert seen == ["bridge"]


def test_a_known_failure_goes_to_the_one_who_asked(qtbot: QtBot, bridge: Bridge) -> None:
    """A known failure goes to the one who asked."""
    failures: list[DeskcronError] = []
    bridge.ask(bridge, lambda facade: facade.catalogue.show("nobody"), print, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], NotFound)


def test_a_failure_nobody_takes_is_told_by_the_bridge(qtbot: QtBot, bridge: Bridge) -> None:
    """A failure nobody takes is told by the bridge."""
    with qtbot.waitSignal(bridge.failed) as blocker:
        bridge.ask(bridge, lambda facade: facade.catalogue.show("nobody"), print)
    assert isinstance(blocker.args[0], NotFound)


@pytest.mark.usefixtures("expected_logs")
def test_an_error_nobody_foresaw_is_told_in_words(qtbot: QtBot, bridge: Bridge) -> None:
    """An error nobody foresaw is told in words."""
    with qtbot.waitSignal(bridge.failed) as blocker:
        bridge.ask(bridge, lambda _facade: 1 // 0, print)
    assert "ZeroDivisionError" in blocker.args[0].detail


def test_questions_asked_before_the_store_is_open_are_answered_afterwards(
    qtbot: QtBot, facade: Facade
) -> None:
    """Questions asked before the store is open are answered afterwards."""
    bridge, seen = Bridge(lambda: facade), []
    bridge.ask(bridge, lambda _facade: "early", seen.append)
    bridge.open()
    qtbot.waitUntil(lambda: seen == ["early"])
    bridge.close()


def test_of_questions_that_pile_up_only_the_newest_is_asked(qtbot: QtBot, bridge: Bridge) -> None:
    """Of questions that pile up only the newest is asked."""
    owner, latest_seen, asked = QObject(), [], []
    latest, go_on = Latest(bridge, owner), threading.Event()

    def question(number: int) -> Any:
        def call(_facade: Facade) -> int:
            asked.append(number)
            assert go_on.wait(5)
            return number

        return call

    for number in range(5):
        latest.ask(question(number), latest_seen.append)
    go_on.set()
    qtbot.waitUntil(lambda: latest_seen == [4])
    assert asked == [0, 4]


def test_what_is_asked_at_the_end_is_dropped(bridge: Bridge) -> None:
    """What is asked after the bridge is closed is dropped without an error."""
    bridge.close()
    bridge.ask(bridge, lambda _facade: 1, print)


def test_what_asked_is_let_go_on_the_gui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    """A worker never holds the last of a widget, however long it takes to end its work."""
    delivered, told = threading.Event(), threading.Event()
    gone: list[threading.Thread] = []

    class Owner(QObject):
        def take(self, _answer: object) -> None:
            told.set()

        def call(self, _facade: Facade) -> None:
            raise NotFound(title=self.objectName())

    def ask(owner: Owner) -> None:
        weakref.finalize(owner, lambda: gone.append(threading.current_thread()))
        bridge.ask(owner, owner.call, owner.take, owner.take)

    bridge._answered.connect(lambda _: delivered.wait(5), Qt.ConnectionType.DirectConnection)
    ask(Owner())
    qtbot.waitUntil(told.is_set)
    was_gone = list(gone)
    delivered.set()
    bridge.close()
    assert was_gone == [threading.main_thread()]
