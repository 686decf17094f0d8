"""Say "now" by a cron expression of five fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial

import msgspec

from deskcron.domain.errors import BadInput, Problem
from deskcron.domain.pattern import pattern_of_cron
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE, Due, RuleContext
from deskcron.triggers.cronrule import cron_rule
from deskcron.triggers.crontally import cron_tally
from deskcron.triggers.crontext import field_name, five_fields
from deskcron.triggers.limits import NO_LIMITS, Limits
from deskcron.triggers.names import with_zone
from deskcron.triggers.rrulewords import pattern_text
from deskcron.triggers.search import first_allowed, never_due
from deskcron.triggers.zones import zone_of


class Cron(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="cron"):
    """Say "now" where the clocks of the zone match the expression, as Debian's cron does.

    Fixed times run right after a gap and once in a repeated hour; rules whose minute or hour
    starts with a star follow real time. A calendar day that a zone left out has no runs.
    """

    id: str
    expression: str
    zone: str = LOCAL_ZONE
    limits: Limits = NO_LIMITS

    @property
    def relative_to(self) -> None:
        """Count from nothing: the times are fixed."""

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return the first due time later than `after`; raises BadInput for an unusable rule."""
        zone = zone_of(self.zone, context.local_zone)
        rule = cron_rule(self.expression)
        if self.limits == NO_LIMITS:
            return rule.next_after(zone, after)
        return first_allowed(partial(rule.next_after, zone), after, self.limits, zone)

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int | None:
        """Count the due times in (after, until]; None where hours or weekdays limit them."""
        if self.limits.has_hours:
            return None
        zone = zone_of(self.zone, context.local_zone)
        return cron_tally(cron_rule(self.expression), zone, *self.limits.clip(after, until, zone))

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the rule from being saved, in words."""
        found: list[Problem] = []
        try:
            cron_rule(self.expression)
        except BadInput as error:
            found.append(Problem("expression", str(error)))
        try:
            zone = zone_of(self.zone, context.local_zone)
        except BadInput as error:
            return (*found, Problem("zone", str(error)))
        found += self.limits.problems(now, zone)
        if found:
            return found
        if words := never_due(cron_rule(self.expression).next_after(zone, now), now, zone):
            return (Problem("expression", words),)
        earliest = max(now, self.limits.begins(zone) or now)
        if words := never_due(self.next_after(now, context), earliest, zone):
            return (Problem("limits", words),)
        return ()

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Say what a person may not expect of the rule, in words."""
        if self.problems(now, context):
            return ()
        minute, hour, day, month, weekday = five_fields(self.expression)
        words: list[str] = []
        if day != "*" and weekday != "*":
            words.append(
                _("Runs only where both the day of the month and the day of the week fit.")
                if day.startswith("*") or weekday.startswith("*")
                else _("Runs on either: the days of the month, and also the days of the week.")
            )
        if (day, month) == ("29", "2") and weekday == "*":
            words.append(_("Runs only every 4 years, on the leap day."))
        for index, (text, size) in enumerate(((minute, 60), (hour, 24))):
            step = text.removeprefix("*/")
            if step != text and step.isdigit() and size % int(step):
                words.append(
                    _("{text} in the field {field} starts anew at 0, so one distance differs.")
                    .format(text=text, field=field_name(index))
                )  # fmt: skip
        return words

    def describe(self) -> str:
        """Put the rule into words, with its zone where that is not the computer's."""
        text = _words(five_fields(self.expression))
        limits = self.limits.describe()
        if limits:
            text = _("{rule}, {limits}").format(rule=text, limits=limits)
        return with_zone(text, self.zone)


def _words(fields: Sequence[str]) -> str:
    """Return the rule in words: those of the calendar for what people pick there as well."""
    if found := pattern_of_cron(" ".join(fields)):
        pattern, at = found
        return pattern_text(pattern, time.fromisoformat(at))
    from deskcron.triggers.words import cron_text  # noqa: PLC0415 - an engine goes without

    return cron_text(fields)
