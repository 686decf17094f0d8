"""What the user made: a name, triggers, one action, a policy and tags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from deskcron.domain.action import Action, Place, RunContext, UnknownAction
from deskcron.domain.listening import EventTrigger
from deskcron.domain.policy import Policy
from deskcron.domain.reason import Why
from deskcron.domain.run import JobId, Run
from deskcron.domain.trigger import Trigger, UnknownTrigger

Document = Mapping[str, Any]
"""A job as JSON: what is stored, exported and edited. Any, because JSON is."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One revision of a job, decoded. With a `fault` it has no due times."""

    id: JobId
    revision: int
    name: str
    enabled: bool = True
    tags: tuple[str, ...] = ()
    triggers: tuple[Trigger | UnknownTrigger, ...] = ()
    action: Action | UnknownAction
    policy: Policy = msgspec.field(default_factory=Policy)
    fault: Why | None = None

    @property
    def starts_process(self) -> bool:
        """Tell whether a run of the job starts a process."""
        return not isinstance(self.action, UnknownAction) and self.action.starts_process

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find, also those before its own."""
        if isinstance(self.action, UnknownAction):
            return Place(base=run.base)
        return self.action.place(run)

    @property
    def follows_runs(self) -> bool:
        """Tell whether the next due time moves with the start or end of runs."""
        return any(
            not isinstance(trigger, UnknownTrigger) and trigger.relative_to is not None
            for trigger in self.triggers
        )

    @property
    def listening(self) -> tuple[EventTrigger, ...]:
        """Return the triggers that follow events instead of the clock."""
        return tuple(one for one in self.triggers if isinstance(one, EventTrigger))


class JobSummary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of the list of jobs; instants are aware UTC.

    `kind` is that of the action, "" where the definition cannot be read. No end of a muted
    job's run is told by a banner. `zone` is the fixed zone that all its rules share, if any. A
    job that `listens` is run by an event, too. One that is held has failed too often in a row and
    does not run on until `held_until`, or until a person says so where that is None.
    """

    id: JobId
    name: str
    enabled: bool
    tags: tuple[str, ...]
    schedule: str
    kind: str
    action: str
    muted: bool
    next_due_at: datetime | None
    last_status: str | None
    last_run_at: datetime | None
    finished_at: datetime | None
    fault: str | None
    zone: str | None = None
    listens: bool = False
    is_held: bool = False
    held_until: datetime | None = None


class JobDetail(NamedTuple):
    """One job with everything a person asks about it."""

    summary: JobSummary
    revision: int
    created_at: datetime
    changed_at: datetime
    document: Document
    action: str
    recent: tuple[Run, ...]
