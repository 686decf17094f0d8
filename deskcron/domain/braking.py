"""When a job is stopped from running on: after failures in a row, or enough runs in a day."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from deskcron.domain.run import Status


class Brake(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold a job after `failures` in a row, and beyond `runs_per_day`; 0 for no such limit.

    A held job goes on after `resume_s`, None for when a person says so.
    """

    failures: int = 0
    resume_s: int | None = None
    runs_per_day: int = 0

    def is_reached(self, outcomes: Sequence[Status]) -> bool:
        """Tell whether a job's latest ends, newest first, are as many failures as it may have."""
        latest = outcomes[: self.failures]
        return 0 < self.failures == len(latest) and all(end.is_trouble for end in latest)
