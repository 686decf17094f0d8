"""Start queued runs in order of priority, as many at once as there is room for."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from threading import Condition, Thread

from deskcron.domain.lane import MOST_RUNNING
from deskcron.domain.ports import Clock, RunLogs
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.execution import Execution, Going
from deskcron.engine.queue import RunQueue
from deskcron.engine.ready import Ready
from deskcron.engine.watcher import Watcher

logger = logging.getLogger(__name__)

STARTERS = 2
"""Threads that start processes and see the short ones through."""
AHEAD = 8
"""Processes that a thread has under way before it waits for the first."""
SHORT_S = 0.05
"""A process that ends within this time is recorded by its end alone."""
CHUNK = 500
"""Rows that are written in one transaction."""


class Runner:
    """Hold the queue of runs that may start. Thread: any."""

    def __init__(
        self,
        execution: Execution,
        store: Store,
        logs: RunLogs,
        clock: Clock,
        told: Callable[[RunId], None],
    ) -> None:
        self._execution = execution
        self._store = store
        self._clock = clock
        self._told = told
        self._watcher = Watcher(execution, logs, clock, self._freed)
        self._queue = RunQueue(self._say_lane_is_full)
        self._going = 0
        self._idle = 0
        self._stops: dict[RunId, tuple[Status, Why]] = {}
        self._starting: set[RunId] = set()
        self._closing = False
        self._changed = Condition()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin to watch processes; starting threads come as they are needed."""
        self._watcher.start()

    def submit(self, ready: Sequence[Ready]) -> None:
        """Queue runs; they start as soon as there is room."""
        if not ready:
            return
        with self._changed:
            for one in ready:
                self._queue.put(one)
            wanted = min(len(ready) - self._idle, STARTERS - len(self._threads))
            for _ in range(wanted if not self._closing else 0):
                name = f"deskcron-start-{len(self._threads) + 1}"
                thread = Thread(target=self._loop, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify(len(ready))

    def bound_lanes(self, limits: Mapping[str, int]) -> None:
        """Let so many runs of each lane go at once from now on; one of any other lane."""
        with self._changed:
            self._queue.bound(limits)
            if self._queue:
                self._changed.notify_all()

    def adopt(self, going: Going, *, is_recorded: bool) -> None:
        """Watch a process that an earlier engine has started, and may have recorded."""
        going = self._execution.take_over(going)
        if not is_recorded:
            self._record_start(going)
        with self._changed:
            self._going += 1
            self._queue.enter(going.ready)
        self._watcher.add(going)

    def stop_run(self, run_id: RunId, status: Status, why: Why) -> bool:
        """End a run, queued or going; False when this runner has no such run."""
        with self._changed:
            queued = self._queue.take_out(run_id)
            if queued is None and run_id in self._starting:
                self._stops[run_id] = (status, why)
                return True
        if queued is not None:
            self._execution.cancel(queued, why)
            return True
        return self._watcher.stop_run(run_id, status, why)

    def take_out(self, run_id: RunId) -> Ready | None:
        """Return a run that is queued here, which will not start; None for others."""
        with self._changed:
            return self._queue.take_out(run_id)

    def close(self) -> None:
        """Start nothing more; what runs goes on, what is queued stays queued in the store."""
        with self._changed:
            self._closing = True
            self._queue.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        self._watcher.close()

    def _loop(self) -> None:
        """Start runs, a few ahead of the end of the first, and see the short ones through.

        What the threads do besides waiting shares one interpreter, so there are few of them.
        """
        under_way: deque[Going] = deque()
        while True:
            ready = self._next(waits=not under_way)
            if ready is not None:
                going = self._begin(ready)
                if going is not None:
                    under_way.append(going)
            elif not under_way:
                return
            if under_way and (ready is None or len(under_way) >= AHEAD):
                self._guarded(under_way.popleft())

    def _next(self, *, waits: bool) -> Ready | None:
        """Take the next run for which there is room; None when there is none, or at the end."""
        with self._changed:
            while not self._closing:
                ready = self._queue.take(has_room=self._going < MOST_RUNNING)
                if ready is not None:
                    self._going += 1
                    self._starting.add(ready.run_id)
                    return ready
                if not waits:
                    return None
                self._say(self._queue.crowded(), Why(Reason.PLACES_TAKEN, {"limit": MOST_RUNNING}))
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            return None

    def _say_lane_is_full(self, ready: Ready) -> None:
        self._say([ready], Why(Reason.LANE_FULL, {"lane": ready.job.policy.lane}))

    def _say(self, waiting: Sequence[Ready], why: Why) -> None:
        """Record what runs wait for that do not start yet."""
        for start in range(0, len(waiting), CHUNK):
            run_ids = [ready.run_id for ready in waiting[start : start + CHUNK]]

            def say(tables: Tables, run_ids: Sequence[RunId] = run_ids) -> None:
                for run_id in run_ids:
                    tables.runs.queues(run_id, why)

            self._store.post(say, _said)

    def _begin(self, ready: Ready) -> Going | None:
        try:
            going = self._execution.start(ready)
        except Exception as error:
            logger.exception("Run %d could not be started", ready.run_id)
            self._execution.broken(ready, error)
            going = None
        if going is None:
            self._left(ready)
        return going

    def _guarded(self, going: Going) -> None:
        """See a process through; where that fails the watcher, which tries again, takes it."""
        try:
            self._see_through(going)
        except Exception:
            logger.exception("Run %d could not be seen through", going.ready.run_id)
            self._watch(going)

    def _see_through(self, going: Going) -> None:
        """Wait a moment for the end of a process; when it goes on, let it be watched."""
        ready = going.ready
        left_s = SHORT_S - (self._clock.monotonic() - going.started_s)
        exited = going.process.wait(max(0.0, left_s))
        if exited is not None:
            self._execution.finish(going, exited, None, 0)
            self._left(ready)
            return
        self._record_start(going)
        self._watch(going)

    def _watch(self, going: Going) -> None:
        """Let a process be watched, and stopped where that was asked for meanwhile."""
        run_id = going.ready.run_id
        self._watcher.add(going)
        with self._changed:
            self._starting.discard(run_id)
            stop = self._stops.pop(run_id, None)
        if stop is not None:
            self._watcher.stop_run(run_id, *stop)

    def _record_start(self, going: Going) -> None:
        run_id, started_at, identity = going.ready.run_id, going.started_at, going.process.identity

        def recorded(_none: None, error: BaseException | None) -> None:
            if error is not None:
                logger.error("The start of run %d could not be recorded: %s", run_id, error)
            self._told(run_id)

        self._store.post(lambda tables: tables.runs.started(run_id, started_at, identity), recorded)

    def _left(self, ready: Ready) -> None:
        with self._changed:
            self._starting.discard(ready.run_id)
            self._stops.pop(ready.run_id, None)
        self._freed(ready)

    def _freed(self, ready: Ready) -> None:
        with self._changed:
            self._going -= 1
            self._queue.leave(ready)
            if self._queue:
                self._changed.notify()


def _said(_none: None, error: BaseException | None) -> None:
    if error is not None:
        logger.error("What runs wait for could not be recorded: %s", error)
