"""What the page of jobs asks of the core: the jobs, which of them run, and whether all pause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from deskcron.domain.answers import EngineState, Undoable, Waiting
from deskcron.domain.job import JobSummary
from deskcron.domain.run import JobId, Status
from deskcron.engine.facade import Facade
from deskcron.gui.jobs.views import View, counts


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
    """All jobs by name, finished ones included; `undoable` is the last change.

    `counts` are the numbers of jobs in each view.
    """

    lines: Sequence[Line]
    tags: Sequence[str]
    counts: Mapping[View, int]
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
    jobs = facade.catalogue.list(finished=True)
    lines = [
        Line(job, since.get(job.id), _sought(job), snoozed.get(job.id), waiting.get(job.id))
        for job in jobs
    ]
    tags = {tag.casefold(): tag for job in reversed(jobs) for tag in job.tags}
    undoable = facade.jobs.undoable()
    in_order = [tags[key] for key in sorted(tags)]
    return Listing(lines, in_order, counts(jobs), overview.engine, undoable)


def _sought(job: JobSummary) -> str:
    return "\n".join((job.name, job.schedule, job.action, *job.tags)).casefold()
