"""A run by hand that stands in for a due time that had none."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.records import NewRun
from deskcron.domain.review import answered_by, is_to_answer, stands_in
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.ready import Ready


def stand_in(definitions: Definitions, tables: Tables, run_id: int, now: datetime) -> Ready | None:
    """Insert a run that starts now, by the job's present revision, and answer the row by it.

    None where the row was executed or has its answer, or where its job was deleted.
    """
    row = tables.runs.get(run_id)
    stored = None if row is None else tables.jobs.get(row.job_id)
    if row is None or stored is None or stored.removed_at is not None or not is_to_answer(row):
        return None
    origin = stands_in(row)
    run = NewRun(stored.id, stored.revision, Cause.MANUAL, Status.QUEUED, now, origin=origin)
    number = tables.runs.insert(run)
    if number is None:
        raise RuntimeError("a run without due time cannot clash")
    tables.runs.answer(row.id, answered_by(number))
    return Ready(number, definitions.present(stored), Cause.MANUAL, None, origin=origin)
