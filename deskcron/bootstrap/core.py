"""One data directory with everything that works on it: the engine, the window, the facade."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from deskcron.bootstrap.environments import EngineEnvironments
from deskcron.bootstrap.subjects import Subjects, Window
from deskcron.domain.banner import About
from deskcron.domain.opening import Opening
from deskcron.domain.ports import Autostart, LockHolder, Notifier
from deskcron.domain.run import Run
from deskcron.system.clock import SystemClock
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.resources import resource
from deskcron.system.wake import wake_channel_for
from deskcron.system.zones import SystemZones

if TYPE_CHECKING:
    from deskcron.domain.storage import Store
    from deskcron.engine.engine import Engine
    from deskcron.engine.facade import Facade
    from deskcron.store.store import SqliteStore

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415

WAKE_S = 5.0
"""Signals reach the thread that waits at once; this is for systems that tell another one."""


class Core:
    """One data directory with everything that works on it."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._clock = SystemClock()
        self._zones = SystemZones()
        self._lock = FileEngineLock(paths.lock_file)
        self._wake = wake_channel_for(paths.wake_fifo)
        self._environments = EngineEnvironments(self._lock, self._clock)
        self._window: Window | None = None
        self._store: SqliteStore | None = None
        self._facade: Subjects | None = None

    def facade(self) -> Facade:
        """Return the facade, opening the store at the first call."""
        return self._subjects(self._open(may_migrate=False))

    def meet_window(self, notifier: Notifier, show: Callable[[About], None]) -> None:
        """Let a window show banners that nobody else takes, and what was pressed on a banner.

        To be told before the first look. `show` is called on the notification thread.
        """
        self._window = Window(notifier, show)

    def clock(self) -> SystemClock:
        """Return the source of time."""
        return self._clock

    def serve(
        self,
        stop: Event,
        told: Callable[[Run], None] | None = None,
        ready: Callable[[], None] | None = None,
        role: str = "daemon",
        *,
        waits: Callable[[LockHolder], None] | None = None,
    ) -> None:
        """Be the engine until `stop` is set; running jobs go on. Raises EngineRunning."""
        with self._engine(role, told, stop, waits):
            if ready is not None:
                ready()
            while not stop.wait(WAKE_S):
                pass  # handlers of signals run in this thread only

    @contextmanager
    def foreground(self) -> Iterator[None]:
        """Be an engine without a schedule, for runs started by hand. Raises EngineRunning."""
        with self._engine("run"):
            yield

    def open_window(self, opening: Opening) -> int:
        """Be the window until it is quit, or reach the one that runs; return the exit code."""
        from deskcron.gui.life.guard import require_qt
        from deskcron.gui.life.importing import own_import

        with own_import():
            require_qt()
        from deskcron.gui.life.start import start

        return start(self, opening)

    def perform(self, what: str, plan: Path) -> int:
        """Do in this process what an action has planned; return the exit code."""
        from deskcron.bootstrap.performers import perform

        return perform(what, plan)

    def paths(self) -> Paths:
        """Return the locations of the data directory."""
        return self._paths

    def window_lock(self) -> FileEngineLock:
        """Return the right to be the one window of the data directory."""
        return FileEngineLock(self._paths.window_lock)

    def window_log(self) -> AbstractContextManager[None]:
        """Keep what the window has to say in a file of its own."""
        return _log_file("deskcron.gui", self._paths.window_log, logging.WARNING)

    def autostart(self, *, headless: bool) -> Autostart:
        """Return how this system starts deskcron at login, or its engine alone."""
        from deskcron.system.autostart import autostart_for

        return autostart_for(os.environ, headless=headless)

    def at_home(self, path: Path) -> Core:
        """Return the core of another data directory; whoever asks closes it."""
        return Core(Paths.below(path))

    def resource(self, *parts: str) -> Path:
        """Return the path of a file that ships with the program."""
        return resource(*parts)

    def forget(self) -> None:
        """Give back the memory of what only makes the next look quicker."""
        if self._facade is not None:
            self._facade.catalogue.forget()
        if self._store is not None:
            self._store.forget()

    def close(self) -> None:
        """Close what was opened; safe to call twice."""
        if self._facade is not None:
            self._facade.close()
        if self._store is not None:
            self._store.close()
        self._store = self._facade = None
        self._environments.close()

    @contextmanager
    def _engine(
        self,
        role: str,
        told: Callable[[Run], None] | None = None,
        stop: Event | None = None,
        waits: Callable[[LockHolder], None] | None = None,
    ) -> Iterator[Engine]:
        """Be the engine, with a schedule until `stop` where that is given."""
        from deskcron.bootstrap.surroundings import surroundings
        from deskcron.engine.charge import DAEMON, in_charge
        from deskcron.engine.engine import Engine

        self._paths.prepare()
        # A daemon waits for a run by hand to end; a window shows what there is meanwhile.
        waiting = stop if role == DAEMON else None
        log = _log_file("deskcron", self._paths.engine_log, logging.INFO)
        with in_charge(self._lock, role, waiting, waits), log:
            store = self._open(may_migrate=True)
            subjects = self._subjects(store)
            around = surroundings(
                self._paths,
                store,
                subjects.definitions,
                subjects.announcer,
                self._lock,
                self._wake,
                self._zones,
                self._clock,
                self._environments.own(),
            )
            with around as ports:
                engine = Engine(ports, told=told)
                engine.start(schedules=stop is not None)
                try:
                    yield engine
                finally:
                    engine.stop()

    def _subjects(self, store: Store) -> Subjects:
        if self._facade is None:
            self._facade = Subjects(
                self._paths,
                store,
                self._lock,
                self._wake,
                self._zones,
                self._clock,
                lambda: self._window,
                self._environments,
            )
        return self._facade

    def _open(self, *, may_migrate: bool) -> SqliteStore:
        from deskcron.store.opening import open_store

        if self._store is None:
            self._paths.prepare()
            self._store = open_store(self._paths.database, may_migrate=may_migrate)
        elif may_migrate:
            self._store.complete_words()
        return self._store


@contextmanager
def _log_file(name: str, path: Path, level: int) -> Iterator[None]:
    """Write the records of one part of the program into a file."""
    from deskcron.system.enginelog import EngineLog

    handler = EngineLog(path)
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
