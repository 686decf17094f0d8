"""Jobs in SQL: the present version of each, its next due time and its last run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.errors import BadInput, RequestFailed
from deskcron.domain.instant import from_us, optional_us, to_us
from deskcron.domain.records import DueJob, JobLine, Standing, StoredJob, folded
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import DueTime
from deskcron.store.changed import ChangedSeq
from deskcron.store.jobrow import COLUMNS, JOB, LINE, hold_from, job_from, line_from, values_of
from deskcron.store.packed import unpack_ids
from deskcron.store.revisions import RevisionRows
from deskcron.store.runrow import IN_LINE, IS_OPEN

_GET = f"{JOB} WHERE j.id = ?"
_OPEN_RUNS = f"FROM runs AS r WHERE r.job = j.number AND {IS_OPEN}"
_STANDING = f"""
SELECT j.revision, EXISTS (SELECT 1 {_OPEN_RUNS} AND r.status = 'waiting'),
    EXISTS (SELECT 1 FROM listeners WHERE kind = 'after' AND key = j.id)
FROM jobs AS j WHERE j.id = ?
"""  # noqa: S608 - a condition from above
_DUE = f"""
SELECT {COLUMNS}, w.ref, w.at, w.wall, w.triggers,
    (SELECT count(*) {_OPEN_RUNS} AND NOT {IN_LINE}),
    (SELECT count(*) {_OPEN_RUNS} AND {IN_LINE}), h.failures, h.since, h.until
FROM wakeups AS w INDEXED BY wakeups_by_time LEFT JOIN jobs AS j ON j.id = w.ref
LEFT JOIN holds AS h ON h.job_id = w.ref
WHERE w.kind = 'due' AND w.at <= ? ORDER BY w.at LIMIT ?
"""  # noqa: S608 - names from beside
_BY_NAME = f"{JOB} WHERE j.name_key = ? AND j.removed_at IS NULL"
_REMOVED = f"""{JOB}
WHERE j.removed_at IS NOT NULL AND j.name_key = ?
    AND NOT EXISTS (SELECT 1 FROM revisions WHERE job_id = j.id AND revision = 1 AND is_removed)
