"""Hold runs that were claimed ahead until they are due; they can be taken back meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from threading import Lock

from deskcron.domain.ports import Clock
from deskcron.domain.run import RunId
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import LEAD


class Holding:
    """Hand runs over to `submit` when they are due, on the thread that brings them.

    `wait` lets some seconds pass; where it answers true, the engine ends, and what is left stays
    queued in the store.
    """

    def __init__(
        self,
        clock: Clock,
        wait: Callable[[float], object],
        submit: Callable[[Sequence[Ready]], None],
    ) -> None:
        self._clock = clock
        self._wait = wait
        self._submit = submit
        self._held: dict[RunId, Ready] = {}
        self._lock = Lock()

    def hand_over(self, ready: Sequence[Ready]) -> None:
        """Submit runs, those that were claimed ahead as soon as they are due."""
        now = self._clock.now()

        def start_at(one: Ready) -> datetime:
            return now if one.due_at is None else max(one.due_at, now)

        with self._lock:
            self._held = {one.run_id: one for one in ready}
        for instant, runs in groupby(sorted(ready, key=start_at), start_at):
            if not self._await(instant):
                return
            with self._lock:
                wanted = [one for one in runs if self._held.pop(one.run_id, None) is not None]
                self._submit(wanted)

    def take_back(self, run_id: RunId) -> Ready | None:
        """Return a run that is not handed over yet, which it will not be; None for others.

        Thread: any.
        """
        with self._lock:
            return self._held.pop(run_id, None)

    def _await(self, instant: datetime) -> bool:
        """Wait for an instant, LEAD at most however the clock is set; False at the end."""
        give_up_s = self._clock.monotonic() + LEAD.total_seconds()
        while True:
            left_s = min(
                (instant - self._clock.now()).total_seconds(), give_up_s - self._clock.monotonic()
            )
            if left_s <= 0:
                return True
            if self._wait(left_s):
                return False
