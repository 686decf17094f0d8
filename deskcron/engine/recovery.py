"""After a start: find out what became of the runs an earlier engine has left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from deskcron.domain.ports import Clock, Process, Processes, ProcessIdentity, RunLogs
from deskcron.domain.reason import BEFORE_GUARDS, Reason, Why
from deskcron.domain.records import OpenRun, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import JobId, Run, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.admission import as_ready, is_guarded, let_on
from deskcron.engine.callingoff import call_off, called_off, forget_waiting, unstarted
from deskcron.engine.definitions import Definitions
from deskcron.engine.endings import Endings, outcome
from deskcron.engine.execution import Going
from deskcron.engine.ready import Ready
from deskcron.engine.runner import Runner

_BOOT = "boot"
HOLDER_LOOKS = 20
HOLDER_LOOK_S = 0.05


class Recovered(NamedTuple):
    """How many open runs were adopted, queued again, and found ended or interrupted."""

    adopted: int
    queued: int
    ended: int


class _Found(NamedTuple):
    """An open run with a past to find out, or with the reason why it is not to begin."""

    one: OpenRun
    ready: Ready
    why_not: Why | None


class Recovery:
    """Sort out open runs by their start evidence: log file, its lock, process identity."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        processes: Processes,
        logs: RunLogs,
        endings: Endings,
        runner: Runner,
        clock: Clock,
        wait: Callable[[float], object],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._processes = processes
        self._logs = logs
        self._endings = endings
        self._runner = runner
        self._clock = clock
        self._wait = wait

    def recover(self) -> Recovered:
        """Adopt what runs, queue what never started, record the end of the rest."""
        found, released = self._store.write(self._open_runs)
        is_same_boot = self._store.read(self._is_same_boot)
        adopted = ended = 0
        again = released
        for one, ready, why_not in found:
            process = self._process(one) if why_not is None else None
            if why_not is not None:
                end = unstarted(one.run.id, ready.attempt, why_not, self._clock.now())
                self._endings.record(ready, end)
                ended += 1
            elif process is not None:
                self._adopt(one.run, ready, process)
                adopted += 1
            elif self._is_to_start(one, ready, is_same_boot=is_same_boot):
                again.append(ready)
            else:
                self._record_end(one, ready)
                ended += 1
        self._store.write(self._note_boot)  # behind the ends: until then the evidence is of before
        self._runner.submit(again)
        return Recovered(adopted, len(again), ended)

    def _open_runs(self, tables: Tables) -> tuple[list[_Found], list[Ready]]:
        """Return the runs that did not wait, and those that only waited until now."""
        found = []
        waits_alone: dict[JobId, tuple[OpenRun, Ready] | None] = {}
        for one in tables.runs.open_runs():
            ready = as_ready(self._definitions, tables, one.run)
            now = self._clock.now()
            why_not = self._why_not(tables, one.run)
            if why_not is not None and one.run.status is Status.WAITING:
                call_off(tables, one.run, why_not, now)
            elif ready is None:
                why = Why(Reason.UNREADABLE, {"error": "revision"})
                forget_waiting(tables, one.run.id, now)
                tables.runs.ended(RunEnd(one.run.id, Status.FAILED, None, now, why))
            elif one.run.status is not Status.WAITING:
                waits_alone[one.run.job_id] = None
                found.append(_Found(one, ready, why_not))
            elif one.run.reason is Reason.BEHIND_PREVIOUS:
                waits_alone.setdefault(one.run.job_id, (one, ready))
            else:  # its wakeup starts it, and its end what is behind it
                waits_alone[one.run.job_id] = None
                if is_guarded(ready.job, one.run.cause) and one.run.reason not in BEFORE_GUARDS:
                    tables.wakeups.set(Wakeup(now, WakeKind.GATE, str(one.run.id)))
        alone = [one.run for one, _ready in filter(None, waits_alone.values())]
        going_on = [let_on(self._definitions, tables, run, self._clock.now()) for run in alone]
        return found, [ready for ready in going_on if ready is not None]

    def _is_same_boot(self, tables: Tables) -> bool:
        """Tell whether the last engine ran in this boot."""
        return tables.settings.get(_BOOT) in {None, self._processes.boot_id()}

    def _note_boot(self, tables: Tables) -> None:
        tables.settings.set(_BOOT, self._processes.boot_id())

    def _why_not(self, tables: Tables, run: Run) -> Why | None:
        """Return why a run that never started is not to start any more, None where it may."""
        if run.status is Status.RUNNING or self._logs.exists(run.id, run.attempt):
            return None
        prospect = tables.runs.prospect(run.id)
        return None if prospect is None else called_off(prospect)

    def _is_to_start(self, one: OpenRun, ready: Ready, *, is_same_boot: bool) -> bool:
        """Tell whether a run certainly did not begin.

        What a power cut has left of logs and records says nothing, unless nothing is started.
        """
        if one.run.status is not Status.QUEUED:
            return False
        if not is_same_boot and ready.job.starts_process:
            return False
        return self._never_started(one, ready) or self._never_ran(one, ready)

    def _never_started(self, one: OpenRun, ready: Ready) -> bool:
        return not self._logs.exists(one.run.id, ready.attempt)

    def _never_ran(self, one: OpenRun, ready: Ready) -> bool:
        """Tell whether an exact job's program certainly did not begin, and clear its log."""
        if not ready.job.policy.exact or self._logs.is_held(one.run.id, ready.attempt):
            return False
        if self._logs.read_record(one.run.id, ready.attempt).has_started:
            return False
        self._logs.discard(one.run.id, ready.attempt)
        return True

    def _process(self, one: OpenRun) -> Process | None:
        identity = one.identity or self._holder(one.run)
        return None if identity is None else self._processes.adopt(identity)

    def _holder(self, run: Run) -> ProcessIdentity | None:
        """Return who holds the log; a process just born needs a moment to be recognised."""
        for _look in range(HOLDER_LOOKS):
            if not self._logs.is_held(run.id, run.attempt):
                return None
            identity = self._processes.holder_of(self._logs.path(run.id, run.attempt))
            if identity is not None:
                return identity
            self._wait(HOLDER_LOOK_S)
        return None

    def _adopt(self, run: Run, ready: Ready, process: Process) -> None:
        now = self._clock.now()
        started_at = run.started_at or run.recorded_at
        elapsed_s = max(0.0, (now - started_at).total_seconds())
        going = Going(ready, process, started_at, self._clock.monotonic() - elapsed_s)
        self._runner.adopt(going, is_recorded=run.status is Status.RUNNING)
        if run.called_off is not None:
            self._runner.stop_run(run.id, Status.CANCELLED, run.called_off)

    def _record_end(self, one: OpenRun, ready: Ready) -> None:
        run, now = one.run, self._clock.now()
        exited = self._logs.read_record(run.id, run.attempt).exit
        size = self._logs.size_bytes(run.id, run.attempt)
        if exited is not None:
            status, why = outcome(exited, ready.job.policy.exit_codes, has_leftovers=False)
        elif one.identity is not None and one.identity.boot_id == self._processes.boot_id():
            status, why = Status.UNKNOWN, Why(Reason.EXIT_CODE_UNKNOWN)
        else:
            status, why = Status.INTERRUPTED, Why(Reason.MAY_HAVE_STARTED)
        self._endings.record(
            ready,
            RunEnd(
                run.id,
                status,
                run.started_at,
                now,
                why,
                exit_code=exited.code if exited else None,
                signal=exited.signal if exited else None,
                output_bytes=size,
            ),
        )
