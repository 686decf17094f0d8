"""The engine's parts over a real store, real logs and real processes; time and nudges are ours."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.banner import About, BannerAction, Notification, Press
from deskcron.domain.codec import Codec
from deskcron.domain.environment import Environment, ShellReport
from deskcron.domain.records import RunEnd, RunFilter, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import JobId, Run, RunId, Status
from deskcron.domain.storage import Tables
from deskcron.engine import runner, watcher
from deskcron.engine.announcer import Announcer
from deskcron.engine.bars import Bars
from deskcron.engine.catalogue import Catalogue
from deskcron.engine.control import Control
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.drafts import Drafts
from deskcron.engine.endings import Endings
from deskcron.engine.execution import Execution
from deskcron.engine.explaining import Explaining
from deskcron.engine.gate import Gate
from deskcron.engine.guards import Guards
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
from deskcron.engine.recovery import Recovery
from deskcron.engine.requests import Requests
from deskcron.engine.revising import Revising
from deskcron.engine.runner import Runner
from deskcron.engine.screen import Screen
from deskcron.engine.settlement import Settlement
from deskcron.engine.successes import Successes
from deskcron.engine.timekeeper import Timekeeper
from deskcron.engine.transfer import Transfer
from deskcron.engine.whens import Whens
from deskcron.exchange.bundle import JsonBundles
from deskcron.store.opening import open_store
from deskcron.system.clock import SystemClock
from deskcron.system.environment import base_environment
from deskcron.system.lock import FileEngineLock
from deskcron.system.processes import processes_for
from deskcron.system.runlog import FileRunLogs
from deskcron.system.workspace import ScriptWorkspace
from deskcron.triggers.kinds import TRIGGER_KINDS

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
DEADLINE_S = 20.0
LOG_LIMIT_BYTES = 64 * 1024


class ManualClock:
    """A clock that stands until it is moved. Setting it leaves the monotonic clock alone."""

    def __init__(self) -> None:
        self._now = NOON
        self._monotonic_s = 1000.0

    def now(self) -> datetime:
        """Return the wall clock."""
        return self._now

    def monotonic(self) -> float:
        """Return the clock that is never set."""
        return self._monotonic_s

    def advance(self, **length: float) -> datetime:
        """Let time pass and return the new wall clock."""
        passed = timedelta(**length)
        self._now += passed
        self._monotonic_s += passed.total_seconds()
        return self._now

    def set(self, now: datetime) -> datetime:
        """Set the wall clock, as a person or a time server does."""
        self._now = now
        return now


class FixedZones:
    """A computer whose zone and zone rules are what the test says."""

    def __init__(self) -> None:
        self.zone = "Europe/Berlin"
        self.rules = "2026a"
        self.told_fault = ""

    def local_zone(self) -> str:
        """Return the zone."""
        return self.zone

    def fault(self) -> str:
        """Return why the zone is not known."""
        return self.told_fault

    def rules_version(self) -> str:
        """Return the version of the rules."""
        return self.rules


class EventWake:
    """A wake channel inside this process that counts nudges."""

    def __init__(self) -> None:
        self.nudges = 0
        self._nudged = Event()

    def nudge(self) -> bool:
        """Wake who waits."""
        self.nudges += 1
        self._nudged.set()
        return True

    def open(self) -> None:
        """Listen."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for a nudge."""
        came = self._nudged.wait(timeout_s)
        self._nudged.clear()
        return came

    def close(self) -> None:
        """Stop listening."""


