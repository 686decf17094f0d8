"""What a job would meet at its next due time, as far as it can be known now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from deskcron.domain.conditions import Otherwise
from deskcron.domain.lane import Lane
from deskcron.domain.reason import Reason
from deskcron.domain.run import Attempt, Run, Status


class Unmet(msgspec.Struct, frozen=True, kw_only=True):
    """A reason against a start, with what was measured."""

    reason: Reason
    reason_args: Mapping[str, str | int]


class ConditionsNow(msgspec.Struct, frozen=True, kw_only=True):
    """The conditions of a job as they were a moment ago.

    `unknown` are those, in words, that cannot be known here and count as met, `unanswered` those
    that nobody answered in time. The check commands are not run to find out; they decide when the
    job is due.
    """

    unmet: tuple[Unmet, ...]
    unknown: tuple[str, ...] = ()
    unanswered: tuple[str, ...]
    checks: tuple[str, ...]
    otherwise: Otherwise
    wait_s: int


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """What bars the job at its next due time or, where it waits for an event, `is_now`.

    It may run from `opens_at` on, None for never. `first_at` is the first due time that nothing
    bars, None where it is not known, as for events. Where it `has_none` no later one was found.
    """

    at: datetime
    reason: Reason
    reason_args: Mapping[str, str | int]
    opens_at: datetime | None
    first_at: datetime | None = None
    has_none: bool = False
    is_now: bool = False


class OpenRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run of the job that is not over.

    `goes_on_at` is when one that waits does so by itself, `before` how its attempt before ended.
    """

    run: Run
    goes_on_at: datetime | None = None
    before: Attempt | None = None


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a due time while these runs are not over: it starts, waits or is skipped.

    With `replaces` they give way to it.
    """

    runs: tuple[OpenRun, ...]
    status: Status
    reason: Reason | None = None
    reason_args: Mapping[str, str | int] = {}
    replaces: bool = False


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What a job would meet at its next due time.

    Nothing is said of what it has no rule for: no `conditions`, no `runs_per_day`, 0 seconds to be
    asked for. A `lane` is one that has no room now; `places_taken` counts the programs of all jobs
    where no more may run now. `ran_today` counts the runs of the day that has begun.
    """

    conditions: ConditionsNow | None = None
    closed: Closed | None = None
    ran_today: int = 0
    runs_per_day: int = 0
    places_taken: int = 0
    lane: Lane | None = None
    beside: Beside | None = None
    ask_s: int = 0
