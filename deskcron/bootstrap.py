"""The composition root: the only place that wires the parts together."""

from __future__ import annotations

import gettext
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from deskcron.domain.ports import Notifier
from deskcron.domain.run import Run
from deskcron.system.clock import SystemClock
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.resources import resource
from deskcron.system.wake import wake_channel_for
from deskcron.system.zones import SystemZones

if TYPE_CHECKING:
    from deskcron.domain.storage import Store
    from deskcron.engine.definitions import Definitions
    from deskcron.engine.engine import Engine
    from deskcron.engine.facade import Facade

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415

LOG_BYTES = 1024**2
LOG_FILES = 3


class Core:
    """One data directory with everything that works on it."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._clock = SystemClock()
        self._zones = SystemZones()
        self._lock = FileEngineLock(paths.lock_file)
        self._wake = wake_channel_for(paths.wake_fifo)
        self._store: Store | None = None
        self._facade: Facade | None = None
        self._definitions: Definitions | None = None

    def facade(self) -> Facade:
        """Return the facade, opening the store at the first call."""
        if self._facade is None:
            self._facade = self._make_facade()
        return self._facade

    def clock(self) -> SystemClock:
        """Return the source of time."""
        return self._clock

    def serve(
        self,
        stop: Event,
        told: Callable[[Run], None] | None = None,
        ready: Callable[[], None] | None = None,
    ) -> None:
        """Be the engine until `stop` is set; running jobs go on. Raises EngineRunning."""
        with self._engine("daemon", told, schedules=True):
            if ready is not None:
                ready()
            stop.wait()

    @contextmanager
    def foreground(self) -> Iterator[None]:
        """Be an engine without a schedule, for runs started by hand. Raises EngineRunning."""
        with self._engine("run", None, schedules=False):
            yield

    def at_home(self, path: Path) -> Core:
        """Return the core of another data directory; whoever asks closes it."""
        return Core(Paths.below(path))

    def resource(self, *parts: str) -> Path:
        """Return the path of a file that ships with the program."""
        return resource(*parts)

    def close(self) -> None:
        """Close what was opened; safe to call twice."""
        if self._store is not None:
            self._store.close()
        self._store = self._facade = None

    @contextmanager
    def _engine(
        self, role: str, told: Callable[[Run], None] | None, *, schedules: bool
    ) -> Iterator[Engine]:
        from deskcron.engine.charge import in_charge
        from deskcron.engine.engine import Engine, Surroundings
        from deskcron.system.environment import base_environment
        from deskcron.system.processes import processes_for
        from deskcron.system.runlog import FileRunLogs
        from deskcron.system.workspace import ScriptWorkspace

        self._paths.prepare()
        with in_charge(self._lock, role), self._logging_to_file():
            store = self._open(may_migrate=True)
            engine = Engine(
                Surroundings(
                    store=store,
                    definitions=self._the_definitions(),
                    processes=processes_for(sys.platform, base_environment(os.environ)),
                    logs=FileRunLogs(self._paths.logs),
                    workspace=ScriptWorkspace(self._paths.scripts),
                    lock=self._lock,
                    wake=self._wake,
                    zones=self._zones,
                    notifiers=_notifiers(),
                    clock=self._clock,
                    backups=self._paths.backups,
                ),
                told=told,
            )
            engine.start(schedules=schedules)
            try:
                yield engine
            finally:
                engine.stop()

    def _open(self, *, may_migrate: bool) -> Store:
        from deskcron.store.opening import open_store

        if self._store is None:
            self._paths.prepare()
            self._store = open_store(self._paths.database, may_migrate=may_migrate)
        return self._store

    def _the_definitions(self) -> Definitions:
        from deskcron.actions.kinds import ACTION_KINDS
        from deskcron.domain.codec import Codec
        from deskcron.engine.definitions import Definitions
        from deskcron.triggers.kinds import TRIGGER_KINDS

        if self._definitions is None:
            self._definitions = Definitions(Codec(TRIGGER_KINDS, ACTION_KINDS))
        return self._definitions

    def _make_facade(self) -> Facade:
        from deskcron.actions.kinds import ACTION_KINDS
        from deskcron.domain.codec import Codec
        from deskcron.engine.catalogue import Catalogue
        from deskcron.engine.control import Control
        from deskcron.engine.doctor import Doctor
        from deskcron.engine.drafts import Drafts
        from deskcron.engine.facade import Facade
        from deskcron.engine.history import History
        from deskcron.engine.inbox import InboxDesk
        from deskcron.engine.jobs import JobDesk
        from deskcron.engine.revising import Revising
        from deskcron.engine.transfer import Transfer
        from deskcron.engine.whens import Whens
        from deskcron.exchange.bundle import JsonBundles
        from deskcron.system.location import location_warning
        from deskcron.system.runlog import FileRunLogs
        from deskcron.triggers.kinds import TRIGGER_KINDS

        store = self._open(may_migrate=False)
        clock, zones, wake, lock = self._clock, self._zones, self._wake, self._lock
        definitions = self._the_definitions()
        drafts = Drafts(Codec(TRIGGER_KINDS, ACTION_KINDS))
        revising = Revising(definitions, drafts, zones, clock)
        catalogue = Catalogue(store, definitions, drafts, zones, clock)
        control = Control(store, definitions, lock, wake, zones, clock, Event().wait)
        logs = FileRunLogs(self._paths.logs)
        return Facade(
            whens=Whens(zones, clock),
            catalogue=catalogue,
            jobs=JobDesk(store, catalogue, definitions, revising, wake, clock),
            transfer=Transfer(store, revising, JsonBundles(), clock),
            history=History(store, catalogue, definitions, logs, control.state),
            inbox=InboxDesk(store, wake, clock),
            control=control,
            doctor=Doctor(
                store,
                lock,
                zones,
                _notifiers,
                clock,
                self._paths.data,
                location_warning(self._paths.data),
            ),
        )

    @contextmanager
    def _logging_to_file(self) -> Iterator[None]:
        """Write the engine's own log beside the store while the engine runs."""
        from logging.handlers import RotatingFileHandler

        handler = RotatingFileHandler(
            self._paths.engine_log, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger("deskcron")
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        try:
            yield
        finally:
            root.removeHandler(handler)
            handler.close()


def _notifiers() -> Sequence[Notifier]:
    from deskcron.notify.desktop import DesktopNotifierBackend
    from deskcron.notify.simple import PlyerBackend

    return (DesktopNotifierBackend(os.environ), PlyerBackend(os.environ))


def main() -> int:
    """Run the command line on the person's data directory; return the exit code."""
    from deskcron.cli.main import main as run_command

    gettext.bindtextdomain("deskcron", _translations())
    gettext.textdomain("deskcron")
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
