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
_UNTIL = ("until", "delayed_until")
"""The parameters of reasons that say how long a run waits."""
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
        run = one.run
        moved = {
            key: (datetime.fromisoformat(str(run.reason_args[key])) + shift).isoformat()
            for key in _UNTIL
            if key in run.reason_args and run.reason not in CLOSED
        }
        if moved and run.status is Status.WAITING and run.reason is not None:
            tables.runs.waits(run.id, Why(run.reason, {**run.reason_args, **moved}))
