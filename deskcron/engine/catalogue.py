"""Look at jobs: list, show, describe, preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import msgspec

from deskcron.domain.answers import Draft, Upcoming
from deskcron.domain.codec import UNDECODABLE, Codec, raw_document
from deskcron.domain.job import Document, Job, JobDetail, JobSummary
from deskcron.domain.policy import Notify, Policy
from deskcron.domain.ports import Clock, Zones
from deskcron.domain.records import JobLine, RunFilter, StoredJob
from deskcron.domain.run import JobId
from deskcron.domain.storage import Store, Tables
from deskcron.domain.trigger import RuleContext
from deskcron.engine.bars import Bars
from deskcron.engine.chainnames import with_named_jobs, with_present_names
from deskcron.engine.definitions import Definitions
from deskcron.engine.jobwords import schedule_words, shown_words
from deskcron.engine.planner import Planner
from deskcron.engine.references import job_of
from deskcron.engine.rules import parse_rules
from deskcron.engine.rulezones import RunZones, shared_zone
from deskcron.engine.upcoming import upcoming
from deskcron.triggers.afterjob import AFTER
from deskcron.triggers.kinds import EVENT_KINDS
from deskcron.triggers.preview import preview

RECENT = 10


class _Kind(msgspec.Struct, frozen=True):
    kind: str = ""


class _Rules(msgspec.Struct, frozen=True):
    notify: str = Policy().notify


class _Labels(msgspec.Struct, frozen=True):
    """The part of a document that a list shows."""

    tags: tuple[str, ...] = ()
    triggers: Any = ()  # even where they are damaged, tags and kind are shown
    action: _Kind = _Kind()
    policy: _Rules = _Rules()


_labels_in = msgspec.json.Decoder(_Labels).decode


class _Reading(NamedTuple):
    """What a list shows of one revision of a job."""

    revision: int
    tags: tuple[str, ...]
    kind: str
    action: str
    muted: bool
    zone: str | None
    listens: bool
    fault: str | None
    chained: Job | None
    """The job where it follows others, whose names may change."""


class Catalogue:
    """Answer questions about jobs. Thread: any; never call it on a GUI thread."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        codec: Codec,
        zones: Zones,
        clock: Clock,
        bars: Bars,
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._codec = codec
        self._planner = Planner(definitions, zones, bars)
        self._bars = bars
        self._zones = zones
        self._clock = clock
        self._readings: dict[JobId, _Reading] = {}
        self._summaries: dict[JobId, JobSummary] = {}
        self._run_zones = RunZones()

    def list(self, *, finished: bool = False, tag: str | None = None) -> Sequence[JobSummary]:
        """Return the jobs by name."""

        def look(tables: Tables) -> Sequence[JobSummary]:
            lines = tables.jobs.lines(finished=finished, tag=tag)
            return [self.summary(tables, line) for line in lines]

        return self._store.read(look)

    def names(self) -> Mapping[JobId, str]:
        """Return the names of all jobs, in their order; much quicker than `list`."""
        return self._store.read(lambda tables: tables.jobs.names_by_id())

    def forget(self) -> None:
        """Forget what was read of jobs; the next list takes longer."""
        self._readings.clear()
        self._summaries.clear()

    def show(self, ref: str) -> JobDetail:
        """Return one job with its definition and latest runs."""

        def look(tables: Tables) -> JobDetail:
            stored = job_of(tables, ref)
            recent = tables.runs.page(RunFilter(job_id=stored.id, limit=RECENT))
            summary = self.summary(tables, line_of(tables, stored))
            return JobDetail(
                summary,
                stored.revision,
                stored.created_at,
                stored.changed_at,
                with_named_jobs(tables, document_in(stored)),
                summary.action,
                tuple(self._run_zones.told(tables, run) for run in recent),
            )

        return self._store.read(look)

    def draft(self, ref: str) -> Draft:
        """Return a stored job for editing."""

        def look(tables: Tables) -> Draft:
            stored = job_of(tables, ref)
            document = with_named_jobs(tables, document_in(stored))
            return Draft(job_id=stored.id, revision=stored.revision, document=document)

        return self._store.read(look)

    def describe(self, triggers: Sequence[Document], start: datetime | None = None) -> str:
        """Put trigger documents into words; raises InvalidDraft, as of `start` or now."""
        start = start or self._clock.now()
        return schedule_words(parse_rules(self._codec, triggers, start, self._context()))

    def preview(
        self, triggers: Sequence[Document], n: int, start: datetime | None
    ) -> Sequence[Upcoming]:
        """Return the next `n` due times of trigger documents; raises InvalidDraft."""
        start = start or self._clock.now()
        job = parse_rules(self._codec, triggers, start, self._context())
        return upcoming(preview(job.triggers, self._context(), start, n))

    def upcoming(self, ref: str, n: int, start: datetime | None) -> Sequence[Upcoming]:
        """Return the next `n` due times of a job as if it were enabled."""

        def look(tables: Tables) -> Sequence[Upcoming]:
            stored = job_of(tables, ref)
            job = self._definitions.present(stored)
            now = self._clock.now()
            context = self._planner.context(tables, stored, job, now)
            items = preview(job.triggers, context, start or now, n)
            return upcoming(items, partial(self._bars.closed, job))

        return self._store.read(look)

    def summaries(self, lines: Sequence[JobLine]) -> tuple[JobSummary, ...]:
        """Return what a list shows of these jobs."""
        return self._store.read(lambda tables: tuple(self.summary(tables, one) for one in lines))

    def summary(self, tables: Tables, line: JobLine) -> JobSummary:
        """Return what a list shows of a job, with the present names of those it follows."""
        stored = line.job
        reading = self._readings.get(stored.id)
        if reading is None or reading.revision != stored.revision:
            reading = self._readings[stored.id] = self._read(stored)
        summary = JobSummary(
            id=stored.id,
            name=stored.name,
            enabled=stored.enabled,
            tags=reading.tags,
            schedule=stored.schedule
            if reading.chained is None
            else schedule_words(with_present_names(tables, reading.chained)),
            kind=reading.kind,
            action=reading.action,
            muted=reading.muted,
            next_due_at=line.next_due_at,
            last_status=line.last_status,
            last_run_at=line.last_run_at,
            finished_at=stored.finished_at,
            fault=reading.fault,
            zone=reading.zone,
            listens=reading.listens,
            is_held=line.hold is not None,
            held_until=line.hold.until if line.hold else None,
        )
        known = self._summaries.get(stored.id)
        if known == summary:  # lists that follow one another share what has not changed
            return known
        self._summaries[stored.id] = summary
        return summary

    def _read(self, stored: StoredJob) -> _Reading:
        """Read a revision, once: to read all jobs takes longer than to ask for them."""
        try:
            labels = _labels_in(stored.body)
        except UNDECODABLE:
            labels = _Labels()
        job = self._definitions.glimpse(stored)
        return _Reading(
            revision=stored.revision,
            tags=labels.tags,
            kind=labels.action.kind,
            action=shown_words(job, stored.action),
            muted=labels.policy.notify == Notify.NEVER,
            zone=shared_zone(labels.triggers),
            listens=not EVENT_KINDS.isdisjoint(_kinds(labels.triggers)),
            fault=job.fault.code if job.fault else None,
            chained=job if AFTER in _kinds(labels.triggers) else None,
        )

    def _context(self) -> RuleContext:
        return RuleContext(self._zones.local_zone())


def line_of(tables: Tables, stored: StoredJob) -> JobLine:
    """Return the line of one job."""
    due_at, hold = tables.wakeups.due_at(stored.id), tables.holds.get(stored.id)
    newest = tables.runs.page(RunFilter(job_id=stored.id, limit=1))
    if not newest:
        return JobLine(stored, due_at, None, None, hold)
    run = newest[0]
    last_run_at = run.ended_at or run.started_at or run.recorded_at
    return JobLine(stored, due_at, run.status, last_run_at, hold)


def document_in(stored: StoredJob) -> dict[str, Any]:
    """Return the stored document; empty where it cannot be read."""
    return raw_document(stored.body)


def _kinds(triggers: Any) -> Sequence[str]:  # JSON
    """Return the kinds of triggers; damaged ones have none."""
    parts = triggers if isinstance(triggers, list) else ()
    return [str(raw["kind"]) for raw in parts if isinstance(raw, dict) and "kind" in raw]
