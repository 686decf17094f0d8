"""What is handed from those who decide to those who execute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from deskcron.domain.job import Job
from deskcron.domain.run import NO_ORIGIN, Cause, RunId


class Ready(NamedTuple):
    """A run whose row says queued: it may start as soon as there is room.

    One that a person has let start `by_hand` does so whatever the hours of its job.
    """

    run_id: RunId
    job: Job
    cause: Cause
    due_at: datetime | None
    attempt: int = 1
    origin: Mapping[str, str] = NO_ORIGIN
    by_hand: bool = False
