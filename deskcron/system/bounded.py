"""Ask what may never answer, such as a disk behind a broken network, for a limited time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TypeVar, cast

T = TypeVar("T")


class BoundedQuestions:
    """Ask in a thread of its own; who asks what is being asked already waits for that answer."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._guard = Lock()
        self._open: dict[Hashable, Future[object]] = {}

    def ask(self, about: Hashable, question: Callable[[], T]) -> T | None:
        """Return the answer, None when there is none in time. Thread: any.

        `about` is the same for the same question only. `question` does not raise.
        """
        with self._guard:
            answer = self._open.get(about) or self._begin(about, question)
        try:
            return cast("T", answer.result(self._limit_s))
        except TimeoutError:
            return None

    def _begin(self, about: Hashable, question: Callable[[], object]) -> Future[object]:
        answer: Future[object] = Future()

        def ask() -> None:
            try:
                found = question()
            finally:
                with self._guard:
                    del self._open[about]
            answer.set_result(found)

        Thread(target=ask, name=f"asks-{about}", daemon=True).start()
        self._open[about] = answer
        return answer
