"""What one transaction has decided: runs that may start, what is caught up, what was missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import RunId
from deskcron.engine.ready import Ready

LEAD = timedelta(milliseconds=10)
"""How far ahead of its instant a due time is claimed, so that its run can start on time."""
STAGGER = timedelta(seconds=2)
"""Between the starts of caught-up runs of different jobs, so that a wake is no storm."""
LONGEST_STAGGER = timedelta(seconds=60)
CHECKING = Why(Reason.CHECKING)
"""What a run waits for whose guards are to be looked at."""


class Settlement:
    """What a transaction has decided.

    Beside the runs that may start there are those whose guards are to be looked at, and those
    that are to be stopped as another run takes their place.

    Due times are decided `lead` ahead of now. Where `defers` is set there is no runner in this
    process: runs are left to the engine by a wakeup.
    """

    def __init__(self, *, defers: bool = False, lead: timedelta = timedelta(0)) -> None:
        self.defers = defers
        self.lead = lead
        self.ready: list[Ready] = []
        self.to_check: list[RunId] = []
        self.replaced: list[RunId] = []
        self.caught_up = 0
        self.missed = 0
        self.late_since: datetime | None = None
        self.inbox_woken = False

    def further(self) -> Settlement:
        """Return one for the next transaction; what a person is to be told adds up in it."""
        after = Settlement(defers=self.defers, lead=self.lead)
        after.caught_up, after.missed = self.caught_up, self.missed
        after.inbox_woken, after.late_since = self.inbox_woken, self.late_since
        return after

    def note_late(self, since: datetime) -> None:
        """Remember that what was due at `since` could not be decided in time."""
        self.late_since = since if self.late_since is None else min(self.late_since, since)

    @property
    def is_news(self) -> bool:
        """Tell whether a person may want to hear of it."""
        return bool(self.caught_up or self.missed or self.inbox_woken)

    def stagger(self) -> timedelta:
        """Return how long the next caught-up run should wait for the ones before it."""
        return min(STAGGER * self.caught_up, LONGEST_STAGGER)


def decided_by(now: datetime, decided_until: datetime) -> datetime:
    """Return until when due times are decided: now, or what was claimed ahead of it.

    What is further ahead than a claim can be comes from a clock that was set back.
    """
    return decided_until if now < decided_until <= now + LEAD else now
