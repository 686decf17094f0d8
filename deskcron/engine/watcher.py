"""Watch running processes: their end, their time limit, their output, and requests to stop."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TypeVar

from deskcron.domain.policy import OutputOver
from deskcron.domain.ports import Clock, Exit, RunLogs
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import RunId, Status
from deskcron.engine.execution import Execution, Going
from deskcron.engine.ready import Ready

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_S = 0.1
"""Between looks at limits and output while anything runs."""


class _Watched:
    """What the watcher knows of one process. Thread: watcher."""

    def __init__(self, going: Going, deadline_s: float | None, warn_at_s: float | None) -> None:
        self.going = going
        self.deadline_s = deadline_s
        self.warn_at_s = warn_at_s
        self.stopped: tuple[Status, Why] | None = None
        self.kill_at_s: float | None = None
        self.exited: Exit | None = None
        self.dropped_bytes = 0
        self.may_have_ended = False


class Watcher:
    """One thread over all processes that outlast their start; adopted ones included."""

    def __init__(
        self, execution: Execution, logs: RunLogs, clock: Clock, freed: Callable[[Ready], None]
    ) -> None:
        self._execution = execution
        self._logs = logs
        self._clock = clock
        self._freed = freed
        self._arriving: SimpleQueue[_Watched] = SimpleQueue()
        self._stops: SimpleQueue[tuple[RunId, Status, Why]] = SimpleQueue()
        self._ids: set[RunId] = set()
        self._lock = Lock()
        self._closing = False
        self._wake_out, self._wake_in = os.pipe()
        os.set_blocking(self._wake_out, False)
        os.set_blocking(self._wake_in, False)
        self._thread = Thread(target=self._loop, name="deskcron-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def add(self, going: Going) -> None:
        """Watch a process. Thread: any."""
        timeout_s = going.ready.job.policy.timeout_s
        deadline_s = None if timeout_s is None else going.started_s + timeout_s
        soft_s = going.ready.job.policy.soft_timeout_s
        warn_at_s = None if soft_s is None else going.started_s + soft_s
        with self._lock:  # who finds it here to stop it finds that it has arrived
            self._ids.add(going.ready.run_id)
            self._arriving.put(_Watched(going, deadline_s, warn_at_s))
        self._wake()

    def stop_run(self, run_id: RunId, status: Status, why: Why) -> bool:
        """Ask a process and its tree to end; False when it is not watched. Thread: any."""
        with self._lock:
            if run_id not in self._ids:
                return False
        self._stops.put((run_id, status, why))
        self._wake()
        return True

    def close(self) -> None:
        """Stop watching; processes go on. Thread: any but the watcher's."""
        self._closing = True
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        os.close(self._wake_in)
        os.close(self._wake_out)

    def _wake(self) -> None:
        try:
            os.write(self._wake_in, b"!")
        except BlockingIOError:
            logger.debug("The watcher has enough wake-ups waiting")

    def _loop(self) -> None:
        watched: dict[RunId, _Watched] = {}
        by_fd: dict[int, RunId] = {}
        poll = select.poll()
        poll.register(self._wake_out, select.POLLIN)
        while not self._closing:
            ready = poll.poll(LOOK_S * 1000 if watched else None)
            if any(fd == self._wake_out for fd, _ in ready):
                self._drain()
            self._welcome(watched, by_fd, poll)
            for run_id, status, why in _all_of(self._stops):
                if run_id in watched:
                    self._guarded(watched[run_id], partial(self._stop, status=status, why=why))
            for fd, _event in ready:
                if fd in by_fd:
                    poll.unregister(fd)  # readable for good; it would wake the loop for ever
                    watched[by_fd.pop(fd)].may_have_ended = True
            for run_id, one in list(watched.items()):
                if self._guarded(one, self._look):
                    del watched[run_id]
                    self._leave(one.going.ready)

    def _guarded(self, one: _Watched, see_to: Callable[[_Watched], T]) -> T | None:
        """See to one process; an error of its surroundings is told, and tried again later."""
        try:
            return see_to(one)
        except Exception:
            logger.exception("Run %d could not be seen to", one.going.ready.run_id)
            return None

    def _welcome(
        self, watched: dict[RunId, _Watched], by_fd: dict[int, RunId], poll: select.poll
    ) -> None:
        for one in _all_of(self._arriving):
            run_id = one.going.ready.run_id
            watched[run_id] = one
            fd = self._guarded(one, lambda one: one.going.process.fileno())
            if fd is None or fd < 0:
                one.may_have_ended = True  # nothing tells; it is looked at each time
            else:
                by_fd[fd] = run_id
                poll.register(fd, select.POLLIN)

    def _look(self, one: _Watched) -> bool:
        """See to one process; True when it is over and recorded."""
        process = one.going.process
        if one.exited is None and one.may_have_ended:
            one.exited = process.wait(0)
        now_s = self._clock.monotonic()
        if one.exited is not None:
            if one.kill_at_s is not None and now_s < one.kill_at_s and process.has_leftovers():
                return False  # the rest of the tree has its time to end, too
            self._finish(one, one.exited)
            return True
        if one.kill_at_s is not None and now_s >= one.kill_at_s:
            process.kill()
            one.kill_at_s = now_s + 1
        elif one.stopped is None and one.deadline_s is not None and now_s >= one.deadline_s:
            limit_s = one.going.ready.job.policy.timeout_s or 0
            self._stop(one, Status.TIMED_OUT, Why(Reason.TIME_LIMIT, {"timeout_s": limit_s}))
        elif one.warn_at_s is not None and now_s >= one.warn_at_s:
            one.warn_at_s = None
            self._execution.warn(one.going)
        self._bound_output(one)
        return False

    def _finish(self, one: _Watched, exited: Exit) -> None:
        if one.stopped is not None:
            one.going.process.kill()  # what is left of the tree goes with it
        self._execution.finish(one.going, exited, one.stopped, one.dropped_bytes)

    def _stop(self, one: _Watched, status: Status, why: Why) -> None:
        if one.stopped is None:
            one.stopped = (status, why)
            one.kill_at_s = self._clock.monotonic() + one.going.ready.job.policy.grace_s
            one.going.process.terminate()

    def _bound_output(self, one: _Watched) -> None:
        ready, limit = one.going.ready, self._execution.output_limit_bytes(one.going.ready)
        if self._logs.size_bytes(ready.run_id, ready.attempt) <= limit:
            return
        is_kept = ready.job.policy.output_over is OutputOver.KEEP_NEWEST or one.stopped
        dropped = self._logs.keep_newest(ready.run_id, ready.attempt, limit) if is_kept else None
        if dropped is None:
            self._stop(one, Status.FAILED, Why(Reason.OUTPUT_LIMIT, {"limit_bytes": limit}))
        else:
            one.dropped_bytes += dropped

    def _leave(self, ready: Ready) -> None:
        with self._lock:
            self._ids.discard(ready.run_id)
        self._freed(ready)

    def _drain(self) -> None:
        try:
            while os.read(self._wake_out, 512):
                pass
        except BlockingIOError:
            return


def _all_of(queue: SimpleQueue[T]) -> Iterator[T]:
    """Take what is in a queue, without waiting for more."""
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return
