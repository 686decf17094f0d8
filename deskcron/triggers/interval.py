"""Say "now" every so many seconds of real time, on a grid or after the last run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Literal

import msgspec

from deskcron.domain.errors import BadInput, Problem
from deskcron.domain.instant import from_us, to_us
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.trigger import LOCAL_ZONE, Due, RuleContext
from deskcron.triggers.limits import NO_LIMITS, Limits
from deskcron.triggers.names import with_zone
from deskcron.triggers.search import first_allowed, never_due
from deskcron.triggers.zones import zone_of

_SECOND_US = 1_000_000
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_S = 10 * 366 * 86_400
_OFTEN_S = 5


class Interval(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="interval"):
    """Say "now" every `every_s` seconds of elapsed time.

    On the grid that is at `start` and each whole number of intervals later, whatever happens.
    Counted from the start or end of the last run it is once, an interval later; before any
    run, an interval after `start`.
    """

    id: str
    every_s: int
    anchor: Literal["grid", "start", "end"] = "grid"
    start: str
    """ISO 8601 instant with its offset."""
    zone: str = LOCAL_ZONE
    """Where the limits are told."""
    limits: Limits = NO_LIMITS

    @property
    def relative_to(self) -> Literal["start", "end"] | None:
        """Say which event of a run the next due time counts from, None on the grid."""
        return None if self.anchor == "grid" else self.anchor

    def next_after(self, after: datetime, context: RuleContext) -> Due | None:
        """Return the first due time later than `after`; raises BadInput for an unusable rule.

        None while a run is in progress and the rule counts from its end. An overdue time
        counted from the last run is due at once.
        """
        every_us, start_us = self._checked_every_us(), self._start_us(context)
        if self.anchor == "grid":
            rule = partial(_next_on_grid, start_us, every_us)
        else:
            counted_from = context.last_start if self.anchor == "start" else context.last_end
            if self.anchor == "end" and context.last_start is not None and counted_from is None:
                return None
            base_us = start_us if counted_from is None else to_us(counted_from)
            rule = partial(_next_overdue, from_us(base_us + every_us))
        if self.limits == NO_LIMITS:
            return rule(after)
        zone = zone_of(self.zone, context.local_zone)
        return first_allowed(rule, after, self.limits, zone)

    def tally(self, after: datetime, until: datetime, context: RuleContext) -> int | None:
        """Count the due times in (after, until]; None where hours or weekdays limit them."""
        if self.anchor != "grid":
            due = self.next_after(after, context)
            return int(due is not None and due.at <= until)
        if self.limits.has_hours:
            return None
        if self.limits != NO_LIMITS:
            zone = zone_of(self.zone, context.local_zone)
            after, until = self.limits.clip(after, until, zone)
        every_us, start_us = self._checked_every_us(), self._start_us(context)
        last = (to_us(until) - start_us) // every_us
        before = max(-1, (to_us(after) - start_us) // every_us)
        return max(0, last - before)

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the rule from being saved, in words."""
        found: list[Problem] = []
        if not 1 <= self.every_s <= _LONGEST_S:
            found.append(Problem("every_s", _every_words(self.every_s)))
        if self.anchor not in {"grid", "start", "end"}:
            found.append(Problem("anchor", _("An interval counts from grid, start or end.")))
        try:
            parse_instant(self.start)
        except BadInput as error:
            found.append(Problem("start", str(error)))
        try:
            zone = zone_of(self.zone, context.local_zone)
        except BadInput as error:
            return (*found, Problem("zone", str(error)))
        found += self.limits.problems(now, zone)
        if found or self.limits == NO_LIMITS:
            return found
        fresh = RuleContext(context.local_zone)
        earliest = max(now, self.limits.begins(zone) or now)
        if words := never_due(self.next_after(now, fresh), earliest, zone):
            found.append(Problem("limits", words))
        return found

    def warnings(self, now: datetime, context: RuleContext) -> Sequence[str]:
        """Say what a person may not expect of the rule, in words."""
        if self.problems(now, context) or self.every_s >= _OFTEN_S:
            return ()
        return (_("Runs every few seconds; the history will grow by thousands of rows a day."),)

    def describe(self) -> str:
        """Put the rule into words, with its zone where that matters and is not the computer's."""
        text = _every_text(self.every_s)
        if self.anchor == "start":
            text = _("{rule}, counted from the start of the last run").format(rule=text)
        elif self.anchor == "end":
            text = _("{rule}, counted from the end of the last run").format(rule=text)
        limits = self.limits.describe()
        if not limits:
            return text
        text = _("{rule}, {limits}").format(rule=text, limits=limits)
        return with_zone(text, self.zone)

    def _start_us(self, context: RuleContext) -> int:
        """Return the start as moved by the clock having been set back since."""
        return to_us(parse_instant(self.start) + context.grid_shift)

    def _checked_every_us(self) -> int:
        if not 1 <= self.every_s <= _LONGEST_S:
            raise BadInput(title=_every_words(self.every_s))
        return self.every_s * _SECOND_US


@lru_cache(maxsize=1024)
def parse_instant(text: str) -> datetime:
    """Return the aware UTC datetime of ISO 8601 text with an offset; raises BadInput in words."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is not None:
            return from_us(to_us(instant))
    except (ValueError, OverflowError):
        pass  # the same words as for a text without an offset
    raise BadInput(
        title=_("'{text}' is not an instant").format(text=text),
        hint=_("Write it as 2026-12-24T17:30:00+01:00."),
    )


def _next_on_grid(start_us: int, every_us: int, after: datetime) -> Due:
    steps = max(0, (to_us(after) - start_us) // every_us + 1)
    return Due(from_us(start_us + steps * every_us))


def _next_overdue(candidate: datetime, after: datetime) -> Due:
    return Due(max(candidate, after + _MICROSECOND))


def _every_words(every_s: int) -> str:
    if every_s < 1:
        return _("An interval takes at least one second.")
    return _("An interval takes at most ten years.")


def _every_text(every_s: int) -> str:
    if every_s % 3600 == 0:
        count, text = (
            every_s // 3600,
            ngettext("Every hour", "Every {count} hours", every_s // 3600),
        )
    elif every_s % 60 == 0:
        count, text = (
            every_s // 60,
            ngettext("Every minute", "Every {count} minutes", every_s // 60),
        )
    else:
        count, text = every_s, ngettext("Every second", "Every {count} seconds", every_s)
    return text.format(count=count)
