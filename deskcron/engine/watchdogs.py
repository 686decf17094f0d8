"""Look after what the watchdogs of a job watch, and put into the inbox what they have noticed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskcron.domain.action import Urgency
from deskcron.domain.deciding import Verdict
from deskcron.domain.job import Job
from deskcron.domain.policy import Notify
from deskcron.domain.records import InboxItem, InboxKind, RunEnd, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import Run, RunId, Status
from deskcron.domain.sizewords import size_words
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import length_words, measured
from deskcron.domain.watchdogs import Sign, Success, Usual
from deskcron.engine.ready import Ready


def tell_slow(tables: Tables, ready: Ready, now: datetime) -> int | None:
    """Tell once that a run takes long; return the item, None where it was told, or is over."""
    run = tables.runs.get(ready.run_id)
    limit_s = ready.job.policy.soft_timeout_s
    if run is None or not run.status.is_open or run.status is Status.WAITING or limit_s is None:
        return None
    if tables.inbox.has(InboxKind.WATCHDOG, ready.run_id):
        return None
    text = _("It runs for longer than {length}, and goes on.").format(length=length_words(limit_s))
    return bark(tables, ready.job, text, now, ready.run_id)


def look_at_success(tables: Tables, job: Job, end: RunEnd) -> bool:
    """Tell what is odd about a success, and wait for the next one; return whether there was."""
    dogs, run_id = job.policy.watchdogs, end.run_id
    if dogs.no_success_s is not None:
        at = end.ended_at + timedelta(seconds=dogs.no_success_s)
        tables.wakeups.set(Wakeup(at, WakeKind.NO_SUCCESS, job.id))
    usual = tables.runs.usual(job.id, run_id) if dogs.compares else None
    printed = end.output_bytes + end.dropped_bytes
    success = Success(end.duration_s, printed, end.wrote_errors)
    signs = list(dogs.signs(success, usual))
    if signs:
        texts = [_sign_words(sign, success, usual) for sign in signs]
        bark(tables, job, " ".join(texts), end.ended_at, run_id)
    return bool(signs)


def await_success(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Look at a job again when it has been without success for too long, if that is watched.

    The time begins anew with each change of the job.
    """
    limit_s = job.policy.watchdogs.no_success_s
    if limit_s is None or not stored.enabled or stored.removed_at is not None:
        tables.wakeups.clear(WakeKind.NO_SUCCESS, stored.id)
    else:
        at = _success_due(tables, stored, limit_s)
        tables.wakeups.set(Wakeup(at, WakeKind.NO_SUCCESS, stored.id))


def miss_success(tables: Tables, stored: StoredJob, job: Job, now: datetime) -> bool:
    """Tell that a job was without success for too long; once, until it has one."""
    limit_s = job.policy.watchdogs.no_success_s
    is_off = not stored.enabled or stored.removed_at is not None or stored.finished_at is not None
    if limit_s is None or is_off:
        return False
    at = _success_due(tables, stored, limit_s)
    if at > now:
        tables.wakeups.set(Wakeup(at, WakeKind.NO_SUCCESS, stored.id))
        return False
    text = _("It had no success for {length}.").format(length=length_words(limit_s))
    bark(tables, job, text, now)
    return True


def await_start(tables: Tables, job: Job, run_id: RunId, due_at: datetime, now: datetime) -> None:
    """Look at a run again that has not started by then, if that is watched."""
    limit_s = job.policy.watchdogs.not_started_s
    if limit_s is not None and due_at + timedelta(seconds=limit_s) > now:
        at = due_at + timedelta(seconds=limit_s)
        tables.wakeups.set(Wakeup(at, WakeKind.NOT_STARTED, str(run_id)))


def miss_start(tables: Tables, job: Job, run: Run, now: datetime) -> bool:
    """Tell that a run has not started in time, where it has not."""
    limit_s = job.policy.watchdogs.not_started_s
    if limit_s is None or not run.status.is_open or run.status is Status.RUNNING or run.attempt > 1:
        return False
    text = _("It was due, and has not started within {length}.")
    bark(tables, job, text.format(length=length_words(limit_s)), now, run.id)
    return True


def tell_late(tables: Tables, job: Job, verdicts: Sequence[Verdict], now: datetime) -> bool:
    """Tell of due times that came while nothing could start them, all at once."""
    limit_s = job.policy.watchdogs.not_started_s
    if limit_s is None:
        return False
    latest = now - timedelta(seconds=limit_s)
    count = sum(
        verdict.count
        for verdict in verdicts
        if verdict.status is not Status.SKIPPED and verdict.first.at <= latest
    )
    if not count:
        return False
    text = ngettext(
        "A due time passed, and nothing had started within {length}.",
        "{count} due times passed, and nothing had started within {length}.",
        count,
    )
    bark(tables, job, text.format(count=count, length=length_words(limit_s)), now)
    return True


def bark(
    tables: Tables,
    job: Job,
    text: str,
    now: datetime,
    run_id: RunId | None = None,
    kind: InboxKind = InboxKind.WATCHDOG,
) -> int:
    """Put something into the inbox and return the item; of a muted job no banner shows it."""
    is_silent = job.policy.notify is Notify.NEVER
    return tables.inbox.add(
        InboxItem(
            id=0,
            kind=kind,
            run_id=run_id,
            job_id=job.id,
            title=job.name,
            text=text,
            urgency=Urgency.NORMAL,
            created_at=now,
            presented_at=now if is_silent else None,
        )
    )


def _success_due(tables: Tables, stored: StoredJob, limit_s: int) -> datetime:
    since = tables.runs.last_success(stored.id) or stored.changed_at
    return max(since, stored.changed_at) + timedelta(seconds=limit_s)


def _sign_words(sign: Sign, success: Success, usual: Usual | None) -> str:
    if sign is Sign.ERRORS or usual is None:
        return _("It succeeded, but wrote to its error output.")
    if sign is Sign.SLOW:
        text = _("It took {length}; usually it takes {usual}.")
        took, often = measured(success.duration_s or 0), measured(usual.duration_s)
        return text.format(length=took, usual=often)
    text = _("It printed {size}; usually it prints {usual}.")
    sizes = size_words(success.output_bytes), size_words(usual.output_bytes)
    return text.format(size=sizes[0], usual=sizes[1])
