"""The desk of jobs: add, change, remove, undo, import, for screens and command line."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from gettext import gettext as _
from gettext import ngettext

import msgspec

from deskcron.domain.answers import Imported, Saved, Undone
from deskcron.domain.codec import merge
from deskcron.domain.errors import RequestFailed
from deskcron.domain.instant import EPOCH
from deskcron.domain.job import Document, Job, JobSummary
from deskcron.domain.policy import ON_TIME_S
from deskcron.domain.ports import Bundles, Clock, WakeChannel, Zones
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import JobId, Status
from deskcron.domain.storage import (
    Change,
    JobLine,
    RunEnd,
    Store,
    StoredJob,
    Tables,
    folded,
)
from deskcron.domain.trigger import RuleContext, Trigger, UnknownTrigger
from deskcron.engine.catalogue import Catalogue, document_in, line_of
from deskcron.engine.definitions import Definitions
from deskcron.engine.drafts import Drafts, action_words, document_of, schedule_words
from deskcron.engine.pause import is_paused
from deskcron.engine.planner import Planner, Settlement
from deskcron.engine.references import job_of
from deskcron.engine.requests import STOP
from deskcron.triggers.once import Once

_encoder = msgspec.json.Encoder()
EPSILON = timedelta(microseconds=1)


class JobDesk:
    """Change definitions, each change one operation that undo takes back. Thread: any."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        definitions: Definitions,
        drafts: Drafts,
        bundles: Bundles,
        wake: WakeChannel,
        zones: Zones,
        clock: Clock,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._definitions = definitions
        self._drafts = drafts
        self._bundles = bundles
        self._wake = wake
        self._zones = zones
        self._clock = clock
        self._planner = Planner(definitions, zones)

    def add(self, document: Document) -> Saved:
        """Store a new job; raises InvalidDraft with a problem for each field in question."""
        now = self._clock.now()
        stored, warnings = self._checked(document, now)

        def put(tables: Tables) -> JobLine:
            tables.jobs.put(stored, tables.jobs.begin(Change.ADD, stored.name, now))
            upcoming = self._planner.plan(tables, stored)
            return JobLine(stored, upcoming.at if upcoming else None, None, None)

        line = self._store.write(put)
        self._wake.nudge()
        return Saved(job=self._catalogue.summary(line), revision=1, warnings=warnings)

    def save(self, job_id: JobId, document: Document, revision: int) -> Saved:
        """Store an edited draft; raises RequestFailed when it was changed meanwhile."""
        now = self._clock.now()
        before_edit = self._store.read(lambda tables: job_of(tables, job_id))
        accepted = self._definitions.present(before_edit).triggers
        checked, warnings = self._checked(document, now, accepted)

        def put(tables: Tables) -> JobLine:
            before = job_of(tables, job_id)
            if before.revision != revision:
                raise RequestFailed(
                    title=_("'{name}' was not saved").format(name=before.name),
                    detail=_("it was changed elsewhere meanwhile"),
                    hint=_("Look at it again and repeat your change."),
                )
            operation = tables.jobs.begin(Change.EDIT, before.name, now)
            body = _encoder.encode(merge(document_in(before), msgspec.json.decode(checked.body)))
            return self._replace(
                tables, before, msgspec.structs.replace(checked, body=body), operation, now
            )

        line = self._store.write(put)
        self._wake.nudge()
        return Saved(
            job=self._catalogue.summary(line), revision=line.job.revision, warnings=warnings
        )

    def set_enabled(self, refs: Sequence[str], enabled: bool) -> Sequence[JobSummary]:  # noqa: FBT001 - what is set
        """Switch jobs on or off, as one operation."""
        change = Change.ENABLE if enabled else Change.DISABLE

        def switched(stored: StoredJob) -> StoredJob:
            document = {**document_in(stored), "enabled": enabled}
            return msgspec.structs.replace(
                stored, enabled=enabled, body=_encoder.encode(document), finished_at=None
            )

        return self._change_each(refs, change, switched)

    def remove(self, refs: Sequence[str]) -> Sequence[JobSummary]:
        """Remove jobs; their history stays, undo brings them back, queued runs are cancelled."""
        now = self._clock.now()
        return self._change_each(
            refs, Change.REMOVE, lambda stored: msgspec.structs.replace(stored, removed_at=now)
        )

    def duplicate(self, refs: Sequence[str]) -> Sequence[Saved]:
        """Store a disabled copy of each job under a free name."""
        now = self._clock.now()

        def put(tables: Tables) -> list[JobLine]:
            originals = [job_of(tables, ref) for ref in refs]
            operation = tables.jobs.begin(Change.DUPLICATE, _label(originals), now)
            names, lines = set(tables.jobs.names()), []
            for stored in originals:
                name = free_name(_("{name} (copy)").format(name=stored.name), names)
                document = {**document_in(stored), "name": name, "enabled": False}
                copy = msgspec.structs.replace(
                    self._stored(document, now), schedule=stored.schedule, action=stored.action
                )
                tables.jobs.put(copy, operation)
                lines.append(JobLine(copy, None, None, None))
            return lines

        lines = self._store.write(put)
        return [Saved(job=self._catalogue.summary(line), revision=1) for line in lines]

    def undo(self) -> Undone:
        """Take back the newest operation that was not undone."""
        now = self._clock.now()

        def take_back(tables: Tables) -> Undone:
            last = tables.jobs.last_operation()
            if last is None:
                raise RequestFailed(title=_("There is nothing to undo"))
            operation, change, label = last
            reverse = tables.jobs.begin(Change.EDIT, label, now)
            for job_id, revision in tables.jobs.before(operation):
                present = tables.jobs.get(job_id)
                if present is None:
                    continue
                is_gone = revision is None or revision.is_removed
                body = present.body if revision is None else revision.body
                restored = self._stored(msgspec.json.decode(body), now)
                self._replace(
                    tables,
                    present,
                    msgspec.structs.replace(restored, removed_at=now if is_gone else None),
                    reverse,
                    now,
                )
            tables.jobs.mark_undone(operation, now)
            tables.jobs.mark_undone(reverse, now)
            return Undone(change=change, label=label)

        undone = self._store.write(take_back)
        self._wake.nudge()
        return undone

    def export(self, refs: Sequence[str] = ()) -> bytes:
        """Return the definitions of jobs, of all by default, in a stable order."""

        def look(tables: Tables) -> list[Document]:
            if refs:
                return [document_in(job_of(tables, ref)) for ref in refs]
            lines = tables.jobs.lines(finished=True, tag=None)
            return [document_in(line.job) for line in lines]

        return self._bundles.dump(self._store.read(look))

    def import_(self, data: bytes, *, dry_run: bool) -> Imported:
        """Store the jobs of a bundle, disabled and under free names; raises BadInput."""
        now, documents = self._clock.now(), self._bundles.load(data)
        taken = set(self._store.read(lambda tables: tables.jobs.names()))
        jobs, renamed, warnings = [], [], []
        for document in documents:
            wanted = str(document.get("name", ""))
            name = free_name(wanted, taken)
            if name != wanted:
                renamed.append((wanted, name))
            checked, remarks = self._imported({**document, "name": name, "enabled": False}, now)
            body = _encoder.encode(merge(document, msgspec.json.decode(checked.body)))
            jobs.append(msgspec.structs.replace(checked, body=body))
            warnings += [f"{name}: {remark}" for remark in remarks]
        if jobs and not dry_run:
            self._store.write(
                lambda tables: tables.jobs.put_many(
                    jobs, tables.jobs.begin(Change.IMPORT, _label(jobs), now)
                )
            )
        return Imported(
            names=tuple(job.name for job in jobs), renamed=tuple(renamed), warnings=tuple(warnings)
        )

    def _imported(self, document: Document, now: datetime) -> tuple[StoredJob, tuple[str, ...]]:
        """Check a document of a bundle, in which a one-off may lie in the past."""
        job = self._drafts.check(document, EPOCH, self._context())
        return self._stored(document_of(job), now), self._drafts.warnings(job, now, self._context())

    def _context(self) -> RuleContext:
        return RuleContext(self._zones.local_zone())

    def _checked(
        self,
        document: Document,
        now: datetime,
        accepted: Sequence[Trigger | UnknownTrigger] = (),
    ) -> tuple[StoredJob, tuple[str, ...]]:
        context = self._context()
        job = self._drafts.check(document, now, context, accepted)
        return self._stored(document_of(job), now), self._drafts.warnings(job, now, context)

    def _stored(self, document: Document, now: datetime) -> StoredJob:
        """Return a document as a new job; a one-off just past still gets its due time."""
        body = _encoder.encode(document)
        job = self._definitions.decoded(body)
        return StoredJob(
            id=JobId(secrets.token_hex(6)),
            revision=1,
            name=job.name,
            enabled=job.enabled,
            body=body,
            schedule=schedule_words(job),
            action=action_words(job),
            created_at=now,
            changed_at=now,
            decided_until=self._decided_until(job, now),
        )

    def _decided_until(self, job: Job, now: datetime) -> datetime:
        """Return from when on a new job has due times: a one-off a moment ago still runs."""
        context, earliest = self._context(), now - timedelta(seconds=ON_TIME_S)
        onces = [trigger for trigger in job.triggers if isinstance(trigger, Once)]
        dues = [once.next_after(earliest, context) for once in onces]
        return min([due.at - EPSILON for due in dues if due is not None] + [now])

    def _replace(
        self,
        tables: Tables,
        before: StoredJob,
        after: StoredJob,
        operation: int,
        now: datetime,
    ) -> JobLine:
        """Write the next revision of a job, with what was due before decided by the old one."""
        if before.enabled and before.removed_at is None and not is_paused(tables):
            if after.removed_at is None:
                self._planner.settle(tables, before, now, Settlement(defers=True))
            before = tables.jobs.get(before.id) or before
        revised = msgspec.structs.replace(
            after,
            id=before.id,
            revision=before.revision + 1,
            created_at=before.created_at,
            changed_at=now,
            grid_shift_us=before.grid_shift_us,
            decided_until=min(max(before.decided_until, after.decided_until), now),
        )
        if not before.enabled or before.removed_at is not None or before.finished_at is not None:
            revised = msgspec.structs.replace(revised, decided_until=after.decided_until)
        tables.jobs.put(revised, operation)
        if revised.removed_at is not None:
            self._cancel_runs(tables, revised.id, now)
        self._planner.plan(tables, revised)
        return line_of(tables, revised)

    def _cancel_runs(self, tables: Tables, job_id: JobId, now: datetime) -> None:
        why = Why(Reason.JOB_REMOVED)
        queued = []
        for one in tables.runs.open_runs(job_id):
            if one.run.status is Status.WAITING:
                tables.runs.ended(RunEnd(one.run.id, Status.CANCELLED, None, now, why))
            elif one.run.status is Status.QUEUED:
                queued.append(one.run.id)
        if queued:
            tables.requests.add(STOP, {"run_ids": queued}, now, now + timedelta(minutes=1))

    def _change_each(
        self, refs: Sequence[str], change: Change, after: Callable[[StoredJob], StoredJob]
    ) -> Sequence[JobSummary]:
        now = self._clock.now()

        def put(tables: Tables) -> list[JobLine]:
            found = [job_of(tables, ref) for ref in dict.fromkeys(refs)]
            jobs = list({stored.id: stored for stored in found}.values())
            operation = tables.jobs.begin(change, _label(jobs), now)
            return [
                self._replace(
                    tables,
                    stored,
                    msgspec.structs.replace(after(stored), decided_until=now),
                    operation,
                    now,
                )
                for stored in jobs
            ]

        lines = self._store.write(put)
        self._wake.nudge()
        return [self._catalogue.summary(line) for line in lines]


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the name, numbered where it is taken, and take it."""
    name, number = wanted, 2
    while folded(name) in taken:
        name, number = f"{wanted} ({number})", number + 1
    taken.add(folded(name))
    return name


def _label(jobs: Sequence[StoredJob]) -> str:
    if len(jobs) == 1:
        return jobs[0].name
    return ngettext("{count} job", "{count} jobs", len(jobs)).format(count=len(jobs))
