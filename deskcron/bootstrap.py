"""The composition root: the only place that wires the parts together."""

from __future__ import annotations

import gettext
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple

from deskcron.domain.banner import About
from deskcron.domain.opening import Opening
from deskcron.domain.ports import Autostart, LockHolder, Notifier, WakeChannel
from deskcron.domain.run import Run
from deskcron.domain.texts import DOMAIN
from deskcron.system.clock import SystemClock
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.resources import resource
from deskcron.system.wake import wake_channel_for
from deskcron.system.zones import SystemZones

if TYPE_CHECKING:
    from deskcron.domain.codec import Codec
    from deskcron.domain.storage import Store
    from deskcron.engine.announcer import Announcer
    from deskcron.engine.catalogue import Catalogue
    from deskcron.engine.control import Control
    from deskcron.engine.definitions import Definitions
    from deskcron.engine.doctor import Doctor
    from deskcron.engine.drafting import Drafting
    from deskcron.engine.drafts import Drafts
    from deskcron.engine.engine import Engine
    from deskcron.engine.facade import Facade
    from deskcron.engine.fileopener import FileOpener
    from deskcron.engine.history import History
    from deskcron.engine.inbox import InboxDesk
    from deskcron.engine.jobs import JobDesk
    from deskcron.engine.notices import NoticeDesk
    from deskcron.engine.overview import OverviewDesk
    from deskcron.engine.preferences import PreferenceDesk
    from deskcron.engine.revising import Revising
    from deskcron.engine.transfer import Transfer
    from deskcron.engine.whens import Whens

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415

WAKE_S = 1.0


class Window(NamedTuple):
    """What the window of this process does for banners: show them, and what they are about."""

    notifier: Notifier
    show: Callable[[About], None]


