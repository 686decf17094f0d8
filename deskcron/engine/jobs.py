"""Changes of jobs: add, change, remove and undo, for screens and command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from deskcron.domain.answers import Changed, Resumed, Saved, Undoable, Undone
from deskcron.domain.codec import merge
from deskcron.domain.errors import ChangedElsewhere, RequestFailed
from deskcron.domain.job import Document
from deskcron.domain.policy import Notify
from deskcron.domain.ports import Clock, WakeChannel
from deskcron.domain.records import Change, JobLine, Revision, StoredJob
from deskcron.domain.run import JobId
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.catalogue import Catalogue, document_in, line_of
from deskcron.engine.chainnames import with_named_jobs
from deskcron.engine.definitions import Definitions
from deskcron.engine.holds import release
from deskcron.engine.muting import is_muted, rule_before, with_rule
from deskcron.engine.naming import fitted, free_name, label
from deskcron.engine.references import job_of
from deskcron.engine.revising import Revising

_encoder = msgspec.json.Encoder()


class JobService:
    """Change definitions, each change one operation that undo takes back. Thread: any."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        definitions: Definitions,
        revising: Revising,
        wake: WakeChannel,
        clock: Clock,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._definitions = definitions
        self._revising = revising
        self._wake = wake
        self._clock = clock

    def add(self, document: Document) -> Saved:
        """Store a new job; raises InvalidDraft with a problem for each field in question."""
        checked = self._revising.checked(self._with_named_jobs(document))
        job, now = checked.job, self._clock.now()

        def put(tables: Tables) -> JobLine:
            self._revising.put(tables, job, tables.jobs.begin(Change.ADD, job.name, now))
            self._revising.planner.plan(tables, job, now)
            return line_of(tables, job)

        line = self._store.write(put)
        self._wake.nudge()
        [summary] = self._catalogue.summaries([line])
        return Saved(job=summary, revision=1, warnings=checked.warnings)

    def save(self, job_id: JobId, document: Document, revision: int) -> Saved:
        """Store an edited draft; raises ChangedElsewhere when it was not the latest."""
        known = self._store.read(lambda tables: job_of(tables, job_id))
        accepted = self._definitions.present(known).triggers
        named = self._with_named_jobs(document)
        checked = self._revising.checked(named, accepted=accepted)

        def put(tables: Tables) -> JobLine:
            before = job_of(tables, job_id)
            if before.revision != revision:
                raise ChangedElsewhere(
                    title=_("'{name}' was not saved").format(name=before.name),
                    detail=_("it was changed elsewhere meanwhile"),
                    hint=_("Look at it again and repeat your change."),
                )
            merged = merge(document_in(before), msgspec.json.decode(checked.job.body))
            after = msgspec.structs.replace(checked.job, body=_encoder.encode(merged))
            operation = tables.jobs.begin(Change.EDIT, before.name, self._clock.now())
            return self._revising.replace(tables, before, after, operation)

        line = self._store.write(put)
        self._wake.nudge()
        [summary] = self._catalogue.summaries([line])
        return Saved(job=summary, revision=line.job.revision, warnings=checked.warnings)

    def _with_named_jobs(self, document: Document) -> Document:
        return self._store.read(lambda tables: with_named_jobs(tables, document))

    def set_enabled(self, refs: Sequence[str], enabled: bool) -> Changed:  # noqa: FBT001 - what is set
        """Switch jobs on or off, as one operation; raises RequestFailed for unreadable ones."""

        def switched(_tables: Tables, stored: StoredJob) -> StoredJob:
            body = _encoder.encode({**_readable(stored), "enabled": enabled})
            return msgspec.structs.replace(stored, enabled=enabled, body=body, finished_at=None)

        change = Change.ENABLE if enabled else Change.DISABLE
        return self._change_each(
            refs,
            change,
            switched,
            lambda stored: stored.enabled is not enabled or not document_in(stored),
        )

    def remove(self, refs: Sequence[str]) -> Changed:
        """Remove jobs and skip what waits of them; their history stays, undo brings them back."""
        now = self._clock.now()
        return self._change_each(
            refs,
            Change.REMOVE,
            lambda _tables, stored: msgspec.structs.replace(stored, removed_at=now),
        )

    def mute(self, refs: Sequence[str]) -> Changed:
        """Show no more banners of jobs; raises RequestFailed for unreadable ones."""
        return self._set_notify(refs, Change.MUTE, lambda _tables, _stored: Notify.NEVER)

    def mute_present(self, job_ids: Sequence[JobId]) -> Changed:
        """Mute those of some jobs that are still there; raises NotFound where none is."""

        def present(tables: Tables) -> list[JobId]:
            found = [tables.jobs.get(job_id) for job_id in job_ids]
            return [job.id for job in found if job is not None and job.removed_at is None]

        return self.mute(self._store.read(present) or job_ids)

    def unmute(self, refs: Sequence[str]) -> Changed:
        """Show banners again by the rules that held before the jobs were muted."""
        return self._set_notify(refs, Change.UNMUTE, rule_before)

    def _set_notify(
        self, refs: Sequence[str], change: Change, rule: Callable[[Tables, StoredJob], str]
    ) -> Changed:
        def with_banners(tables: Tables, stored: StoredJob) -> StoredJob:
            document = with_rule(_readable(stored), rule(tables, stored))
            return msgspec.structs.replace(stored, body=_encoder.encode(document))

        is_wanted_muted = change is Change.MUTE
        return self._change_each(
            refs,
            change,
            with_banners,
            lambda stored: is_muted(stored) is not is_wanted_muted or not document_in(stored),
        )

    def resume(self, refs: Sequence[str]) -> Resumed:
        """Let jobs run on that are held after failures; no change of them, so not undone."""
        now = self._clock.now()

        def let_all_go(tables: Tables) -> list[tuple[JobLine, bool]]:
            found = {job.id: job for job in (job_of(tables, ref) for ref in refs)}
            was_held = [release(tables, job_id, now) for job_id in found]
            lines = [line_of(tables, stored) for stored in found.values()]
            return list(zip(lines, was_held, strict=True))

        answers = self._store.write(let_all_go)
        self._wake.nudge()
        return Resumed(
            jobs=self._catalogue.summaries([line for line, was_held in answers if was_held]),
            others=self._catalogue.summaries([line for line, was_held in answers if not was_held]),
        )

    def duplicate(self, refs: Sequence[str]) -> Changed:
        """Store a disabled copy of each job under a free name, and return the copies."""

        def put(tables: Tables) -> tuple[list[JobLine], int]:
            originals = [job_of(tables, ref) for ref in refs]
            operation = tables.jobs.begin(Change.DUPLICATE, label(originals), self._clock.now())
            names, lines = set(tables.jobs.names()), []
            for stored in originals:
                name = free_name(fitted(stored.name, _("{name} (copy)")), names)
                document = {**document_in(stored), "name": name, "enabled": False}
                copy = self._revising.stored(document)
                self._revising.keep(tables, copy, operation)
                lines.append(line_of(tables, copy))
            return lines, operation

        return self._changed(*self._store.write(put))

    def undoable(self) -> Undoable | None:
        """Return the operation that undo would take back, None for none."""
        last = self._store.read(lambda tables: tables.jobs.last_operation())
        if last is None:
            return None
        operation, change, words = last
        return Undoable(operation=operation, change=change.value, label=words)

    def undo(self, wanted: int | None = None) -> Undone:
        """Take back the newest operation that was not undone.

        `wanted` is the number of the operation it has to be, None for whichever it is. A job that
        followed one which is gone for good follows it again, and that is told. Raises RequestFailed
        where it is another operation or there is none.
        """
        now = self._clock.now()

        def take_back(tables: Tables) -> Undone:
            operation, change, words = _newest(tables, wanted)
            reverse = tables.jobs.begin(Change.EDIT, words, now)
            revisions = tables.jobs.before(operation)
            for job_id, revision in revisions:
                present = tables.jobs.get(job_id)
                if present is not None:
                    after = self._restored(present, revision)
                    self._revising.replace(tables, present, after, reverse, is_restored=True)
            missing = [
                text
                for job_id, _revision in revisions
                for text in self._revising.missing(tables, job_id)
            ]
            tables.jobs.mark_undone(operation, now)
            tables.jobs.mark_undone(reverse, now)
            return Undone(change=change, label=words, warnings=tuple(missing))

        undone = self._store.write(take_back)
        self._wake.nudge()
        return undone

    def _restored(self, present: StoredJob, revision: Revision | None) -> StoredJob:
        """Return the job as it was; one that was not there is removed."""
        if revision is None or revision.is_removed:
            return msgspec.structs.replace(present, removed_at=self._clock.now())
        return self._revising.stored_body(revision.body)

    def _change_each(
        self,
        refs: Sequence[str],
        change: Change,
        after: Callable[[Tables, StoredJob], StoredJob],
        is_wanted: Callable[[StoredJob], bool] = lambda _stored: True,
    ) -> Changed:
        now = self._clock.now()

        def put(tables: Tables) -> tuple[list[JobLine], int | None]:
            found = {job.id: job for job in (job_of(tables, ref) for ref in refs)}
            wanted = {job_id: stored for job_id, stored in found.items() if is_wanted(stored)}
            if not wanted:  # nothing changes, so nothing is there to be undone
                return [line_of(tables, stored) for stored in found.values()], None
            operation = tables.jobs.begin(change, label(tuple(wanted.values())), now)
            lines = [
                self._revising.replace(
                    tables,
                    stored,
                    msgspec.structs.replace(after(tables, stored), decided_until=now),
                    operation,
                )
                if stored.id in wanted
                else line_of(tables, stored)
                for stored in found.values()
            ]
            return lines, operation

        return self._changed(*self._store.write(put))

    def _changed(self, lines: Sequence[JobLine], operation: int | None) -> Changed:
        self._wake.nudge()
        return Changed(jobs=self._catalogue.summaries(lines), operation=operation)


def _newest(tables: Tables, wanted: int | None) -> tuple[int, Change, str]:
    """Return the operation to take back; undo goes back in order, so that nothing is overrun."""
    last = tables.jobs.last_operation()
    if wanted is not None and (last is None or last[0] < wanted):
        raise RequestFailed(
            title=_("Nothing was undone"), detail=_("that change was taken back before")
        )
    if last is None:
        raise RequestFailed(title=_("There is nothing to undo"))
    if wanted is not None and last[0] > wanted:
        raise RequestFailed(
            title=_("Nothing was undone"),
            detail=_("jobs were changed again since then"),
            hint=_("Take back the newer changes first."),
        )
    return last


def _readable(stored: StoredJob) -> Document:
    document = document_in(stored)
    if not document:
        raise RequestFailed(
            title=_("'{name}' cannot be changed").format(name=stored.name),
            detail=_("its definition cannot be read"),
        )
    return document
