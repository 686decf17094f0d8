"""What the page of jobs asks of the core: the jobs, which of them run, and whether all pause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from deskcron.domain.answers import EngineState, Undoable, Waiting
from deskcron.domain.job import JobSummary
from deskcron.domain.run import JobId, Status
from deskcron.engine.facade import Facade


class Line(msgspec.Struct, frozen=True, gc=False):
    """One job as it is listed; `sought` is what the search looks at.

    `snoozed_until` is when a reminder of it comes back that a person has put off; `waiting` is the
    oldest of its runs that wait.
    """

    job: JobSummary
    running_since: datetime | None
    sought: str
    snoozed_until: datetime | None = None
    waiting: Waiting | None = None

    @property
    def id(self) -> JobId:
        """Return the id of the job."""
        return self.job.id

    @property
    def is_running(self) -> bool:
        """Tell whether a run of the job is going on; its start is not always known."""
        return self.running_since is not None or self.job.last_status == Status.RUNNING


class Listing(NamedTuple):
    """All jobs by name, finished ones included; `undoable` is the last change."""

    lines: Sequence[Line]
    tags: Sequence[str]
    engine: EngineState
    undoable: Undoable | None = None


def look(facade: Facade) -> Listing:
    """Return the present listing. Thread: a worker's."""
    overview = facade.overview.look(ahead=0)
    since: dict[str, datetime] = {}
    for run in reversed(overview.running):  # of several the oldest counts
        if run.started_at is not None:
            since[run.job_id] = run.started_at
    snoozed = {ahead.job_id: ahead.at for ahead in reversed(overview.snoozed)}
    waiting = {run.job_id: run for run in reversed(overview.waiting)}
    lines = [
        Line(job, since.get(job.id), _sought(job), snoozed.get(job.id), waiting.get(job.id))
        for job in facade.catalogue.list(finished=True)
    ]
    tags = {tag.casefold(): tag for line in reversed(lines) for tag in line.job.tags}
    undoable = facade.jobs.undoable()
    return Listing(lines, [tags[key] for key in sorted(tags)], overview.engine, undoable)


def _sought(job: JobSummary) -> str:
    return "\n".join((job.name, job.schedule, job.action, *job.tags)).casefold()
