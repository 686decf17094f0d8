"""Name the jobs that others follow: by id where they are stored, by name where they travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from deskcron.domain.errors import NotFound
from deskcron.domain.job import Document, Job
from deskcron.domain.records import StoredJob, folded
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.references import job_of
from deskcron.triggers.afterjob import AFTER, AfterJob


def with_named_jobs(tables: Tables, document: Document) -> Document:
    """Return a draft in which each chain names its job by id, and by the name it has now.

    A job may be typed by name or id; one that is not there is left as it is.
    """

    def named(raw: Document) -> Document:
        try:
            other = job_of(tables, str(raw.get("job", "")))
        except NotFound:
            return raw
        return {**raw, "job": other.id, "job_name": other.name}

    return _with_each_chain(document, named)


def with_present_names(tables: Tables, job: Job) -> Job:
    """Return a job whose chains name their jobs as they are called now, for words about it."""
    if not any(isinstance(trigger, AfterJob) for trigger in job.triggers):
        return job
    triggers = tuple(
        msgspec.structs.replace(trigger, job_name=_present_name(tables, trigger))
        if isinstance(trigger, AfterJob)
        else trigger
        for trigger in job.triggers
    )
    return msgspec.structs.replace(job, triggers=triggers)


def _present_name(tables: Tables, chain: AfterJob) -> str:
    other = tables.jobs.get(chain.job)
    if other is None:
        return _("{name} (missing)").format(name=chain.job_name or chain.job)
    return other.name if other.removed_at is None else _("{name} (deleted)").format(name=other.name)


def with_jobs_by_name(tables: Tables, document: Document) -> Document:
    """Return a document in which each chain names its job by name: ids mean nothing elsewhere."""

    def by_name(raw: Document) -> Document:
        other = tables.jobs.get(str(raw.get("job", "")))
        name = raw.get("job_name") or raw.get("job", "") if other is None else other.name
        return {**raw, "job": name, "job_name": name}

    return _with_each_chain(document, by_name)


def with_arrived_jobs(
    tables: Tables, document: Document, arriving: Mapping[str, StoredJob]
) -> Document:
    """Return a document from elsewhere in which each chain names its job by the id it has here.

    That is the job of that name among those `arriving`, by the folded name they had there, else
    the one that is here. A chain whose job is neither keeps its name for it.
    """

    def arrived(raw: Document) -> Document:
        names = [str(raw.get(field)) for field in ("job", "job_name") if raw.get(field)]
        with_it = (arriving.get(folded(name)) for name in names)
        here = (_job_here(tables, name) for name in names)
        other = next(filter(None, chain(with_it, here)), None)
        return raw if other is None else {**raw, "job": other.id, "job_name": other.name}

    return _with_each_chain(document, arrived)


def follows_jobs(document: Document) -> bool:
    """Tell whether a trigger of a document follows a job."""
    return any(_is_chain(raw) for raw in _triggers(document))


def _job_here(tables: Tables, ref: str) -> StoredJob | None:
    """Return the job of exactly this id or name; part of an id may be the name of another."""
    stored = tables.jobs.get(ref) or tables.jobs.by_name(ref)
    return None if stored is None or stored.removed_at is not None else stored


def _with_each_chain(document: Document, changed: Callable[[Document], Document]) -> Document:
    """Return a document with each trigger changed that follows a job."""
    if not follows_jobs(document):
        return document
    triggers = [changed(raw) if _is_chain(raw) else raw for raw in _triggers(document)]
    return {**document, "triggers": triggers}


def _triggers(document: Document) -> Sequence[Any]:
    """Return the triggers of a document, whatever they are; none where that is no list."""
    triggers = document.get("triggers", ())
    return triggers if isinstance(triggers, list | tuple) else ()


def _is_chain(raw: object) -> bool:
    return isinstance(raw, Mapping) and raw.get("kind") == AFTER
