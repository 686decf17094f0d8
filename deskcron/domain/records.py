"""What is stored, as values: jobs, runs, wakeups, requests and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from unicodedata import normalize

import msgspec

from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import NO_ORIGIN, Cause, JobId, Run, RunId, Status
from deskcron.domain.trigger import DueTime


def folded(name: str) -> str:
    """Return the form in which two names are the same: composed, without case."""
    return normalize("NFC", normalize("NFC", name).casefold())


class StoredJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job as it is stored: the document undecoded, and what the engine keeps beside it.

    `grid_shift_us` moves the grid of elapsed intervals after the clock was set back.
    """

    id: JobId
    revision: int
    name: str
    enabled: bool
    body: bytes
    schedule: str
    action: str
    created_at: datetime
    changed_at: datetime
    decided_until: datetime
    grid_shift_us: int = 0
    finished_at: datetime | None = None
    removed_at: datetime | None = None


class Hold(NamedTuple):
    """A job that does not run on after failures in a row; `until` None for a person to say so."""

    job_id: JobId
    failures: int
    since: datetime
    until: datetime | None

    @property
    def why(self) -> Why:
        """Return why nothing of the job runs."""
        return Why(Reason.HELD, {"failures": self.failures})


class JobLine(NamedTuple):
    """A stored job with its next due time, its last run, and what holds it."""

    job: StoredJob
    next_due_at: datetime | None
    last_status: Status | None
    last_run_at: datetime | None
    hold: Hold | None = None


class Standing(NamedTuple):
    """What the end of a run has to know of its job.

    The present revision, whether a run waits, and whether other jobs follow it.
    """

    revision: int
    has_waiting: bool
    has_followers: bool = False


class DueJob(NamedTuple):
    """A job's next due time, the job, and its runs: those that take a place, those behind them.

    The job is None where there is none any more.
    """

    job_id: JobId
    due: DueTime
    job: StoredJob | None
    going: int
    in_line: int
    hold: Hold | None = None


class Change(StrEnum):
    """What an operation did to jobs."""

    ADD = "add"
    EDIT = "edit"
    REMOVE = "remove"
    ENABLE = "enable"
    DISABLE = "disable"
    DUPLICATE = "duplicate"
    IMPORT = "import"
    MUTE = "mute"
    UNMUTE = "unmute"


class Revision(NamedTuple):
    """One version of a job; `is_removed` for the version that is "no longer there"."""

    job_id: JobId
    revision: int
    body: bytes
    is_removed: bool


class NewRun(NamedTuple):
    """A row to insert. For a range `due_until` is set and nothing is executed."""

    job_id: JobId
    revision: int
    cause: Cause
    status: Status
    recorded_at: datetime
    due: DueTime | None = None
    due_until: datetime | None = None
    count: int = 1  # type: ignore[assignment]  # hides tuple.count, which nobody asks for
    is_exact: bool = True
    why: Why | None = None
    ended_at: datetime | None = None
    origin: Mapping[str, str] = NO_ORIGIN
    triggers: tuple[str, ...] = ()
    """The triggers of a run without a due time."""


class RunEnd(NamedTuple):
    """How a run ended; `started_at` again, as short runs are recorded by their end alone."""

    run_id: RunId
    status: Status
    started_at: datetime | None
    ended_at: datetime
    why: Why | None = None
    duration_s: float | None = None
    exit_code: int | None = None
    signal: int | None = None
    output_bytes: int = 0
    dropped_bytes: int = 0
    wrote_errors: bool = False


class RunFilter(NamedTuple):
    """Which runs a page of the history shows, where all conditions hold.

    `since` and `until` bound when a run was recorded; `until` itself is left out. `trouble` asks
    for runs that a person should look at. `before` is the last id of the page before.
    """

    job_id: str | None = None
    status: Status | None = None
    since: datetime | None = None
    before: int | None = None
    limit: int = 50
    cause: Cause | None = None
    until: datetime | None = None
    trouble: bool = False


class OpenRun(NamedTuple):
    """A run that is not over, with what is known of its process."""

    run: Run
    identity: ProcessIdentity | None


class Prospect(NamedTuple):
    """A run with what decides, besides itself, whether it may still start: its job and a hold."""

    run: Run
    is_enabled: bool
    is_removed: bool
    hold: Hold | None = None


class WakeKind(StrEnum):
    """What is due at a wakeup."""

    DUE = "due"  # ref: job id
    START = "start"  # ref: run id
    GATE = "gate"  # ref: run id
    HOLD_END = "hold-end"  # ref: job id
    PAUSE_END = "pause-end"  # ref: ""
    SNOOZE = "snooze"  # ref: inbox id
    NO_SUCCESS = "no-success"  # ref: job id
    NOT_STARTED = "not-started"  # ref: run id


class Wakeup(NamedTuple):
    """An instant at which the engine has something to do; `due` for a job's due time."""

    at: datetime
    kind: WakeKind
    ref: str
    due: DueTime | None = None


class RequestKind(StrEnum):
    """What can be asked of an engine in another process."""

    RUN = "run"  # job_id
    STOP = "stop"  # run_ids
    TEST = "test"  # job_id
    FIRE = "fire"  # name
    PROCEED = "proceed"  # run_id: a person lets it start
    DECLINE = "decline"  # run_id: a person has it skipped
    PUT_OFF = "put-off"  # run_id, seconds: a person wants to be asked later
    CALL_OFF = "call-off"  # run_ids, reason: those that have not begun will not
    STAND_IN = "stand-in"  # run_id: run now for a due time that had no run


class RequestState(StrEnum):
    """How far a request has come."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class Request(NamedTuple):
    """Something asked of the engine by another process."""

    id: int
    kind: str
    args: Mapping[str, Any]
    state: RequestState
    result: Mapping[str, Any]


class InboxKind(StrEnum):
    """Why something needs a person."""

    REMINDER = "reminder"
    TROUBLE = "trouble"
    MISSED = "missed"
    HELD = "held"
    QUESTION = "question"
    WATCHDOG = "watchdog"
    PING = "ping"


class InboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stays until a person has dealt with it."""

    id: int
    kind: InboxKind
    run_id: int | None
    job_id: str | None
    title: str
    text: str
    urgency: str
    created_at: datetime
    presented_at: datetime | None = None
    snoozed_until: datetime | None = None
    done_at: datetime | None = None
