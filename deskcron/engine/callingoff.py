"""End a run that waits without its start, so that neither wakeup nor question is left of it."""

from __future__ import annotations

from deskcron.domain.records import RunEnd, WakeKind
from deskcron.domain.storage import Tables


def forget_waiting(tables: Tables, end: RunEnd) -> None:
    """Take away what would let a waiting run on, and the question about it."""
    tables.wakeups.clear(WakeKind.START, str(end.run_id))
    tables.wakeups.clear(WakeKind.GATE, str(end.run_id))
    tables.inbox.answered(end.run_id, end.ended_at)


def call_off(tables: Tables, end: RunEnd) -> None:
    """Record the end of a run whose job is gone or held, so that nothing follows from it."""
    forget_waiting(tables, end)
    tables.runs.ended(end)
