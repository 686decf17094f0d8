"""Between the window and the core: questions go to worker threads, answers come back as slots."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.later import later
from deskcron.gui.unexpected import unexpected

logger = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[DeskcronError], None]

WORKERS = 4
"""Questions at once; one that waits for the engine must not keep the others waiting."""


class _Question(NamedTuple):
    """Any: each question has an answer of its own type.

    What it refers to may be the last of a widget, so only the GUI thread keeps and drops it.
    """

    owner: QObject
    call: Callable[[Facade], Any]
    then: Callable[[Any], None]
    failed: Failed | None


class _Answer(NamedTuple):
    number: int
    result: Any
    error: DeskcronError | None


class Bridge(QObject):
    """Ask the facade without ever waiting for it on the GUI thread.

    `changed` says that something was committed, by this process or another: look again.
    `failed` carries the errors of questions that named nobody to tell them to. `rested`: every
    question has been answered.
    """

    changed = Signal()
    failed = Signal(object)
    rested = Signal()
    _answered = Signal(object)

    def __init__(self, facade: Callable[[], Facade], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facade = facade
        self._asked: dict[int, _Question] = {}
        self._new: list[int] = []
        self._soon = later(self, 0, self._submit)
        self._numbers = count()
        self._is_open = False
        self._is_closed = False
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="deskcron-ask")
        self._answers: deque[_Answer] = deque()
        self._turn = later(self, 0, self._deliver)
        self._answered.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        call: Callable[[Facade], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Call the facade on a worker; `then` or `failed` runs on the GUI thread.

        Nothing is delivered to an owner that has been deleted meanwhile. The worker begins when
        the window has done and painted what it is at: they share one interpreter. Each answer has
        a turn of the event loop to itself, so that keys and painting come between two.
        """
        if self._is_closed:
            return
        number = next(self._numbers)
        self._asked[number] = _Question(owner, call, then, failed)
        self._new.append(number)
        if self._is_open:
            self._soon.start()

    def is_asking(self) -> bool:
        """Tell whether an answer is still to come."""
        return bool(self._asked)

    def open(self) -> None:
        """Begin to answer: the store can be used now. Questions asked before go first."""
        self._is_open = True
        self._submit()

    def close(self) -> None:
        """Do what was asked without telling anybody; what is asked from now on is dropped."""
        self._is_closed = True
        if self._is_open:
            self._submit()
        self._pool.shutdown(wait=True)
        self._asked.clear()

    def _submit(self) -> None:
        for number in self._new:
            self._pool.submit(self._work, number)
        self._new.clear()

    def _work(self, number: int) -> None:
        try:
            answer = _Answer(number, self._asked[number].call(self._facade()), None)
        except DeskcronError as error:
            # its traceback would hold what the call refers to
            answer = _Answer(number, None, error.with_traceback(None))
        except Exception as error:
            logger.exception("A question of the window failed")
            answer = _Answer(number, None, unexpected(_("That did not work"), error))
        self._answered.emit(answer)

    def _receive(self, answer: _Answer) -> None:
        self._answers.append(answer)
        self._turn.start()

    def _deliver(self) -> None:
        answer = self._answers.popleft()
        if self._answers:
            self._turn.start()
        question = self._asked.pop(answer.number, None)
        if question is None:
            return
        if isValid(question.owner):
            self._tell(question, answer)
        if not self._asked:
            self.rested.emit()

    def _tell(self, question: _Question, answer: _Answer) -> None:
        if answer.error is None:
            question.then(answer.result)
        elif question.failed is not None:
            question.failed(answer.error)
        else:
            self.failed.emit(answer.error)


class _Waiting(NamedTuple):
    """A question that has its turn after the one that is on its way."""

    question: _Question
    about: object


class Latest(QObject):
    """Ask again and again: one question on its way, at most one waiting.

    An answer is delivered although the same is to be asked once more, else none would ever be
    where changes come faster than answers. Only another question makes it void.
    """

    def __init__(self, bridge: Bridge, owner: QObject) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._is_asking = False
        self._about: object = None
        self._waiting: _Waiting | None = None

    def ask(
        self,
        call: Callable[[Facade], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        *,
        about: object = None,
    ) -> None:
        """Ask as `Bridge.ask` does; `about` is what makes it another question than the last."""
        self._waiting = _Waiting(_Question(self, call, then, failed), about)
        if not self._is_asking:
            self._send()

    def is_asking(self) -> bool:
        """Tell whether an answer is still to come."""
        return self._is_asking

    def _send(self) -> None:
        if self._waiting is None:
            return
        (question, self._about), self._waiting = self._waiting, None
        self._is_asking = True
        self._bridge.ask(
            self,
            question.call,
            lambda result: self._answered(question.then, result),
            lambda error: self._answered(question.failed or self._bridge.failed.emit, error),
        )

    def _answered(self, tell: Callable[[Any], None], answer: object) -> None:
        self._is_asking = False
        is_void = self._waiting is not None and self._waiting.about != self._about
        self._send()
        if not is_void:
            tell(answer)
