"""The life of an engine: it begins, looks once a second, and steps down without a trace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from queue import SimpleQueue
from threading import Event

import pytest
from playedbus import HAS_BUS, PlayedBus
from waiting import eventually

from deskcron.domain.errors import StoreNewer, StoreUnavailable
from deskcron.domain.run import Cause, Run, Status
from deskcron.engine import engine as engine_module
from deskcron.engine.control import Control
from deskcron.engine.engine import Engine, Surroundings
from deskcron.store import writer
from deskcron.system.bus import BusThread, Listener
from deskcron.system.environment import base_environment
from deskcron.system.events.sleep import PREPARE, SleepEvents
from deskcron.system.processes import processes_for
from deskcron.system.workspace import ScriptWorkspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

DEADLINE_S = 20.0


class Engines:
    """Start engines on a rig, one after the other."""

    def __init__(self, rig, notifier) -> None:
        self.rig, self.notifier = rig, notifier
        self.told: SimpleQueue[Run] = SimpleQueue()
        self.processes = processes_for(sys.platform, base_environment(os.environ))
        self.around = Surroundings(
            store=rig.store,
            definitions=rig.definitions,
            processes=self.processes,
            logs=rig.logs,
            workspace=ScriptWorkspace(rig.home / "scripts"),
            lock=rig.lock,
            wake=rig.wake,
            zones=rig.zones,
            announcer=rig.announcer(notifier),
            clock=rig.clock,
            machine=rig.machine,
            keep_awake=rig.keep_awake,
            pinger=rig.pinger,
            holiday_name=lambda _place, _day: None,
            folder=rig.folder,
            environments=rig.environments,
        )
        self.control = Control(rig.store, rig.revising, rig.lock, rig.wake, rig.clock, Event().wait)
        self.running: list[Engine] = []

    def start(self, *, schedules: bool = True) -> Engine:
        """Start an engine."""
        self.rig.lock.acquire("daemon")
        engine = Engine(self.around, told=self.told.put)
        engine.start(schedules=schedules)
        self.running.append(engine)
        return engine

    def stop(self) -> None:
        """Stop the engine that runs."""
        self.running.pop().stop()
        self.rig.lock.release()

    def until(self, status: Status) -> Run:
        """Wait until a run of this status is told."""
        while (run := self.told.get(timeout=DEADLINE_S)).status is not status:
            pass
        return run

    def close(self) -> None:
        """Stop everything."""
        while self.running:
            self.stop()
        self.around.announcer.close()
        self.processes.close()


@pytest.fixture
def engines(live, notifier):
    """Return what starts engines on the real clock."""
    engines = Engines(live, notifier)
    yield engines
    engines.close()


def now_once(live) -> dict[str, str]:
    """Return a one-off of the present second."""
    wall = live.clock.now().replace(tzinfo=None, microsecond=0).isoformat()
    return {"kind": "once", "at": wall, "zone": "UTC"}


def test_what_is_due_runs(live, engines) -> None:
    """A due job runs, and its end is told to those who listen and by a banner."""
    live.add("Tea", now_once(live), action=live.shell("echo hello"))
    engines.start()
    run = engines.until(Status.SUCCEEDED)
    assert run.job_name == "Tea"
    assert engines.notifier.next().title == "Tea"


def test_what_is_added_later_runs_too(live, engines) -> None:
    """A job added while the engine runs is claimed as soon as the engine is nudged."""
    engines.start()
    live.add("Tea", now_once(live))
    assert engines.until(Status.SUCCEEDED).job_name == "Tea"
    assert engines.notifier.next().title == "Tea"


def test_requests_are_answered(live, engines) -> None:
    """Run, wait and stop reach the engine through the store."""
    job = live.add("Tea", live.every(3600), action=live.shell("echo on; exec sleep 60"))
    engines.start()
    run_id = engines.control.run("Tea")
    engines.until(Status.RUNNING)
    assert engines.control.stop(str(run_id)) == [run_id]
    assert engines.control.wait(run_id, DEADLINE_S).status is Status.CANCELLED
    assert live.fates(job) == ["cancelled stopped"]


def test_requests_from_before_the_start_are_seen_to(live, engines) -> None:
    """What was asked for while no engine ran is done first."""
    job = live.add("Tea", live.every(3600))
    now = live.clock.now()
    later = now + timedelta(minutes=1)
    live.change(lambda tables: tables.requests.add("run", {"job_id": job}, now, later))
    engines.start()
    engines.until(Status.SUCCEEDED)


def test_programs_go_on_without_an_engine(live, engines) -> None:
    """A program outlives its engine and is watched to its end by the next one."""
    os.mkfifo(gate := live.home / "gate")
    live.add("Tea", now_once(live), action=live.shell(f'read line < "{gate}"; echo $line'))
    engines.start()
    run = engines.until(Status.RUNNING)
    engines.stop()
    assert live.fates() == ["running"]
    engines.start()
    gate.write_text("bye\n")
    ended = engines.until(Status.UNKNOWN)
    assert ended.id == run.id
    assert live.logs.read(run.id, 1, 0, 100).text == "bye\n"


def test_what_was_posted_is_written_before_the_lock_is_given_up(live, engines, monkeypatch) -> None:
    """The next engine finds the end of a run that ended while this one stepped down."""
    monkeypatch.setattr(writer, "GATHER_S", DEADLINE_S)
    engines.start(schedules=False)
    noted: list[int] = []
    live.store.post(lambda tables: tables.seq.now(), lambda _result, _error: noted.append(1))
    engines.stop()
    assert noted == [1]


def test_without_schedules_only_what_is_asked_for_runs(live, engines) -> None:
    """An engine in the foreground leaves due times to the one that is in charge of them."""
    job = live.add("Tea", now_once(live))
    other = live.add("Coffee", live.every(3600))
    engines.start(schedules=False)
    engines.control.run(other)
    engines.until(Status.SUCCEEDED)
    engines.stop()
    assert live.fates(job) == []
    assert not (live.home / "backups").exists()


def test_the_heart_beats(live, engines) -> None:
    """While an engine runs, its last tick can be seen."""
    before = live.clock.now() - timedelta(seconds=1)
    engines.start()
    eventually(lambda: engines.control.state().last_beat_at is not None)
    assert engines.control.state().last_beat_at > before
    engines.stop()
    assert not engines.control.state().running


def test_housekeeping_is_done_in_the_background(live, engines, monkeypatch) -> None:
    """A backup is written soon after the first start."""
    monkeypatch.setattr(engine_module, "TICK_S", 0.02)
    monkeypatch.setattr(engine_module, "BEAT_S", 0.02)
    engines.start()
    eventually(lambda: list((live.home / "backups").glob("daily-*.db")))


def test_a_newer_store_is_left_alone(live, engines, monkeypatch, expected_logs) -> None:
    """An engine that sees a newer schema stops claiming, says so, and steps down cleanly."""
    engines.start()

    def newer() -> None:
        raise StoreNewer(title="The store is newer")

    with monkeypatch.context() as patch:
        patch.setattr(live.store, "check_schema", newer)
        live.wake.nudge()
        eventually(lambda: expected_logs)
    job = live.add("Tea", now_once(live))
    engines.control.run(live.add("Coffee", live.every(3600)))
    engines.until(Status.SUCCEEDED)
    assert live.fates(job) == []
    assert expected_logs[0].levelname == "CRITICAL"


@pytest.mark.parametrize(
    "error", [StoreUnavailable(title="Busy"), OSError(5, "I/O"), RuntimeError("a bug")]
)
def test_errors_of_a_tick_pass(live, engines, monkeypatch, expected_logs, error) -> None:
    """Whatever a tick meets is logged, and what it was to do is done by the next one."""
    monkeypatch.setattr(engine_module, "TICK_S", 0.02)
    engines.start()
    broken = Event()

    def check() -> None:
        if not broken.is_set():
            broken.set()
            raise error

    monkeypatch.setattr(live.store, "check_schema", check)
    assert engines.control.run(live.add("Tea", live.every(3600)))
    engines.until(Status.SUCCEEDED)
    assert expected_logs


def test_what_was_done_to_the_store_is_told(live, engines, expected_logs) -> None:
    """A store that was mended is told of in the inbox."""
    live.store.notices = ("A backup took the place of the damaged database.",)
    engines.start()
    assert engines.notifier.next().title == "The database was mended"
    [item] = live.inbox.waiting()
    assert "backup" in item.text


def test_what_was_done_to_the_store_is_told_once(live, engines, expected_logs) -> None:
    """The next engine of the same process has nothing more to tell of it."""
    live.store.notices = ("A backup took the place of the damaged database.",)
    for _ in range(2):
        engines.start()
        engines.stop()
    assert len(live.inbox.waiting()) == 1


def test_an_engine_for_runs_by_hand_leaves_banners_to_others(live, engines) -> None:
    """What waits to be shown is left to a process that stays, and so is what fails here."""
    job = live.add("Tea", live.every(3600), action=live.shell("exit 1"))
    engines.start(schedules=False)
    engines.control.run(job)
    engines.until(Status.FAILED)
    engines.stop()
    engines.around.announcer.close()
    assert engines.notifier.rest() == []
    assert [entry.presented_at for entry in live.inbox.waiting()] == [None]


def test_a_start_that_fails_leaves_nothing_running(
    live, engines, monkeypatch, expected_logs
) -> None:
    """Where an engine cannot begin, its threads end and the error is passed on."""

    def fails(*_args, **_kwargs):
        raise StoreUnavailable(title="The store is busy")

    with monkeypatch.context() as patch:
        patch.setattr(live.store, "write", fails)
        with pytest.raises(StoreUnavailable):
            engines.start()
    engines.start()


def test_a_told_run_that_cannot_be_read_is_passed_over(live, engines, monkeypatch) -> None:
    """Screens that cannot be told stop nothing."""
    engine = engines.start()

    def fails(_query):
        raise StoreUnavailable(title="Closed")

    with monkeypatch.context() as patch:
        patch.setattr(live.store, "read", fails)
        engine._tell(1)
    engine._tell(4711)
    assert engines.told.empty()


def test_nobody_has_to_listen(live, engines) -> None:
    """An engine without listeners works the same."""
    live.lock.acquire("daemon")
    engine = Engine(engines.around)
    engine.start()
    engines.running.append(engine)
    live.add("Tea", now_once(live))
    eventually(lambda: live.fates() == ["succeeded"])


@pytest.fixture
def played(tmp_path) -> Iterator[PlayedBus]:
    """Return a system bus on which a logind can be played."""
    played = PlayedBus(tmp_path)
    played.start()
    yield played
    played.stop()


@pytest.fixture
def bus(played) -> Iterator[BusThread]:
    """Return the engine's side of it."""
    bus = BusThread({"DBUS_SYSTEM_BUS_ADDRESS": played.address})
    yield bus
    bus.close()


@pytest.mark.skipif(not HAS_BUS, reason="needs Linux and dbus-daemon")
def test_each_wake_up_runs_what_listens_to_it(live, played, bus, engines) -> None:
    """What logind tells reaches a row, also when the computer has slept a moment before."""
    logind = played.serve(PREPARE.service)
    wake = {"kind": "event", "event": "resumed"}
    job = live.add("Wake", wake, action=live.shell("true"), notify="never")
    engines.around = engines.around._replace(events=[SleepEvents(bus)])
    engines.start()
    heard: SimpleQueue[None] = SimpleQueue()
    bus.listen(Listener(PREPARE, lambda _values: None, lambda: heard.put(None)))
    heard.get(timeout=DEADLINE_S)  # the engine, which has listened before, hears now, too
    for _sleep in range(2):
        for is_start in (True, False):
            logind.signal(PREPARE.path, PREPARE.interface, PREPARE.member, "b", is_start)
        assert engines.until(Status.SUCCEEDED).cause is Cause.EVENT
    assert live.fates(job) == ["succeeded"] * 2