ORDER BY j.removed_at DESC LIMIT 1
"""  # noqa: S608 - names from beside
"""A job that was removed from its first revision on is a draft that was only tested."""
_BY_PREFIX = f"""{JOB}
WHERE j.id >= ? AND j.id < ? AND j.removed_at IS NULL ORDER BY j.id LIMIT 10
"""
_LIVE = f"{JOB} WHERE j.enabled AND j.removed_at IS NULL ORDER BY j.name_key"
_LINES = f"{LINE} WHERE j.removed_at IS NULL ORDER BY j.name_key"
_LINES_UNFINISHED = f"""{LINE}
WHERE j.removed_at IS NULL AND j.finished_at IS NULL ORDER BY j.name_key
"""
_NAMES = "SELECT name_key, id FROM jobs WHERE removed_at IS NULL"
_NAMES_BY_ID = "SELECT id, name FROM jobs WHERE removed_at IS NULL ORDER BY name_key"
_INSERT = """
INSERT INTO jobs (
    id, revision, name, enabled, body, schedule, action, created_at, changed_at, decided_until,
    grid_shift_us, finished_at, removed_at, name_key, changed_seq
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT = f"""{_INSERT}
ON CONFLICT (id) DO UPDATE SET
    revision = excluded.revision, name = excluded.name, enabled = excluded.enabled,
    body = excluded.body, schedule = excluded.schedule, action = excluded.action,
    created_at = excluded.created_at, changed_at = excluded.changed_at,
    decided_until = excluded.decided_until, grid_shift_us = excluded.grid_shift_us,
    finished_at = excluded.finished_at, removed_at = excluded.removed_at,
    name_key = excluded.name_key, changed_seq = excluded.changed_seq
"""
_DECIDED = "UPDATE jobs SET decided_until = ?, finished_at = ?, changed_seq = ? WHERE id = ?"
_SET_BACK = """
UPDATE jobs SET
    decided_until = min(decided_until, ?), grid_shift_us = grid_shift_us + ?, changed_seq = ?
"""
_GONE = """
SELECT id FROM jobs WHERE removed_at < ? AND removed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.job = jobs.number)
UNION
SELECT id FROM jobs WHERE finished_at < ? AND finished_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.job = jobs.number)
"""
_DROP_WAKEUP = "DELETE FROM wakeups WHERE kind = 'due' AND ref = ?"
_DROP = "DELETE FROM jobs WHERE id = ?"


class _Tagged(msgspec.Struct):
    tags: tuple[str, ...] = ()


_tags_in = msgspec.json.Decoder(_Tagged).decode


class JobRows(RevisionRows):
    """Jobs and their revisions over one connection."""

    def __init__(self, connection: sqlite3.Connection, seq: ChangedSeq) -> None:
        super().__init__(connection)
        self._seq = seq

    def get(self, job_id: str) -> StoredJob | None:
        """Return a job, removed ones included."""
        return self._one(_GET, job_id)

    def standing(self, job_id: JobId) -> Standing | None:
        """Return what the end of a run has to know of its job."""
        row = self._connection.execute(_STANDING, (job_id,)).fetchone()
        return None if row is None else Standing(row[0], row[1] == 1, row[2] == 1)

    def due(self, until: datetime, limit: int) -> Sequence[DueJob]:
        """Return the next due times not later than `until`, earliest first, with their jobs."""
        rows = self._connection.execute(_DUE, (to_us(until), limit)).fetchall()
        return [_due_job(row) for row in rows]

    def by_name(self, name: str) -> StoredJob | None:
        """Return the job of this name, whatever its case."""
        return self._one(_BY_NAME, folded(name))

    def removed(self, name: str) -> StoredJob | None:
        """Return the job that was removed last of those of this name, whatever its case."""
        return self._one(_REMOVED, folded(name))

    def by_prefix(self, prefix: str) -> Sequence[StoredJob]:
        """Return up to ten jobs, not removed, whose id begins with `prefix`."""
        beyond = prefix + "\U0010ffff"
        rows = self._connection.execute(_BY_PREFIX, (prefix, beyond)).fetchall()
        return [job_from(row) for row in rows]

    def lines(self, *, finished: bool, tag: str | None) -> Iterator[JobLine]:
        """Go through all jobs by name, with the finished ones on demand, or those of one tag."""
        statement = _LINES if finished else _LINES_UNFINISHED
        lines = map(line_from, self._connection.execute(statement))
        return (line for line in lines if tag is None or _has_tag(line.job.body, tag))

    def live(self) -> Sequence[StoredJob]:
        """Return the enabled jobs."""
        return [job_from(row) for row in self._connection.execute(_LIVE).fetchall()]

    def names(self) -> Mapping[str, JobId]:
        """Return the folded name (`folded`) of every job that is not removed."""
        return dict(self._connection.execute(_NAMES).fetchall())

    def names_by_id(self) -> Mapping[JobId, str]:
        """Return the name of every job that is not removed, in their order."""
        return dict(self._connection.execute(_NAMES_BY_ID).fetchall())

    def put(self, job: StoredJob, operation: int) -> None:
        """Write a revision of a job and make it the present one.

        Raises BadInput when another job has the name, RequestFailed when the revision exists.
        """
        self._write(_PUT, [job], operation)

    def put_many(self, jobs: Sequence[StoredJob], operation: int) -> None:
        """Write the first revision of many new jobs at once; raises as `put` does."""
        self._write(_INSERT, jobs, operation)

    def decided(self, job_id: JobId, until: datetime, finished_at: datetime | None) -> None:
        """Record up to when the job's due times are decided."""
        self._connection.execute(
            _DECIDED, (to_us(until), optional_us(finished_at), self._seq.now(), job_id)
        )

    def set_back(self, now: datetime, shift_us: int) -> None:
        """Take `decided_until` back to `now` where it is later, and shift the grids."""
        self._connection.execute(_SET_BACK, (to_us(now), shift_us, self._seq.now()))

    def purge(self, removed_before: datetime) -> int:
        """Drop jobs removed or finished before that instant, with no run left; return how many."""
        instant = to_us(removed_before)
        gone: list[tuple[str]] = self._connection.execute(_GONE, (instant, instant)).fetchall()
        operations = self.operations_of(gone)
        self._connection.executemany(_DROP_WAKEUP, gone)
        self._connection.executemany(_DROP, gone)
        self.drop_unused(operations)
        return len(gone)

    def _write(self, statement: str, jobs: Sequence[StoredJob], operation: int) -> None:
        seq = self._seq.now()
        try:
            self._connection.executemany(
                statement, [(*values_of(job), folded(job.name), seq) for job in jobs]
            )
            self.add(jobs, operation)
        except sqlite3.IntegrityError as error:
            raise self._refused(jobs, error) from error

    def _refused(self, jobs: Sequence[StoredJob], error: sqlite3.IntegrityError) -> Exception:
        """Put into words why rows were refused; other reasons than names are our own fault."""
        text = str(error)
        if "name_key" in text:
            return BadInput(
                title=_("The name “{name}” is taken").format(name=self._taken_name(jobs)),
                detail=_("Two jobs cannot have the same name, whatever its case"),
                hint=_("Choose another name."),
            )
        if "revisions.revision" in text or "jobs.id" in text:
            return RequestFailed(
                title=_("The job was not saved"),
                detail=_("It was changed somewhere else in the meantime"),
                hint=_("Open it again and repeat the change."),
            )
        return error

    def _taken_name(self, jobs: Sequence[StoredJob]) -> str:
        owners = dict(self.names())
        taken = (
            job.name
            for job in jobs
            if job.removed_at is None and owners.setdefault(folded(job.name), job.id) != job.id
        )
        return next(taken, jobs[0].name)

    def _one(self, statement: str, key: str) -> StoredJob | None:
        row = self._connection.execute(statement, (key,)).fetchone()
        return None if row is None else job_from(row)


def _due_job(row: Sequence[Any]) -> DueJob:
    """Return what a row of _DUE says. Any: SQLite's values."""
    job_id, at, wall, triggers, going, in_line, *hold = row[-9:]
    local = None if wall is None else datetime.fromisoformat(wall)
    due = DueTime(from_us(at), local, unpack_ids(triggers))
    job = None if row[0] is None else job_from(row)
    return DueJob(JobId(job_id), due, job, going, in_line, hold_from(job_id, hold))


def _has_tag(body: bytes, tag: str) -> bool:
    try:
        tags = _tags_in(body).tags
    except UNDECODABLE:
        return False
    return tag.casefold() in (known.casefold() for known in tags)
