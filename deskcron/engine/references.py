"""Find the job or run a person means."""

from __future__ import annotations

from deskcron.domain.errors import BadInput, NotFound
from deskcron.domain.records import StoredJob
from deskcron.domain.run import Run
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.drafts import shortened

LARGEST_NUMBER = 2**63 - 1
"""The store numbers rows by signed integers of 64 bits."""


def job_of(tables: Tables, ref: str) -> StoredJob:
    """Return the job of exactly this id, else of this name, else of this unique id prefix.

    Raises NotFound, or BadInput with the candidates where the prefix fits several. The id comes
    first, because whoever holds one means no job that has it for a name.
    """
    stored = tables.jobs.get(ref) or tables.jobs.by_name(ref)
    if stored is not None and stored.removed_at is None:
        return stored
    found = [job for job in tables.jobs.by_prefix(ref) if job.removed_at is None] if ref else []
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{job.name} ({job.id})" for job in found)
        raise BadInput(
            title=_("'{ref}' could mean several jobs").format(ref=shortened(ref)),
            detail=names,
            hint=_("Give the name or more of the id."),
        )
    raise NotFound(
        title=_("There is no job '{ref}'").format(ref=shortened(ref)),
        hint=_("The window and 'deskcron list --all' show all jobs."),
    )


def known_job_of(tables: Tables, ref: str) -> StoredJob:
    """Return the job that is meant, removed ones included: by its id, else the last of that name.

    Raises as `job_of` does.
    """
    stored = tables.jobs.get(ref)
    if stored is not None:
        return stored
    try:
        return job_of(tables, ref)
    except NotFound:
        stored = tables.jobs.removed(ref)
        if stored is None:
            raise
        return stored


def run_number(ref: str) -> int | None:
    """Return the number a person has typed, None where it is none or of no possible run."""
    if not (ref.isdecimal() and len(ref) <= len(str(LARGEST_NUMBER))):
        return None
    number = int(ref)
    return number if number <= LARGEST_NUMBER else None


def run_of(tables: Tables, run_id: int) -> Run:
    """Return a run; raises NotFound."""
    run = tables.runs.get(run_id) if 0 < run_id <= LARGEST_NUMBER else None
    if run is None:
        raise NotFound(
            title=_("There is no run {run_id}").format(run_id=run_id),
            hint=_("The history and 'deskcron runs' show the latest ones."),
        )
    return run
