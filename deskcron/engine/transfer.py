"""Write jobs to a file and take them in from one; imported jobs arrive disabled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from deskcron.domain.answers import Imported
from deskcron.domain.codec import merge
from deskcron.domain.instant import EPOCH
from deskcron.domain.job import Document
from deskcron.domain.ports import Bundles, Clock
from deskcron.domain.records import Change, StoredJob, folded
from deskcron.domain.storage import Store, Tables
from deskcron.engine.catalogue import document_in
from deskcron.engine.chainnames import with_jobs_by_name
from deskcron.engine.naming import free_name, label
from deskcron.engine.references import job_of
from deskcron.engine.revising import Revising

_encoder = msgspec.json.Encoder()


class Transfer:
    """Export and import. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store, revising: Revising, bundles: Bundles, clock: Clock) -> None:
        self._store = store
        self._revising = revising
        self._bundles = bundles
        self._clock = clock

    def export(self, refs: Sequence[str] = ()) -> bytes:
        """Return the definitions of jobs, of all by default, in a stable order."""

        def look(tables: Tables) -> list[Document]:
            lines = tables.jobs.lines(finished=True, tag=None)
            jobs = [job_of(tables, ref) for ref in refs] or [line.job for line in lines]
            documents = [document_in(job) for job in jobs]
            return [
                with_jobs_by_name(tables, one) for one in documents if one
            ]  # not what is damaged

        return self._bundles.dump(self._store.read(look))

    def import_(self, data: bytes, *, dry_run: bool) -> Imported:
        """Store the jobs of a bundle, disabled and under free names; raises BadInput."""
        now, documents = self._clock.now(), self._bundles.load(data)
        taken = set(self._store.read(lambda tables: tables.jobs.names()))
        jobs: list[StoredJob] = []
        renamed: list[tuple[str, str]] = []
        warnings: list[str] = []
        arriving: dict[str, StoredJob] = {}
        for document in documents:
            job, remarks = self._arriving({**document, "enabled": False}, taken)
            jobs.append(job)
            wanted = str(document["name"]).strip()
            if job.name != wanted:
                renamed.append((wanted, job.name))
            arriving.setdefault(folded(wanted), job)
            warnings += [f"{job.name}: {remark}" for remark in remarks]
        jobs, missing = self._store.read(lambda tables: self._chained(tables, jobs, arriving))
        warnings += missing
        operation = None
        if jobs and not dry_run:
            operation = self._store.write(lambda tables: self._put(tables, jobs, now))
        return Imported(
            names=tuple(job.name for job in jobs),
            operation=operation,
            renamed=tuple(renamed),
            warnings=tuple(warnings),
        )

    def _arriving(
        self, document: dict[str, Any], taken: set[str]
    ) -> tuple[StoredJob, tuple[str, ...]]:
        """Return a job of a bundle with its unknown fields; its one-offs may be long past."""
        name = document.get("name")
        if isinstance(name, str):
            document["name"] = free_name(name.strip(), taken)
        checked = self._revising.checked(document, at=EPOCH)
        body = _encoder.encode(merge(document, msgspec.json.decode(checked.job.body)))
        return msgspec.structs.replace(checked.job, body=body), checked.warnings

    def _chained(
        self, tables: Tables, jobs: Sequence[StoredJob], arriving: Mapping[str, StoredJob]
    ) -> tuple[list[StoredJob], list[str]]:
        """Return jobs that follow those that are here or arrive with them, and warnings."""
        ids = frozenset(job.id for job in jobs)
        found = [self._revising.arrived(tables, job, arriving, ids) for job in jobs]
        missing = [f"{job.name}: {text}" for job, texts in found for text in texts]
        return [job for job, _texts in found], missing

    def _put(self, tables: Tables, jobs: Sequence[StoredJob], now: datetime) -> int:
        operation = tables.jobs.begin(Change.IMPORT, label(jobs), now)
        tables.jobs.put_many(jobs, operation)
        self._revising.let_listen(tables, jobs)
        return operation
