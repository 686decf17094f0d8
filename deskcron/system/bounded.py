"""Ask what may never answer, such as a disk behind a broken network, for a limited time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")


class BoundedQuestions:
    """Ask in a thread of its own; who once did not answer is asked again when that has ended."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._guard = Lock()
        self._open: set[str] = set()

    def ask(self, about: str, question: Callable[[], T]) -> T | None:
        """Return the answer, None when there is none in time. Thread: any.

        `question` does not raise.
        """
        with self._guard:
            if about in self._open:
                return None
            self._open.add(about)
        answers: list[T] = []

        def ask() -> None:
            try:
                answers.append(question())
            finally:
                with self._guard:
                    self._open.discard(about)

        thread = Thread(target=ask, name=f"asks-{about}", daemon=True)
        thread.start()
        thread.join(self._limit_s)
        return answers[0] if answers else None
