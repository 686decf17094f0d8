"""Put into the inbox what the watchdogs of a job have noticed."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.action import Urgency
from deskcron.domain.job import Job
from deskcron.domain.policy import Notify
from deskcron.domain.records import InboxItem, InboxKind
from deskcron.domain.run import RunId, Status
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words
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


def bark(tables: Tables, job: Job, text: str, now: datetime, run_id: RunId | None = None) -> int:
    """Put something into the inbox and return the item; of a muted job no banner shows it."""
    is_silent = job.policy.notify is Notify.NEVER
    return tables.inbox.add(
        InboxItem(
            id=0,
            kind=InboxKind.WATCHDOG,
            run_id=run_id,
            job_id=job.id,
            title=job.name,
            text=text,
            urgency=Urgency.NORMAL,
            created_at=now,
            presented_at=now if is_silent else None,
        )
    )
