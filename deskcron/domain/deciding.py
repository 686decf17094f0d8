"""The pure decision what becomes of due times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from deskcron.domain.policy import CatchUp, Overlap, Policy
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Cause, Status
from deskcron.domain.trigger import Backlog, DueTime

ON_TIME_S = 60
"""The newest due time counts as on time up to this lateness; later it is caught up."""

Bar = Callable[[DueTime], Why | None]
"""Say why the job may not run at a due time, None where it may."""


class Load(NamedTuple):
    """The runs of the job that are not over: those that take a place and those in line behind them.

    A run that waits for something else, as a condition or its next attempt, has its place.
    """

    going: int = 0
    in_line: int = 0


class Placement(NamedTuple):
    """What becomes of a run beside the others of its job."""

    status: Status
    why: Why | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row to write: a due time that runs or waits, or a span that does not run.

    `count` due times from `first` to `last`; where `is_exact` is false at least that many. The
    open runs of the job give way to one that `replaces` them.
    """

    status: Status
    cause: Cause
    first: DueTime
    last: DueTime
    count: int = 1
    is_exact: bool = True
    why: Why | None = None
    replaces: bool = False


def decide(
    policy: Policy,
    backlog: Backlog,
    now: datetime,
    load: Load,
    bar: Bar = lambda _due: None,
) -> list[Verdict]:
    """Say what becomes of each due time of the backlog, oldest first.

    The newest due time is on time up to ON_TIME_S late. All others, and the newest when it is
    later, go through the catch-up rule. `backlog.latest` holds `policy.keep()` due times or all.
    What is left to run is skipped where there is a bar to it.
    """
    newest = backlog.latest[-1]
    is_on_time = now - newest.at <= timedelta(seconds=ON_TIME_S)
    runnable, reason = _runnable(policy, backlog, now, is_on_time=is_on_time)
    verdicts = _not_run(backlog, len(runnable), reason)
    for due in runnable:
        on_time = is_on_time and due is newest
        cause = Cause.SCHEDULE if on_time else Cause.CATCH_UP
        why = bar(due)
        if why is not None:
            verdicts.append(Verdict(Status.SKIPPED, cause, due, due, why=why))
            continue
        status, why, replaces = placed(policy, load, in_line=len(runnable) > 1)
        verdicts.append(Verdict(status, cause, due, due, why=why, replaces=replaces))
        load = Load(
            load.going + (status is Status.QUEUED), load.in_line + (status is Status.WAITING)
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


def placed(policy: Policy, load: Load, *, in_line: bool = False) -> Placement:
    """Say whether a run starts now, waits for its turn, or is skipped.

    Due times that are caught up together (`in_line`) wait for each other whatever the rule.
    """
    if load.going + load.in_line < policy.places():
        return Placement(Status.QUEUED)
    if in_line or (policy.overlap is Overlap.QUEUE and load.in_line < policy.overlap_limit):
        return Placement(Status.WAITING, Why(Reason.BEHIND_PREVIOUS))
    if policy.overlap is Overlap.REPLACE:
        return Placement(Status.WAITING, Why(Reason.BEHIND_PREVIOUS), replaces=True)
    if policy.overlap is Overlap.QUEUE:
        why = Why(Reason.QUEUE_FULL, {"limit": policy.overlap_limit})
    else:
        why = Why(Reason.STILL_RUNNING)
    return Placement(Status.SKIPPED, why)