class Core:
    """One data directory with everything that works on it."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._clock = SystemClock()
        self._zones = SystemZones()
        self._lock = FileEngineLock(paths.lock_file)
        self._wake = wake_channel_for(paths.wake_fifo)
        self._window: Window | None = None
        self._store: Store | None = None
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
                pass  # handlers of signals that other threads receive run when we wake

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

    def close(self) -> None:
        """Close what was opened; safe to call twice."""
        if self._facade is not None:
            self._facade.close()
        if self._store is not None:
            self._store.close()
        self._store = self._facade = None

    @contextmanager
    def _engine(
        self,
        role: str,
        told: Callable[[Run], None] | None = None,
        stop: Event | None = None,
        waits: Callable[[LockHolder], None] | None = None,
    ) -> Iterator[Engine]:
        """Be the engine, with a schedule until `stop` where that is given."""
        from deskcron.engine.charge import DAEMON, in_charge
        from deskcron.engine.engine import Engine, Surroundings
        from deskcron.system.environment import base_environment
        from deskcron.system.processes import processes_for
        from deskcron.system.runlog import FileRunLogs
        from deskcron.system.workspace import ScriptWorkspace

        self._paths.prepare()
        # A daemon waits for a run by hand to end; a window shows what there is meanwhile.
        waiting = stop if role == DAEMON else None
        log = _log_file("deskcron", self._paths.engine_log, logging.INFO)
        with in_charge(self._lock, role, waiting, waits), log:
            store = self._open(may_migrate=True)
            engine = Engine(
                Surroundings(
                    store=store,
                    definitions=self._subjects(store).definitions,
                    processes=processes_for(sys.platform, base_environment(os.environ)),
                    logs=FileRunLogs(self._paths.logs),
                    workspace=ScriptWorkspace(self._paths.scripts),
                    lock=self._lock,
                    wake=self._wake,
                    zones=self._zones,
                    announcer=self._subjects(store).announcer,
                    clock=self._clock,
                    backups=self._paths.backups,
                ),
                told=told,
            )
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
            )
        return self._facade

    def _open(self, *, may_migrate: bool) -> Store:
        from deskcron.store.opening import open_store

        if self._store is None:
            self._paths.prepare()
            self._store = open_store(self._paths.database, may_migrate=may_migrate)
        return self._store


class Subjects:
    """The facade, each subject made when it is first asked for. Thread: any."""

    def __init__(
        self,
        paths: Paths,
        store: Store,
        lock: FileEngineLock,
        wake: WakeChannel,
        zones: SystemZones,
        clock: SystemClock,
        window: Callable[[], Window | None],
    ) -> None:
        self._paths = paths
        self._store = store
        self._lock = lock
        self._wake = wake
        self._zones = zones
        self._clock = clock
        self._window = window
        self._announcer: Announcer | None = None
        self._announcing = Lock()

    @property
    def announcer(self) -> Announcer:
        """Who shows banners: one for engine, window and tests of back ends."""
        with self._announcing:
            if self._announcer is None:
                self._announcer = self._make_announcer()
            return self._announcer

    @cached_property
    def whens(self) -> Whens:
        """What people type for times."""
        from deskcron.engine.whens import Whens

        return Whens(self._zones, self._clock)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Questions about jobs."""
        from deskcron.engine.catalogue import Catalogue

        return Catalogue(self._store, self.definitions, self._drafts, self._zones, self._clock)

    @cached_property
    def drafting(self) -> Drafting:
        """Help for forms."""
        from deskcron.engine.drafting import Drafting

        return Drafting(
            self._store, self.definitions, self._drafts, resource, self._zones, self._clock
        )

    @cached_property
    def jobs(self) -> JobDesk:
        """Changes of jobs."""
        from deskcron.engine.jobs import JobDesk

        return JobDesk(
            self._store,
            self.catalogue,
            self.definitions,
            self._revising,
            self._wake,
            self._clock,
        )

    @cached_property
    def transfer(self) -> Transfer:
        """Export and import."""
        from deskcron.engine.transfer import Transfer
        from deskcron.exchange.bundle import JsonBundles

        return Transfer(self._store, self._revising, JsonBundles(), self._clock)

    @cached_property
    def history(self) -> History:
        """Questions about runs."""
        from deskcron.engine.history import History
        from deskcron.system.runlog import FileRunLogs

        logs = FileRunLogs(self._paths.logs)
        return History(self._store, self.catalogue, self.definitions, logs, self.control.state)

    @cached_property
    def inbox(self) -> InboxDesk:
        """What needs a person."""
        from deskcron.engine.inbox import InboxDesk

        return InboxDesk(self._store, self._wake, self._clock)

    @cached_property
    def control(self) -> Control:
        """The handle on the engine."""
        from deskcron.engine.control import Control

        return Control(
            self._store, self._revising, self._lock, self._wake, self._clock, Event().wait
        )

    @cached_property
    def overview(self) -> OverviewDesk:
        """What is going on at a glance."""
        from deskcron.engine.overview import OverviewDesk

        return OverviewDesk(self._store, self.control.state, self._clock)

    @cached_property
    def preferences(self) -> PreferenceDesk:
        """What the person prefers."""
        from deskcron.engine.preferences import PreferenceDesk

        return PreferenceDesk(self._store, self._wake)

    @cached_property
    def notices(self) -> NoticeDesk:
        """The ways to show banners."""
        from deskcron.engine.notices import NoticeDesk

        return NoticeDesk(self.announcer)

    @cached_property
    def doctor(self) -> Doctor:
        """The state of health."""
        from deskcron.engine.doctor import Doctor
        from deskcron.system.location import location_warning

        home = self._paths.data
        return Doctor(
            self._store,
            self._lock,
            self._zones,
            _notifiers,
            self._clock,
            home,
            location_warning(home),
        )

    @cached_property
    def definitions(self) -> Definitions:
        """The decoded jobs, shared with the engine."""
        from deskcron.engine.definitions import Definitions

        return Definitions(self._codec)

    def close(self) -> None:
        """End what runs in threads of its own."""
        with self._announcing:
            if self._announcer is not None:
                self._announcer.close()

    def _make_announcer(self) -> Announcer:
        from deskcron.engine.announcer import Announcer
        from deskcron.engine.presses import Presses
        from deskcron.engine.screen import Screen

        window = self._window()
        presses = Presses(
            self.inbox,
            self.jobs,
            self.control,
            self.history,
            open_file=self._open_file,
            show=None if window is None else window.show,
        )
        of_window = () if window is None else (window.notifier,)
        screen = Screen(self._store, (*_notifiers(), *of_window))
        return Announcer(self._store, screen, presses, self._clock)

    def _open_file(self, path: Path) -> None:
        self._file_opener.open(path)

    @cached_property
    def _file_opener(self) -> FileOpener:
        from deskcron.actions.open import Open
        from deskcron.engine.fileopener import FileOpener
        from deskcron.system.environment import base_environment
        from deskcron.system.processes import processes_for
        from deskcron.system.workspace import ScriptWorkspace

        processes = processes_for(sys.platform, base_environment(os.environ))
        workspace = ScriptWorkspace(self._paths.scripts)
        return FileOpener(lambda target: Open(target=target), processes, workspace)

    @cached_property
    def _codec(self) -> Codec:
        from deskcron.actions.kinds import ACTION_KINDS
        from deskcron.domain.codec import Codec
        from deskcron.triggers.kinds import TRIGGER_KINDS

        return Codec(TRIGGER_KINDS, ACTION_KINDS)

    @cached_property
    def _drafts(self) -> Drafts:
        from deskcron.engine.drafts import Drafts

        return Drafts(self._codec)

    @cached_property
    def _revising(self) -> Revising:
        from deskcron.engine.revising import Revising

        return Revising(self.definitions, self._drafts, self._zones, self._clock)


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


def _notifiers() -> Sequence[Notifier]:
    from deskcron.notify.desktop import DesktopNotifierBackend
    from deskcron.notify.simple import PlyerBackend

    icon = resource("icons", "org.deskcron.Deskcron.svg")
    return (DesktopNotifierBackend(os.environ, icon), PlyerBackend(os.environ))


def main() -> int:
    """Run the command line on the person's data directory; return the exit code."""
    gettext.bindtextdomain(DOMAIN, _translations())
    from deskcron.cli.main import main as run_command

    core = Core(Paths.locate(os.environ))
    try:
        return run_command(core)
    finally:
        core.close()


def _translations() -> str | None:
    try:
        return str(resource("i18n"))
    except FileNotFoundError:
        return None
