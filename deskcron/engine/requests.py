"""Answer what other processes ask of this engine: run, test, stop, fire a signal, let start."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from deskcron.domain.listening import Topic
from deskcron.domain.ports import Clock
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    NewRun,
    Request,
    RequestKind,
    RequestState,
    RunEnd,
    StoredJob,
    WakeKind,
    Wakeup,
)
from deskcron.domain.run import Cause, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.admission import as_ready
from deskcron.engine.callingoff import forget_waiting, unstarted
from deskcron.engine.definitions import Definitions
from deskcron.engine.endings import Aftermath, Endings
from deskcron.engine.guards import Guards
from deskcron.engine.occurring import Occurring
from deskcron.engine.ready import Ready
from deskcron.engine.runner import Runner
from deskcron.engine.settlement import Settlement
from deskcron.engine.standingin import stand_in
from deskcron.triggers.signal import SIGNAL

logger = logging.getLogger(__name__)

_CAUSES: Mapping[str, Cause] = {RequestKind.RUN: Cause.MANUAL, RequestKind.TEST: Cause.TEST}
"""The requests that start a run, and the cause it has. A draft that is tested has no place in
the list of jobs, so it is run though it counts as removed."""


class Requests:
    """Take pending requests from the store and see to them. Thread: tick."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        runner: Runner,
        endings: Endings,
        clock: Clock,
        *,
        guards: Guards,
        occurring: Occurring,
        take_back: Callable[[RunId], Ready | None],
        claim_soon: Callable[[], None],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._runner = runner
        self._endings = endings
        self._clock = clock
        self._guards = guards
        self._occurring = occurring
        self._take_back = take_back
        self._claim_soon = claim_soon

    def answer_all(self) -> None:
        """Answer every pending request."""
        pending = self._store.read(lambda tables: tables.requests.pending(self._clock.now()))
        for request in pending:
            try:
                self._see_to(request)
            except (LookupError, TypeError, ValueError):
                logger.exception("Request %d cannot be understood", request.id)
                self._refuse(request, "malformed")

    def _see_to(self, request: Request) -> None:
        if request.kind in _CAUSES:
            self._run(request)
        elif request.kind == RequestKind.STAND_IN:
            self._stand_in(request)
        elif request.kind == RequestKind.STOP:
            self._stop(request)
        elif request.kind == RequestKind.CALL_OFF:
            self._call_off(request)
        elif request.kind == RequestKind.FIRE:
            self._fire(request)
        elif request.kind in {RequestKind.PROCEED, RequestKind.DECLINE, RequestKind.PUT_OFF}:
            self._answer_question(request)
        else:
            self._refuse(request, "unknown")

    def _refuse(self, request: Request, error: str) -> None:
        self._store.write(_answer(request, RequestState.FAILED, {"error": error}))

    def _run(self, request: Request) -> None:
        ready = self._store.write(lambda tables: self._insert_run(tables, request))
        if ready is not None:
            self._runner.submit([ready])

    def _insert_run(self, tables: Tables, request: Request) -> Ready | None:
        stored = tables.jobs.get(str(request.args["job_id"]))
        is_gone = stored is not None and stored.removed_at is not None
        if stored is None or (is_gone and request.kind != RequestKind.TEST):
            tables.requests.answer(request.id, RequestState.FAILED, {"error": "removed"})
            return None
        ready = self._insert(tables, stored, _CAUSES[request.kind])
        tables.requests.answer(request.id, RequestState.DONE, {"run_id": ready.run_id})
        return ready

    def _stand_in(self, request: Request) -> None:
        """Run now for a due time that had no run, unless it has an answer."""

        def insert(tables: Tables) -> Ready | None:
            run_id = int(request.args["run_id"])
            ready = stand_in(self._definitions, tables, run_id, self._clock.now())
            if ready is None:
                tables.requests.answer(request.id, RequestState.FAILED, {"error": "over"})
            else:
                tables.requests.answer(request.id, RequestState.DONE, {"run_id": ready.run_id})
            return ready

        ready = self._store.write(insert)
        if ready is not None:
            self._runner.submit([ready])

    def _insert(self, tables: Tables, stored: StoredJob, cause: Cause) -> Ready:
        """Insert the row of a run that was asked for, also of a disabled or paused job."""
        now = self._clock.now()
        run_id = tables.runs.insert(NewRun(stored.id, stored.revision, cause, Status.QUEUED, now))
        if run_id is None:
            raise RuntimeError("a run without due time cannot clash")
        return Ready(run_id, self._definitions.present(stored), cause, None)

    def _fire(self, request: Request) -> None:
        """Let the jobs run that listen to a signal, and answer how many there are."""
        name = str(request.args["name"])

        def happen(tables: Tables) -> Settlement:
            topic, now, settlement = Topic(SIGNAL, name), self._clock.now(), Settlement()
            found = self._occurring.happen(tables, topic, {"signal": name}, now, settlement)
            tables.requests.answer(request.id, RequestState.DONE, {"listeners": found})
            return settlement

        settlement = self._store.write(happen)
        self._runner.submit(settlement.ready)
        self.replace(settlement.replaced)
        self._claim_soon()

    def _answer_question(self, request: Request) -> None:
        """Start, skip or put off a run that waits before its start."""
        aftermath = self._store.write(partial(self._answered, request))
        if aftermath is not None:
            self._endings.follow(aftermath)
        self._claim_soon()

    def _answered(self, request: Request, tables: Tables) -> Aftermath | None:
        now, run = self._clock.now(), tables.runs.get(int(request.args["run_id"]))
        ready = None if run is None else as_ready(self._definitions, tables, run)
        is_over = run is None or run.status is not Status.WAITING or run.called_off is not None
        if run is None or ready is None or is_over:
            tables.requests.answer(request.id, RequestState.FAILED, {"error": "over"})
            return None
        tables.requests.answer(request.id, RequestState.DONE, {})
        if request.kind == RequestKind.PUT_OFF:
            at = now + timedelta(seconds=int(request.args["seconds"]))
            tables.wakeups.clear(WakeKind.GATE, str(run.id))
            tables.inbox.answered(run.id, now)
            tables.runs.waits(run.id, Why(Reason.PUT_OFF, {"until": at.isoformat()}))
            tables.wakeups.set(Wakeup(at, WakeKind.START, str(run.id)))
            return None
        tables.wakeups.clear(WakeKind.START, str(run.id))
        if request.kind == RequestKind.PROCEED:
            return self._guards.start(tables, ready._replace(by_hand=True), now)
        return self._guards.give_up(tables, ready, Why(Reason.DECLINED))

    def replace(self, run_ids: Sequence[RunId]) -> None:
        """Stop runs as another one takes their place. Thread: any."""
        why = Why(Reason.REPLACED)
        for run_id in run_ids:
            self._stop_begun(run_id, why)
            self._store.post(partial(self._cancel_waiting, run_id, why), self._cancelled)

    def _stop(self, request: Request) -> None:
        run_ids = [RunId(int(run_id)) for run_id in request.args["run_ids"]]
        why = Why(Reason.STOPPED)
        stopped = [run_id for run_id in run_ids if self._stop_one(run_id, why)]
        self._store.write(_answer(request, RequestState.DONE, {"run_ids": stopped}))

    def _call_off(self, request: Request) -> None:
        """End runs that are on their way to a process and have not begun, for a given reason."""
        now, why = self._clock.now(), Why(Reason(str(request.args["reason"])))
        for run_id in map(RunId, request.args["run_ids"]):
            ready = self._take_back(run_id) or self._runner.take_out(run_id)
            if ready is not None:
                self._endings.record(ready, unstarted(run_id, ready.attempt, why, now))
        self._store.write(_answer(request, RequestState.DONE, {}))

    def _stop_one(self, run_id: RunId, why: Why) -> bool:
        """Stop a run wherever it is; False where this engine has nothing of it."""
        is_here = self._stop_begun(run_id, why)
        # also where it is: the attempt may have ended meanwhile, and the run wait for the next
        is_stored, aftermath = self._store.write(
            partial(self._stop_stored, run_id, why, is_here=is_here)
        )
        self._cancelled(aftermath, None)
        if is_stored and not is_here:
            self._stop_begun(run_id, why)  # it may have come here meanwhile
        return is_here or is_stored

    def _stop_stored(
        self, run_id: RunId, why: Why, tables: Tables, *, is_here: bool
    ) -> tuple[bool, Aftermath | None]:
        """End a run that waits, note it of one that is here or comes here to end at its start.

        Returns whether that is so, and what follows. What goes on without this engine goes on.
        """
        run = tables.runs.get(run_id)
        if run is None or not run.status.is_open:
            return False, None
        if run.status is Status.RUNNING and not is_here:
            return False, None
        return True, self._cancel_waiting(run_id, why, tables)

    def _stop_begun(self, run_id: RunId, why: Why) -> bool:
        """Stop a run that is on its way to its process or has one; False for others."""
        held = self._take_back(run_id)
        if held is not None:
            end = RunEnd(run_id, Status.CANCELLED, None, self._clock.now(), why)
            self._endings.record(held, end)
            return True
        return self._runner.stop_run(run_id, Status.CANCELLED, why)

    def _cancel_waiting(self, run_id: RunId, why: Why, tables: Tables) -> Aftermath | None:
        """End a run that waits, and return what follows; None where it waits no longer.

        Of another it is noted, so that no attempt follows the one that is being stopped.
        """
        run = tables.runs.get(run_id)
        if run is None or run.status is not Status.WAITING:
            tables.runs.stops(run_id, why)
            return None
        ready = as_ready(self._definitions, tables, run)
        end = RunEnd(run_id, Status.CANCELLED, None, self._clock.now(), why)
        forget_waiting(tables, run_id, end.ended_at)
        if ready is None:
            tables.runs.ended(end)
            return None
        return self._endings.end(tables, ready, end)

    def _cancelled(self, aftermath: Aftermath | None, error: BaseException | None) -> None:
        """See to what follows from the end of a run that waited."""
        if error is not None:
            logger.error("A run that waits could not be cancelled: %s", error)
        elif aftermath is not None:
            self._endings.follow(aftermath)


def _answer(request: Request, state: RequestState, result: Mapping[str, Any]) -> Any:
    return lambda tables: tables.requests.answer(request.id, state, result)
