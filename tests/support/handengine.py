"""The deciding half of an engine on a rig: what may start is started and ended by the test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.codec import Codec
from deskcron.domain.listening import Topic
from deskcron.domain.ports import ExitRecord, ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import RequestState, RunEnd
from deskcron.domain.run import RunId, Status
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.endings import Endings
from deskcron.engine.execution import Going
from deskcron.engine.gate import Gate
from deskcron.engine.guards import Guards
from deskcron.engine.occurring import Occurring
from deskcron.engine.planner import Planner
from deskcron.engine.ready import Ready
from deskcron.engine.recovery import Recovery
from deskcron.engine.requests import Requests
from deskcron.engine.settlement import Settlement
from deskcron.engine.timekeeper import Timekeeper
from deskcron.triggers.kinds import TRIGGER_KINDS

BOOT = "boot-1"
_PATIENCE = timedelta(minutes=1)


class Outside:
    """What outlives an engine: processes and their logs, by the number of run and attempt."""

    def __init__(self) -> None:
        self.begun: Counter[tuple[int, int]] = Counter()
        self.alive: dict[int, tuple[int, int]] = {}

    def begin(self, ready: Ready) -> ProcessIdentity:
        """Start a process."""
        key = (ready.run_id, ready.attempt)
        self.begun[key] += 1
        pid = len(self.begun)
        self.alive[pid] = key
        return ProcessIdentity(pid, 1, BOOT)

    def end(self, key: tuple[int, int]) -> None:
        """Let a process be over."""
        self.alive = {pid: one for pid, one in self.alive.items() if one != key}

    def adopt(self, identity: ProcessIdentity) -> Any:
        """Return a process that still runs; nobody asks it anything."""
        return identity if identity.pid in self.alive else None

    def holder_of(self, path: Path) -> ProcessIdentity | None:
        """Find the process that writes to a log."""
        run_id, attempt = map(int, path.name.split("."))
        found = [pid for pid, key in self.alive.items() if key == (run_id, attempt)]
        return ProcessIdentity(found[0], 1, BOOT) if found else None

    def boot_id(self) -> str:
        """Name the boot, which is always the same."""
        return BOOT

    def path(self, run_id: int, attempt: int) -> Path:
        """Return where the log of an attempt would be."""
        return Path(f"{run_id}.{attempt}")

    def exists(self, run_id: int, attempt: int) -> bool:
        """Tell whether an attempt has begun."""
        return (run_id, attempt) in self.begun

    def is_held(self, run_id: int, attempt: int) -> bool:
        """Tell whether its process runs."""
        return (run_id, attempt) in self.alive.values()

    def read_record(self, run_id: int, attempt: int) -> ExitRecord:
        """Tell nothing: no job of a model is exact."""
        return ExitRecord(has_started=False, exit=None)

    def size_bytes(self, run_id: int, attempt: int) -> int:
        """Return that nothing was written."""
        return 0


class HandRunner:
    """A runner that starts what it is told to, when it is told to."""

    def __init__(self, engine: HandEngine) -> None:
        self._engine = engine
        self.queued: dict[RunId, Ready] = {}
        self.going: dict[RunId, Ready] = {}

    def submit(self, ready: Sequence[Ready]) -> None:
        """Take runs; none is handed over while it is here already."""
        for one in ready:
            assert one.run_id not in self.queued, f"run {one.run_id} is handed over twice"
            assert one.run_id not in self.going, f"run {one.run_id} is handed over while it goes"
            self.queued[one.run_id] = one

    def adopt(self, going: Going, *, is_recorded: bool) -> None:
        """Take over a process of the engine before."""
        if not is_recorded:
            self._engine.record_start(going.ready, going.process)
        self.going[going.ready.run_id] = going.ready

    def take_out(self, run_id: RunId) -> Ready | None:
        """Give a run back that has not begun."""
        return self.queued.pop(run_id, None)

    def stop_run(self, run_id: RunId, status: Status, why: Why) -> bool:
        """End a run that is here."""
        ready = self.queued.get(run_id) or self.going.get(run_id)
        if ready is None:
            return False
        self._engine.end(ready, status, why)
        return True


class HandEngine:
    """Everything of an engine but its threads and processes."""

    def __init__(self, rig: Any, outside: Outside) -> None:
        self.rig = rig
        self.outside = outside
        self.runner = HandRunner(self)
        self.has_slept = False
        definitions = Definitions(Codec(TRIGGER_KINDS, ACTION_KINDS))
        self.planner = Planner(definitions, rig.zones, rig.bars)
        self.occurring = Occurring(definitions, rig.bars, rig.chance)
        self.endings = Endings(
            rig.store,
            self.planner,
            definitions,
            occurring=self.occurring,
            submit=self.runner.submit,
            replace=self._replace,
            told=lambda *_end: None,
            wakes=lambda: None,
            look=lambda: None,
            chance=rig.chance,
        )
        self.timekeeper = Timekeeper(
            rig.store, self.planner, rig.zones, rig.clock, lambda: None, lambda: None
        )
        guards = Guards(self.endings, rig.bars, rig.clock, self.timekeeper.is_steady)
        self.gate = Gate(
            rig.store,
            definitions,
            guards,
            self.endings,
            rig.machine,
            rig.environments,
            rig.logs,
            rig.clock,
            wakes=lambda: None,
        )
        self.requests = Requests(
            rig.store,
            definitions,
            self.runner,
            self.endings,
            rig.clock,
            guards=guards,
            occurring=self.occurring,
            take_back=lambda _run_id: None,
            claim_soon=lambda: None,
        )
        self.recovery = Recovery(
            rig.store,
            definitions,
            outside,
            outside,
            self.endings,
            self.runner,
            rig.clock,
            lambda _seconds: None,
        )
        self.dispatcher = Dispatcher(
            rig.store,
            self.planner,
            definitions,
            submit=self.runner.submit,
            check=self._look,
            replace=self.requests.replace,
            told=lambda _settlement: None,
        )

    def start(self) -> None:
        """Begin as an engine does after whatever ended the one before, without a claim yet."""
        self.recovery.recover()
        self.timekeeper.await_sync(self.rig.wait)
        self.timekeeper.check_rules()

    def settle(self) -> None:
        """Tick, and claim until nothing is due."""
        self.timekeeper.tick()
        self.requests.answer_all()
        while True:
            self.flush()
            now = self.rig.clock.now()
            upcoming = self.dispatcher.claim(now)
            self.flush()
            if upcoming is None or upcoming > now:
                return

    def flush(self) -> None:
        """Let what was posted be written."""
        self.rig.store.write(lambda _tables: None)

    def begin(self, ready: Ready) -> None:
        """Start a run that is handed over, in its hours."""
        del self.runner.queued[ready.run_id]
        if not self.gate.may_start(ready):
            self.flush()
            return
        self.runner.going[ready.run_id] = ready
        self.record_start(ready, self.outside.begin(ready))

    def record_start(self, ready: Ready, identity: Any) -> None:
        """Write that a run has begun."""
        now = self.rig.clock.now()
        self.rig.store.write(lambda tables: tables.runs.started(ready.run_id, now, identity))

    def end(self, ready: Ready, status: Status, why: Why | None = None) -> None:
        """End a run that is handed over or going."""
        self.runner.queued.pop(ready.run_id, None)
        self.runner.going.pop(ready.run_id, None)
        self.outside.end((ready.run_id, ready.attempt))
        if status is Status.FAILED and why is None:
            why = Why(Reason.EXIT_CODE, {"code": 1})
        now = self.rig.clock.now()
        self.endings.record(ready, RunEnd(ready.run_id, status, None, now, why))

    def ask(self, kind: str, **args: Any) -> RequestState:
        """Ask for something as another process does."""
        now = self.rig.clock.now()
        number = self.rig.change(
            lambda tables: tables.requests.add(kind, args, now, now + _PATIENCE)
        )
        self.requests.answer_all()
        self.flush()
        answer = self.rig.store.read(lambda tables: tables.requests.get(number))
        return answer.state

    def happen(self, kind: str, key: str = "") -> int:
        """Let something happen, and return how many listened."""
        settlement, now = Settlement(), self.rig.clock.now()

        def happen(tables: Any) -> int:
            return self.occurring.happen(tables, Topic(kind, key), {}, now, settlement)

        found: int = self.rig.change(happen)
        self.runner.submit(settlement.ready)
        self.requests.replace(settlement.replaced)
        self.flush()
        return found

    def close(self) -> None:
        """Be gone, as a crash leaves it; what was posted before it is written."""
        self.flush()
        self.gate.close()

    def _replace(self, run_ids: Sequence[RunId]) -> None:
        self.requests.replace(run_ids)

    def _look(self, run_ids: Sequence[RunId]) -> None:
        for run_id in run_ids:
            self.gate._look(run_id, self.rig.clock.now())
