"""Hold a job after failures in a row, and let it go on."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskcron.domain.action import Urgency
from deskcron.domain.job import Job
from deskcron.domain.records import Hold, InboxItem, InboxKind, RunEnd, WakeKind, Wakeup
from deskcron.domain.run import Status
from deskcron.domain.storage import Tables
from deskcron.domain.texts import ngettext
from deskcron.engine.callingoff import call_off_waiting


def brake(tables: Tables, job: Job, end: RunEnd) -> bool:
    """Hold a job whose run has ended as one failure too many; a success lets it go on.

    What waits of it is skipped at once, what is queued where it would start. Returns whether the
    clock has something new to know.
    """
    rule, now = job.policy.brake, end.ended_at
    if not rule.failures:
        return False
    if end.status is Status.SUCCEEDED:
        return release(tables, job.id, now)
    if not end.status.is_trouble or tables.holds.get(job.id) is not None:
        return False
    if not rule.is_reached(tables.runs.last_outcomes(job.id, rule.failures)):
        return False
    until = None if rule.resume_s is None else now + timedelta(seconds=rule.resume_s)
    hold = Hold(job.id, rule.failures, now, until)
    tables.holds.set(hold)
    call_off_waiting(tables, job.id, hold.why, now)
    if until is not None:
        tables.wakeups.set(Wakeup(until, WakeKind.HOLD_END, job.id))
    tables.inbox.add(_item(job, rule.failures, now))
    return until is not None


def release(tables: Tables, job_id: str, now: datetime) -> bool:
    """Let a job go on, with what the inbox says of its hold; False where nothing held it."""
    if not tables.holds.clear(job_id):
        return False
    tables.wakeups.clear(WakeKind.HOLD_END, job_id)
    tables.inbox.resumed(job_id, now)
    return True


def _item(job: Job, failures: int, now: datetime) -> InboxItem:
    text = ngettext(
        "Held because it failed; it does not run on until you resume it.",
        "Held after {count} failures in a row; it does not run on until you resume it.",
        failures,
    )
    if job.policy.brake.resume_s is not None:
        text = ngettext(
            "Held because it failed; it does not run on for now.",
            "Held after {count} failures in a row; it does not run on for now.",
            failures,
        )
    return InboxItem(
        id=0,
        kind=InboxKind.HELD,
        run_id=None,
        job_id=job.id,
        title=job.name,
        text=text.format(count=failures),
        urgency=Urgency.NORMAL,
        created_at=now,
    )
