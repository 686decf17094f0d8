"""Find the first due time of a rule that its limits allow, without trying every one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from deskcron.domain.daywords import date_text
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import Due
from deskcron.triggers.limits import Limits
from deskcron.triggers.zones import next_change, to_utc, wall_of

_MICROSECOND = timedelta(microseconds=1)
_MOST_WINDOWS = 4000
"""Windows tried before a rule counts as never due: one a day for more than ten years."""
_FARTHEST = timedelta(days=30 * 366)
"""How far ahead a window is looked for; a leap day falls on each weekday within 28 years."""
HORIZON = timedelta(days=5 * 366)
"""A rule that is not due within this time is taken for a mistake."""


def first_allowed(
    rule: Callable[[datetime], Due | None], after: datetime, limits: Limits, zone: ZoneInfo
) -> Due | None:
    """Return the first due time of `rule` after `after` inside the limits.

    `rule` returns its first due time strictly later than an instant. Fixed times are judged by
    the time the rule names, also where a clock change moves the run.
    """
    begins, ends = limits.begins(zone), limits.ends(zone)
    cursor = after if begins is None else max(after, begins - _MICROSECOND)
    farthest = cursor + _FARTHEST
    for _window in range(_MOST_WINDOWS):
        due = rule(cursor)
        if due is None or (ends is not None and due.at > ends) or due.at > farthest:
            return None
        wall = due.wall or wall_of(due.at, zone)
        if limits.allows(wall):
            return due
        opening = limits.opening_after(wall)
        if opening is None:
            return None
        cursor = max(due.at, _reopening(due.at, opening, zone) - _MICROSECOND)
    return None


def _reopening(at: datetime, opening: datetime, zone: ZoneInfo) -> datetime:
    """Return when to look again: at the opening, or at a clock change on the way there."""
    first = to_utc(opening, zone)
    opens = first if first > at else to_utc(opening, zone, 1)
    change = next_change(at, opens, zone)
    return opens if change is None else change


def never_due(due: Due | None, earliest: datetime, zone: ZoneInfo) -> str:
    """Return the words against a rule whose next due time is `due`; empty when all is well."""
    if due is None:
        return _("This never comes about: no date fits the rule.")
    if due.at - earliest > HORIZON:
        return _("The next run would be on {date}, more than five years away.").format(
            date=date_text(wall_of(due.at, zone))
        )
    return ""
