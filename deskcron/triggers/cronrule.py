"""Take a checked cron expression to the instants it means, across clock changes.

cronsim only matches dates and fields here, on naive local time; what clock changes do to a
rule is decided in this file, as Debian's cron does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import Due
from deskcron.triggers.crontext import five_fields
from deskcron.triggers.zones import exists, is_missing_day, next_change, to_utc, wall_of

_SECOND = timedelta(seconds=1)
_ANY_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - naive on purpose, replaced before use


class CronRule:
    """A cron expression that can be due; made by `cron_rule`, never changed."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        self.is_wildcard = fields[0].startswith("*") or fields[1].startswith("*")
        self._matcher = CronSim(" ".join(fields), _ANY_TIME)
        self.minutes = tuple(sorted(self._matcher.minutes))
        self.hours = tuple(sorted(self._matcher.hours))

    def matches_day(self, day: date) -> bool:
        """Say whether month, day of month and day of week fit the date."""
        return day.month in self._matcher.months and self._matcher.match_day(day)

    def walls_after(self, wall: datetime) -> Iterator[datetime]:
        """Yield the matching naive local times later than `wall`, as if clocks never changed."""
        walls = copy(self._matcher)
        walls.dt = wall.replace(microsecond=0)
        return walls

    def next_after(self, zone: ZoneInfo, after: datetime) -> Due | None:
        """Return the first due time in the zone strictly later than `after`."""
        return self._next_real(zone, after) if self.is_wildcard else self._next_fixed(zone, after)

    def _next_fixed(self, zone: ZoneInfo, after: datetime) -> Due | None:
        """Return the next of the fixed times: right after a gap, once in a repeated hour."""
        for wall in self.walls_after(wall_of(after, zone)):
            at = to_utc(wall, zone)
            if at > after and (exists(wall, zone) or not is_missing_day(wall.date(), zone)):
                return Due(at, wall)
        return None

    def _next_real(self, zone: ZoneInfo, after: datetime) -> Due | None:
        """Return the next instant whose local time matches: real time, change by change."""
        known, wall = after, wall_of(after, zone)
        while True:
            match = next(self.walls_after(wall), None)
            if match is None:
                return None
            offset = known.astimezone(zone).utcoffset() or timedelta()
            at = (match - offset).replace(tzinfo=UTC)
            change = next_change(known, at, zone)
            if change is None:
                return Due(at)
            known, wall = change, wall_of(change, zone) - _SECOND


@lru_cache(maxsize=1024)
def cron_rule(expression: str) -> CronRule:
    """Return the rule of the text; raises BadInput in words, also when it can never be due."""
    fields = five_fields(expression)
    try:
        return CronRule(fields)
    except CronSimError as error:
        raise BadInput(
            title=_("This never comes about"),
            detail=_("no month of the rule has the day it names"),
        ) from error
