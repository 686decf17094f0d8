"""Ask the engine for something, wherever it runs: run, stop, fire, answer, pause; its state."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from deskcron.domain.answers import EngineState
from deskcron.domain.errors import BadInput, NotFound, RequestFailed
from deskcron.domain.job import Document
from deskcron.domain.listening import LONGEST_DELAY_S
from deskcron.domain.ports import Clock, EngineLock, WakeChannel
from deskcron.domain.records import Request, RequestKind, RequestState
from deskcron.domain.run import JobId, Run, RunId
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.charge import FOREGROUND
from deskcron.engine.drafts import shortened
from deskcron.engine.pause import begin_pause, end_pause, is_paused, paused_until
from deskcron.engine.references import job_of, run_number, run_of
from deskcron.engine.revising import Revising
from deskcron.engine.trial import keep_aside

ANSWER_S = 10.0
"""An engine that does not answer within this time is taken for stuck."""
HURRY_S = 1.0
"""How long an answer is waited for once this process ends."""
LOOK_S = 0.02
LONGEST_LOOK_S = 0.5

T = TypeVar("T")
Wait = Callable[[float], object]


class NoEngine(RequestFailed):
    """No engine runs on this data directory."""


class Control:
    """The handle on an engine in this or another process. Thread: any, not the GUI's."""

    def __init__(
        self,
        store: Store,
        revising: Revising,
        lock: EngineLock,
        wake: WakeChannel,
        clock: Clock,
        wait: Wait,
    ) -> None:
        self._store = store
        self._revising = revising
        self._planner = revising.planner
        self._lock = lock
        self._wake = wake
        self._clock = clock
        self._wait = wait
        self._latest_s = math.inf

    def hurry(self) -> None:
        """Wait for no answer longer than a second from now: this process ends. Thread: any."""
        self._latest_s = self._clock.monotonic() + HURRY_S

    def run(self, ref: str) -> RunId:
        """Have a job run now, also a disabled or paused one.

        Raises NoEngine where none runs, NotFound, RequestFailed.
        """
        job_id = self._store.read(lambda tables: job_of(tables, ref)).id
        self._require_engine()
        return self._start(RequestKind.RUN, job_id, ref)

    def test(self, document: Document) -> RunId:
        """Have a draft run now without saving it; its triggers are left aside.

        Raises InvalidDraft, NoEngine where none runs, RequestFailed.
        """
        draft = self._revising.draft({**document, "triggers": ()})
        self._require_engine()
        now = self._clock.now()
        job_id = self._store.write(lambda tables: keep_aside(tables, draft, now))
        return self._start(RequestKind.TEST, job_id, draft.name)

    def stop(self, ref: str) -> Sequence[RunId]:
        """Stop a run by its number, or all runs of a job; return the runs that were told.

        Raises NotFound, NoEngine, and RequestFailed where there is nothing to stop.
        """
        return self._stop_each(self._store.read(lambda tables: _open_runs(tables, ref)), ref)

    def stop_run(self, run_id: RunId) -> None:
        """Stop the run of this number, whatever jobs are called.

        Raises NoEngine, and RequestFailed where it has ended meanwhile.
        """
        self._stop_each([run_id], str(run_id))

    def _stop_each(self, run_ids: Sequence[int], ref: str) -> Sequence[RunId]:
        stopped: Sequence[RunId] = ()
        if run_ids:
            self._require_engine()
            answer = self._ask(RequestKind.STOP, {"run_ids": list(run_ids)})
            stopped = [RunId(int(run_id)) for run_id in answer.result["run_ids"]]
        if not stopped:
            raise RequestFailed(
                title=_("'{ref}' was not stopped").format(ref=shortened(ref)),
                detail=_("the engine has nothing of it that runs or waits"),
            )
        return stopped

    def fire(self, name: str) -> int:
        """Let the jobs run that listen to a signal; return how many do.

        Raises NoEngine where none runs: a signal is not kept. Raises RequestFailed.
        """
        holder = self._lock.holder()
        if holder is None or holder.role == FOREGROUND:
            raise NoEngine(
                title=_("The signal '{name}' was not heard").format(name=shortened(name)),
                detail=_("no engine is running, and a signal is not kept for one"),
                hint=_("Start one: deskcron daemon"),
            )
        answer = self._ask(RequestKind.FIRE, {"name": name})
        if answer.state is not RequestState.DONE:
            raise RequestFailed(
                title=_("The signal '{name}' was not heard").format(name=shortened(name))
            )
        return int(answer.result["listeners"])

    def proceed(self, run_id: int) -> None:
        """Let a run start that waits, whatever it waits for.

        Raises NotFound, NoEngine, and RequestFailed where it no longer waits.
        """
        self._answer(RequestKind.PROCEED, run_id)

    def decline(self, run_id: int) -> None:
        """Have a run skipped that waits; raises as `proceed` does."""
        self._answer(RequestKind.DECLINE, run_id)

    def put_off(self, run_id: int, seconds: int) -> datetime:
        """Have a run wait on before it is asked about again; return until when.

        Raises BadInput, and as `proceed` does.
        """
        if not 1 <= seconds <= LONGEST_DELAY_S:
            raise BadInput(title=_("A run is put off by one second to 30 days"))
        until = self._clock.now() + timedelta(seconds=seconds)
        self._answer(RequestKind.PUT_OFF, run_id, seconds=seconds)
        return until

    def _answer(self, kind: RequestKind, run_id: int, **args: int) -> None:
        run = self._store.read(lambda tables: run_of(tables, run_id))
        self._require_engine()
        answer = self._ask(kind, {"run_id": run.id, **args})
        if answer.state is not RequestState.DONE:
            raise RequestFailed(
                title=_("Run {run_id} stays as it is").format(run_id=run.id),
                detail=_("it does not wait any longer"),
                hint=_("The history shows what became of it."),
            )

    def stand_in(self, run_id: int) -> RunId:
        """Have a job run now for a due time that had no run; return the run that stands in.

        Raises NotFound, NoEngine, and RequestFailed where that due time had its run or its answer.
        """
        run = self._store.read(lambda tables: run_of(tables, run_id))
        self._require_engine()
        answer = self._ask(RequestKind.STAND_IN, {"run_id": run.id})
        if answer.state is not RequestState.DONE:
            raise RequestFailed(
                title=_("Nothing was run for run {run_id}").format(run_id=run.id),
                detail=_(
                    "it has its run or its answer, the rules of its job left it out, "
                    "or the job was deleted"
                ),
                hint=_("The review shows what became of it."),
            )
        return RunId(int(answer.result["run_id"]))

    def wait(self, run_id: int, timeout_s: float | None = None) -> Run:
        """Wait for the end of a run and return it, as it is when the time is over."""

        def is_over() -> Run | None:
            run = self._store.read(lambda tables: run_of(tables, run_id))
            return None if run.status.is_open else run

        ended = self._until(is_over, timeout_s)
        return ended or self._store.read(lambda tables: run_of(tables, run_id))

    def pause(self, seconds: int | None) -> datetime | None:
        """Pause all jobs, for a time or until resumed; return when it ends by itself."""
        now = self._clock.now()
        until = None if seconds is None else now + timedelta(seconds=seconds)
        self._store.write(lambda tables: begin_pause(tables, self._planner, now, until))
        self._wake.nudge()
        return until

    def resume(self) -> int:
        """End the pause and return how many due times it has skipped."""
        now = self._clock.now()

        def end(tables: Tables) -> int:
            if not is_paused(tables):
                raise RequestFailed(title=_("Nothing is paused"))
            return end_pause(tables, self._planner, now)

        skipped = self._store.write(end)
        self._wake.nudge()
        return skipped

    def state(self) -> EngineState:
        """Say whether an engine runs and whether jobs are paused."""
        holder = self._lock.holder()
        paused, until = self._store.read(lambda tables: (is_paused(tables), paused_until(tables)))
        if until is not None and until <= self._clock.now():
            paused, until = False, None  # over; without an engine nobody has written that down
        return EngineState(
            running=holder is not None and holder.role != FOREGROUND,
            pid=holder.pid if holder else None,
            role=holder.role if holder else None,
            last_beat_at=holder.last_beat if holder else None,
            paused=paused,
            paused_until=until,
        )

    def _start(self, kind: RequestKind, job_id: JobId, name: str) -> RunId:
        answer = self._ask(kind, {"job_id": job_id})
        if answer.state is not RequestState.DONE:
            raise RequestFailed(title=_("'{ref}' was not run").format(ref=shortened(name)))
        return RunId(int(answer.result["run_id"]))

    def _require_engine(self) -> None:
        if self._lock.holder() is None:
            raise NoEngine(
                title=_("No engine is running"),
                hint=_(
                    "An open window of deskcron becomes one within seconds; "
                    "'deskcron daemon' is one without a window."
                ),
            )

    def _ask(self, kind: RequestKind, args: Mapping[str, Any]) -> Request:
        now = self._clock.now()
        expires_at = now + timedelta(seconds=ANSWER_S)
        number = self._store.write(lambda tables: tables.requests.add(kind, args, now, expires_at))
        self._wake.nudge()

        def is_answered() -> Request | None:
            request = self._store.read(lambda tables: tables.requests.get(number))
            return request if request and request.state is not RequestState.PENDING else None

        answer = self._until(is_answered, ANSWER_S)
        if answer is not None:
            return answer
        if self._store.write(lambda tables: tables.requests.withdraw(number)):
            raise RequestFailed(
                title=_("The engine did not answer"),
                detail=_("it is busy or stuck"),
                hint=_("The settings say more below Health, and so does 'deskcron doctor'."),
            )
        late = self._store.read(lambda tables: tables.requests.get(number))
        if late is None:
            raise NotFound(title=_("The engine's answer was lost"))
        return late

    def _until(self, found: Callable[[], T | None], timeout_s: float | None) -> T | None:
        limit_s = math.inf if timeout_s is None else self._clock.monotonic() + timeout_s
        look_s = LOOK_S
        while (answer := found()) is None:
            if self._clock.monotonic() >= min(limit_s, self._latest_s):
                return None
            self._wait(look_s)
            look_s = min(look_s * 1.3, LONGEST_LOOK_S)
        return answer


def _open_runs(tables: Tables, ref: str) -> list[int]:
    """Return the open runs a person means by a run number or a job."""
    number = run_number(ref) if tables.jobs.by_name(ref) is None else None
    run = None if number is None else tables.runs.get(number)
    if run is not None:
        return [run.id] if run.status.is_open else []
    job = job_of(tables, ref)
    return [one.run.id for one in tables.runs.open_runs(job.id)]
