"""What the engine asks of each table, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from deskcron.domain.answers import Ahead, Runnable, Waiting
from deskcron.domain.listening import Listener, Topic
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Why
from deskcron.domain.records import (
    Change,
    DueJob,
    Hold,
    InboxItem,
    InboxKind,
    JobLine,
    NewRun,
    OpenRun,
    Prospect,
    Request,
    RequestState,
    Revision,
    RunEnd,
    RunFilter,
    Standing,
    StoredJob,
    WakeKind,
    Wakeup,
)
from deskcron.domain.run import Attempt, JobId, Run, RunId, Running, Status
from deskcron.domain.statistics import PastRun
from deskcron.domain.watchdogs import Usual


class JobTable(Protocol):
    """Jobs and their revisions."""

    def get(self, job_id: str) -> StoredJob | None:
        """Return a job, removed ones included."""

    def standing(self, job_id: JobId) -> Standing | None:
        """Return what the end of a run has to know of its job."""

    def due(self, until: datetime, limit: int) -> Sequence[DueJob]:
        """Return the next due times not later than `until`, earliest first, with their jobs."""

    def by_name(self, name: str) -> StoredJob | None:
        """Return the job of this name, whatever its case."""

    def removed(self, name: str) -> StoredJob | None:
        """Return the job that was removed last of those of this name, whatever its case."""

    def by_prefix(self, prefix: str) -> Sequence[StoredJob]:
        """Return up to ten jobs, not removed, whose id begins with `prefix`."""

    def lines(self, *, finished: bool, tag: str | None) -> Iterator[JobLine]:
        """Go through all jobs by name, with the finished ones on demand, or those of one tag.

        To be gone through within the transaction.
        """

    def live(self) -> Sequence[StoredJob]:
        """Return the enabled jobs."""

    def names(self) -> Mapping[str, JobId]:
        """Return the folded name (`folded`) of every job that is not removed."""

    def names_by_id(self) -> Mapping[JobId, str]:
        """Return the name of every job that is not removed, in their order."""

    def begin(self, change: Change, label: str, at: datetime) -> int:
        """Open an operation that undo can take back, and return its number."""

    def put(self, job: StoredJob, operation: int) -> None:
        """Write a revision of a job and make it the present one."""

    def put_many(self, jobs: Sequence[StoredJob], operation: int) -> None:
        """Write the first revision of many new jobs at once."""

    def decided(self, job_id: JobId, until: datetime, finished_at: datetime | None) -> None:
        """Record up to when the job's due times are decided."""

    def set_back(self, now: datetime, shift_us: int) -> None:
        """Take `decided_until` back to `now` where it is later, and shift the grids."""

    def body(self, job_id: JobId, revision: int) -> bytes | None:
        """Return the document of one revision."""

    def last_operation(self) -> tuple[int, Change, str] | None:
        """Return number, kind and label of the newest operation not undone."""

    def before(self, operation: int) -> Sequence[tuple[JobId, Revision | None]]:
        """Return each job of an operation with its revision before, None where there was none."""

    def mark_undone(self, operation: int, at: datetime) -> None:
        """Record that an operation was taken back."""

    def purge(self, removed_before: datetime) -> int:
        """Drop jobs removed or finished before that instant, with no run left; return how many."""


