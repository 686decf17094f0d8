"""The rules around an action, and the pure decision what becomes of due times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Cause, Status
from deskcron.domain.trigger import Backlog, DueTime

ON_TIME_S = 60
"""The newest due time counts as on time up to this lateness; later it is caught up."""


class CatchUp(StrEnum):
    """What becomes of due times that passed while nothing could run."""

    SKIP = "skip"
    ONCE = "once"
    ALL = "all"


class Overlap(StrEnum):
    """What becomes of a due time while an earlier run of the job is not over."""

    SKIP = "skip"
    QUEUE = "queue"
    PARALLEL = "parallel"


class Notify(StrEnum):
    """Which ends of a run are told by a banner."""

    NEVER = "never"
    FAILURE = "failure"
    SUCCESS = "success"
    ALWAYS = "always"

    def wants(self, status: Status) -> bool:
        """Tell whether a run that ended like this is told; what a person cancelled is not."""
        if status is Status.CANCELLED or self is Notify.NEVER:
            return False
        return self is Notify.ALWAYS or (self is Notify.SUCCESS) == (status is Status.SUCCEEDED)


class Priority(StrEnum):
    """Which of several waiting runs starts first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one job.

    `catch_up_limit` bounds catch-up `all`; `overlap_limit` is the length of the queue or the
    number running in parallel; `grace_s` lies between TERM and KILL.
    """

    catch_up: CatchUp = CatchUp.ONCE
    catch_up_limit: int = 100
    max_age_s: int = 24 * 3600
    overlap: Overlap = Overlap.SKIP
    overlap_limit: int = 1
    timeout_s: int | None = None
    grace_s: int = 10
    notify: Notify = Notify.ALWAYS
    priority: Priority = Priority.NORMAL
    exact: bool = False

    def keep(self) -> int:
        """Return how many of a backlog's newest due times the decision needs.

        Those that may run: one on time and the caught-up ones; and the last of the missed.
        """
        return self.catch_up_limit + 2 if self.catch_up is CatchUp.ALL else 2

    def places(self) -> int:
        """Return how many runs of the job may go at once."""
        return self.overlap_limit if self.overlap is Overlap.PARALLEL else 1


class Load(NamedTuple):
    """The runs of the job that are not over: going (queued or running) and waiting."""

    going: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row to write: a due time that runs or waits, or a span that does not run.

    `count` due times from `first` to `last`; where `is_exact` is false at least that many.
    """

    status: Status
    cause: Cause
    first: DueTime
    last: DueTime
    count: int = 1
    is_exact: bool = True
    why: Why | None = None


def decide(policy: Policy, backlog: Backlog, now: datetime, load: Load) -> list[Verdict]:
    """Say what becomes of each due time of the backlog, oldest first.

    The newest due time is on time up to ON_TIME_S late. All others, and the newest when it is
    later, go through the catch-up rule. `backlog.latest` holds `policy.keep()` due times or all.
    """
    newest = backlog.latest[-1]
    is_on_time = now - newest.at <= timedelta(seconds=ON_TIME_S)
    runnable, reason = _runnable(policy, backlog, now, is_on_time=is_on_time)
    verdicts = _not_run(backlog, len(runnable), reason)
    for due in runnable:
        on_time = is_on_time and due is newest
        cause = Cause.SCHEDULE if on_time else Cause.CATCH_UP
        verdict = _overlap(policy, due, cause, load, in_line=len(runnable) > 1)
        verdicts.append(verdict)
        load = Load(
            load.going + (verdict.status is Status.QUEUED),
            load.waiting + (verdict.status is Status.WAITING),
        )
    return verdicts


def _runnable(
    policy: Policy, backlog: Backlog, now: datetime, *, is_on_time: bool
) -> tuple[Sequence[DueTime], Why]:
    """Return the due times to run, oldest first, and why the ones before them do not."""
    why_old = Why(Reason.TOO_OLD, {"max_age_s": policy.max_age_s})
    newest = backlog.latest[-1]
    if policy.catch_up is CatchUp.SKIP:
        return ([newest] if is_on_time else []), Why(Reason.CATCH_UP_OFF)
    if not is_on_time and _is_too_old(policy, newest, now):
        return [], why_old
    if policy.catch_up is CatchUp.ONCE:
        return [newest], Why(Reason.COALESCED)
    allowance = policy.catch_up_limit + is_on_time
    allowed = [
        due
        for due in backlog.latest[-allowance:]
        if due is newest or not _is_too_old(policy, due, now)
    ]
    if len(allowed) == allowance:
        return allowed, Why(Reason.OVER_LIMIT, {"limit": policy.catch_up_limit})
    return allowed, why_old


def _is_too_old(policy: Policy, due: DueTime, now: datetime) -> bool:
    return (now - due.at).total_seconds() > policy.max_age_s


def _not_run(backlog: Backlog, running: int, why: Why) -> list[Verdict]:
    """Return the verdict on the due times before the newest `running` ones, if there are any."""
    count = backlog.count - running
    if count == 0:
        return []
    last = backlog.latest[-running - 1]
    return [
        Verdict(Status.MISSED, Cause.SCHEDULE, backlog.first, last, count, backlog.is_exact, why)
    ]


def _overlap(policy: Policy, due: DueTime, cause: Cause, load: Load, *, in_line: bool) -> Verdict:
    """Say whether a due time runs now, waits for its turn, or is skipped.

    Due times that are caught up together (`in_line`) wait for each other whatever the rule.
    """
    if load.going < policy.places() and not load.waiting:
        return Verdict(Status.QUEUED, cause, due, due)
    if in_line or (policy.overlap is Overlap.QUEUE and load.waiting < policy.overlap_limit):
        return Verdict(Status.WAITING, cause, due, due, why=Why(Reason.BEHIND_PREVIOUS))
    if policy.overlap is Overlap.QUEUE:
        why = Why(Reason.QUEUE_FULL, {"limit": policy.overlap_limit})
    else:
        why = Why(Reason.STILL_RUNNING)
    return Verdict(Status.SKIPPED, cause, due, due, why=why)
