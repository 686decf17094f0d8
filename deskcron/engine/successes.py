"""Which process tells of runs that went well: the engine's if it has a screen, else a window's.

The engine says in the store whether it does. All others go by that, so nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskcron.domain.job import Job
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Cause, Run, RunId, Status
from deskcron.domain.storage import Store, Tables
from deskcron.engine.definitions import Definitions

MOST_NEW = 500
"""So many runs that came and went between two looks are looked at."""
_KEY = "successes.told_by_engine"


class Successes:
    """Share out what is told between the engine and windows beside it.

    Thread: the notification thread, but for `serve` and `are_told_by_engine`.
    """

    def __init__(self, store: Store, definitions: Definitions) -> None:
        self._store = store
        self._definitions = definitions
        self._is_engine = False
        self._has_screen = True
        self._has_said: bool | None = None
        self._open: frozenset[RunId] = frozenset()
        self._newest: int | None = None

    def serve(self) -> None:
        """Be the engine's process from now on."""
        self._is_engine = True

    def are_told_by_engine(self) -> bool:
        """Tell whether this is the engine's process and tells what its runs come to."""
        return self._is_engine and self._has_screen

    def look(self, *, has_screen: bool) -> Sequence[Job]:
        """Return the job of each success since the last look that a window is to tell.

        The engine's process says instead whether it has a screen.
        """
        if self._is_engine:
            self._say(has_screen=has_screen)
            return []
        return self._store.read(self._news) if has_screen else []

    def _say(self, *, has_screen: bool) -> None:
        self._has_screen = has_screen
        if has_screen is not self._has_said:
            self._store.write(lambda tables: tables.settings.set(_KEY, has_screen))
            self._has_said = has_screen

    def _news(self, tables: Tables) -> Sequence[Job]:
        """Return the jobs of successes; what was over at the first look is none."""
        newest = tables.runs.page(RunFilter(limit=1))
        before, seen = self._newest, self._open
        self._newest = newest[0].id if newest else 0
        self._open = frozenset(one.run.id for one in tables.runs.open_runs())
        if before is None or tables.settings.get(_KEY):
            return []
        ended = [tables.runs.get(run_id) for run_id in sorted(seen - self._open)]
        new = _newer(tables, before, self._newest)
        return list(self._told(tables, [*(run for run in ended if run is not None), *new]))

    def _told(self, tables: Tables, runs: Sequence[Run]) -> Iterator[Job]:
        """Return the jobs that want their success told; a reminder is in the inbox."""
        for run in runs:
            stored = tables.jobs.get(run.job_id)
            if run.status is Status.SUCCEEDED and run.cause is not Cause.TEST and stored:
                job = self._definitions.present(stored)
                if job.starts_process and job.policy.notify.wants(run.status):
                    yield job


def _newer(tables: Tables, before: int, newest: int) -> Sequence[Run]:
    """Return the runs that were recorded since, oldest first."""
    if newest <= before:
        return []
    runs = tables.runs.page(RunFilter(limit=min(newest - before, MOST_NEW)))
    return [run for run in reversed(runs) if run.id > before]
