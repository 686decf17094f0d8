"""What an engine stands on in this process: the adapters of the machine behind its ports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from deskcron.domain.ports import Clock, EngineLock, WakeChannel, Zones
from deskcron.domain.storage import Store
from deskcron.engine.announcer import Announcer
from deskcron.engine.definitions import Definitions
from deskcron.engine.engine import Surroundings
from deskcron.system.bus import BusThread
from deskcron.system.datafolder import FileDataFolder
from deskcron.system.environments import SystemEnvironments
from deskcron.system.events import event_sources_for
from deskcron.system.events.files import WatchedFiles
from deskcron.system.holidays import holiday_name
from deskcron.system.keepawake import LogindKeepAwake
from deskcron.system.machine import machine_for
from deskcron.system.oskeyring import OsKeyring
from deskcron.system.paths import Paths
from deskcron.system.pinging import HttpPinger
from deskcron.system.processes import processes_for
from deskcron.system.processes.secretprocesses import SecretProcesses
from deskcron.system.runlog import FileRunLogs
from deskcron.system.workspace import ScriptWorkspace


@contextmanager
def surroundings(
    paths: Paths,
    store: Store,
    definitions: Definitions,
    announcer: Announcer,
    lock: EngineLock,
    wake: WakeChannel,
    zones: Zones,
    clock: Clock,
    environments: SystemEnvironments,
) -> Iterator[Surroundings]:
    """Give what an engine needs, until it has stopped."""
    session = environments.session
    with closing(BusThread(session)) as bus:
        processes = processes_for(sys.platform, session)
        keyring = OsKeyring()
        secretive = SecretProcesses(processes, keyring, session)
        machine = machine_for(session, secretive, bus)
        yield Surroundings(
            store=store,
            definitions=definitions,
            processes=secretive,
            logs=FileRunLogs(paths.logs),
            workspace=ScriptWorkspace(paths.scripts),
            lock=lock,
            wake=wake,
            zones=zones,
            announcer=announcer,
            clock=clock,
            machine=machine,
            keep_awake=LogindKeepAwake(bus),
            pinger=HttpPinger(keyring),
            holiday_name=holiday_name,
            folder=FileDataFolder(paths),
            environments=environments,
            events=event_sources_for(os.environ, machine, bus),
            files=WatchedFiles([paths.data]),
        )
