"""When: what a trigger is, what it answers, and the due times that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, Protocol

from deskcron.domain.errors import Problem

LOCAL_ZONE = "local"
"""The zone of a trigger that follows the computer."""


class Due(NamedTuple):
    """Say "now" at one instant.

    `at` is aware UTC. `wall` is the naive local time of a fixed-time rule, by which the same
    wall time is recognised when a clock is set back; None for wildcard and elapsed-time rules.
    """

    at: datetime
    wall: datetime | None = None


class DueTime(NamedTuple):
    """One instant at which at least one trigger of a job says "now"; `at` is aware UTC."""

    at: datetime
    wall: datetime | None
    trigger_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """The due times of a span: all counted, the latest ones kept.

    `latest` holds the newest due times, oldest first, never empty. `count` covers all of the
    span; where `is_exact` is false there were at least that many.
    """

    count: int
    is_exact: bool
    first: DueTime
    latest: tuple[DueTime, ...]


class RuleContext(NamedTuple):
    """What a rule needs from outside: the computer's IANA zone and the job's last run.

    `last_start` and `last_end` are aware UTC; a run in progress has `last_end` None.
    `grid_shift` moves the grid of elapsed intervals, after the clock was set back.
    """

    local_zone: str
    last_start: datetime | None = None
    last_end: datetime | None = None
    grid_shift: timedelta = timedelta(0)


class Trigger(Protocol):
    """A rule that says when. Implementations are frozen msgspec structs, one kind a file.

    A rule that cannot be used, such as one of an unknown zone, raises BadInput when it is asked
    for due times.
    """

    @property
    def id(self) -> str:
        """Name the trigger within its job."""

    @property
    def zone(self) -> str:
        """Name the zone of the rule's local times: IANA, or LOCAL_ZONE."""

    @property
    def relative_to(self) -> Literal["start", "end"] | None:
        """Say which event of a run the next due time counts from, None for fixed rules."""

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return the first due time strictly later than `after` (aware UTC), or None."""

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int | None:
        """Count the due times in (after, until] by arithmetic; None where only walking can."""

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the rule from being saved, in words; empty when all is well."""

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Say what a person may not expect of the rule, in words."""

    def describe(self) -> str:
        """Put the rule into words, with its zone where that is not the computer's."""


class UnknownTrigger(NamedTuple):
    """Keep a trigger of a kind this version does not know; it never says "now"."""

    id: str
    kind: str
    raw: Mapping[str, Any]
