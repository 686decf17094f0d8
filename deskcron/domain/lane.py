"""Lanes: so many runs at once, of all jobs that share one."""

from __future__ import annotations

from datetime import datetime

import msgspec

from deskcron.domain.run import JobId, RunId


class InLane(msgspec.Struct, frozen=True, kw_only=True):
    """A run that goes on in a lane."""

    run_id: RunId
    job_id: JobId
    job_name: str
    started_at: datetime | None


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A lane with room for so many runs at once, and those that are in it now."""

    name: str
    limit: int
    runs: tuple[InLane, ...]


class LaneUse(Lane, frozen=True, kw_only=True):
    """A lane with the jobs that run in it, by name."""

    jobs: tuple[str, ...]
