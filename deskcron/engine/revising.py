"""Make the next revision of a job: what was due is decided by the old one, the new one planned."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from deskcron.domain.deciding import ON_TIME_S
from deskcron.domain.errors import BadInput
from deskcron.domain.job import Document, Job
from deskcron.domain.ports import Clock, Zones
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import JobLine, RequestKind, StoredJob
from deskcron.domain.run import JobId
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import RuleContext, Trigger, UnknownTrigger
from deskcron.engine.absences import note_absence
from deskcron.engine.bars import Bars
from deskcron.engine.callingoff import call_off_waiting
from deskcron.engine.catalogue import document_in, line_of
from deskcron.engine.chainnames import follows_jobs, with_arrived_jobs
from deskcron.engine.definitions import Definitions
from deskcron.engine.drafts import Drafts, document_of
from deskcron.engine.holds import release
from deskcron.engine.jobwords import action_words, schedule_words
from deskcron.engine.listening import check_chains, check_circles, listen, missing_jobs
from deskcron.engine.pause import end_pause, is_paused, paused_until
from deskcron.engine.planner import Planner
from deskcron.engine.settlement import Settlement, decided_by
from deskcron.engine.watchdogs import await_success
from deskcron.triggers.once import Once

_EPSILON = timedelta(microseconds=1)
_CALL_OFF_EXPIRES = timedelta(minutes=1)
_encoder = msgspec.json.Encoder()


class Checked(msgspec.Struct, frozen=True):
    """A draft that may be stored, with what a person may not expect of it."""

    job: StoredJob
    warnings: tuple[str, ...]


class Revising:
    """Turn documents into stored jobs and put them in the place of earlier ones."""

    def __init__(
        self,
        definitions: Definitions,
        drafts: Drafts,
        zones: Zones,
        clock: Clock,
        bars: Bars | None = None,
    ) -> None:
        self._definitions = definitions
        self._drafts = drafts
        self._zones = zones
        self._clock = clock
        self.planner = Planner(definitions, zones, bars)

    def checked(
        self,
        document: Document,
        *,
        at: datetime | None = None,
        accepted: Sequence[Trigger | UnknownTrigger] = (),
    ) -> Checked:
        """Return a draft as a new job; raises InvalidDraft.

        One-offs are held against `at`, the present by default, unless `accepted` before.
        """
        now, context = self._clock.now(), RuleContext(self._zones.local_zone())
        job = self._drafts.check(document, at or now, context, accepted)
        return Checked(self.stored(document_of(job)), self._drafts.warnings(job, now, context))

    def draft(self, document: Document) -> StoredJob:
        """Return a draft as a new job, whatever a person may not expect; raises InvalidDraft."""
        now, context = self._clock.now(), RuleContext(self._zones.local_zone())
        return self.stored(document_of(self._drafts.check(document, now, context)))

    def stored(self, document: Document) -> StoredJob:
        """Return a document as a new job."""
        return self.stored_body(_encoder.encode(document))

    def stored_body(self, body: bytes) -> StoredJob:
        """Return an encoded document, readable or not, as a new job."""
        now, job = self._clock.now(), self._definitions.decoded(body)
        return StoredJob(
            id=JobId(os.urandom(6).hex()),
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

    def put(self, tables: Tables, job: StoredJob, operation: int) -> None:
        """Write a job; raises InvalidDraft where its chain leads back to itself."""
        check_chains(tables, job, self._definitions.decoded(job.body))
        self.keep(tables, job, operation)

    def keep(self, tables: Tables, job: StoredJob, operation: int) -> None:
        """Write a job whatever it follows: that was checked, or is not there any more."""
        definition = self._definitions.present(job)
        tables.jobs.put(job, operation)
        listen(tables, job, definition)
        await_success(tables, job, definition)

    def let_listen(self, tables: Tables, jobs: Sequence[StoredJob]) -> None:
        """Let new jobs listen to what their triggers say.

        Raises InvalidDraft where a chain leads back to itself.
        """
        known = [(job, self._definitions.present(job)) for job in jobs]
        for job, definition in known:
            if definition.listening:
                listen(tables, job, definition)
            if definition.policy.watchdogs.no_success_s is not None:
                await_success(tables, job, definition)
        for job, definition in known:
            check_circles(tables, job, definition)

    def arrived(
        self,
        tables: Tables,
        job: StoredJob,
        arriving: Mapping[str, StoredJob],
        arriving_ids: Collection[str],
    ) -> tuple[StoredJob, Sequence[str]]:
        """Return a new job from elsewhere with chains as they are here, and which of them are not.

        `arriving` are those that come with it, by the folded names they had there.
        """
        document = document_in(job)
        if not follows_jobs(document):
            return job, ()
        here = with_arrived_jobs(tables, document, arriving)
        if here != document:
            job = msgspec.structs.replace(self.stored(here), id=job.id)
        return job, missing_jobs(tables, self._definitions.decoded(job.body), arriving_ids)

    def replace(
        self,
        tables: Tables,
        before: StoredJob,
        after: StoredJob,
        operation: int,
        *,
        is_restored: bool = False,
    ) -> JobLine:
        """Write `after` as the next revision of `before`; raises InvalidDraft as `put` does.

        What `is_restored` may follow a job that has gone for good.
        """
        now = self._clock.now()
        was_live = before.enabled and before.removed_at is None and before.finished_at is None
        if was_live:
            self._decide_old(tables, before, after, now)
        revised = msgspec.structs.replace(
            after,
            id=before.id,
            revision=before.revision + 1,
            created_at=before.created_at,
            changed_at=now,
            grid_shift_us=before.grid_shift_us,
            decided_until=self._reaching_back(before, after, now)
            if was_live
            else after.decided_until,
        )
        if revised.removed_at is None and self._listens_anew(before, revised):
            check = check_circles if is_restored else check_chains
            check(tables, revised, self._definitions.decoded(revised.body))
        self.keep(tables, revised, operation)
        if revised.removed_at is not None or not revised.enabled:
            _call_off_runs(tables, revised, now)
        if revised.removed_at is not None or not self._has_brake(revised):
            release(tables, revised.id, now)
        self.planner.plan(tables, revised, now)
        return line_of(tables, tables.jobs.get(revised.id) or revised)

    def missing(self, tables: Tables, job_id: JobId) -> Sequence[str]:
        """Say in words which jobs a job follows that are not there."""
        stored = tables.jobs.get(job_id)
        if stored is None or stored.removed_at is not None:
            return ()
        return missing_jobs(tables, self._definitions.present(stored), ())

    def _has_brake(self, stored: StoredJob) -> bool:
        return self._definitions.present(stored).policy.brake.failures > 0

    def _listens_anew(self, before: StoredJob, after: StoredJob) -> bool:
        """Tell whether a job listens to something new; what it listened to may be gone by now."""
        was = self._definitions.decoded(before.body).listening
        return self._definitions.decoded(after.body).listening != was

    def _decide_old(
        self, tables: Tables, before: StoredJob, after: StoredJob, now: datetime
    ) -> None:
        """Write the rows of what was due until now under the rules that held."""
        until = paused_until(tables)
        if until is not None and until <= now:
            end_pause(tables, self.planner, until)
            before = tables.jobs.get(before.id) or before
        if is_paused(tables):
            self.planner.skip(tables, before, now, Why(Reason.PAUSED))
        elif after.removed_at is None:
            settlement = Settlement(defers=True)
            self.planner.settle(tables, before, now, settlement)
            note_absence(tables, settlement.late_since, now)
        else:
            self.planner.skip(tables, before, now, Why(Reason.JOB_REMOVED))

    def _reaching_back(self, before: StoredJob, after: StoredJob, now: datetime) -> datetime:
        """Return from when on an edited job has due times.

        That is what is decided of the old rules, or a new one-off's moment ago.
        """
        old = self._definitions.present(before).triggers
        new = self._definitions.decoded(after.body)
        is_new = not any(trigger in old for trigger in new.triggers)
        decided_until = decided_by(now, before.decided_until)
        return self._decided_until(new, decided_until) if is_new else decided_until

    def _decided_until(self, job: Job, now: datetime) -> datetime:
        """Return from when on a new job has due times: a lone one-off a moment ago still runs."""
        if not all(isinstance(trigger, Once) for trigger in job.triggers):
            return now
        context = RuleContext(self._zones.local_zone())
        earliest = now - timedelta(seconds=ON_TIME_S)
        begins = now
        for trigger in job.triggers:
            if isinstance(trigger, Once):
                with suppress(BadInput):  # a rule that cannot be used has no due time
                    due = trigger.next_after(earliest, context)
                    begins = min(begins, due.at - _EPSILON) if due is not None else begins
        return begins


def _call_off_runs(tables: Tables, job: StoredJob, now: datetime) -> None:
    """End what waits of a job that is gone or off; the engine is asked for what is queued."""
    is_gone = job.removed_at is not None
    why = Why(Reason.JOB_REMOVED if is_gone else Reason.JOB_DISABLED)
    queued = call_off_waiting(tables, job.id, why, now, is_gone=is_gone)
    if queued:
        args = {"run_ids": queued, "reason": why.code.value}
        tables.requests.add(RequestKind.CALL_OFF, args, now, now + _CALL_OFF_EXPIRES)
