"""An engine in a process of its own: HOME [--noop | --claims]; it ends with its input.

With --noop no real process is started. With --claims there is the engine's clock and its
dispatcher alone, and a pool of ten threads that call an empty function for each run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from noop import Noop, NoProcesses

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.bootstrap.core import Core
from deskcron.bootstrap.surroundings import surroundings
from deskcron.domain.codec import Codec
from deskcron.engine.charge import in_charge
from deskcron.engine.clock import PulseClock
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.engine import Engine
from deskcron.engine.planner import Planner
from deskcron.engine.ready import Ready
from deskcron.store.opening import open_store
from deskcron.system.clock import SystemClock
from deskcron.system.environments import SystemEnvironments
from deskcron.system.lock import FileEngineLock
from deskcron.system.paths import Paths
from deskcron.system.wake import wake_channel_for
from deskcron.system.zones import SystemZones
from deskcron.triggers.kinds import TRIGGER_KINDS


def main() -> None:
    """Be the engine of a home until nobody holds our standard input open."""
    stop = Event()
    Thread(target=_await_end, args=(stop,), daemon=True).start()
    paths = Paths.below(Path(sys.argv[1]))
    if "--noop" in sys.argv[2:]:
        with _noop_engine(paths):
            _say_ready()
            stop.wait()
        return
    if "--claims" in sys.argv[2:]:
        with _claims_alone(paths):
            _say_ready()
            stop.wait()
        return
    with closing(Core(paths)) as core:
        core.serve(stop, ready=_say_ready)


@contextmanager
def _noop_engine(paths: Paths) -> Iterator[None]:
    """Compose what the daemon is, with one kind more and without real processes."""
    lock, clock = FileEngineLock(paths.lock_file), SystemClock()
    store = open_store(paths.database, may_migrate=True)
    environments = SystemEnvironments(os.environ, clock.monotonic)
    with (
        in_charge(lock, "daemon"),
        closing(store),
        closing(environments),
        closing(Core(paths)) as core,
        surroundings(
            paths,
            store,
            _definitions(),
            core.facade().announcer,
            lock,
            wake_channel_for(paths.wake_fifo),
            SystemZones(),
            clock,
            environments,
        ) as around,
    ):
        engine = Engine(around._replace(processes=NoProcesses()))
        engine.start()
        try:
            yield
        finally:
            engine.stop()


@contextmanager
def _claims_alone(paths: Paths) -> Iterator[None]:
    """Compose what claims, with a runner that has nothing to do."""
    clock, definitions = SystemClock(), _definitions()
    with (
        closing(open_store(paths.database, may_migrate=True)) as store,
        ThreadPoolExecutor(10) as pool,
    ):

        def submit(ready: Sequence[Ready]) -> None:
            for one in ready:
                pool.submit(_nothing, one)

        planner = Planner(definitions, SystemZones())
        dispatcher = Dispatcher(
            store,
            planner,
            definitions,
            submit=submit,
            check=lambda _runs: None,
            replace=lambda _runs: None,
            told=lambda _news: None,
        )
        pulses = PulseClock(clock, dispatcher.claim)
        pulses.start()
        try:
            yield
        finally:
            pulses.stop()


def _definitions() -> Definitions:
    return Definitions(Codec(TRIGGER_KINDS, {**ACTION_KINDS, "noop": Noop}))


def _nothing(_ready: Ready) -> None:
    return


def _say_ready() -> None:
    print("ready", flush=True)


def _await_end(stop: Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    main()
