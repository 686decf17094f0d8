"""Pausing all jobs: kept in the settings, and told by one row per job at its end."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.deciding import Load
from deskcron.domain.instant import from_us, to_us
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import WakeKind, Wakeup
from deskcron.domain.storage import Tables
from deskcron.engine.absences import note_absence
from deskcron.engine.planner import Known, Planner
from deskcron.engine.settlement import Settlement

_KEY = "paused"


def is_paused(tables: Tables) -> bool:
    """Tell whether all jobs are paused."""
    return tables.settings.get(_KEY) is not None


def paused_until(tables: Tables) -> datetime | None:
    """Return when the pause ends by itself, None where there is no such time."""
    pause = tables.settings.get(_KEY)
    return from_us(pause["until"]) if pause and pause["until"] is not None else None


def begin_pause(tables: Tables, planner: Planner, now: datetime, until: datetime | None) -> None:
    """Pause all jobs; due times that passed before `now` are still decided by their policy."""
    settlement = Settlement(defers=True)
    if not is_paused(tables):
        for due in tables.jobs.due(now, -1):
            if due.job is not None:
                load = Load(due.going, due.in_line)
                planner.settle(tables, due.job, now, settlement, Known(due.due, load, due.hold))
        note_absence(tables, settlement.late_since, now)
    tables.settings.set(_KEY, {"since": to_us(now), "until": to_us(until) if until else None})
    if until is None:
        tables.wakeups.clear(WakeKind.PAUSE_END, "")
    else:
        tables.wakeups.set(Wakeup(until, WakeKind.PAUSE_END, ""))


def end_pause(tables: Tables, planner: Planner, now: datetime) -> int:
    """Resume: one range row per job says what the pause has skipped; return the due times.

    A pause that was to end before `now` skips nothing after that.
    """
    until = paused_until(tables)
    end = now if until is None else min(now, until)
    skipped = 0
    for due in tables.jobs.due(end, -1):
        if due.job is not None:
            skipped += planner.skip(tables, due.job, end, Why(Reason.PAUSED))
    tables.settings.set(_KEY, None)
    tables.wakeups.clear(WakeKind.PAUSE_END, "")
    return skipped
