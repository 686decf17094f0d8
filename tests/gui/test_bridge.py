"""Questions of the window are answered on its own thread, in order of need."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskcron.domain.errors import DeskcronError, NotFound
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge, Latest


class Window(QObject):
    """Note in an order of things when it is painted."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def event(self, event: QEvent) -> bool:
        """Note it."""
        self._order.append("painted")
        return super().event(event)


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


def test_a_worker_begins_when_the_window_is_done(
    qtbot: QtBot, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the window has posted to itself, such as its painting, comes before the question."""
    order: list[str] = []

    window = Window(order)
    submit = bridge._pool.submit
    monkeypatch.setattr(
        bridge._pool, "submit", lambda *work: (order.append("asked"), submit(*work))[1]
    )
    bridge.ask(bridge, lambda _facade: None, lambda _answer: order.append("answered"))
    QCoreApplication.postEvent(window, QEvent(QEvent.Type.User))
    qtbot.waitUntil(lambda: "answered" in order)
    assert order == ["painted", "asked", "answered"]


def test_keys_and_painting_come_between_two_answers(qtbot: QtBot, bridge: Bridge) -> None:
    """However many answers come at once, what the first has posted is seen to before the next."""
    order: list[str] = []

    window = Window(order)

    def show(name: str) -> None:
        order.append(name)
        QCoreApplication.postEvent(window, QEvent(QEvent.Type.User))

    both_work = Barrier(2)
    for name in ("one", "other"):
        bridge.ask(bridge, lambda _facade, name=name: (both_work.wait(), name)[1], show)
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order[1::2] == ["painted", "painted"]


def test_what_was_asked_last_is_done_before_the_end(facade: Facade, qapp: QApplication) -> None:
    """A change that was asked for in the turn in which the window goes is made."""
    bridge, done = Bridge(lambda: facade), []
    bridge.open()
    bridge.ask(bridge, lambda _facade: done.append("change"), print)
    bridge.close()
    assert done == ["change"]


def test_an_owner_that_is_gone_gets_no_answer(
    qtbot: QtBot, facade: Facade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An owner that is gone gets no answer."""
    monkeypatch.setattr("deskcron.gui.bridge.WORKERS", 1)  # so that answers come in order
    bridge, owner, seen = Bridge(lambda: facade), QObject(), []
    bridge.ask(owner, lambda _facade: 1, lambda _answer: seen.append("owner"))
    delete(owner)
    bridge.ask(bridge, lambda _facade: 1, lambda _answer: seen.append("bridge"))
    bridge.open()
    qtbot.waitUntil(lambda: bool(seen))
    bridge.close()
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


class Slow:
    """A question that is answered when the test says so."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self._go_on = threading.Semaphore(0)

    def of(self, number: int) -> Callable[[Facade], int]:
        """Return the question with this number."""

        def call(_facade: Facade) -> int:
            self.asked.append(number)
            assert self._go_on.acquire(timeout=5)
            return number

        return call

    def answer(self, times: int = 1) -> None:
        """Let as many questions be answered."""
        self._go_on.release(times)


def test_another_question_makes_the_answer_void(qtbot: QtBot, bridge: Bridge) -> None:
    """Of other questions that pile up only the newest is asked, and only it is answered."""
    owner, seen, slow = QObject(), [], Slow()
    latest = Latest(bridge, owner)
    for number in range(5):
        latest.ask(slow.of(number), seen.append, about=number)
    slow.answer(2)
    qtbot.waitUntil(lambda: bool(seen))
    assert (seen, slow.asked) == ([4], [0, 4])


def test_the_same_question_is_answered_however_often_it_is_asked(
    qtbot: QtBot, bridge: Bridge
) -> None:
    """Where changes come faster than answers each answer arrives, and the same is asked again."""
    owner, seen, slow = QObject(), [], Slow()
    latest = Latest(bridge, owner)
    latest.ask(slow.of(0), seen.append)
    for number in range(1, 4):
        latest.ask(slow.of(-number), seen.append)
        latest.ask(slow.of(number), seen.append)
        slow.answer()
        qtbot.waitUntil(lambda number=number: len(seen) == number)
    slow.answer()
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen == slow.asked == [0, 1, 2, 3]


def test_what_is_asked_after_the_end_is_dropped(bridge: Bridge) -> None:
    """After the bridge is closed nothing is asked, and that is no error."""
    asked: list[Facade] = []
    bridge.close()
    bridge.ask(bridge, asked.append, print)
    assert asked == []


def test_what_was_asked_before_the_end_is_done(bridge: Bridge) -> None:
    """What waits for its turn when the bridge is closed is done all the same, and told nobody."""
    done: list[int] = []
    told: list[object] = []

    def do(number: int) -> Callable[[Facade], None]:
        return lambda _facade: done.append(number)

    for number in range(50):
        bridge.ask(bridge, do(number), told.append)
    bridge.close()
    QCoreApplication.sendPostedEvents(bridge)
    assert sorted(done) == list(range(50))
    assert told == []


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
