"""Say what the runs of a job come to."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.statistics import JobStatistics, counted
from deskcron.domain.storage import Store, Tables
from deskcron.engine.references import known_job_of


class Statistics:
    """Count the runs of jobs. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, ref: str, since: datetime | None = None) -> JobStatistics:
        """Return what a job's newest runs come to, also of a removed one.

        `since` leaves out what was recorded before. Raises NotFound.
        """

        def look(tables: Tables) -> JobStatistics:
            job = known_job_of(tables, ref)
            return counted(job.id, job.name, tables.runs.past(job.id, since))

        return self._store.read(look)
