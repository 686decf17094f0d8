"""The facade over one store, each subject made when it is first asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple

from deskcron.bootstrap.environments import EngineEnvironments
from deskcron.bootstrap.machines import SeenMachine
from deskcron.domain.banner import About
from deskcron.domain.ports import Notifier, Processes, WakeChannel
from deskcron.system.clock import SystemClock
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.resources import resource
from deskcron.system.zones import SystemZones

if TYPE_CHECKING:
    from deskcron.domain.codec import Codec
    from deskcron.domain.environment import (
        Environment,
        Environments,
        Lacks,
        Lookup,
        PythonTarget,
    )
    from deskcron.domain.machine import Wakefulness
    from deskcron.domain.storage import Store
    from deskcron.engine.announcer import Announcer
    from deskcron.engine.bars import Bars
    from deskcron.engine.catalogue import Catalogue
    from deskcron.engine.control import Control
    from deskcron.engine.definitions import Definitions
    from deskcron.engine.doctor import Doctor
    from deskcron.engine.drafting import Drafting
    from deskcron.engine.drafts import Drafts
    from deskcron.engine.environments import EnvironmentService
    from deskcron.engine.explaining import Explaining
    from deskcron.engine.fileopener import FileOpener
    from deskcron.engine.history import History
    from deskcron.engine.inbox import InboxService
    from deskcron.engine.jobs import JobService
    from deskcron.engine.notices import PresentedNotices
    from deskcron.engine.overview import OverviewReader
    from deskcron.engine.preferences import PreferencesService
    from deskcron.engine.review import Review
    from deskcron.engine.revising import Revising
    from deskcron.engine.secrets import Secrets
    from deskcron.engine.secretwarnings import SecretWarnings
    from deskcron.engine.statistics import Statistics
    from deskcron.engine.tidying import TidyUndo
    from deskcron.engine.transfer import Transfer
    from deskcron.engine.whens import Whens
    from deskcron.system.pythonsearch import PythonSearch

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415


class Window(NamedTuple):
    """What the window of this process does for banners: show them, and what they are about."""

    notifier: Notifier
    show: Callable[[About], None]


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
        environments: EngineEnvironments,
    ) -> None:
        self._paths = paths
        self._store = store
        self._lock = lock
        self._wake = wake
        self._zones = zones
        self._clock = clock
        self._window = window
        self._environments = environments
        self._announcer: Announcer | None = None
        self._announcing = Lock()
        self._machine = SeenMachine(lambda: environments.present(store).session)

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

        return Catalogue(
            self._store, self.definitions, self._codec, self._zones, self._clock, self._bars
        )

    @cached_property
    def drafting(self) -> Drafting:
        """Help for forms."""
        from deskcron.engine.drafting import Drafting
        from deskcron.system.holidays import places

        return Drafting(
            self._store,
            self.definitions,
            self._drafts,
            resource,
            self._zones,
            self._clock,
            places,
            self._bars,
        )

    @cached_property
    def jobs(self) -> JobService:
        """Changes of jobs."""
        from deskcron.engine.jobs import JobService

        return JobService(
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
        return History(self._store, self.definitions, logs, self._explaining)

    @cached_property
    def statistics(self) -> Statistics:
        """What the runs of jobs come to."""
        from deskcron.engine.statistics import Statistics

        return Statistics(self._store)

    @cached_property
    def review(self) -> Review:
        """The look back after an absence."""
        from deskcron.engine.review import Review

        return Review(self._store, self.control, self._clock)

    @cached_property
    def inbox(self) -> InboxService:
        """What needs a person."""
        from deskcron.engine.inbox import InboxService

        return InboxService(self._store, self._wake, self._clock)

    @cached_property
    def control(self) -> Control:
        """The handle on the engine."""
        from deskcron.engine.control import Control

        return Control(
            self._store, self._revising, self._lock, self._wake, self._clock, Event().wait
        )

    @cached_property
    def overview(self) -> OverviewReader:
        """What is going on at a glance."""
        from deskcron.engine.overview import OverviewReader

        return OverviewReader(self._store, self.control.state, self._clock)

    @cached_property
    def preferences(self) -> PreferencesService:
        """What the person prefers."""
        from deskcron.engine.preferences import PreferencesService
        from deskcron.system.holidays import is_known

        return PreferencesService(self._store, self._wake, is_known)

    @cached_property
    def secrets(self) -> Secrets:
        """What the keyring keeps for jobs."""
        from deskcron.engine.secrets import Secrets
        from deskcron.system.oskeyring import OsKeyring

        return Secrets(self._store, OsKeyring())

    @cached_property
    def environment(self) -> EnvironmentService:
        """The environments of jobs."""
        from deskcron.engine.environments import EnvironmentService
        from deskcron.system.runlog import FileRunLogs

        logs = FileRunLogs(self._paths.logs)
        return EnvironmentService(self._store, self.definitions, logs, self._present, os.environ)

    @cached_property
    def notices(self) -> PresentedNotices:
        """The ways to show banners."""
        from deskcron.engine.notices import PresentedNotices

        return PresentedNotices(self.announcer)

    @cached_property
    def tidying(self) -> TidyUndo:
        """Putting back what runs have tidied."""
        from deskcron.engine.tidying import TidyUndo
        from deskcron.system.workspace import ScriptWorkspace
        from deskcron.tidying.undoing import FileTidyJournals

        workspace = ScriptWorkspace(self._paths.scripts)
        return TidyUndo(self._store, FileTidyJournals(workspace.journals()))

    @cached_property
    def doctor(self) -> Doctor:
        """The state of health."""
        from deskcron.bootstrap.doctors import doctor_of

        return doctor_of(
            self._paths,
            self._store,
            self.definitions,
            self._lock,
            self._wake,
            self._zones,
            self._clock,
            _notifiers,
            self._present,
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
        self._machine.close()

    def _make_announcer(self) -> Announcer:
        from deskcron.engine.announcer import Announcer
        from deskcron.engine.presses import Presses
        from deskcron.engine.screen import Screen
        from deskcron.engine.successes import Successes

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
        successes = Successes(self._store, self.definitions)
        return Announcer(self._store, screen, successes, presses, self._clock)

    def _present(self) -> Environments:
        return self._environments.present(self._store)

    def _open_file(self, path: Path) -> None:
        self._file_opener.open(path)

    @cached_property
    def _file_opener(self) -> FileOpener:
        from deskcron.actions.open import Open
        from deskcron.engine.fileopener import FileOpener
        from deskcron.system.workspace import ScriptWorkspace

        workspace = ScriptWorkspace(self._paths.scripts)
        return FileOpener(lambda target: Open(target=target), self._processes, workspace)

    @cached_property
    def _codec(self) -> Codec:
        from deskcron.actions.kinds import ACTION_KINDS
        from deskcron.domain.codec import Codec
        from deskcron.triggers.kinds import TRIGGER_KINDS

        return Codec(TRIGGER_KINDS, ACTION_KINDS)

    @cached_property
    def _drafts(self) -> Drafts:
        from deskcron.actions.shellline import check_warnings
        from deskcron.engine.drafts import Drafts
        from deskcron.engine.wakewarnings import WakeWarnings
        from deskcron.system.holidays import is_known

        # what these need is made only where a program, or a function, is looked for
        def lookup(rules: Environment) -> Lookup:
            return self.environment.lookup(rules)._replace(lacks=lacks)

        def lacks(target: PythonTarget) -> Lacks:
            return self._python_search.lacks(target)

        return Drafts(
            self._codec,
            is_known,
            lookup,
            self._secret_warnings,
            check_warnings,
            WakeWarnings(_wakefulness, self._clock),
            self._bars,
        )

    @cached_property
    def _python_search(self) -> PythonSearch:
        from deskcron.system.pythonsearch import PythonSearch

        return PythonSearch(self._processes, resource("scripts", "find_python.py"))

    @cached_property
    def _processes(self) -> Processes:
        """Processes that no engine watches."""
        from deskcron.system.environment import base_environment
        from deskcron.system.processes import processes_for

        return processes_for(sys.platform, base_environment(os.environ))

    @cached_property
    def _secret_warnings(self) -> SecretWarnings:
        from deskcron.engine.secretwarnings import SecretWarnings
        from deskcron.system.oskeyring import LOOK_S, OsKeyring

        return SecretWarnings(self.secrets.names, OsKeyring(LOOK_S), self._clock)

    @cached_property
    def _revising(self) -> Revising:
        from deskcron.engine.revising import Revising

        return Revising(self.definitions, self._drafts, self._zones, self._clock, self._bars)

    @cached_property
    def _bars(self) -> Bars:
        from deskcron.engine.bars import Bars
        from deskcron.system.holidays import holiday_name

        return Bars(self._zones, holiday_name)

    @cached_property
    def _explaining(self) -> Explaining:
        from deskcron.engine.explaining import Explaining
        from deskcron.engine.lookout import Lookout
        from deskcron.engine.outlooks import Outlooks

        return Explaining(
            self._store,
            self.catalogue,
            self.definitions,
            Outlooks(self._revising.planner, self._bars),
            Lookout(self._machine.get, self._clock),
            self.control.state,
            self._clock,
        )


def _notifiers() -> Sequence[Notifier]:
    from deskcron.notify.desktop import DesktopNotifierBackend
    from deskcron.notify.simple import PlyerBackend

    icon = resource("icons", "org.deskcron.Deskcron.svg")
    return (DesktopNotifierBackend(os.environ, icon), PlyerBackend(os.environ))


def _wakefulness() -> Wakefulness:
    from deskcron.system.keepawake import wakefulness

    return wakefulness(os.environ)
