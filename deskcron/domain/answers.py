"""What the facade answers: values that screens and command line put into words or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from deskcron.domain.job import Document, JobSummary
from deskcron.domain.outlook import Unmet
from deskcron.domain.reason import Reason
from deskcron.domain.records import InboxKind
from deskcron.domain.run import Attempt, JobId, Run, RunId, Running


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A job as it was saved, with what a person may not expect of it."""

    job: JobSummary
    revision: int
    warnings: tuple[str, ...] = ()


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs as they are after a change; `operation` is its number, None where nothing changed."""

    jobs: tuple[JobSummary, ...]
    operation: int | None


class Resumed(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs that were held and run on, and those that nothing held."""

    jobs: tuple[JobSummary, ...]
    others: tuple[JobSummary, ...]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A stored job to be edited: change the document, save it with the same revision."""

    job_id: JobId
    revision: int
    document: Document


class Upcoming(msgspec.Struct, frozen=True, kw_only=True):
    """One due time ahead: UTC, the wall time with its offset, and marks on clock changes.

    Where it is `barred` by hours or days it will be skipped, for that reason.
    """

    at: datetime
    wall: datetime
    triggers: tuple[str, ...]
    marks: tuple[str, ...]
    barred: Unmet | None = None


class Undoable(msgspec.Struct, frozen=True, kw_only=True):
    """The operation that undo takes back: its kind, the name of its job or the number of them."""

    operation: int
    change: str
    label: str


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """The operation that was taken back: its kind, the name of its job or the number of them.

    Warnings are sentences.
    """

    change: str
    label: str
    warnings: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import brings: the names as they are or would be stored, and remarks in words.

    `operation` is the number of the change, None where nothing was stored.
    """

    names: tuple[str, ...]
    operation: int | None = None
    renamed: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class InboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that needs a person; all failures of a job nobody has answered are one.

    `id`, `created_at` and the snooze are those of the first, so that the entry stays the same
    while more come in; everything else is that of the newest. `run_ids` are newest first, without
    those the history no longer holds; `run` is the newest. `muted` says so of the job, None
    where there is none or it was deleted.
    """

    id: int
    kind: InboxKind
    job_id: str | None
    title: str
    text: str
    urgency: str
    created_at: datetime
    latest_at: datetime
    presented_at: datetime | None
    snoozed_until: datetime | None
    count: int
    run_id: int | None
    run_ids: tuple[int, ...]
    run: Run | None
    muted: bool | None


class EngineState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an engine runs, which process it is, and whether jobs are paused."""

    running: bool
    pid: int | None = None
    role: str | None = None
    last_beat_at: datetime | None = None
    paused: bool = False
    paused_until: datetime | None = None

    def leaves_out(self, due_at: datetime) -> bool:
        """Tell whether a due time ahead falls into the pause, as far as its end is known."""
        return self.paused and (self.paused_until is None or due_at < self.paused_until)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A run that waits, for what, and since when."""

    run_id: RunId
    job_id: JobId
    job_name: str
    reason: Reason | None
    reason_args: Mapping[str, str | int]
    since: datetime


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """The next due time of a job, or when a snoozed reminder of it comes back."""

    job_id: JobId
    job_name: str
    at: datetime
    is_snoozed: bool = False


class Runnable(msgspec.Struct, frozen=True, kw_only=True):
    """A job that can be run by hand, by its name."""

    job_id: JobId
    job_name: str


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What is going on: jobs that are enabled and not finished, and what is in the inbox now.

    While jobs are paused `upcoming` has the due times that will be skipped as well. `snoozed` are
    the reminders that come back, earliest first; no pause keeps them. `waiting` are the first runs
    that wait, oldest first.
    """

    engine: EngineState
    jobs: int
    running: tuple[Running, ...]
    needs_you: int
    upcoming: tuple[Ahead, ...]
    snoozed: tuple[Ahead, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    def coming(self) -> tuple[Ahead, ...]:
        """Return the due times that no pause leaves out and what is snoozed, earliest first."""
        due = (ahead for ahead in self.upcoming if not self.engine.leaves_out(ahead.at))
        return tuple(sorted((*due, *self.snoozed), key=lambda ahead: ahead.at))

    def left_out(self) -> Ahead | None:
        """Return the first due time that is skipped because all jobs are paused."""
        return next((one for one in self.upcoming if self.engine.leaves_out(one.at)), None)


class RunDetail(msgspec.Struct, frozen=True, kw_only=True):
    """What a run executed, by the revision of its job at that time.

    `kind` is that of the action, `command` the action in one line. Both are "" where the
    definition is lost, `directory` also where it is the person's home; it is as it was written.
    `text` is the whole script that the command tells of; `interpreter` and `arguments`, quoted as
    for a shell, are there where the command lacks them.
    `attempts` are those before the run's latest one, `previous` is the run it followed. One that
    waits goes on by itself at `goes_on_at`, or once there is room: `ahead` are the runs before it.
    `is_job_there` is false where the job was deleted, or never saved but tried out.
    """

    run: Run
    kind: str
    command: str
    directory: str
    environment_names: tuple[str, ...]
    log_path: Path
    is_log_there: bool
    text: str = ""
    interpreter: str = ""
    arguments: str = ""
    attempts: tuple[Attempt, ...] = ()
    previous: Run | None = None
    goes_on_at: datetime | None = None
    ahead: tuple[Running, ...] = ()
    is_job_there: bool = True

    @property
    def has_folder(self) -> bool:
        """Tell whether the action runs in the directory."""
        return self.kind in {"command", "script", "python"}


class Backend(msgspec.Struct, frozen=True, kw_only=True):
    """A way to show banners; `reason` says in words why it is not available."""

    name: str
    label: str
    available: bool
    reason: str = ""


class Health(StrEnum):
    """How a finding of the doctor is to be taken."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor has put right, and what it could not and why, in words."""

    done: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the doctor looked at, in words.

    Where it is not good, `why` says why that matters and `hint` what to do; `mends` that the
    doctor can put it right.
    """

    topic: str
    health: Health
    text: str
    why: str = ""
    hint: str = ""
    mends: bool = False
