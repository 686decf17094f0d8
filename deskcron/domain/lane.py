"""How many runs go at once: of all jobs, and of those that share a lane."""

from __future__ import annotations

import msgspec

from deskcron.domain.run import Running

MOST_RUNNING = 64
"""Programs of all jobs at once."""


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A lane with room for so many runs at once, and those that are in it now."""

    name: str
    limit: int
    runs: tuple[Running, ...]


class LaneUse(Lane, frozen=True, kw_only=True):
    """A lane with the jobs that run in it, by name."""

    jobs: tuple[str, ...]
