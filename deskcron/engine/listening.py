"""Keep who listens to what with each revision of a job, and refuse chains that close a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deskcron.domain.errors import InvalidDraft, Problem
from deskcron.domain.job import Job
from deskcron.domain.listening import Listener
from deskcron.domain.records import StoredJob
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.triggers.afterjob import AFTER, AfterJob


def listen(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Let a job listen to what the triggers of this revision say, and nothing else."""
    tables.listeners.set(
        stored.id, [Listener(one.topic, stored.id, one.id) for one in job.listening]
    )


def check_chains(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Raise InvalidDraft where a job follows one that is not there, or in the end itself."""
    _refuse(stored, _missing(tables, job) or _circles(tables, stored, job))


def check_circles(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Raise InvalidDraft where a job follows in the end itself."""
    _refuse(stored, _circles(tables, stored, job))


def missing_jobs(tables: Tables, job: Job, arriving: Collection[str]) -> Sequence[str]:
    """Say in words which jobs this one follows that are neither there nor `arriving`."""
    return [problem.message for problem in _missing(tables, job, arriving)]


def _refuse(stored: StoredJob, problems: Sequence[Problem]) -> None:
    if problems:
        title = _("'{name}' cannot be saved").format(name=stored.name)
        raise InvalidDraft(title=title, problems=problems)


def _chains(job: Job) -> Iterator[tuple[str, AfterJob]]:
    """Yield the triggers that follow a job, each with the path of its field."""
    for index, trigger in enumerate(job.triggers):
        if isinstance(trigger, AfterJob):
            yield f"triggers.{index}.job", trigger


def _missing(tables: Tables, job: Job, arriving: Collection[str] = ()) -> Sequence[Problem]:
    problems = []
    for field, trigger in _chains(job):
        other = tables.jobs.get(trigger.job)
        is_there = other is not None and other.removed_at is None
        if not is_there and trigger.job not in arriving:
            name = other.name if other is not None else trigger.job_name or trigger.job
            text = _("There is no job “{name}” to follow.").format(name=name)
            problems.append(Problem(field, text))
    return problems


def _circles(tables: Tables, stored: StoredJob, job: Job) -> Sequence[Problem]:
    problems = []
    for field, trigger in _chains(job):
        path = _path(tables, stored.id, trigger.job)
        if path:
            names = " → ".join(_name(tables, one) for one in (*path, stored.id))
            text = _("The jobs would start each other without end: {path}.").format(path=names)
            problems.append(Problem(field, text))
    return problems


def _path(tables: Tables, begin: str, end: str) -> Sequence[str]:
    """Return the jobs from `begin` that follow each other up to `end`, empty for no way."""
    followers: dict[str, list[str]] = {}
    for one in tables.listeners.of_kind(AFTER):
        followers.setdefault(one.topic.key, []).append(one.job_id)
    paths, seen = [[begin]], {begin}
    while paths:
        path = paths.pop()
        if path[-1] == end:
            return path
        for follower in followers.get(path[-1], ()):
            if follower not in seen:
                seen.add(follower)
                paths.append([*path, follower])
    return ()


def _name(tables: Tables, job_id: str) -> str:
    stored = tables.jobs.get(job_id)
    return job_id if stored is None else stored.name
