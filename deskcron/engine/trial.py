"""Keep a draft for a test run: as a job of its own that no list shows and undo goes past."""

from __future__ import annotations

from datetime import datetime

import msgspec

from deskcron.domain.records import Change, StoredJob
from deskcron.domain.run import JobId
from deskcron.domain.storage import Tables


def keep_aside(tables: Tables, draft: StoredJob, now: datetime) -> JobId:
    """Store a draft as a job that is removed from the start, and return its id.

    Its name stays free, and it goes when the retention has taken its runs.
    """
    job = msgspec.structs.replace(draft, removed_at=now)
    operation = tables.jobs.begin(Change.ADD, job.name, now)
    tables.jobs.put(job, operation)
    tables.jobs.mark_undone(operation, now)
    return job.id
