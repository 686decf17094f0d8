"""Put the doctor together: what is looked at, and what can be mended."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from deskcron.domain.environment import Environments
from deskcron.domain.ports import Clock, EngineLock, Notifier, WakeChannel, Zones
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.engine.checks.awake import AwakeCheck
from deskcron.engine.checks.charge import ChargeCheck
from deskcron.engine.checks.data import DataCheck
from deskcron.engine.checks.jobs import JobCheck
from deskcron.engine.checks.login import LoginCheck
from deskcron.engine.checks.session import SessionCheck
from deskcron.engine.checks.time import TimeCheck
from deskcron.engine.definitions import Definitions
from deskcron.engine.doctor import Doctor
from deskcron.engine.looseends import LooseEnds
from deskcron.engine.mending import Mending
from deskcron.engine.planner import Planner
from deskcron.system.autostart import autostart_for
from deskcron.system.datafolder import FileDataFolder
from deskcron.system.keepawake import wakefulness
from deskcron.system.location import location_warning
from deskcron.system.lock import FileEngineLock
from deskcron.system.oskeyring import OsKeyring
from deskcron.system.paths import Paths
from deskcron.system.runlog import FileRunLogs
from deskcron.system.vitals import is_clock_kept, session_vitals


def doctor_of(
    paths: Paths,
    store: Store,
    definitions: Definitions,
    lock: EngineLock,
    wake: WakeChannel,
    zones: Zones,
    clock: Clock,
    notifiers: Callable[[], Sequence[Notifier]],
    environments: Callable[[], Environments],
) -> Doctor:
    """Return the doctor of a data directory."""
    folder = FileDataFolder(paths)
    own_lock, window_lock = FileEngineLock(paths.lock_file), FileEngineLock(paths.window_lock)
    loose_ends = LooseEnds(definitions, Planner(definitions, zones))
    autostarts = {
        _("The window"): autostart_for(os.environ, headless=False),
        _("The engine alone"): autostart_for(os.environ, headless=True),
    }
    checks = (
        ChargeCheck(store, lock, window_lock, clock, folder),
        TimeCheck(store, lock, zones, clock, lambda: is_clock_kept(os.environ)),
        DataCheck(store, FileRunLogs(paths.logs), clock, folder, location_warning(paths.data)),
        JobCheck(store, definitions, loose_ends, clock),
        SessionCheck(lock, notifiers, lambda: session_vitals(os.environ), OsKeyring().name),
        AwakeCheck(store, definitions, lambda: wakefulness(os.environ)),
        LoginCheck(autostarts, environments, clock),
    )
    mending = Mending(
        store, own_lock, window_lock, wake, tuple(autostarts.values()), loose_ends, clock, folder
    )
    return Doctor(checks, mending)
