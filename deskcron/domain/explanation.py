"""Why a job did or did not run, and what keeps it from running next: values for words or JSON."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from deskcron.domain.job import JobSummary
from deskcron.domain.outlook import Outlook
from deskcron.domain.run import Attempt, Run


class Obstacle(StrEnum):
    """What keeps a job from running at its next due time."""

    NO_ENGINE = "no-engine"
    DISABLED = "disabled"
    PAUSED = "paused"
    FINISHED = "finished"
    FAULT = "fault"
    STILL_RUNNING = "still-running"
    NO_DUE_TIME = "no-due-time"
    HELD = "held"
    REMOVED = "removed"


class FollowedState(StrEnum):
    """Why nothing more comes of a job that another one follows."""

    MISSING = "missing"
    REMOVED = "removed"
    DISABLED = "disabled"
    FINISHED = "finished"
    HELD = "held"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A job that another one follows: why no end of it is to come, and its latest run that is over.

    A run by hand ends, too, also one of a job that is off, finished or held.
    """

    job_id: str
    name: str
    state: FollowedState | None
    last_run: Run | None


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What an event trigger listens to, in words, and when that last led to a row, if it did.

    `followed` is the job whose ends it listens to, if it does that. Before `rests_until` it starts
    nothing, as it has started a run lately. Where there is nothing at the path that it watches now,
    that is the `missing_path`.
    """

    text: str
    last_at: datetime | None
    followed: Followed | None = None
    rests_until: datetime | None = None
    missing_path: str = ""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a job did or did not run, from its rows, and what comes next.

    `decisions` are the latest rows of the history, newest first; `last_execution` the latest
    one that executed, `attempts` those of it that others followed. `held_since` is given for a job
    that is held, `times` are its rules in words, but for the event triggers; what those listen to
    says `listening`. `outlook` is what it would meet at its next due time; a job that cannot run
    at all has none.
    """

    job: JobSummary
    last_execution: Run | None
    decisions: tuple[Run, ...]
    next_due_at: datetime | None
    obstacles: tuple[Obstacle, ...]
    held_since: datetime | None = None
    times: str = ""
    listening: tuple[Heard, ...] = ()
    outlook: Outlook | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def skips_next(self) -> bool:
        """Tell whether its rules will have the next due time skipped."""
        closed = None if self.outlook is None else self.outlook.closed
        return closed is not None and not closed.is_now
