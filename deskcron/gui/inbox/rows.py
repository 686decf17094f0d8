"""The rows of the inbox: entries below the day they came in, what is put off at the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from deskcron.domain.answers import InboxEntry
from deskcron.gui.zones import midnight


class Group(IntEnum):
    """The parts of the inbox, in their order."""

    TODAY = 0
    YESTERDAY = 1
    EARLIER = 2
    PUT_OFF = 3


class Row(NamedTuple):
    """An entry, or without one the heading of its group."""

    group: Group
    entry: InboxEntry | None = None


def rows_of(entries: Sequence[InboxEntry], now: datetime, zone: tzinfo | None) -> list[Row]:
    """Return headings and entries: the newest first, of those put off the next to come back."""
    today, yesterday = _beginnings(now, zone)

    def day(entry: InboxEntry) -> Group:
        if entry.latest_at >= today:
            return Group.TODAY
        return Group.YESTERDAY if entry.latest_at >= yesterday else Group.EARLIER

    awake = [entry for entry in entries if not is_put_off(entry, now)]
    asleep = [entry for entry in entries if is_put_off(entry, now)]
    awake.sort(key=lambda entry: entry.latest_at, reverse=True)
    asleep.sort(key=lambda entry: entry.snoozed_until or now)
    rows = [Row(day(entry), entry) for entry in awake]
    rows += [Row(Group.PUT_OFF, entry) for entry in asleep]
    return [
        row
        for group, members in groupby(rows, key=lambda row: row.group)
        for row in (Row(group), *members)
    ]


def is_put_off(entry: InboxEntry, now: datetime) -> bool:
    """Tell whether the entry comes back later."""
    return entry.snoozed_until is not None and entry.snoozed_until > now


def _beginnings(now: datetime, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """Return the instants at which this day and the one before began, None: in the computer's."""
    today = now.astimezone(zone).date()
    return midnight(today, zone), midnight(today - timedelta(days=1), zone)
