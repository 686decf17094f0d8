"""Remember the last jumps of the clock, so that a person can be told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from deskcron.domain.instant import from_us, to_us
from deskcron.domain.storage import Tables

MOST_KEPT = 20
_KEY = "clock-jumps"


class ClockJump(NamedTuple):
    """When the clock was another one, as it shows since, and by how much; ahead is positive."""

    at: datetime
    seconds: float


def jumps_in(tables: Tables) -> Sequence[ClockJump]:
    """Return those that are remembered, the newest last."""
    return [ClockJump(from_us(at), seconds) for at, seconds in tables.settings.get(_KEY) or ()]


def remember(tables: Tables, jump: ClockJump) -> None:
    """Add one in a transaction; the oldest go.

    Those from the time when the clock was ahead move back with it.
    """
    shift = timedelta(seconds=min(0.0, jump.seconds))
    known = [
        one if one.at <= jump.at else one._replace(at=min(jump.at, one.at + shift))
        for one in jumps_in(tables)
    ]
    known = [*known, jump][-MOST_KEPT:]
    tables.settings.set(_KEY, [[to_us(one.at), round(one.seconds, 1)] for one in known])