class RunTable(Protocol):
    """The run history."""

    def insert(self, run: NewRun) -> RunId | None:
        """Insert a row; None when its due time has its row already."""

    def get(self, run_id: int) -> Run | None:
        """Return a run."""

    def prospect(self, run_id: RunId) -> Prospect | None:
        """Return a run with what decides whether it may still start."""

    def page(self, wanted: RunFilter) -> Sequence[Run]:
        """Return runs, newest first."""

    def count(self, wanted: RunFilter, at_most: int) -> int:
        """Count matching runs, at most so many."""

    def newest_due(self, job_id: JobId) -> Run | None:
        """Return the job's row with the latest due time."""

    def decided_spans(
        self, job_id: JobId, since: datetime, until: datetime
    ) -> Sequence[tuple[datetime, datetime]]:
        """Return first and last due time of each row of the job in (since, until], in order."""

    def extend(self, run_id: RunId, until: datetime, more: int, *, is_exact: bool) -> None:
        """Let an unexecuted row cover `more` further due times, up to `until`."""

    def extended(self, since: datetime, until: datetime) -> Sequence[Run]:
        """Return the range rows from before `until` whose last due time is in [since, until].

        Of each job the latest one that began before `until`.
        """

    def answer(self, run_id: RunId, answer: Mapping[str, str]) -> bool:
        """Write into a row that was not executed how a person has answered it.

        False where it was executed, or has an answer.
        """

    def at_wall(self, job_id: JobId, wall: str) -> Sequence[tuple[int, Sequence[str]]]:
        """Return revision and trigger ids of what was let run at this wall time (ISO 8601)."""

    def load(self, job_id: JobId) -> tuple[int, int]:
        """Count the job's runs that are not over: those that take a place, those behind them."""

    def in_place(self, job_id: JobId) -> int:
        """Count the job's runs that are not over, but for those that wait behind others."""

    def last_times(self, job_id: JobId) -> tuple[datetime | None, datetime | None]:
        """Return start and end of the job's latest started or decided run.

        What is claimed ahead starts at its due time; while a run of the job is open there is no
        end.
        """

    def open_runs(self, job_id: str | None = None) -> Sequence[OpenRun]:
        """Return the runs that are not over, oldest first."""

    def release(self, run_id: RunId) -> bool:
        """Turn a waiting run into a queued one; False when it no longer waits."""

    def next_waiting(self, job_id: JobId) -> Run | None:
        """Return the oldest run of the job that waits behind the previous one."""

    def started(self, run_id: RunId, at: datetime, identity: ProcessIdentity) -> None:
        """Record that the run's process has started."""

    def ended(self, end: RunEnd) -> bool:
        """Record the end of an open run; False when it had one already."""

    def again(self, end: RunEnd, why: Why) -> bool:
        """Keep how an attempt ended, and let the run wait for the next; False when it is over."""

    def attempts(self, run_id: int) -> Sequence[Attempt]:
        """Return the attempts of a run before its last one, the first one first."""

    def waits(self, run_id: RunId, why: Why) -> bool:
        """Write what a waiting run waits for; False when it no longer waits."""

    def queues(self, run_id: RunId, why: Why) -> None:
        """Write what a queued run waits for to start, where it is still queued and nothing else."""

    def steps_back(self, run_id: RunId, why: Why) -> bool:
        """Turn a queued run into a waiting one; False when it is not queued any more."""

    def stops(self, run_id: RunId, why: Why) -> None:
        """Write into a run that is queued or goes on that it is being stopped."""

    def may_have_slept(self, run_id: RunId) -> None:
        """Write into a run that the computer was to be kept awake for it, and could not be."""

    def last_outcomes(self, job_id: JobId, limit: int) -> Sequence[Status]:
        """Return how the job's newest executed runs ended, newest first, without tests."""

    def executed_since(self, job_id: JobId, since: datetime) -> int:
        """Count the job's runs recorded since an instant that ran or will, without tests."""

    def usual(self, job_id: JobId, before: RunId) -> Usual:
        """Return what the job's newest successes before a run are like, tests left out."""

    def past(self, job_id: JobId, since: datetime | None) -> Sequence[PastRun]:
        """Return what counts of the job's newest runs that are over, newest first, without tests.

        At most MOST_ROWS of them, none that was recorded before `since`.
        """

    def last_success(self, job_id: JobId) -> datetime | None:
        """Return when the job's newest successful run ended."""

    def ran_since(self, job_id: JobId, trigger_id: str, since: datetime, now: datetime) -> bool:
        """Tell whether an event has started a run by this trigger after an instant, up to now."""

    def newest(self, job_id: JobId) -> Run | None:
        """Return the newest row of a job."""

    def repeat(self, run_id: RunId, at: datetime) -> None:
        """Let a row of an event that ran nothing stand for one more."""

    def expired(self, before: datetime, keep_per_job: int, limit: int) -> Sequence[Run]:
        """Return ended runs older than `before` beyond the newest `keep_per_job` of each job.

        Of a job removed or finished before that instant nothing is kept.
        """

    def delete(self, run_ids: Iterable[RunId]) -> None:
        """Remove rows of the history, with the inbox items of theirs that are done."""


class WakeupTable(Protocol):
    """The only thing the engine's clock looks at."""

    def earliest(self, *, paused: bool) -> Wakeup | None:
        """Return the earliest wakeup; what would start runs does not count while paused."""

    def others(self, until: datetime, limit: int, *, paused: bool = False) -> Sequence[Wakeup]:
        """Return wakeups not later than `until` but the due times of jobs, earliest first.

        What lets waiting runs on is left out while paused.
        """

    def due_at(self, job_id: JobId) -> datetime | None:
        """Return when a job is due next, None where it is not."""

    def starts_at(self, run_id: RunId) -> datetime | None:
        """Return when a run that waits for an instant starts, None where it waits for none."""

    def set(self, wakeup: Wakeup) -> None:
        """Set the wakeup of this kind and ref."""

    def clear(self, kind: WakeKind, ref: str) -> None:
        """Remove a wakeup."""


