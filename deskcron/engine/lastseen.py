"""What the clock has shown last, by the history, as far as that says something about it now."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Run
from deskcron.domain.storage import Tables

_BEFORE_SET_BACK = "before-set-back"
"""The newest run from before the clock was set back: its time says nothing about the clock."""


def last_seen(tables: Tables) -> datetime | None:
    """Return what the clock showed at the newest run since it was last set back."""
    newest = _newest(tables)
    if newest is None or newest.id <= (tables.settings.get(_BEFORE_SET_BACK) or 0):
        return None
    return newest.recorded_at


def forget_last_seen(tables: Tables) -> None:
    """Take the clock as it is in a transaction: it was set back since the newest run."""
    newest = _newest(tables)
    tables.settings.set(_BEFORE_SET_BACK, None if newest is None else newest.id)


def _newest(tables: Tables) -> Run | None:
    return next(iter(tables.runs.page(RunFilter(limit=1))), None)
