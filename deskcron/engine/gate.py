"""See that what guards runs is looked at, side by side with all else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial
from threading import Lock
from typing import NamedTuple

from deskcron.domain.action import Place
from deskcron.domain.conditions import Situation
from deskcron.domain.environment import Environments
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.machine import Machine
from deskcron.domain.ports import Clock, RunLogs
from deskcron.domain.reason import Why
from deskcron.domain.records import WakeKind
from deskcron.domain.run import RunId
from deskcron.domain.storage import Store, Tables
from deskcron.engine.admission import as_ready
from deskcron.engine.definitions import Definitions
from deskcron.engine.endings import Aftermath, Endings
from deskcron.engine.guards import Guards
from deskcron.engine.ready import Ready
from deskcron.engine.runcontext import run_context
from deskcron.engine.settlement import CHECKING

logger = logging.getLogger(__name__)

LOOKERS = 4
"""Guards that are looked at side by side; one may take as long as its check command."""
END_LOOK_S = 0.05
"""Between looks at the end whether a check has begun that is to be ended."""


class _Found(NamedTuple):
    """A run with its job's last success, and whether its conditions are to be looked at."""

    ready: Ready
    last_success_at: datetime | None
    is_to_look: bool


class Gate:
    """Look at the guards of runs before their start. Thread: any.

    `wakes` is called when the clock, or who shows the inbox, has something to know.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        guards: Guards,
        endings: Endings,
        machine: Machine,
        environments: Environments,
        logs: RunLogs,
        clock: Clock,
        *,
        wakes: Callable[[], None],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._guards = guards
        self._endings = endings
        self._machine = machine
        self._environments = environments
        self._logs = logs
        self._clock = clock
        self._wakes = wakes
        self._pool = ThreadPoolExecutor(LOOKERS, "deskcron-gate")
        self._looks: set[Future[None]] = set()
        self._guard = Lock()
        self._is_closing = False

    def look(self, run_ids: Sequence[RunId]) -> None:
        """Look at the guards of runs, and return at once."""
        now = self._clock.now()
        for run_id in run_ids:
            with self._guard:
                if self._is_closing:
                    return
                look = self._pool.submit(self._look, run_id, now)
                self._looks.add(look)
            look.add_done_callback(self._looked)

    def may_start(self, ready: Ready) -> bool:
        """Tell whether a run may start that was let on, maybe long ago; else it waits again.

        One that was called off on its way here ends.
        """
        if self._guards.may_start(ready) and not self._is_called_off(ready):
            return True
        self._store.post(lambda tables: self._guards.step_back(tables, ready), self._stepped_back)
        return False

    def close(self) -> None:
        """Decide nothing more, end checks that go on; what waits is for the next engine."""
        with self._guard:
            self._is_closing = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        while True:
            self._machine.end_checks()
            with self._guard:
                looks = tuple(self._looks)
            if not wait(looks, END_LOOK_S).not_done:
                return

    def _looked(self, look: Future[None]) -> None:
        with self._guard:
            self._looks.discard(look)

    def _look(self, run_id: RunId, now: datetime) -> None:
        """Look at a run's guards; `now` is when that was wanted, it may have taken a while."""
        try:
            found = self._store.read(lambda tables: self._found(tables, run_id))
            if found is None:
                self._store.write(lambda tables: tables.wakeups.clear(WakeKind.GATE, str(run_id)))
                return
            ready, last_success_at, is_to_look = found
            why = self._unmet(ready, last_success_at) if is_to_look else CHECKING
            if self._is_closing:
                return  # a check that was ended has said nothing
            aftermath = self._store.write(
                lambda tables: self._guards.decide(tables, ready, why, now)
            )
            self._endings.follow(aftermath)
            self._wakes()
        except StoreUnavailable as error:
            logger.warning("The guards of run %d are looked at later: %s", run_id, error)
        except Exception:
            logger.exception("The guards of run %d could not be looked at", run_id)

    def _unmet(self, ready: Ready, last_success_at: datetime | None) -> Why | None:
        """Look at the conditions of a run."""
        place = partial(self._place, ready)
        here = Situation(self._machine, self._clock.now(), last_success_at, place)
        return ready.job.policy.conditions.unmet(here)

    def _place(self, ready: Ready) -> Place:
        """Return where the check commands of a run start, and what they find."""
        base = self._environments.of(ready.job.policy.environment)
        return ready.job.place(run_context(ready, self._logs, base))

    def _found(self, tables: Tables, run_id: RunId) -> _Found | None:
        run = tables.runs.get(run_id)
        ready = None if run is None else as_ready(self._definitions, tables, run)
        if run is None or ready is None:
            return None
        is_to_look = self._guards.looks_at_conditions(tables, ready, run)
        return _Found(ready, tables.runs.last_success(ready.job.id), is_to_look)

    def _is_called_off(self, ready: Ready) -> bool:
        """Tell whether a queued run is not to start after all, as far as that can be known.

        Where failures may hold its job, ends that are on their way to the store count as well: what
        is written comes after them. What cannot be written may be read all the same.
        """
        may_hold = ready.job.policy.brake.failures
        for ask in (self._store.write, self._store.read) if may_hold else (self._store.read,):
            try:
                return ask(lambda tables: self._guards.called_off(tables, ready)) is not None
            except StoreUnavailable as error:
                logger.warning("Run %d may start, called off or not: %s", ready.run_id, error)
        return False

    def _stepped_back(self, aftermath: Aftermath | None, error: BaseException | None) -> None:
        if error is not None:
            logger.error("A run cannot be let wait for its hours: %s", error)
        elif aftermath is not None:
            self._endings.follow(aftermath)
