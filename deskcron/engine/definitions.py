"""Decoded jobs by revision: a revision never changes, so it is decoded once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from deskcron.domain.codec import Codec
from deskcron.domain.job import Job
from deskcron.domain.records import StoredJob
from deskcron.domain.run import JobId
from deskcron.domain.storage import Tables

MOST_KEPT = 2_000


class Definitions:
    """Decode jobs, keeping those used last. Thread: any."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._kept: OrderedDict[tuple[JobId, int], tuple[bytes, Job]] = OrderedDict()
        self._lock = Lock()

    def present(self, stored: StoredJob) -> Job:
        """Return the present revision of a job."""
        return self._decoded(stored.id, stored.revision, stored.body)

    def glimpse(self, stored: StoredJob) -> Job:
        """Return the present revision of a job, which is not kept for it.

        Who lists thousands of jobs uses few of them.
        """
        with self._lock:
            body, job = self._kept.get((stored.id, stored.revision), (None, None))
        if job is None or body != stored.body:
            job = self._codec.decode(stored.id, stored.revision, stored.body)
        return job

    def decoded(self, body: bytes) -> Job:
        """Decode a document that is not stored yet."""
        return self._codec.decode(JobId(""), 0, body)

    def of_revision(self, tables: Tables, job_id: JobId, revision: int) -> Job | None:
        """Return a revision of a job, None where it is no longer kept."""
        with self._lock:
            kept = self._kept.get((job_id, revision))
        if kept is not None:
            return kept[1]
        body = tables.jobs.body(job_id, revision)
        return None if body is None else self._decoded(job_id, revision, body)

    def _decoded(self, job_id: JobId, revision: int, body: bytes) -> Job:
        key = (job_id, revision)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == body:  # not so after a change that was taken back
                self._kept.move_to_end(key)
                return kept[1]
        job = self._codec.decode(job_id, revision, body)
        with self._lock:
            self._kept[key] = (body, job)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return job
