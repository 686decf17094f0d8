"""Keep who listens to what with each revision of a job, and refuse chains that close a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deskcron.domain.errors import InvalidDraft, NotFound, Problem
from deskcron.domain.job import Document, Job
from deskcron.domain.listening import Listener
from deskcron.domain.records import StoredJob
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.references import job_of
from deskcron.triggers.afterjob import AFTER, AfterJob


def listen(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Let a job listen to what the triggers of this revision say, and nothing else."""
    tables.listeners.set(
        stored.id, [Listener(one.topic, stored.id, one.id) for one in job.listening]
    )


def with_named_jobs(tables: Tables, document: Document) -> Document:
    """Return a draft in which each chain names its job by id, and by the name it has now.

    A job may be typed by name or id; one that is not there is left as it is.
    """
    triggers = document.get("triggers", ())
    if not isinstance(triggers, list | tuple):
        return document
    return {**document, "triggers": [_named(tables, raw) for raw in triggers]}


def _named(tables: Tables, raw: Any) -> Any:  # JSON
    if not isinstance(raw, Mapping) or raw.get("kind") != AFTER:
        return raw
    try:
        other = job_of(tables, str(raw.get("job", "")))
    except NotFound:
        return raw
    return {**raw, "job": other.id, "job_name": other.name}


def check_chains(tables: Tables, stored: StoredJob, job: Job) -> None:
    """Raise InvalidDraft where a job follows one that is not there, or in the end itself."""
    problems = []
    for index, trigger in enumerate(job.triggers):
        if isinstance(trigger, AfterJob):
            text = _wrong_with(tables, stored.id, trigger.job)
            if text:
                problems.append(Problem(f"triggers.{index}.job", text))
    if problems:
        title = _("'{name}' cannot be saved").format(name=stored.name)
        raise InvalidDraft(title=title, problems=problems)


def _wrong_with(tables: Tables, job_id: str, followed: str) -> str:
    other = tables.jobs.get(followed)
    if other is None or other.removed_at is not None:
        return _("There is no job “{name}” to follow.").format(name=followed)
    path = _path(tables, job_id, followed)
    if not path:
        return ""
    names = [_name(tables, one) for one in (*path, job_id)]
    return _("The jobs would start each other without end: {path}.").format(path=" → ".join(names))


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
