"""Ask what may never answer, such as a disk behind a broken network, for a limited time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import NamedTuple, TypeVar, cast

T = TypeVar("T")


class _Question(NamedTuple):
    answer: Future[object]
    until_s: float


class BoundedQuestions:
    """Ask in a thread of its own; who asks what is being asked already waits for that answer.

    The time counts from the first who asks: of what is silent for longer nobody waits for more.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._guard = Lock()
        self._open: dict[Hashable, _Question] = {}

    def ask(self, about: Hashable, question: Callable[[], T]) -> T | None:
        """Return the answer, None when there is none in time. Thread: any.

        `about` is the same for the same question only. `question` does not raise.
        """
        with self._guard:
            asked = self._open.get(about) or self._begin(about, question)
        try:
            return cast("T", asked.answer.result(max(0.0, asked.until_s - time.monotonic())))
        except TimeoutError:
            return None

    def _begin(self, about: Hashable, question: Callable[[], object]) -> _Question:
        asked = _Question(Future(), time.monotonic() + self._limit_s)

        def ask() -> None:
            try:
                found = question()
            finally:
                with self._guard:
                    del self._open[about]
            asked.answer.set_result(found)

        Thread(target=ask, name=f"asks-{about}", daemon=True).start()
        self._open[about] = asked
        return asked
