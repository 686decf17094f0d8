"""Hold the runs that may start, in order of priority, no more of a lane than it has room for."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from deskcron.domain.policy import Priority
from deskcron.domain.preferences import ONE_AT_ONCE
from deskcron.domain.run import RunId
from deskcron.engine.ready import Ready

_RANK = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


class _Place(NamedTuple):
    """Where a run stands: by priority, then by its turn."""

    rank: int
    turn: int
    ready: Ready


class RunQueue:
    """The queue of one runner. Thread: any, one at a time.

    What starts no process is taken first and needs neither room nor lane. A run whose lane is full
    stands aside, so that it holds back no others; `full` is told of it.
    """

    def __init__(self, full: Callable[[Ready], None]) -> None:
        self._full = full
        self._heavy: list[_Place] = []
        self._light: list[_Place] = []
        self._aside: dict[str, list[_Place]] = defaultdict(list)
        self._turns = 0
        self._untold: dict[RunId, Ready] = {}
        self._going: Counter[str] = Counter()
        self._limits: Mapping[str, int] = {}

    def put(self, ready: Ready) -> None:
        """Add a run."""
        self._turns += 1
        place = _Place(_RANK[ready.job.policy.priority], self._turns, ready)
        if ready.job.starts_process:
            self._stand(place)
        else:
            heapq.heappush(self._light, place)

    def take(self, *, has_room: bool) -> Ready | None:
        """Take the next run, which is in its lane from now on; None where none may start."""
        if self._light:
            return heapq.heappop(self._light).ready
        while self._heavy and has_room:
            place = heapq.heappop(self._heavy)
            self._untold.pop(place.ready.run_id, None)
            lane = _lane_of(place.ready)
            if not lane or self._going[lane] < self._limits.get(lane, ONE_AT_ONCE):
                self.enter(place.ready)
                return place.ready
            heapq.heappush(self._aside[lane], place)
            self._full(place.ready)
        return None

    def crowded(self) -> Sequence[Ready]:
        """Return those that stand here for room alone and were not returned before."""
        untold, self._untold = self._untold, {}
        return list(untold.values())

    def enter(self, ready: Ready) -> None:
        """Count a run that has started elsewhere as in its lane, whether that has room or not."""
        if lane := _lane_of(ready):
            self._going[lane] += 1

    def leave(self, ready: Ready) -> None:
        """Let the next run into the lane of one that is over."""
        if lane := _lane_of(ready):
            self._going[lane] -= 1
            self._call_back(lane)

    def bound(self, limits: Mapping[str, int]) -> None:
        """Let so many runs of each lane go at once from now on; one of any other lane."""
        if limits != self._limits:
            self._limits = dict(limits)
            for lane in list(self._aside):
                self._call_back(lane)

    def take_out(self, run_id: RunId) -> Ready | None:
        """Remove a run, None where it is not here."""
        self._untold.pop(run_id, None)
        for places in (self._heavy, self._light, *self._aside.values()):
            found = next((place for place in places if place.ready.run_id == run_id), None)
            if found is not None:
                places.remove(found)
                heapq.heapify(places)
                return found.ready
        return None

    def clear(self) -> None:
        """Forget all that has not been taken."""
        self._heavy.clear()
        self._light.clear()
        self._aside.clear()
        self._untold.clear()

    def __bool__(self) -> bool:
        """Tell whether a run stands here for which only room may be missing."""
        return bool(self._heavy or self._light)

    def _call_back(self, lane: str) -> None:
        """Let as many of those aside stand in the queue again as the lane has room for."""
        aside = self._aside.get(lane, [])
        for _ in range(self._limits.get(lane, ONE_AT_ONCE) - self._going[lane]):
            if aside:
                self._stand(heapq.heappop(aside))

    def _stand(self, place: _Place) -> None:
        heapq.heappush(self._heavy, place)
        self._untold[place.ready.run_id] = place.ready


def _lane_of(ready: Ready) -> str:
    return ready.job.policy.lane if ready.job.starts_process else ""
