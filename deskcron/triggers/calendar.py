"""Say "now" on the dates of a recurrence rule, at one time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from deskcron.domain.errors import BadInput, Problem
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE, Due, RuleContext
from deskcron.triggers.clocktext import parse_date, parse_time
from deskcron.triggers.limits import NO_LIMITS, Limits
from deskcron.triggers.names import with_zone
from deskcron.triggers.recurrence import first_date
from deskcron.triggers.rruletext import rule_parts
from deskcron.triggers.rrulewords import rule_text
from deskcron.triggers.search import first_allowed, never_due
from deskcron.triggers.zones import exists, is_missing_day, to_utc, wall_of, zone_of

_DAY = timedelta(days=1)


class Calendar(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="calendar"):
    """Say "now" at a fixed time on the dates of a recurrence rule of RFC 5545.

    Right after a gap, once in a repeated hour; a calendar day that a zone left out has no run.
    """

    id: str
    rule: str
    """Such as 'FREQ=MONTHLY;BYDAY=-1FR', without start, count, end and time."""
    at: str
    """Local time of day 'HH:MM[:SS]'."""
    start_date: str
    """'YYYY-MM-DD': no date before it, and what "every other" counts from."""
    zone: str = LOCAL_ZONE
    limits: Limits = NO_LIMITS

    @property
    def relative_to(self) -> None:
        """Count from nothing: the times are fixed."""

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return the first due time later than `after`; raises BadInput for an unusable rule."""
        zone = zone_of(self.zone, context.local_zone)
        if self.limits == NO_LIMITS:
            return self._next(zone, after)
        return first_allowed(partial(self._next, zone), after, self.limits, zone)

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int | None:  # noqa: ARG002 - the protocol's
        """Leave the counting to walking: there is at most one a day."""
        return None

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the rule from being saved, in words."""
        found: list[Problem] = []
        for field, parse in (("rule", rule_parts), ("at", parse_time), ("start_date", parse_date)):
            try:
                parse(getattr(self, field))
            except BadInput as error:
                found.append(Problem(field, str(error)))
        try:
            zone = zone_of(self.zone, context.local_zone)
        except BadInput as error:
            return (*found, Problem("zone", str(error)))
        found += self.limits.problems(now, zone)
        if found:
            return found
        due = self._next(zone, now)
        if due is None:
            return (Problem("rule", never_due(due, now, zone)),)
        earliest = max(due.at, self.limits.begins(zone) or now)
        if words := never_due(self.next_after(now, context), earliest, zone):
            return (Problem("limits", words),)
        return ()

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Say what a person may not expect of the rule, in words."""
        if self.problems(now, context):
            return ()
        parts = rule_parts(self.rule)
        if parts.frequency == "YEARLY" and self._is_leap_day():
            return (_("Runs only every 4 years, on the leap day."),)
        if parts.frequency != "MONTHLY":
            return ()
        days = [int(day) for day in parts.value("BYMONTHDAY").split(",") if day]
        if not days and not parts.value("BYDAY"):
            days = [parse_date(self.start_date).day]
        words = {
            29: _("Most Februaries have no 29th; choose the last day to run in every month."),
            30: _("Months without a 30th are skipped; choose the last day to run in every month."),
            31: _("Months without a 31st are skipped; choose the last day to run in every month."),
        }
        return () if -1 in days else [words[day] for day in sorted(days) if day in words]

    def describe(self) -> str:
        """Put the rule into words, with its zone where that is not the computer's."""
        text = rule_text(rule_parts(self.rule), parse_date(self.start_date), parse_time(self.at))
        if limits := self.limits.describe():
            text = _("{rule}, {limits}").format(rule=text, limits=limits)
        return with_zone(text, self.zone)

    def _next(self, zone: ZoneInfo, after: datetime) -> Due | None:
        rule, hour = rule_parts(self.rule), parse_time(self.at)
        start, day = parse_date(self.start_date), wall_of(after, zone).date()
        while (date := first_date(rule, start, day)) is not None:
            wall = datetime.combine(date, hour)
            at = to_utc(wall, zone)
            if at > after and (exists(wall, zone) or not is_missing_day(date, zone)):
                return Due(at, wall)
            day = date + _DAY
        return None

    def _is_leap_day(self) -> bool:
        parts, start = rule_parts(self.rule), parse_date(self.start_date)
        if parts.others:
            return (parts.value("BYMONTH"), parts.value("BYMONTHDAY")) == ("2", "29")
        return (start.month, start.day) == (2, 29)