class FakeNotifier:
    """Shows banners into a queue."""

    label = "Fake banners"

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.available = True
        self.takes = True
        self.withdrawn: SimpleQueue[str] = SimpleQueue()
        self.offered: SimpleQueue[str] = SimpleQueue()
        self.shown: SimpleQueue[Notification] = SimpleQueue()
        self.closed = Event()

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report what the test presses."""
        self._pressed = pressed

    def press(self, deed: BannerAction, banner: Notification) -> None:
        """Press a button, or the banner itself."""
        assert deed is BannerAction.SHOW or deed in {button.deed for button in banner.buttons}
        self._pressed(Press(deed, banner.about))

    def is_available(self) -> bool:
        """Tell what the test wants."""
        return self.available

    def obstacle(self) -> str:
        """Tell what the test wants, in words."""
        return "" if self.available else "There is no screen."

    def withdraw(self, key: str) -> None:
        """Remember that a banner was taken away."""
        self.withdrawn.put(key)

    def notify(self, notification: Notification) -> bool:
        """Take a banner, or refuse it."""
        self.offered.put(notification.title)
        if self.takes:
            self.shown.put(notification)
        return self.takes

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed.set()

    def next(self) -> Notification:
        """Wait for the next banner."""
        return self.shown.get(timeout=DEADLINE_S)

    def next_offer(self) -> str:
        """Wait until a banner is offered, taken or not, and return its title."""
        return self.offered.get(timeout=DEADLINE_S)

    def rest(self) -> list[Notification]:
        """Return the banners nobody has looked at."""
        return [self.shown.get() for _ in range(self.shown.qsize())]


HOLIDAYS = {("DE", date(2026, 7, 2)): "Test Day"}


class FakeMachine:
    """A machine that is what the test says."""

    def __init__(self) -> None:
        self.mains: bool | None = True
        self.battery: float | None = None
        self.online: bool | None = True
        self.idle: float | None = None
        self.busy: float | None = None
        self.there: set[str] = set()
        self.running: set[str] = set()
        self.presenting: bool | None = None
        self.exits: int | None = 0
        self.checking, self.checks_ended = Event(), Event()
        self.free: int | None = None

    def on_mains(self) -> bool | None:
        """Tell of the socket."""
        return self.mains

    def battery_percent(self) -> float | None:
        """Tell of the battery."""
        return self.battery

    def is_online(self) -> bool | None:
        """Tell of the network."""
        return self.online

    def idle_s(self) -> float | None:
        """Tell of the person."""
        return self.idle

    def load(self) -> float | None:
        """Tell of the processors."""
        return self.busy

    def is_present(self, path: str) -> bool:
        """Tell of a path."""
        return path in self.there

    def free_bytes(self, path: str) -> int | None:
        """Tell of room on a disk."""
        return self.free if path in self.there else None

    def is_running(self, name: str) -> bool:
        """Tell of a program."""
        return name in self.running

    def is_presenting(self) -> bool | None:
        """Tell of a full screen."""
        return self.presenting

    def check(self, command: str, timeout_s: float) -> int | None:
        """Tell how a command ends, where it does."""
        del timeout_s
        if command == "forever":
            self.checking.set()
            self.checks_ended.wait()
            return -9
        return self.exits

    def end_checks(self) -> None:
        """End the command that does not end by itself."""
        self.checks_ended.set()


class FakeKeepAwake:
    """Remember for what the machine is kept awake."""

    def __init__(self) -> None:
        self.held: list[str] = []

    def hold(self, why: str) -> Callable[[], None]:
        """Keep it awake."""
        self.held.append(why)
        return lambda: self.held.remove(why)

    def close(self) -> None:
        """Let it sleep."""
        self.held.clear()


class FixedEnvironments:
    """Environments that are what the test says: those of this process by default."""

    def __init__(self) -> None:
        self.login = base_environment(os.environ)
        self.asked: list[Environment] = []
        self.met: list[dict[str, str]] = []
        self.told: ShellReport | None = None

    def of(self, rules: Environment) -> dict[str, str]:
        """Return the one there is, with the folders of the job."""
        self.asked.append(rules)
        return rules.over(self.login, os.pathsep)

    def capture(self) -> None:
        """Know already."""

    def meet(self, session: dict[str, str]) -> None:
        """Remember a session."""
        self.met.append(dict(session))

    def report(self) -> ShellReport | None:
        """Say what the test says."""
        return self.told


class FakePinger:
    """Remember the addresses that were asked for; fail where `why` says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.why = ""
        self.is_closed = False

    def ping(self, url: str, failed: Callable[[str], None]) -> None:
        """Ask for an address."""
        self.asked.append(url)
        if self.why:
            failed(self.why)

    def close(self) -> None:
        """Ask for nothing more."""
        self.is_closed = True


class Rig:
    """Everything of a core but its threads, on a data directory of its own."""

    def __init__(self, home: Path, template: Path, clock: Any = None) -> None:
        self.home = home
        shutil.copyfile(template, home / "deskcron.db")
        self.store = open_store(home / "deskcron.db", may_migrate=False)
        self.clock = clock or ManualClock()
        self.zones, self.wake = FixedZones(), EventWake()
        self.lock = FileEngineLock(home / "engine.lock")
        self.logs = FileRunLogs(home / "logs")
        self.environments = FixedEnvironments()
        codec = Codec(TRIGGER_KINDS, ACTION_KINDS)
        self.definitions, self.drafts = Definitions(codec), Drafts(codec)
        self.bars = Bars(self.zones, lambda place, day: HOLIDAYS.get((place, day)))
        self.planner = Planner(self.definitions, self.zones, self.bars)
        self.chances: list[float] = []
        self.occurring = Occurring(self.definitions, self.bars, self.chance)
        self.revising = Revising(self.definitions, self.drafts, self.zones, self.clock, self.bars)
        self.catalogue = Catalogue(
            self.store, self.definitions, self.drafts, self.zones, self.clock
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
            Outlooks(self.definitions, self.planner, self.bars),
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
        """Have a job run by hand, as a request from another process does."""
        now = self.rig.clock.now()
        later = now + timedelta(minutes=1)
        number = self.rig.change(
            lambda tables: tables.requests.add("run", {"job_id": job_id}, now, later)
        )
        self.requests.answer_all()
        answer = self.rig.store.read(lambda tables: tables.requests.get(number))
        assert answer is not None
        return RunId(answer.result["run_id"])

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


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a directory that costs no time: that commits last is for the tests of the store."""
    return memory_path


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty database, made once."""
    path = tmp_path_factory.mktemp("template") / "deskcron.db"
    open_store(path, may_migrate=True).close()
    return path


@pytest.fixture
def rig(tmp_path: Path, store_template: Path) -> Iterator[Rig]:
    """Return the engine's parts on an empty store."""
    rig = Rig(tmp_path, store_template)
    yield rig
    rig.close()


@pytest.fixture
def live(tmp_path: Path, store_template: Path) -> Iterator[Rig]:
    """Return the same on the real clock, for an engine with its threads."""
    rig = Rig(tmp_path, store_template, SystemClock())
    rig.on_wait = None
    yield rig
    rig.close()


@pytest.fixture
def machine(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Return the parts that run processes, with less patience; what is due is run by them."""
    monkeypatch.setattr(runner, "SHORT_S", 0.01)
    monkeypatch.setattr(watcher, "LOOK_S", 0.01)
    machine = Machine(rig)
    yield machine
    machine.close()


@pytest.fixture
def notifier() -> FakeNotifier:
    """Return a notifier that shows banners to the test."""
    return FakeNotifier()