class ListenerTable(Protocol):
    """Who listens to what."""

    def of(self, topic: Topic) -> Sequence[Listener]:
        """Return who listens to a topic, of the jobs that are switched on."""

    def of_kind(self, kind: str) -> Sequence[Listener]:
        """Return who listens to anything of a kind, also of jobs that are switched off."""

    def set(self, job_id: str, listeners: Sequence[Listener]) -> None:
        """Let a job listen to just this."""


class HoldTable(Protocol):
    """The jobs that do not run on for now."""

    def get(self, job_id: str) -> Hold | None:
        """Return what holds a job."""

    def set(self, hold: Hold) -> None:
        """Hold a job from now on."""

    def clear(self, job_id: str) -> bool:
        """Let a job go on; False where nothing held it."""


class RequestTable(Protocol):
    """The command path into an engine in another process."""

    def add(self, kind: str, args: Mapping[str, Any], at: datetime, expires_at: datetime) -> int:
        """File a request and return its number."""

    def pending(self, now: datetime) -> Sequence[Request]:
        """Return the requests nobody has answered and that have not expired."""

    def answer(self, request_id: int, state: RequestState, result: Mapping[str, Any]) -> None:
        """Write the answer."""

    def get(self, request_id: int) -> Request | None:
        """Return a request."""

    def withdraw(self, request_id: int) -> bool:
        """Take back a request that nobody has answered; False when it is too late."""


class InboxTable(Protocol):
    """What needs a person."""

    def add(self, item: InboxItem) -> int:
        """Put an item in; its id is chosen here and returned."""

    def get(self, item_id: int) -> InboxItem | None:
        """Return an item."""

    def waiting(self) -> Sequence[InboxItem]:
        """Return what is not done, newest first."""

    def unpresented(self, now: datetime) -> Sequence[InboxItem]:
        """Return what no banner has shown yet and is not snoozed beyond `now`."""

    def presented(self, item_id: int, at: datetime) -> bool:
        """Claim the right to show an item; False when somebody else has, or it is put off."""

    def release(self, item_id: int, claimed_at: datetime) -> None:
        """Give back the right to show an item, where it was claimed at that instant."""

    def done(self, item_id: int, at: datetime) -> bool:
        """Mark an item as dealt with; False when it was."""

    def has(self, kind: InboxKind, run_id: int) -> bool:
        """Tell whether there was ever an item of this kind about a run."""

    def answered(self, run_id: int, at: datetime) -> None:
        """Mark the question about a run as dealt with."""

    def resumed(self, job_id: str, at: datetime) -> None:
        """Mark what is said of a job's hold as dealt with."""

    def reopen(self, item_id: int) -> bool:
        """Let an item wait again; False when it does, or is gone."""

    def snooze(self, item_id: int, until: datetime) -> bool:
        """Put an item off, to be presented again; False when it is done."""

    def thin_out(self, job_id: JobId, most: int) -> None:
        """Remove failures of a job that are not done, but for the first and the newest ones."""

    def purge(self, done_before: datetime) -> None:
        """Remove what was done before that instant and belongs to no run that would take it."""


class SettingTable(Protocol):
    """Settings and state as JSON values."""

    def get(self, key: str) -> Any:  # JSON
        """Return a value, None where it was never set."""

    def set(self, key: str, value: Any) -> None:  # JSON
        """Set a value; None removes it."""


class OverviewTable(Protocol):
    """Figures about all jobs, runs and inbox items."""

    def jobs(self) -> int:
        """Count the jobs that are enabled and not finished."""

    def running(self) -> Sequence[Running]:
        """Return the runs whose process is recorded as running, oldest first."""

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """Return the first runs that wait, oldest first."""

    def needs_you(self, now: datetime) -> int:
        """Count what is not done and not put off beyond `now`, the failures of a job as one."""

    def upcoming(self, ahead: int) -> Sequence[Ahead]:
        """Return the next due times, at most `ahead`, earliest first."""

    def snoozed(self, now: datetime) -> Sequence[Ahead]:
        """Return the reminders of jobs that are put off beyond `now`, earliest first."""

    def runnable(self, limit: int) -> Sequence[Runnable]:
        """Return jobs that are not finished: those with the latest runs first, then by name."""
