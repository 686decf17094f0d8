"""Decide about runs that wait before their start: hours, conditions, a question to the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from deskcron.domain.action import Urgency
from deskcron.domain.conditions import Otherwise
from deskcron.domain.deciding import ON_TIME_S
from deskcron.domain.ports import Clock
from deskcron.domain.reason import BEFORE_GUARDS, CLOSED, NOT_WAITED_FOR, Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, WakeKind, Wakeup
from deskcron.domain.run import BY_HAND, Run, Status
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.admission import heeds_hours
from deskcron.engine.bars import Bars
from deskcron.engine.callingoff import called_off, unstarted
from deskcron.engine.endings import Aftermath, Endings
from deskcron.engine.pause import is_paused
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import CHECKING

LOOK_AGAIN = timedelta(seconds=15)
LOOK_SOON = timedelta(seconds=1)
LOOK_AT_HOURS = timedelta(minutes=10)
"""What waits for hours is looked at as often, as the clock and the zone may change."""
ON_TIME = timedelta(seconds=ON_TIME_S)


class Guards:
    """Start runs, let them wait on, ask or skip them, inside a transaction. Thread: any.

    Nothing is decided while the clock is not `steady`: was it set, what waits is moved along first.
    """

    def __init__(
        self, endings: Endings, bars: Bars, clock: Clock, is_steady: Callable[[], bool]
    ) -> None:
        self._endings = endings
        self._bars = bars
        self._clock = clock
        self._is_steady = is_steady

    def looks_at_conditions(self, tables: Tables, ready: Ready, run: Run) -> bool:
        """Tell whether the conditions of a run decide about it now, or something before them."""
        now = self._clock.now()
        is_due = run.reason not in BEFORE_GUARDS and run.called_off is None
        may_decide = is_due and self._decides_at(tables, now) is None
        return may_decide and self._bars.closed(ready.job, now) is None

    def decide(
        self, tables: Tables, ready: Ready, why: Why | None, looked_at: datetime
    ) -> Aftermath:
        """Decide about a run that does not meet its conditions for this reason, None if it does.

        CHECKING is for conditions that nobody has looked at. Returns what follows.
        """
        run, now = tables.runs.get(ready.run_id), self._clock.now()
        if run is None or run.status is not Status.WAITING or run.reason in BEFORE_GUARDS:
            tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
            return Aftermath()  # the look at it came too late
        if run.called_off is not None:
            return self.give_up(tables, ready, run.called_off)
        later = self._decides_at(tables, now)
        if later is not None:
            return _look_again(tables, ready, later)
        closed = self._bars.closed(ready.job, now)
        if closed is not None:
            return self._await_hours(tables, ready, run, closed)
        if why is not None and ready.job.policy.conditions.otherwise is not Otherwise.RUN:
            return self._await_conditions(tables, ready, run, why)
        return self._ask_or_start(tables, ready, run, looked_at)

    def start(self, tables: Tables, ready: Ready, now: datetime) -> Aftermath:
        """Let a run start that has waited, unless it is over; return what follows."""
        tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
        tables.inbox.answered(ready.run_id, now)
        return Aftermath([ready] if tables.runs.release(ready.run_id) else ())

    def give_up(self, tables: Tables, ready: Ready, why: Why) -> Aftermath:
        """End a run that has waited, or is queued, without its start; return what follows."""
        end = unstarted(ready.run_id, ready.attempt, why, self._clock.now())
        tables.wakeups.clear(WakeKind.GATE, str(ready.run_id))
        return self._endings.end(tables, ready, end) or Aftermath()

    def may_start(self, ready: Ready) -> bool:
        """Tell whether the hours of a run that was let on are not over by more than a moment."""
        now = self._clock.now()
        if not heeds_hours(ready) or self._bars.closed(ready.job, now) is None:
            return True
        return self._bars.closed(ready.job, now - ON_TIME) is None

    def called_off(self, tables: Tables, ready: Ready) -> Why | None:
        """Return why a queued run is not to start after all, None where it may.

        What a person runs may also be of a job that is gone: the test of a draft is.
        """
        prospect = tables.runs.prospect(ready.run_id)
        if prospect is None:
            return None
        return prospect.run.called_off if ready.cause in BY_HAND else called_off(prospect)

    def step_back(self, tables: Tables, ready: Ready) -> Aftermath:
        """Let a queued run wait again, or end where it was called off; return what follows."""
        why = self.called_off(tables, ready)
        if why is not None:
            return self.give_up(tables, ready, why)
        if tables.runs.steps_back(ready.run_id, CHECKING):
            _look_again(tables, ready, self._clock.now())
        return Aftermath(has_wakeup=True)

    def _decides_at(self, tables: Tables, now: datetime) -> datetime | None:
        """Return when something may be decided, None for now."""
        if is_paused(tables):
            return now  # which is met in the first moment after the pause
        return None if self._is_steady() else now + LOOK_SOON

    def _await_hours(self, tables: Tables, ready: Ready, run: Run, why: Why) -> Aftermath:
        """Let a run wait until its hours begin, where it is not too old by then."""
        now, policy = self._clock.now(), ready.job.policy
        opens_at = self._bars.reopens(ready.job, now)
        latest = (run.due_at or run.recorded_at) + timedelta(seconds=policy.max_age_s)
        if opens_at is None or opens_at > latest:
            return self.give_up(tables, ready, why)
        until = opens_at.isoformat()
        if run.reason is not why.code or run.reason_args.get("until") != until:
            tables.runs.waits(run.id, why._replace(args={**why.args, "until": until}))
        tables.inbox.answered(run.id, now)
        return _look_again(tables, ready, min(opens_at, now + LOOK_AT_HOURS))

    def _await_conditions(self, tables: Tables, ready: Ready, run: Run, why: Why) -> Aftermath:
        """Let a run wait for its conditions, where it may and has not done so for long enough."""
        now, rule = self._clock.now(), ready.job.policy.conditions
        if why == CHECKING:
            return _look_again(tables, ready, now)  # its hours have begun, or a pause has ended
        give_up_at = _gives_up_at(tables, run, rule.wait_s, now)
        may_wait = rule.otherwise is Otherwise.WAIT and why.code not in NOT_WAITED_FOR
        if not may_wait or now >= give_up_at:
            return self.give_up(tables, ready, why)
        args = {**why.args, "until": give_up_at.isoformat()}
        tables.runs.waits(run.id, why._replace(args=args))
        tables.inbox.answered(run.id, now)
        return _look_again(tables, ready, min(now + LOOK_AGAIN, give_up_at))

    def _ask_or_start(
        self, tables: Tables, ready: Ready, run: Run, looked_at: datetime
    ) -> Aftermath:
        """Ask the person, if that is wanted, and start when the time for an answer is over."""
        now, until = self._clock.now(), run.asked_until
        if ready.job.policy.ask_s and run.attempt == 1 and _is_to_ask(until, looked_at):
            until = _ask(tables, ready, now, until)
        if until is not None and now < until:
            return _look_again(tables, ready, until)
        return self.start(tables, ready, now)


def _look_again(tables: Tables, ready: Ready, at: datetime) -> Aftermath:
    tables.wakeups.set(Wakeup(at, WakeKind.GATE, str(ready.run_id)))
    return Aftermath()


def _ask(tables: Tables, ready: Ready, now: datetime, before: datetime | None) -> datetime:
    """Put the question into the inbox; without an answer the run starts in the end.

    `before` is when the time for the same question was over that nobody could answer.
    """
    until = now + timedelta(seconds=ready.job.policy.ask_s)
    args = {"until": until.isoformat()}
    if before is not None:
        args["at"] = before.isoformat()
        tables.inbox.answered(ready.run_id, now)
    tables.runs.waits(ready.run_id, Why(Reason.ASKED, args))
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


def _gives_up_at(tables: Tables, run: Run, wait_s: int, now: datetime) -> datetime:
    """Return until when a run waits for its conditions, once it does as that was settled then."""
    until = run.reason_args.get("until")
    if run.reason in CLOSED:
        return now + timedelta(seconds=wait_s)
    if until is not None and run.reason is not Reason.ASKED:
        return datetime.fromisoformat(str(until))
    attempts = tables.runs.attempts(run.id) if run.attempt > 1 else ()
    since = attempts[-1].ended_at if attempts else run.recorded_at
    return min(since, now) + timedelta(seconds=wait_s)


def _is_to_ask(until: datetime | None, now: datetime) -> bool:
    """Tell whether a person is to be asked, also again.

    Where the time for an answer was over long before somebody looks, the computer or deskcron was
    off meanwhile, or everything was paused: nobody could answer.
    """
    return until is None or now - until > ON_TIME
