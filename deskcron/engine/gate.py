"""Look at what guards runs before their start: conditions, and a question to the person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from deskcron.domain.action import Urgency
from deskcron.domain.conditions import Otherwise, Situation
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.machine import Machine
from deskcron.domain.ports import Clock
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import Run, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.admission import as_ready
from deskcron.engine.definitions import Definitions
from deskcron.engine.endings import Aftermath, Endings
from deskcron.engine.pause import is_paused
from deskcron.engine.ready import Ready

logger = logging.getLogger(__name__)

LOOKERS = 4
"""Guards that are looked at side by side; one may take as long as its check command."""
LOOK_AGAIN = timedelta(seconds=15)
_ELSEWHERE = frozenset(
    {
        Reason.BEHIND_PREVIOUS,
        Reason.DELAYED,
        Reason.PUT_OFF,
        Reason.RETRYING,
        Reason.STAGGERED,
    }
)
"""What a run waits for that the gate has not to decide: a look at it came too late."""


class Gate:
    """Decide about runs that wait before their start. Thread: any.

    `wakes` is called when the clock, or who shows the inbox, has something to know.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        endings: Endings,
        machine: Machine,
        clock: Clock,
        *,
        wakes: Callable[[], None],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._endings = endings
        self._machine = machine
        self._clock = clock
        self._wakes = wakes
        self._pool = ThreadPoolExecutor(LOOKERS, "deskcron-gate")

    def look(self, run_ids: Sequence[RunId]) -> None:
        """Look at the guards of runs, and return at once."""
        for run_id in run_ids:
            self._pool.submit(self._look, run_id)

    def close(self) -> None:
        """Decide nothing more; what waits is looked at by the next engine."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _look(self, run_id: RunId) -> None:
        try:
            found = self._store.read(lambda tables: self._found(tables, run_id))
            if found is None:
                self._store.write(lambda tables: tables.wakeups.clear(WakeKind.GATE, str(run_id)))
                return
            ready, last_success_at = found
            here = Situation(self._machine, self._clock.now(), last_success_at)
            why = ready.job.policy.conditions.unmet(here)
            aftermath = self._store.write(lambda tables: self._decide(tables, ready, why))
            self._endings.follow(aftermath)
            self._wakes()
        except StoreUnavailable as error:
            logger.warning("The guards of run %d are looked at later: %s", run_id, error)
        except Exception:
            logger.exception("The guards of run %d could not be looked at", run_id)

    def _found(self, tables: Tables, run_id: RunId) -> tuple[Ready, datetime | None] | None:
        run = tables.runs.get(run_id)
        ready = None if run is None else as_ready(self._definitions, tables, run)
        if ready is None:
            return None
        return ready, tables.runs.last_success(ready.job.id)

    def _decide(self, tables: Tables, ready: Ready, why: Why | None) -> Aftermath:
        """Start a run, let it wait on, ask, or skip it; return what follows."""
        nothing = Aftermath(ready.job)
        run, now = tables.runs.get(ready.run_id), self._clock.now()
        if run is None or run.status is not Status.WAITING or run.reason in _ELSEWHERE:
            tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
            return nothing
        if is_paused(tables):
            self._look_again(tables, run.id, now)  # the first moment after the pause
            return nothing
        rule = ready.job.policy.conditions
        if why is not None and rule.otherwise is not Otherwise.RUN:
            give_up_at = _gives_up_at(tables, run, rule.wait_s, now)
            if rule.otherwise is Otherwise.WAIT and now < give_up_at:
                args = {**why.args, "until": give_up_at.isoformat()}
                tables.runs.waits(run.id, why._replace(args=args))
                tables.inbox.answered(run.id, now)
                self._look_again(tables, run.id, min(now + LOOK_AGAIN, give_up_at))
                return nothing
            has_failed = run.attempt > 1  # which a run that is skipped would hide
            return self._end(tables, ready, Status.FAILED if has_failed else Status.SKIPPED, why)
        if ready.job.policy.ask_s and run.attempt == 1 and not _is_answered(run, now):
            until = run.asked_until or self._ask(tables, ready, now)
            self._look_again(tables, run.id, until)
            return nothing
        return self.start(tables, ready, now)

    def start(self, tables: Tables, ready: Ready, now: datetime) -> Aftermath:
        """Let a run start that has waited, unless it is over; return what follows."""
        tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
        tables.inbox.answered(ready.run_id, now)
        return Aftermath(ready.job, [ready] if tables.runs.release(ready.run_id) else ())

    def skip(self, tables: Tables, ready: Ready, why: Why) -> Aftermath:
        """End a run that has waited without its start; return what follows."""
        return self._end(tables, ready, Status.SKIPPED, why)

    def _end(self, tables: Tables, ready: Ready, status: Status, why: Why) -> Aftermath:
        tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
        end = RunEnd(ready.run_id, status, None, self._clock.now(), why)
        return self._endings.end(tables, ready, end) or Aftermath(ready.job)

    def _ask(self, tables: Tables, ready: Ready, now: datetime) -> datetime:
        """Put the question into the inbox; without an answer the run starts in the end."""
        until = now + timedelta(seconds=ready.job.policy.ask_s)
        tables.runs.waits(ready.run_id, Why(Reason.ASKED, {"until": until.isoformat()}))
        tables.inbox.add(
            InboxItem(
                id=0,
                kind=InboxKind.QUESTION,
                run_id=ready.run_id,
                job_id=ready.job.id,
                title=ready.job.name,
                text=_("It is about to start."),
                urgency=Urgency.NORMAL,
                created_at=now,
            )
        )
        return until

    def _look_again(self, tables: Tables, run_id: RunId, at: datetime) -> None:
        tables.wakeups.set(Wakeup(at, WakeKind.GATE, str(run_id)))


def _gives_up_at(tables: Tables, run: Run, wait_s: int, now: datetime) -> datetime:
    """Return until when a run waits for its conditions, once it does as that was settled then."""
    until = run.reason_args.get("until")
    if until is not None and run.reason is not Reason.ASKED:
        return datetime.fromisoformat(str(until))
    attempts = tables.runs.attempts(run.id) if run.attempt > 1 else ()
    since = attempts[-1].ended_at if attempts else run.recorded_at
    return min(since, now) + timedelta(seconds=wait_s)


def _is_answered(run: Run, now: datetime) -> bool:
    until = run.asked_until
    return until is not None and until <= now
