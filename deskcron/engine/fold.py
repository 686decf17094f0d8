"""Gather what is told by a number: successes, and the failures of a burst."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

from deskcron.domain.run import JobId

GATHER_S = 5.0
"""Between two banners about successes; the later one takes the place of the earlier."""


class Tally(NamedTuple):
    """How many runs failed and succeeded, and the names of their jobs."""

    failed: int
    succeeded: int
    jobs: dict[JobId, str]


class Fold:
    """Count successes until they are told; as long as more come in, all are told together."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = self._told = 0
        self._jobs: dict[JobId, str] = {}
        self._next_at_s = 0.0

    def add(self, job_id: JobId, name: str, now_s: float) -> bool:
        """Count a success; True for the first one that waits to be told. Thread: any."""
        with self._lock:
            if not self._waiting and now_s >= self._next_at_s:
                self._begin_anew(now_s)
            self._waiting += 1
            self._jobs[job_id] = name
            return self._waiting == 1

    def due_s(self) -> float | None:
        """Return when the successes that wait are told, None where there are none."""
        with self._lock:
            return self._next_at_s if self._waiting else None

    def take(self, now_s: float, *, is_last: bool = False) -> Tally:
        """Return the successes to tell now; after the last ones counting begins anew."""
        with self._lock:
            self._told, self._waiting = self._told + self._waiting, 0
            tally = Tally(0, self._told, dict(self._jobs))
            if is_last:
                self._begin_anew(now_s)
            self._next_at_s = now_s + GATHER_S
            return tally

    def _begin_anew(self, now_s: float) -> None:
        self._told, self._jobs, self._next_at_s = 0, {}, now_s
