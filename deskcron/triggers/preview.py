"""Show the next due times of a job in local time, with what the clocks do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deskcron.domain.trigger import (
    DueTime,
    RuleContext,
    Trigger,
    UnknownTrigger,
)
from deskcron.triggers.schedule import Schedule
from deskcron.triggers.zones import is_repeated, wall_of, zone_of

_MICROSECOND = timedelta(microseconds=1)


class Mark(StrEnum):
    """What the clocks do around a due time."""

    GAP_MOVED = "gap-moved"  # the wall time does not exist; runs right after the gap
    REPEATED_HOUR = "repeated-hour"  # the clocks show this time twice
    OFFSET_CHANGES = "offset-changes"  # the UTC offset is not that of the item before


class PreviewItem(NamedTuple):
    """A due time: aware UTC, and aware local time in the zone of its first trigger."""

    at: datetime
    wall: datetime
    trigger_ids: tuple[str, ...]
    marks: tuple[Mark, ...]


def preview(
    triggers: Sequence[Trigger | UnknownTrigger], context: RuleContext, after: datetime, n: int
) -> list[PreviewItem]:
    """Return the first `n` due times later than `after`; raises BadInput for an unusable rule."""
    by_id = {trigger.id: trigger for trigger in triggers if not isinstance(trigger, UnknownTrigger)}
    items: list[PreviewItem] = []
    for due in islice(Schedule(triggers, context).walk(after), n):
        items.append(_item(due, by_id, context, items[-1] if items else None))
    return items


def _item(
    due: DueTime,
    triggers: Mapping[str, Trigger],
    context: RuleContext,
    previous: PreviewItem | None,
) -> PreviewItem:
    zone = _zone(triggers[due.trigger_ids[0]], context)
    wall = due.at.astimezone(zone)
    marks: list[Mark] = []
    if any(_is_moved(due.at, triggers[name], context) for name in due.trigger_ids):
        marks.append(Mark.GAP_MOVED)
    if is_repeated(wall_of(due.at, zone), zone):
        marks.append(Mark.REPEATED_HOUR)
    if previous and previous.at.astimezone(zone).utcoffset() != wall.utcoffset():
        marks.append(Mark.OFFSET_CHANGES)
    return PreviewItem(due.at, wall, due.trigger_ids, tuple(marks))


def _is_moved(at: datetime, trigger: Trigger, context: RuleContext) -> bool:
    """Say whether the trigger names a time that the clocks of its zone leave out."""
    due = trigger.next_after(at - _MICROSECOND, context)
    return due is not None and due.wall not in {None, wall_of(due.at, _zone(trigger, context))}


def _zone(trigger: Trigger, context: RuleContext) -> ZoneInfo:
    return zone_of(trigger.zone, context.local_zone)
