"""The life of an engine: recover, run the clock, tick, and step down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from random import random
from threading import Event, Thread
from typing import NamedTuple

from deskcron.domain.action import Presentation, Urgency, Workspace
from deskcron.domain.datafolder import DataFolder
from deskcron.domain.environment import Environments
from deskcron.domain.errors import StoreNewer, StoreUnavailable
from deskcron.domain.happening import EventSource, FileEvents
from deskcron.domain.hours import HolidayName
from deskcron.domain.machine import KeepAwake, Machine
from deskcron.domain.pinging import Pinger
from deskcron.domain.ports import (
    Clock,
    EngineLock,
    Processes,
    RunLogs,
    WakeChannel,
    Zones,
)
from deskcron.domain.records import InboxItem, InboxKind, RunEnd
from deskcron.domain.run import Run, RunId
from deskcron.domain.sizewords import MB
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.announcer import Announcer
from deskcron.engine.bars import Bars
from deskcron.engine.clock import PulseClock
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.endings import Endings
from deskcron.engine.execution import Execution
from deskcron.engine.gate import Gate
from deskcron.engine.guards import Guards
from deskcron.engine.holding import Holding
from deskcron.engine.housekeeping import Housekeeping
from deskcron.engine.occasions import Occasions
from deskcron.engine.occurring import Occurring
from deskcron.engine.pings import RunPings
from deskcron.engine.planner import Planner
from deskcron.engine.preferences import preferences_in
from deskcron.engine.ready import Ready
from deskcron.engine.recovery import Recovery
from deskcron.engine.requests import Requests
from deskcron.engine.runner import Runner
from deskcron.engine.session import last_session
from deskcron.engine.timekeeper import Timekeeper

logger = logging.getLogger(__name__)

TICK_S = 1.0
BEAT_S = 5.0
LOG_LIMIT_BYTES = 20 * MB


class Surroundings(NamedTuple):
    """What an engine stands on; everything behind ports. Without `files` no file is watched."""

    store: Store
    definitions: Definitions
    processes: Processes
    logs: RunLogs
    workspace: Workspace
    lock: EngineLock
    wake: WakeChannel
    zones: Zones
    announcer: Announcer
    clock: Clock
    machine: Machine
    keep_awake: KeepAwake
    pinger: Pinger
    holiday_name: HolidayName
    folder: DataFolder
    environments: Environments
    events: Sequence[EventSource] = ()
    files: FileEvents | None = None


class Engine:
    """Run what is due, in background threads of this process, under the engine lock."""

    def __init__(self, around: Surroundings, *, told: Callable[[Run], None] | None = None) -> None:
        self._around = around
        self._told = told
        self._stopping = Event()
        store, clock = around.store, around.clock
        bars = Bars(around.zones, around.holiday_name)
        planner = Planner(around.definitions, around.zones, bars)
        occurring = Occurring(around.definitions, bars, random)
        self._announcer = around.announcer
        self._endings = Endings(
            store,
            planner,
            around.definitions,
            occurring=occurring,
            submit=self._submit,
            replace=self._replace,
            told=self._ended,
            wakes=self._claim_soon,
            chance=random,
            look=around.announcer.look,
        )
        guards = Guards(self._endings, bars, clock, self._is_clock_steady)
        self._gate = Gate(
            store,
            around.definitions,
            guards,
            self._endings,
            around.machine,
            around.environments,
            around.logs,
            clock,
            wakes=self._on_decided,
        )
        self._pings = RunPings(store, around.pinger, clock)
        execution = Execution(
            around.processes,
            around.logs,
            around.workspace,
            around.environments,
            self._endings,
            clock,
            around.keep_awake,
            log_limit_bytes=LOG_LIMIT_BYTES,
            begun=self._pings.started,
            may_start=self._gate.may_start,
        )
        self._runner = Runner(execution, store, around.logs, clock, self._tell)
        holding = Holding(clock, self._stopping.wait, self._runner.submit)
        self._dispatcher = Dispatcher(
            store,
            planner,
            around.definitions,
            submit=holding.hand_over,
            check=self._gate.look,
            replace=self._replace,
            told=self._announcer.settled,
        )
        self._requests = Requests(
            store,
            around.definitions,
            self._runner,
            self._endings,
            clock,
            guards=guards,
            occurring=occurring,
            take_back=holding.take_back,
            claim_soon=self._claim_soon,
        )
        self._occasions = Occasions(
            store,
            around.definitions,
            occurring,
            around.events,
            around.files,
            clock,
            submit=self._submit,
            replace=self._replace,
            nudge=around.wake.nudge,
        )
        self._recovery = Recovery(
            store,
            around.definitions,
            around.processes,
            around.logs,
            self._endings,
            self._runner,
            clock,
            self._stopping.wait,
        )
        self._timekeeper = Timekeeper(
            store, planner, around.zones, clock, self._claim_soon, self._occasions.slept
        )
        self._housekeeping = Housekeeping(
            store, around.logs, around.folder, clock, self._stopping, around.announcer.look
        )
        self._pulses: PulseClock | None = None
        self._is_to_claim = False
        self._ticker = Thread(target=self._tick, name="deskcron-tick", daemon=True)
        self._keeper: Thread | None = None

    def start(self, *, schedules: bool = True) -> None:
        """Begin; without `schedules` only what is asked for runs, without banners.

        The lock must be held.
        """
        try:
            self._begin(schedules=schedules)
        except BaseException:
            self.stop()
            raise

    def _begin(self, *, schedules: bool) -> None:
        self._around.wake.open()
        self._around.store.foreign_changes()
        self._pass_on_notices()
        self._meet_session()
        self._around.environments.capture()
        self._runner.start()
        self._bound_lanes()
        if schedules:
            self._announcer.serve()  # a process that soon ends would use up what waits to be shown
            recovered = self._recovery.recover()
            logger.info(
                "Engine started; of earlier runs %d go on, %d start now, %d have ended",
                recovered.adopted,
                recovered.queued,
                recovered.ended,
            )
            self._is_to_claim = True
            self._occasions.start()
        self._ticker.start()

    def stop(self) -> None:
        """Step down: nothing new starts, what runs goes on and is adopted by the next engine."""
        logger.info("Engine stops")
        self._stopping.set()
        self._around.wake.nudge()
        if self._ticker.ident is not None:
            self._ticker.join()
        if self._pulses is not None:
            self._pulses.stop()
        self._occasions.close()
        self._gate.close()
        self._runner.close()
        self._around.keep_awake.close()
        self._pings.close()
        if self._keeper is not None:
            self._keeper.join()
        self._await_posted()
        self._around.wake.close()

    def _await_posted(self) -> None:
        """Let what was posted be written: the next engine decides by the rows it finds."""
        try:
            self._around.store.write(lambda _tables: None)
        except StoreUnavailable as error:
            logger.warning("Ends of runs may be written after the next engine looks: %s", error)

    def _pass_on_notices(self) -> None:
        """Put what was done to a damaged store where a person finds it."""
        now = self._around.clock.now()
        for notice in self._around.store.notices:
            logger.warning("%s", notice)
            item = InboxItem(
                id=0,
                kind=InboxKind.TROUBLE,
                run_id=None,
                job_id=None,
                title=_("The database was mended"),
                text=notice,
                urgency=Urgency.CRITICAL,
                created_at=now,
            )
            self._around.store.write(partial(_put_in_inbox, item))
        self._around.store.forget_notices()

    def _tick(self) -> None:
        beat_at_s, nudged = 0.0, True  # what was asked for before the start is seen to first
        while not self._stopping.is_set():
            has_looked = False
            try:
                now_s = self._around.clock.monotonic()
                if now_s >= beat_at_s:
                    beat_at_s = now_s + BEAT_S
                    self._around.lock.beat(self._around.clock.now())
                    self._keep_house()
                if self._is_to_claim:
                    self._begin_claims()
                self._look(nudged=nudged)
                has_looked = True
            except StoreNewer as error:
                logger.critical("%s", error)
                self._give_up_claims()
            except (StoreUnavailable, OSError) as error:
                logger.warning("The store cannot be looked at, trying again: %s", error)
            except Exception:
                logger.exception("The tick had an error and goes on")
            nudged = self._around.wake.wait(TICK_S) or not has_looked

    def _begin_claims(self) -> None:
        """Start the clock as soon as the computer's own may be believed, unless we end before."""
        self._timekeeper.await_sync(self._stopping.wait)
        if self._stopping.is_set():
            return
        self._timekeeper.check_rules()
        self._is_to_claim = False
        self._pulses = PulseClock(self._around.clock, self._dispatcher.claim)
        self._pulses.start()

    def _look(self, *, nudged: bool) -> None:
        if self._around.store.foreign_changes() or nudged:
            self._around.store.check_schema()
            self._meet_session()
            self._requests.answer_all()
            self._claim_soon()
            self._announcer.look()
            self._occasions.look()
            self._bound_lanes()
        if self._pulses is None:
            return
        self._timekeeper.tick()
        if self._occasions.see_to():
            self._claim_soon()

    def _bound_lanes(self) -> None:
        self._runner.bound_lanes(self._around.store.read(preferences_in).lanes)

    def _meet_session(self) -> None:
        """Take over how to reach the session in which a window last was."""
        self._around.environments.meet(self._around.store.read(last_session))

    def _keep_house(self) -> None:
        keeper_rests = self._keeper is None or not self._keeper.is_alive()
        if self._pulses is not None and keeper_rests and self._housekeeping.is_due():
            self._keeper = Thread(target=self._housekeeping.run, name="deskcron-keep", daemon=True)
            self._keeper.start()

    def _submit(self, ready: Sequence[Ready]) -> None:
        self._runner.submit(ready)

    def _replace(self, run_ids: Sequence[RunId]) -> None:
        self._requests.replace(run_ids)

    def _is_clock_steady(self) -> bool:
        return self._timekeeper.is_steady()

    def _on_decided(self) -> None:
        """Follow a look at what guards a run: it may wait on, and a question may come or go."""
        self._claim_soon()
        self._announcer.look()

    def _claim_soon(self) -> None:
        pulses = self._pulses  # the tick takes it away when the store is a newer one
        if pulses is not None:
            pulses.poke()

    def _give_up_claims(self) -> None:
        self._is_to_claim = False
        if self._pulses is not None:
            self._pulses.stop()
            self._pulses = None

    def _ended(self, ready: Ready, end: RunEnd, presentation: Presentation | None) -> None:
        self._announcer.run_ended(ready, end, presentation)
        self._pings.ended(ready, end)
        self._tell(end.run_id)

    def _tell(self, run_id: RunId) -> None:
        if self._told is None:
            return
        try:
            run = self._around.store.read(lambda tables: tables.runs.get(run_id))
        except StoreUnavailable as error:
            logger.info("Run %d is not told: %s", run_id, error)
            return
        if run is not None:
            self._told(run)


def _put_in_inbox(item: InboxItem, tables: Tables) -> None:
    tables.inbox.add(item)
