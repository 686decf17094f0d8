"""Claim what is due: one short transaction on the clock thread, then hand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from deskcron.domain.action import Urgency
from deskcron.domain.deciding import Load
from deskcron.domain.records import DueJob, InboxItem, InboxKind, WakeKind, Wakeup
from deskcron.domain.run import RunId
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.absences import note_absence
from deskcron.engine.admission import as_ready, proceed
from deskcron.engine.definitions import Definitions
from deskcron.engine.holds import release
from deskcron.engine.pause import end_pause, is_paused
from deskcron.engine.planner import Known, Planner
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import LEAD, Settlement
from deskcron.engine.watchdogs import miss_start, miss_success

LONGEST_LOOK = timedelta(minutes=10)
"""When guards are looked at again that nobody has decided by then."""
BATCH = 500
"""Wakeups in one transaction at most."""


class Dispatcher:
    """Turn wakeups into rows and hand runs that may start to `submit`. Thread: clock.

    Runs whose guards are to be looked at go to `check`, those that give way to `replace`; both
    return at once.

    Due times are claimed LEAD ahead, so `submit` is given runs that are not due yet. Whether an
    earlier run of a job still goes on is looked at then, too.
    """

    def __init__(
        self,
        store: Store,
        planner: Planner,
        definitions: Definitions,
        *,
        submit: Callable[[Sequence[Ready]], None],
        check: Callable[[Sequence[RunId]], None],
        replace: Callable[[Sequence[RunId]], None],
        told: Callable[[Settlement], None],
    ) -> None:
        self._store = store
        self._planner = planner
        self._definitions = definitions
        self._submit = submit
        self._check = check
        self._replace = replace
        self._told = told
        self._untold = Settlement(lead=LEAD)

    def claim(self, now: datetime) -> datetime | None:
        """Claim up to BATCH wakeups due at `now`; return when to claim next.

        What an absence has brought is told once, with the claim that leaves nothing due.
        """
        upcoming, settlement = self._store.write(lambda tables: self._claim(tables, now))
        has_more = _is_due(upcoming, now)
        self._untold = settlement if has_more else Settlement(lead=LEAD)
        self._submit(settlement.ready)
        self._replace(settlement.replaced)
        self._check(settlement.to_check)
        if settlement.is_news and not has_more:
            self._told(settlement)
        return upcoming

    def _claim(self, tables: Tables, now: datetime) -> tuple[datetime | None, Settlement]:
        settlement = self._untold.further()  # anew each time that the change is made
        for wakeup in tables.wakeups.others(now, BATCH, paused=is_paused(tables)):
            tables.wakeups.clear(wakeup.kind, wakeup.ref)
            self._see_to(tables, wakeup, now, settlement)
        if not is_paused(tables):
            for due in tables.jobs.due(now + LEAD, BATCH):
                self._due(tables, due, now, settlement)
        note_absence(tables, settlement.late_since, now)
        upcoming = _claim_at(tables.wakeups.earliest(paused=is_paused(tables)))
        if settlement.missed and not _is_due(upcoming, now):
            tables.inbox.add(_missed_item(settlement.missed, now))
        return upcoming, settlement

    def _see_to(
        self, tables: Tables, wakeup: Wakeup, now: datetime, settlement: Settlement
    ) -> None:
        """Do what is due at a wakeup other than a due time."""
        if wakeup.kind is WakeKind.START:
            self._start(tables, wakeup, now, settlement)
        elif wakeup.kind is WakeKind.GATE:
            tables.wakeups.set(wakeup._replace(at=now + LONGEST_LOOK))
            settlement.to_check.append(RunId(int(wakeup.ref)))
        elif wakeup.kind is WakeKind.HOLD_END:
            release(tables, wakeup.ref, now)
        elif wakeup.kind is WakeKind.PAUSE_END:
            end_pause(tables, self._planner, now)
        elif wakeup.kind is WakeKind.SNOOZE or self._is_noticed(tables, wakeup, now):
            settlement.inbox_woken = True

    def _is_noticed(self, tables: Tables, wakeup: Wakeup, now: datetime) -> bool:
        """Let a watchdog look, and return whether it has something to tell."""
        if wakeup.kind is WakeKind.NO_SUCCESS:
            stored = tables.jobs.get(wakeup.ref)
            if stored is None:
                return False
            return miss_success(tables, stored, self._definitions.present(stored), now)
        run = tables.runs.get(int(wakeup.ref))
        ready = None if run is None else as_ready(self._definitions, tables, run)
        return run is not None and ready is not None and miss_start(tables, ready.job, run, now)

    def _due(self, tables: Tables, due: DueJob, now: datetime, settlement: Settlement) -> None:
        if due.job is None:
            tables.wakeups.clear(WakeKind.DUE, due.job_id)
        else:
            load = Load(due.going, due.in_line)
            self._planner.settle(tables, due.job, now, settlement, Known(due.due, load, due.hold))

    def _start(self, tables: Tables, wakeup: Wakeup, now: datetime, settlement: Settlement) -> None:
        run = tables.runs.get(int(wakeup.ref))
        ready = None if run is None else proceed(self._definitions, tables, run, now)
        if ready is not None:
            settlement.ready.append(ready)


def _claim_at(earliest: Wakeup | None) -> datetime | None:
    if earliest is None:
        return None
    return earliest.at - LEAD if earliest.kind is WakeKind.DUE else earliest.at


def _is_due(upcoming: datetime | None, now: datetime) -> bool:
    return upcoming is not None and upcoming <= now


def _missed_item(count: int, now: datetime) -> InboxItem:
    text = ngettext("{count} due time was missed.", "{count} due times were missed.", count)
    return InboxItem(
        id=0,
        kind=InboxKind.MISSED,
        run_id=None,
        job_id=None,
        title=_("While deskcron was away"),
        text=text.format(count=count),
        urgency=Urgency.NORMAL,
        created_at=now,
    )
