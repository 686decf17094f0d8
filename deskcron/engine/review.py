"""Say what was due during an absence and what was done about it, and take a person's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from deskcron.domain.deciding import ON_TIME_S
from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import Clock
from deskcron.domain.records import InboxKind, RunFilter
from deskcron.domain.review import (
    Absence,
    ReviewLine,
    ReviewNews,
    by_job,
    is_left,
    is_to_answer,
    is_to_start,
    left,
    stand_in_of,
)
from deskcron.domain.run import JobId, Run, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.absences import is_told, kept_absences, mark_told
from deskcron.engine.control import Control
from deskcron.engine.references import run_of

_INSTANT = timedelta(microseconds=1)
_ALL = -1


class Review:
    """The look back after sleep or absence. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store, control: Control, clock: Clock) -> None:
        self._store = store
        self._control = control
        self._clock = clock

    def absences(self, since: datetime | None = None) -> Sequence[Absence]:
        """Return the latest absences in which something was due, newest first.

        `since` leaves out those that were over before.
        """
        found = self._store.read(kept_absences)
        return [one for one in reversed(found) if since is None or one.settled_at >= since]

    def lines(self, absence: Absence) -> Sequence[ReviewLine]:
        """Return a line for each job that was due, those that may be answered first, by name."""

        def look(tables: Tables) -> list[ReviewLine]:
            return [_line(tables, rows) for rows in _rows(tables, absence).values()]

        return sorted(self._store.read(look), key=_place)

    def news(self) -> ReviewNews | None:
        """Return the latest absence while it is not told and a person may answer something in it.

        Whoever shows it says so by `mark_told` when it was seen.
        """
        latest = self._store.read(_untold)
        if latest is None:
            return None
        lines = self.lines(latest)
        open_jobs = sum(line.may_run or line.may_skip for line in lines)
        if open_jobs:
            return ReviewNews(latest, len(lines), open_jobs)
        self._mark_told(latest, was_shown=False)
        return None

    def mark_told(self, absence: Absence) -> None:
        """Have no more news of an absence, which a person has seen."""
        self._mark_told(absence, was_shown=True)

    def run(self, run_id: int) -> RunId:
        """Have a job run now: for a due time that had no run, or before its time if it waits.

        Returns the run. Raises NotFound, NoEngine, and RequestFailed where it is too late.
        """
        row = self._store.read(lambda tables: run_of(tables, run_id))
        if row.status.is_open:
            self._control.proceed(row.id)
            return row.id
        number = self._control.stand_in(row.id)
        self._put_away()
        return number

    def skip(self, run_id: int) -> None:
        """Leave a due time out: a run that waits is skipped, one that was missed is left at that.

        Raises NotFound, RequestFailed where it is too late, and NoEngine for a run that waits.
        """
        row = self._store.read(lambda tables: run_of(tables, run_id))
        if row.status.is_open:
            self._control.decline(row.id)
            return
        if not self._leave([row]):
            raise RequestFailed(
                title=_("Run {run_id} stays as it is").format(run_id=row.id),
                detail=_("it has its run or its answer, or the rules of its job left it out"),
                hint=_("The review shows what became of it."),
            )
        self._put_away()

    def leave(self, absence: Absence) -> int:
        """Leave at that what was missed in an absence and has no answer; return how many jobs.

        What waits to be caught up goes on waiting.
        """
        count = self._leave([line.last for line in self.lines(absence) if not line.waiting])
        self._put_away()
        return count

    def _mark_told(self, absence: Absence, *, was_shown: bool) -> None:
        def mark(tables: Tables) -> None:
            if not is_told(tables, absence):
                mark_told(tables, absence, was_shown=was_shown)

        if not self._store.read(lambda tables: is_told(tables, absence)):
            self._store.write(mark)

    def _leave(self, rows: Iterable[Run]) -> int:
        wanted = [row.id for row in rows if is_to_answer(row)]
        return self._store.write(
            lambda tables: sum(tables.runs.answer(run_id, left()) for run_id in wanted)
        )

    def _put_away(self) -> None:
        """Mark what the inbox says of absences as done where everything has its answer."""
        now = self._clock.now()

        def settled(tables: Tables) -> list[int]:
            items = [item for item in tables.inbox.waiting() if item.kind is InboxKind.MISSED]
            return [
                item.id
                for absence in (kept_absences(tables) if items else ())
                for item in items
                if absence.until <= item.created_at <= absence.settled_at
                and not _is_open(tables, absence)
            ]

        def mark(tables: Tables) -> None:
            for item_id in done:
                tables.inbox.done(item_id, now)

        done = self._store.read(settled)
        if done:
            self._store.write(mark)


def _untold(tables: Tables) -> Absence | None:
    """Return the latest absence unless a person was told of it."""
    found = kept_absences(tables)
    return found[-1] if found and not is_told(tables, found[-1]) else None


def _rows(tables: Tables, absence: Absence) -> Mapping[JobId, Sequence[Run]]:
    """Return the rows of the jobs that were decided late, by job and due time.

    Rows were written when the absence was over, or are older ones that took its due times in. The
    newest due time of a job may have been in time, beside earlier ones that were not.
    """
    span = RunFilter(since=absence.until, until=absence.settled_at + _INSTANT, limit=_ALL)
    written = tables.runs.page(span)[::-1]
    extended = tables.runs.extended(absence.since, absence.until)
    decided = {(run.job_id, run.recorded_at) for run in written if _is_late(run)}
    in_time = {run.job_id for run in extended}
    found = list(extended)
    for run in written:
        is_first = run.job_id in in_time  # of those in time, the one beside the row that grew
        if run.due_at is not None and (is_first or (run.job_id, run.recorded_at) in decided):
            found.append(run)
            in_time.discard(run.job_id)
    return by_job(found)


def _is_late(run: Run) -> bool:
    """Tell whether the first due time of a row was decided late."""
    due_at = run.due_at
    return due_at is not None and (run.recorded_at - due_at).total_seconds() > ON_TIME_S


def _line(tables: Tables, rows: Sequence[Run]) -> ReviewLine:
    """Return the line about rows of one job."""
    last = rows[-1]
    waiting = [run for run in rows if run.status is Status.WAITING]
    number = stand_in_of(last.origin)
    may_answer = bool(waiting) or (is_to_answer(last) and _is_there(tables, last.job_id))
    return ReviewLine(
        job_id=last.job_id,
        job_name=last.job_name,
        runs=tuple(rows),
        starts_at=tables.wakeups.starts_at(waiting[0].id) if waiting else None,
        stand_in=None if number is None else tables.runs.get(number),
        is_left=is_left(last.origin),
        may_run=is_to_start(waiting) if waiting else may_answer,
        may_skip=may_answer,
    )


def _is_there(tables: Tables, job_id: JobId) -> bool:
    stored = tables.jobs.get(job_id)
    return stored is not None and stored.removed_at is None


def _is_open(tables: Tables, absence: Absence) -> bool:
    """Tell whether something was missed that has no answer."""
    return any(
        is_to_answer(rows[-1]) and _is_there(tables, job_id)
        for job_id, rows in _rows(tables, absence).items()
    )


def _place(line: ReviewLine) -> tuple[bool, str, str]:
    return (not (line.may_run or line.may_skip), line.job_name.casefold(), line.job_id)
