"""The parts of a rig that start, watch and record real processes, with the threads they need."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from queue import SimpleQueue
from typing import Any

from enginefakes import DEADLINE_S
from rig import Rig

from deskcron.domain.records import RequestKind, RunEnd
from deskcron.domain.run import Run, RunId
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.endings import Endings
from deskcron.engine.execution import Execution
from deskcron.engine.gate import Gate
from deskcron.engine.guards import Guards
from deskcron.engine.holding import Holding
from deskcron.engine.ready import Ready
from deskcron.engine.recovery import Recovery
from deskcron.engine.requests import Requests
from deskcron.engine.runner import Runner
from deskcron.system.environment import base_environment
from deskcron.system.processes import processes_for
from deskcron.system.workspace import ScriptWorkspace

LOG_LIMIT_BYTES = 64 * 1024


class Machine:
    """The parts that start, watch and record processes, with the threads they need."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.ended: SimpleQueue[tuple[Ready, RunEnd, Any]] = SimpleQueue()
        self.told: SimpleQueue[RunId] = SimpleQueue()
        self.wakes = self.looks = 0
        self.begun: list[Ready] = []
        self.processes = processes_for(sys.platform, base_environment(os.environ))
        self.endings = Endings(
            rig.store,
            rig.planner,
            rig.definitions,
            occurring=rig.occurring,
            submit=self._submit,
            replace=self._replace,
            told=lambda *end: self.ended.put(end),
            wakes=self._woken,
            chance=rig.chance,
            look=self._looked,
        )
        guards = Guards(self.endings, rig.bars, rig.clock, rig.timekeeper.is_steady)
        self.gate = Gate(
            rig.store,
            rig.definitions,
            guards,
            self.endings,
            rig.machine,
            rig.environments,
            rig.logs,
            rig.clock,
            wakes=self._woken,
        )
        workspace = ScriptWorkspace(rig.home / "scripts")
        self.execution = Execution(
            self.processes,
            rig.logs,
            workspace,
            rig.environments,
            self.endings,
            rig.clock,
            rig.keep_awake,
            log_limit_bytes=LOG_LIMIT_BYTES,
            begun=self.begun.append,
            may_start=self.gate.may_start,
        )
        self.runner = Runner(self.execution, rig.store, rig.logs, rig.clock, self.told.put)
        holding = Holding(rig.clock, rig.wait, self._submit)
        self.requests = Requests(
            rig.store,
            rig.definitions,
            self.runner,
            self.endings,
            rig.clock,
            guards=guards,
            occurring=rig.occurring,
            take_back=holding.take_back,
            claim_soon=self._woken,
        )
        self.recovery = Recovery(
            rig.store,
            rig.definitions,
            self.processes,
            rig.logs,
            self.endings,
            self.runner,
            rig.clock,
            rig.wait,
        )
        rig.dispatcher = Dispatcher(
            rig.store,
            rig.planner,
            rig.definitions,
            submit=holding.hand_over,
            check=self.gate.look,
            replace=self._replace,
            told=rig.settled.append,
        )
        self.runner.start()

    def next_end(self) -> RunEnd:
        """Wait for the next run to end."""
        return self.ended.get(timeout=DEADLINE_S)[1]

    def next_started(self) -> Run:
        """Wait until a run's process is recorded, and return the run."""
        run_id = self.told.get(timeout=DEADLINE_S)
        run = self.rig.store.read(lambda tables: tables.runs.get(run_id))
        assert run is not None
        return run

    def run(self, job_id: str) -> RunId:
        """Have a job run by hand."""
        return RunId(self.ask(RequestKind.RUN, job_id=job_id)["run_id"])

    def ask(self, kind: RequestKind, **args: Any) -> Mapping[str, Any]:
        """Ask for something as another process does, and return the result."""
        now = self.rig.clock.now()
        later = now + timedelta(minutes=1)
        number = self.rig.change(lambda tables: tables.requests.add(kind, args, now, later))
        self.requests.answer_all()
        answer = self.rig.store.read(lambda tables: tables.requests.get(number))
        assert answer is not None
        return answer.result

    def hold_back(self) -> list[Ready]:
        """Keep what may start from the runner from now on: it comes into the list returned."""
        held: list[Ready] = []
        self.runner.submit = held.extend
        return held

    def let_in(self, ready: Sequence[Ready]) -> None:
        """Give the runner what was held back, and from now on all that may start."""
        del self.runner.submit
        self.runner.submit(ready)

    def output(self, run_id: int) -> str:
        """Return what a run has written."""
        return self.rig.logs.read(run_id, 1, 0, 1_000_000).text

    def _submit(self, ready: Sequence[Ready]) -> None:
        self.runner.submit(ready)

    def _replace(self, run_ids: Sequence[RunId]) -> None:
        self.requests.replace(run_ids)

    def _looked(self) -> None:
        self.looks += 1

    def _woken(self) -> None:
        self.wakes += 1

    def close(self) -> None:
        """End what runs, then the threads."""
        for one in self.rig.store.read(lambda tables: tables.runs.open_runs()):
            process = self.processes.adopt(one.identity) if one.identity else None
            if process is not None:
                process.kill()
                process.wait(DEADLINE_S)
                process.close()
        self.gate.close()
        self.runner.close()
        self.processes.close()
