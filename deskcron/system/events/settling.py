"""Decide when a file counts as changed: when nothing has happened to it for a while."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deskcron.domain.happening import Watched


class Change(NamedTuple):
    """A file that something happens to, and who wants to know."""

    watched: Watched
    path: str


class _Pending(NamedTuple):
    due_at_s: float
    is_new: bool


class Settling:
    """Changes that may not be over yet, by a clock that is never set."""

    def __init__(self) -> None:
        self._pending: dict[Change, _Pending] = {}

    def touch(self, change: Change, now_s: float, *, is_new: bool) -> None:
        """Note that something happened to a file just now; `is_new` when it came into being."""
        known = self._pending.get(change)
        is_new = is_new if known is None else known.is_new
        self._pending[change] = _Pending(now_s + change.watched.settle_s, is_new)

    def take_due(self, now_s: float) -> Iterator[tuple[Change, bool]]:
        """Yield what has settled, once, and whether it began with the file's coming into being."""
        due = [change for change, pending in self._pending.items() if pending.due_at_s <= now_s]
        for change in due:
            yield change, self._pending.pop(change).is_new

    def next_at_s(self) -> float | None:
        """Return when something settles if nothing happens, None when nothing is pending."""
        return min((pending.due_at_s for pending in self._pending.values()), default=None)

    def keep(self, wanted: set[Watched]) -> None:
        """Forget what nobody wants to know any more."""
        self._pending = {
            change: pending for change, pending in self._pending.items() if change.watched in wanted
        }
