"""Triggers that follow what happens instead of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from deskcron.domain.errors import Problem
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE, Due, RuleContext

LONGEST_DELAY_S = 30 * 86_400


class Topic(NamedTuple):
    """What is listened to: a kind of happening and, within it, which one; "" for any."""

    kind: str
    key: str = ""


class Listener(NamedTuple):
    """A trigger of a job that listens to a topic."""

    topic: Topic
    job_id: str
    trigger_id: str


class EventTrigger(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Say "now" when something happens, `delay_s` and by chance up to `random_delay_s` later.

    Within `at_most_every_s` after a run of this trigger nothing of it is run again.
    """

    id: str
    delay_s: int = 0
    random_delay_s: int = 0
    at_most_every_s: int = 0

    @property
    def topic(self) -> Topic:
        """Return what is listened to."""
        raise NotImplementedError

    @property
    def zone(self) -> str:
        """Name the computer's zone: there are no local times in it."""
        return LOCAL_ZONE

    @property
    def relative_to(self) -> None:
        """Count from no run."""

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return no due time: nobody knows when something happens."""
        del after, context
        return None

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int:
        """Count no due times."""
        del after, until, context
        return 0

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the trigger from being saved, in words."""
        del now, context
        text = _("A delay is from no time to 30 days.")
        return [
            Problem(field, text)
            for field in ("delay_s", "random_delay_s", "at_most_every_s")
            if not 0 <= getattr(self, field) <= LONGEST_DELAY_S
        ]

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Expect nothing that would surprise a person."""
        del now, context
        return ()

    def describe(self) -> str:
        """Put the trigger into words."""
        raise NotImplementedError

    def start_after_s(self, chance: float) -> float:
        """Return how long after the event a run starts; `chance` is from 0 to 1."""
        return self.delay_s + self.random_delay_s * chance
