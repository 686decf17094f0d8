"""What a person prefers: how banners are shown, how long history is kept, how the window looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

import msgspec

from deskcron.domain.errors import Problem
from deskcron.domain.sizewords import MB
from deskcron.domain.texts import gettext as _

LIMITS = {"history_days": (1, 3_650), "runs_per_job": (1, 10_000), "logs_mb": (1, 1_000_000)}
"""The least and the most of each number. From a job's last run its next due time may count."""
ONE_AT_ONCE = 1
"""How many runs of a lane go at once that nobody gave a number."""
MOST_IN_LANE = 64
LONGEST_LANE = 50


class Appearance(StrEnum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ZoneDisplay(StrEnum):
    """The zone in which times are shown: the computer's, UTC, or that of each rule."""

    COMPUTER = "computer"
    UTC = "utc"
    RULE = "rule"

    def zone(self, rule: tzinfo | None = None) -> tzinfo | None:
        """Return the zone to show an instant in, None for the computer's.

        `rule` is the zone of the rule it comes from, None where it comes from none.
        """
        if self is ZoneDisplay.UTC:
            return UTC
        return rule if self is ZoneDisplay.RULE else None


class Retention(NamedTuple):
    """What is kept: runs up to an age, some of each job whatever their age, bytes of logs."""

    history: timedelta
    runs_per_job: int
    logs_bytes: int


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of a person; the defaults hold where nothing was chosen.

    `notifier` names the back end that is asked first, "" the first that works. `knows_tray` is
    set once the person was told where the window goes when it is closed. Of each of the `lanes` so
    many runs go at once.
    """

    notifier: str = ""
    history_days: int = 90
    runs_per_job: int = 20
    logs_mb: int = 2048
    appearance: Appearance = Appearance.SYSTEM
    zone: ZoneDisplay = ZoneDisplay.COMPUTER
    knows_tray: bool = False
    lanes: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def retention(self) -> Retention:
        """Return what is kept of the past."""
        return Retention(timedelta(days=self.history_days), self.runs_per_job, self.logs_mb * MB)

    def problems(self) -> Sequence[Problem]:
        """Say which numbers cannot be used, in words."""
        text = _("A number from {least} to {most} is needed.")
        numbers = [
            Problem(field, text.format(least=least, most=most))
            for field, (least, most) in LIMITS.items()
            if not least <= getattr(self, field) <= most
        ]
        lanes = [
            Problem(f"lanes.{lane}", text.format(least=1, most=MOST_IN_LANE))
            for lane, limit in self.lanes.items()
            if not 1 <= limit <= MOST_IN_LANE
        ]
        return [*numbers, *lanes]
