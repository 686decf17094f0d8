"""Say why a job did or did not run, what comes next, and what could keep it from running then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from deskcron.domain.answers import EngineState
from deskcron.domain.explanation import Explanation, Followed, FollowedState, Heard, Obstacle
from deskcron.domain.job import Job
from deskcron.domain.listening import EventTrigger
from deskcron.domain.outlook import Outlook
from deskcron.domain.ports import Clock
from deskcron.domain.records import JobLine, RunFilter, StoredJob
from deskcron.domain.run import Cause, Run, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.catalogue import Catalogue, line_of
from deskcron.engine.chainnames import with_present_names
from deskcron.engine.definitions import Definitions
from deskcron.engine.jobwords import schedule_words
from deskcron.engine.lookout import Lookout
from deskcron.engine.outlooks import Outlooks
from deskcron.engine.references import known_job_of
from deskcron.engine.rulezones import RunZones
from deskcron.triggers.afterjob import AfterJob
from deskcron.triggers.filechange import FileChange

DECISIONS = 10
_UNEXECUTED = frozenset({Status.SKIPPED, Status.MISSED, Status.QUEUED, Status.WAITING})
_BY_EVENTS = frozenset({Cause.EVENT, Cause.CHAIN})
_LOOK_BACK = 200
_LATEST = 20
"""Rows of another job in which its latest end is looked for."""


class _Rows(NamedTuple):
    """What the rows say, and what it takes to look at the conditions of the job."""

    answer: Explanation
    job: Job
    last_success_at: datetime | None


class Explaining:
    """Answer why, from the rows and a look at the machine. Thread: any, not the GUI's."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        definitions: Definitions,
        outlooks: Outlooks,
        lookout: Lookout,
        engine: Callable[[], EngineState],
        clock: Clock,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._definitions = definitions
        self._outlooks = outlooks
        self._lookout = lookout
        self._engine = engine
        self._clock = clock
        self._zones = RunZones()

    def why(self, ref: str) -> Explanation:
        """Explain a job, also a removed one; raises NotFound.

        The conditions of one that comes to be due are looked at after the rows are read, which
        takes as long as a person waits at most.
        """
        engine = self._engine()
        answer, job, last_success_at = self._store.read(
            lambda tables: self._from_rows(tables, known_job_of(tables, ref), engine)
        )
        if answer.outlook is None or not (answer.next_due_at or job.listening):
            return answer
        present = self._lookout.look(job, last_success_at)
        outlook = msgspec.structs.replace(answer.outlook, conditions=present)
        listening = self._with_missing_paths(job, answer.listening)
        return msgspec.structs.replace(answer, outlook=outlook, listening=listening)

    def _with_missing_paths(self, job: Job, listening: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """Name the paths that are watched and at which nothing is now."""
        paths = [one.path if isinstance(one, FileChange) else "" for one in job.listening]
        missing = self._lookout.missing([path for path in paths if path])
        return tuple(
            msgspec.structs.replace(heard, missing_path=path) if path in missing else heard
            for heard, path in zip(listening, paths, strict=True)
        )

    def _from_rows(self, tables: Tables, stored: StoredJob, engine: EngineState) -> _Rows:
        line, job = line_of(tables, stored), self._definitions.present(stored)
        rows = [
            self._zones.told(tables, run)
            for run in tables.runs.page(RunFilter(job_id=stored.id, limit=_LOOK_BACK))
        ]
        last = next(filter(_has_executed, rows), None)
        named, outlook = with_present_names(tables, job), self._outlook(tables, stored, job)
        summary = self._catalogue.summary(tables, line)
        answer = Explanation(
            job=summary,
            last_execution=last,
            decisions=tuple(rows[:DECISIONS]),
            next_due_at=line.next_due_at,
            obstacles=_obstacles(line, job, engine, outlook),
            held_since=line.hold.since if line.hold else None,
            times=_times(job) if job.listening else summary.schedule,
            listening=tuple(
                self._heard(tables, trigger, told.describe(), rows)
                for trigger, told in zip(job.listening, named.listening, strict=True)
            ),
            outlook=outlook,
            attempts=tuple(tables.runs.attempts(last.id)) if last and last.attempt > 1 else (),
        )
        has_conditions = outlook is not None and job.policy.conditions.all
        last_success_at = tables.runs.last_success(stored.id) if has_conditions else None
        return _Rows(answer, job, last_success_at)

    def _heard(
        self, tables: Tables, trigger: EventTrigger, text: str, rows: Sequence[Run]
    ) -> Heard:
        """Say what a trigger listens to, and what came of it last by some rows, newest first."""
        heard = [run for run in rows if run.cause in _BY_EVENTS and trigger.id in run.triggers]
        started = (run.recorded_at for run in heard if run.status is not Status.SKIPPED)
        rests = timedelta(seconds=trigger.at_most_every_s)
        rests_until = next((at + rests for at in started), None)
        is_over = rests_until is None or rests_until <= self._clock.now()
        return Heard(
            text=text,
            last_at=heard[0].recorded_at if heard else None,
            followed=_followed(tables, trigger) if isinstance(trigger, AfterJob) else None,
            rests_until=None if is_over else rests_until,
        )

    def _outlook(self, tables: Tables, stored: StoredJob, job: Job) -> Outlook | None:
        if stored.removed_at is not None or job.fault is not None:
            return None
        return self._outlooks.of(tables, stored, job, self._clock.now())


def _times(job: Job) -> str:
    """Return the rules of a job in words, but for the events it listens to."""
    rules = tuple(one for one in job.triggers if not isinstance(one, EventTrigger))
    return schedule_words(msgspec.structs.replace(job, triggers=rules)) if rules else ""


def _followed(tables: Tables, trigger: AfterJob) -> Followed:
    stored = tables.jobs.get(trigger.job)
    if stored is None:
        missing = FollowedState.MISSING
        return Followed(job_id=trigger.job, name=trigger.job_name, state=missing, last_run=None)
    latest = tables.runs.page(RunFilter(job_id=stored.id, limit=_LATEST))
    return Followed(
        job_id=stored.id,
        name=stored.name,
        state=_state(tables, stored),
        last_run=next((run for run in latest if not run.status.is_open), None),
    )


def _state(tables: Tables, stored: StoredJob) -> FollowedState | None:
    if stored.removed_at is not None:
        return FollowedState.REMOVED
    if not stored.enabled:
        return FollowedState.DISABLED
    if stored.finished_at is not None:
        return FollowedState.FINISHED
    return FollowedState.HELD if tables.holds.get(stored.id) is not None else None


def _has_executed(run: Run) -> bool:
    """Tell whether something of a run was executed, if only an attempt before."""
    return run.status not in _UNEXECUTED or run.attempt > 1


def _obstacles(
    line: JobLine, job: Job, engine: EngineState, outlook: Outlook | None
) -> tuple[Obstacle, ...]:
    """Say what keeps the job from running at its next due time, whatever its rules are."""
    if line.job.removed_at is not None:
        return (Obstacle.REMOVED,)
    open_runs = outlook.beside.runs if outlook is not None and outlook.beside else ()
    is_to_come = job.listening or (job.follows_runs and open_runs)
    found = []
    if job.fault is not None:
        found.append(Obstacle.FAULT)
    elif not line.job.enabled:
        found.append(Obstacle.DISABLED)
    elif line.job.finished_at is not None:
        found.append(Obstacle.FINISHED)
    elif line.next_due_at is None and not is_to_come:
        found.append(Obstacle.NO_DUE_TIME)
    if line.hold is not None:
        found.append(Obstacle.HELD)
    if any(one.run.status is Status.RUNNING for one in open_runs):
        found.append(Obstacle.STILL_RUNNING)
    due_at = line.next_due_at
    if engine.paused and (due_at is None or engine.leaves_out(due_at)):
        found.append(Obstacle.PAUSED)
    if not engine.running:
        found.append(Obstacle.NO_ENGINE)
    return tuple(found)
