"""Jobs with a past, for their statistics."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from deskcron.domain.records import NewRun, RunEnd
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.domain.trigger import DueTime
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext


class Past:
    """Writes what has been: each run an hour before the one that is written after it."""

    def __init__(self, facade: Facade, now: datetime) -> None:
        self._facade = facade
        self._at = now - timedelta(days=100)

    def job(self, name: str = "Backup") -> JobId:
        """Return a new job."""
        document = {"name": name, "action": {"kind": "command", "program": "/bin/true"}}
        return self._facade.jobs.add(document).job.id

    def wait(self, days: int) -> None:
        """Let days go by."""
        self._at += timedelta(days=days)

    def run(
        self,
        job_id: JobId,
        status: Status = Status.SUCCEEDED,
        *,
        cause: Cause = Cause.SCHEDULE,
        took_s: float | None = 1.0,
        late_s: float = 0.0,
    ) -> RunId:
        """Write a run that is over."""
        self._at += timedelta(hours=1)
        due = DueTime(self._at, None, ("t1",)) if cause is Cause.SCHEDULE else None
        is_idle = status in {Status.MISSED, Status.SKIPPED}
        first = status if is_idle else Status.QUEUED
        row = NewRun(job_id, 1, cause, first, self._at, due=due)
        began_at = self._at + timedelta(seconds=late_s)

        def write(tables: Any) -> RunId:  # Any: the tables of a store
            run_id: RunId = tables.runs.insert(row)
            if not is_idle:
                end = RunEnd(run_id, status, began_at, began_at, duration_s=took_s)
                assert tables.runs.ended(end)
            return run_id

        run_id: RunId = self._facade._store.write(write)  # type: ignore[attr-defined]
        return run_id


@pytest.fixture
def past(facade: Facade, context: PageContext) -> Past:
    """Return what writes the past of this test."""
    return Past(facade, context.clock.now())
