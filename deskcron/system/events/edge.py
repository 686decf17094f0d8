"""Turn a question about the machine into happenings: when its answer changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from deskcron.domain.happening import EventKind, Happening


class Edge:
    """A Look at an answer. The first is no change, and neither is one that cannot be known."""

    def __init__(
        self, question: Callable[[], bool | None], kinds: Mapping[bool, EventKind]
    ) -> None:
        self._question = question
        self._kinds = kinds
        self._last: bool | None = None

    def look(self) -> Iterator[Happening]:
        """Yield what has happened since the last look."""
        answer = self._question()
        if answer is None:
            return
        has_changed = self._last is not None and answer is not self._last
        self._last = answer
        if has_changed and answer in self._kinds:
            yield Happening(self._kinds[answer])
