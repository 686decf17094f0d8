"""Keep lengths of time when the clock is set back: what waits goes on for as long as it was to.

What waits for hours waits for a time of the clock, and looks at it anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from deskcron.domain.reason import CLOSED, Why
from deskcron.domain.records import WakeKind
from deskcron.domain.run import Status
from deskcron.domain.storage import Tables

_ELAPSING = frozenset({WakeKind.START, WakeKind.GATE, WakeKind.HOLD_END})
"""A pause is told to end at a time of the clock, and what is snoozed to come back at one."""
_EVER = timedelta(days=36_500)


def set_back(tables: Tables, now: datetime, shift: timedelta) -> None:
    """Move what waits with the clock; `shift` is negative, `now` what the clock shows after it."""
    for wakeup in tables.wakeups.others(now + _EVER, -1):
        if wakeup.kind in _ELAPSING and wakeup.at > now:
            tables.wakeups.set(wakeup._replace(at=max(now, wakeup.at + shift)))
            hold = tables.holds.get(wakeup.ref) if wakeup.kind is WakeKind.HOLD_END else None
            if hold is not None and hold.until is not None:
                tables.holds.set(hold._replace(until=hold.until + shift))
    for one in tables.runs.open_runs():
        run, until = one.run, one.run.reason_args.get("until")
        if run.status is not Status.WAITING or run.reason is None or run.reason in CLOSED:
            continue
        if until is not None:
            moved = (datetime.fromisoformat(str(until)) + shift).isoformat()
            tables.runs.waits(run.id, Why(run.reason, {**run.reason_args, "until": moved}))
