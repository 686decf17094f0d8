"""The engine's parts over a store and real logs, without threads; time and nudges are ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from enginefakes import (
    EventWake,
    FakeKeepAwake,
    FakeMachine,
    FakeNotifier,
    FakePinger,
    FixedEnvironments,
    FixedZones,
    ManualClock,
)

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.banner import About
from deskcron.domain.codec import Codec
from deskcron.domain.records import RunEnd, RunFilter, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import JobId, Run, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.announcer import Announcer
from deskcron.engine.bars import Bars
from deskcron.engine.catalogue import Catalogue
from deskcron.engine.control import Control
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.drafts import Drafts
from deskcron.engine.explaining import Explaining
from deskcron.engine.history import History
from deskcron.engine.holding import Holding
from deskcron.engine.inbox import InboxService
from deskcron.engine.jobs import JobService
from deskcron.engine.lookout import Lookout
from deskcron.engine.occurring import Occurring
from deskcron.engine.outlooks import Outlooks
from deskcron.engine.planner import Planner
from deskcron.engine.presses import Presses
from deskcron.engine.ready import Ready
from deskcron.engine.revising import Revising
from deskcron.engine.screen import Screen
from deskcron.engine.settlement import Settlement
from deskcron.engine.successes import Successes
from deskcron.engine.timekeeper import Timekeeper
from deskcron.engine.transfer import Transfer
from deskcron.engine.whens import Whens
from deskcron.exchange.bundle import JsonBundles
from deskcron.system.datafolder import FileDataFolder
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.runlog import FileRunLogs
from deskcron.triggers.kinds import TRIGGER_KINDS

HOLIDAYS = {("DE", date(2026, 7, 2)): "Test Day"}
CODEC = Codec(TRIGGER_KINDS, ACTION_KINDS)


class Rig:
    """Everything of a core but its threads, on a data directory of its own."""

    def __init__(self, home: Path, store: Store, clock: Any = None) -> None:
        self.home = home
        self.store = store
        self.clock = clock or ManualClock()
        self.zones, self.wake = FixedZones(), EventWake()
        self.lock = FileEngineLock(home / "engine.lock")
        self.logs = FileRunLogs(home / "logs")
        self.folder = FileDataFolder(Paths.below(home))
        self.environments = FixedEnvironments()
        self.bars = Bars(self.zones, lambda place, day: HOLIDAYS.get((place, day)))
        self.definitions, self.drafts = Definitions(CODEC), Drafts(CODEC, bars=self.bars)
        self.planner = Planner(self.definitions, self.zones, self.bars)
        self.chances: list[float] = []
        self.occurring = Occurring(self.definitions, self.bars, self.chance)
        self.revising = Revising(self.definitions, self.drafts, self.zones, self.clock, self.bars)
        self.catalogue = Catalogue(
            self.store, self.definitions, CODEC, self.zones, self.clock, self.bars
        )
        self.jobs = JobService(
            self.store, self.catalogue, self.definitions, self.revising, self.wake, self.clock
        )
        self.transfer = Transfer(self.store, self.revising, JsonBundles(), self.clock)
        self.whens = Whens(self.zones, self.clock)
        self.inbox = InboxService(self.store, self.wake, self.clock)
        self.control = Control(
            self.store, self.revising, self.lock, self.wake, self.clock, self.wait
        )
        self.machine = FakeMachine()
        explaining = Explaining(
            self.store,
            self.catalogue,
            self.definitions,
            Outlooks(self.planner, self.bars),
            Lookout(lambda: self.machine, self.clock),
            self.control.state,
            self.clock,
        )
        self.history = History(self.store, self.definitions, self.logs, explaining)
        self.submitted: list[Ready] = []
        self.to_check: list[RunId] = []
        self.replaced: list[RunId] = []
        self.keep_awake = FakeKeepAwake()
        self.pinger = FakePinger()
        self.settled: list[Settlement] = []
        self.holding = Holding(self.clock, self.wait, self.submitted.extend)
        self.dispatcher = Dispatcher(
            self.store,
            self.planner,
            self.definitions,
            submit=self.holding.hand_over,
            check=self.to_check.extend,
            replace=self.replaced.extend,
            told=self.settled.append,
        )
        self.claims_wanted = self.sleeps = 0
        self.timekeeper = Timekeeper(
            self.store, self.planner, self.zones, self.clock, self._claim_wanted, self._slept
        )
        self.on_wait: Callable[[], object] | None = None
        self.opened: list[Path] = []

    def announcer(
        self, *notifiers: FakeNotifier, show: Callable[[About], None] | None = None
    ) -> Announcer:
        """Return an announcer that has not begun, with a window where there is `show`."""
        presses = Presses(
            self.inbox,
            self.jobs,
            self.control,
            self.history,
            open_file=self.opened.append,
            show=show,
        )
        screen, successes = Screen(self.store, notifiers), Successes(self.store, self.definitions)
        return Announcer(self.store, screen, successes, presses, self.clock)

    def chance(self) -> float:
        """Return what the test wants of chance, 0 by default."""
        return self.chances.pop(0) if self.chances else 0.0

    def wait(self, timeout_s: float) -> None:
        """Let time pass where a part would wait; `on_wait` is what happens meanwhile."""
        self.clock.advance(seconds=timeout_s)
        if self.on_wait is not None:
            self.on_wait()

    def add(self, name: str = "Tea", *triggers: Any, action: Any = None, **policy: Any) -> JobId:
        """Add a job; by default a reminder every minute from now on."""
        document = {
            "name": name,
            "triggers": list(triggers) if triggers else [self.every(60)],
            "action": action or {"kind": "reminder"},
            "policy": policy,
        }
        return self.jobs.add(document).job.id

    def shell(self, script: str) -> dict[str, Any]:
        """Return an action that runs a script of /bin/sh in the data directory."""
        arguments = ["-c", script]
        return {
            "kind": "command",
            "program": "/bin/sh",
            "arguments": arguments,
            "directory": str(self.home),
        }

    def every(self, seconds: int, anchor: str = "grid", **more: Any) -> dict[str, Any]:
        """Return an interval from now on."""
        start = self.clock.now().isoformat()
        return {"kind": "interval", "every_s": seconds, "anchor": anchor, "start": start, **more}

    def claim(self) -> datetime | None:
        """Claim what is due now."""
        return self.dispatcher.claim(self.clock.now())

    def claim_all(self) -> None:
        """Claim until nothing is due, as the clock does."""
        while (upcoming := self.claim()) is not None and upcoming <= self.clock.now():
            pass

    def pass_time(self, **length: float) -> None:
        """Let time pass, and claim what is due by then."""
        self.clock.advance(**length)
        self.claim_all()

    def rows(self, job_id: str | None = None) -> list[Run]:
        """Return the history, oldest first."""
        wanted = RunFilter(job_id=job_id, limit=100_000)
        return list(reversed(self.store.read(lambda tables: tables.runs.page(wanted))))

    def fates(self, job_id: str | None = None) -> list[str]:
        """Return the history in short: status, number of due times, reason."""
        return [
            " ".join(
                [
                    run.status,
                    *([f"{run.count}"] if run.count > 1 else []),
                    *([run.reason] if run.reason else []),
                ]
            )
            for run in self.rows(job_id)
        ]

    def job(self, job_id: str) -> StoredJob:
        """Return a job as it is stored."""
        stored = self.store.read(lambda tables: tables.jobs.get(job_id))
        assert stored is not None
        return stored

    def due_at(self, job_id: str) -> datetime | None:
        """Return when a job is due next."""
        return self.store.read(lambda tables: tables.wakeups.due_at(JobId(job_id)))

    def wakeups(self) -> Sequence[Wakeup]:
        """Return all wakeups."""
        ever = self.clock.now() + timedelta(days=36_500)

        def look(tables: Tables) -> Sequence[Wakeup]:
            due = [
                Wakeup(one.due.at, WakeKind.DUE, one.job_id) for one in tables.jobs.due(ever, -1)
            ]
            return [*due, *tables.wakeups.others(ever, -1)]

        return self.store.read(look)

    def end(self, run_id: int, **fields: Any) -> None:
        """Record that a run has succeeded, without what follows."""
        end = RunEnd(RunId(run_id), Status.SUCCEEDED, self.clock.now(), self.clock.now(), **fields)
        self.store.write(lambda tables: tables.runs.ended(end))

    def change(self, change: Callable[[Tables], Any]) -> Any:
        """Write to the store."""
        return self.store.write(change)

    def _slept(self) -> None:
        self.sleeps += 1

    def _claim_wanted(self) -> None:
        self.claims_wanted += 1

    def close(self) -> None:
        """Close the store."""
        self.lock.release()
        self.store.close()
