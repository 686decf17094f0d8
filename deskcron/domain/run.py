"""The record of one due time, or of one manual, event, chain or test start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

import msgspec

from deskcron.domain.reason import CALLED_OFF, NO_PARAMETERS, Reason, Why

RunId = NewType("RunId", int)
JobId = NewType("JobId", str)


class Cause(StrEnum):
    """What made the run."""

    SCHEDULE = "schedule"
    CATCH_UP = "catch-up"
    MANUAL = "manual"
    EVENT = "event"
    CHAIN = "chain"
    TEST = "test"


class Status(StrEnum):
    """How far a run has come or how it ended."""

    QUEUED = "queued"
    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TIMED_OUT = "timed-out"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    MISSED = "missed"

    @property
    def is_open(self) -> bool:
        """Tell whether the run can still change."""
        return self in OPEN

    @property
    def is_trouble(self) -> bool:
        """Tell whether a person should look at the run."""
        return self in TROUBLE


BY_HAND = frozenset({Cause.MANUAL, Cause.TEST})
"""What a person has run, whatever keeps the job from running by itself."""
NO_ORIGIN: Mapping[str, str] = MappingProxyType({})
OPEN = frozenset({Status.QUEUED, Status.WAITING, Status.RUNNING})
TROUBLE = frozenset({Status.FAILED, Status.TIMED_OUT, Status.INTERRUPTED, Status.UNKNOWN})


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the run history.

    All instants are aware UTC. A range row covers `count` due times from `due_at` to
    `due_until`; where `is_exact` is false there were at least that many. `wall` is the local
    time of a fixed-time rule. `duration_s` is measured by a clock that is never set. `origin`
    says what an event or chain run came from: the file, the signal, the run before; of a row that
    was not executed, how a person has answered it. The machine `may_have_slept` meanwhile where it
    was to be kept awake and that was not possible, for a time at least. `zone` is the fixed zone
    that the triggers share, where whoever answers has looked it up.
    """

    id: RunId
    job_id: JobId
    job_name: str
    revision: int
    cause: Cause
    status: Status
    reason: Reason | None = None
    reason_args: Mapping[str, str | int] = msgspec.field(default_factory=lambda: NO_PARAMETERS)
    due_at: datetime | None = None
    due_until: datetime | None = None
    count: int = 1
    is_exact: bool = True
    wall: str | None = None
    triggers: tuple[str, ...] = ()
    recorded_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    duration_s: float | None = None
    exit_code: int | None = None
    signal: int | None = None
    attempt: int = 1
    pid: int | None = None
    output_bytes: int = 0
    dropped_bytes: int = 0
    origin: Mapping[str, str] = msgspec.field(default_factory=lambda: NO_ORIGIN)
    may_have_slept: bool = False
    zone: str | None = None

    @property
    def asked_until(self) -> datetime | None:
        """Return when a run starts by itself about which a person is asked, None for any other."""
        is_asked = self.status is Status.WAITING and self.reason is Reason.ASKED
        until = self.reason_args.get("until") if is_asked else None
        return None if until is None else datetime.fromisoformat(str(until))

    @property
    def delayed_until(self) -> datetime | None:
        """Return before when a run does not start whose turn comes, None for at once."""
        is_in_line = self.status is Status.WAITING and self.reason is Reason.BEHIND_PREVIOUS
        until = self.reason_args.get("delayed_until") if is_in_line else None
        return None if until is None else datetime.fromisoformat(str(until))

    @property
    def called_off(self) -> Why | None:
        """Return why a run is being stopped, or waits for nothing but its end; None for others."""
        if not self.status.is_open or self.reason is None or self.reason not in CALLED_OFF:
            return None
        return Why(self.reason, self.reason_args)

    @property
    def is_range(self) -> bool:
        """Tell whether the row covers more than one due time."""
        return self.due_until is not None

    def as_running(self) -> Running:
        """Return what others are told of a run that goes on."""
        return Running(
            run_id=self.id, job_id=self.job_id, job_name=self.job_name, started_at=self.started_at
        )


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt before the last one of a run went; instants are aware UTC."""

    number: int
    status: Status
    reason: Reason | None
    reason_args: Mapping[str, str | int]
    started_at: datetime | None
    ended_at: datetime
    duration_s: float | None
    exit_code: int | None
    signal: int | None
    output_bytes: int
    dropped_bytes: int


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A run whose process is going; the start is unknown where that was not recorded."""

    run_id: RunId
    job_id: JobId
    job_name: str
    started_at: datetime | None
