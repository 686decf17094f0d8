"""Say "now" a single time, at a local time in a zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from deskcron.domain.daywords import date_text
from deskcron.domain.errors import BadInput, Problem
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE, Due, RuleContext
from deskcron.triggers.clocktext import parse_moment
from deskcron.triggers.names import time_text, with_zone
from deskcron.triggers.zones import exists, is_repeated, to_utc, wall_of, zone_of

_LATE = timedelta(seconds=60)
"""A time this little in the past still runs: the form was open while it passed."""


class Once(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="once"):
    """Say "now" at one local time; one that does not exist runs right after the gap."""

    id: str
    at: str
    """Local time 'YYYY-MM-DDTHH:MM[:SS]'."""
    zone: str = LOCAL_ZONE
    fold: Literal[0, 1] = 0
    """Which of the two is meant where the clocks show the time twice."""

    @property
    def relative_to(self) -> None:
        """Count from nothing: the time is fixed."""

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return the time if it is later than `after`; raises BadInput for an unusable rule."""
        wall = parse_moment(self.at)
        at = to_utc(wall, zone_of(self.zone, context.local_zone), self.fold)
        return Due(at, wall) if at > after else None

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int:
        """Count the due times in (after, until]."""
        due = self.next_after(after, context)
        return int(due is not None and due.at <= until)

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the time from being saved, in words."""
        try:
            wall = parse_moment(self.at)
        except BadInput as error:
            return (Problem("at", str(error)),)
        try:
            zone = zone_of(self.zone, context.local_zone)
        except BadInput as error:
            return (Problem("zone", str(error)),)
        if to_utc(wall, zone, self.fold) < now - _LATE:
            message = _("{moment} is in the past. Choose a later time, or run the job now.")
            return (Problem("at", message.format(moment=_moment_text(wall))),)
        return ()

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Say what the clocks do to the time, in words."""
        if self.problems(now, context):
            return ()
        wall, zone = parse_moment(self.at), zone_of(self.zone, context.local_zone)
        if is_repeated(wall, zone):
            message = (
                _("{time} occurs twice on that day; the second is meant.")
                if self.fold
                else _("{time} occurs twice on that day; the first is meant.")
            )
            return (message.format(time=time_text(wall.time())),)
        if exists(wall, zone):
            return ()
        moved = wall_of(to_utc(wall, zone), zone)
        message = _("{time} does not exist on that day; runs at {moved}.")
        text = time_text(moved.time()) if moved.date() == wall.date() else _moment_text(moved)
        return (message.format(time=time_text(wall.time()), moved=text),)

    def describe(self) -> str:
        """Put the time into words, with its zone where that is not the computer's."""
        wall = parse_moment(self.at)
        text = _("Once on {date} at {time}").format(
            date=date_text(wall), time=time_text(wall.time())
        )
        return with_zone(text, self.zone)


def _moment_text(wall: datetime) -> str:
    return _("{date}, {time}").format(date=date_text(wall), time=time_text(wall.time()))
