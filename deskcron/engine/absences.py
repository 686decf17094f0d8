"""The latest times in which due times were not decided, kept in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.instant import from_us, to_us
from deskcron.domain.review import Absence
from deskcron.domain.storage import Tables

MOST_KEPT = 20
_KEY = "absences"
_TOLD = "absence-told"
_CLOSED = "absence-closed"


def note_absence(tables: Tables, since: datetime | None, now: datetime) -> None:
    """Keep that due times from `since` on are decided only now; None where all were in time.

    What is decided in several transactions, or from within the latest absence, is one.
    """
    if since is None:
        return
    found = list(kept_absences(tables))
    absence = Absence(since=since, until=now, settled_at=now)
    if found and since <= found[-1].settled_at and not _is_closed(tables, found[-1]):
        before = found.pop()
        absence = Absence(since=min(before.since, since), until=before.until, settled_at=now)
    kept = [*found, absence][-MOST_KEPT:]
    tables.settings.set(
        _KEY, [[to_us(one.since), to_us(one.until), to_us(one.settled_at)] for one in kept]
    )


def close_absence(tables: Tables) -> None:
    """Let the latest absence take no more in: the clock was set back, so that later is earlier."""
    found = kept_absences(tables)
    if found:
        tables.settings.set(_CLOSED, to_us(found[-1].until))


def kept_absences(tables: Tables) -> Sequence[Absence]:
    """Return the absences that are known, the oldest first."""
    return [
        Absence(since=from_us(since), until=from_us(until), settled_at=from_us(settled))
        for since, until, settled in tables.settings.get(_KEY) or ()
    ]


def has_ended_between(tables: Tables, first: datetime, last: datetime) -> bool:
    """Tell whether an absence was settled after one due time and before another."""
    return any(first <= one.settled_at < last for one in kept_absences(tables))


def is_told(tables: Tables, absence: Absence) -> bool:
    """Tell whether a person was told of the latest absence, or needs not to be.

    One of which nothing was to be told so far is looked at anew when more of it is decided.
    """
    told = tables.settings.get(_TOLD) or {}
    if told.get("until") != to_us(absence.until):
        return False
    return bool(told["was_shown"] or told["settled_at"] == to_us(absence.settled_at))


def mark_told(tables: Tables, absence: Absence, *, was_shown: bool) -> None:
    """Record that an absence was looked at, and whether a person was told of it.

    Nobody asks about one that is not the latest any more.
    """
    if kept_absences(tables)[-1].until == absence.until:
        at = {"until": to_us(absence.until), "settled_at": to_us(absence.settled_at)}
        tables.settings.set(_TOLD, {**at, "was_shown": was_shown})


def _is_closed(tables: Tables, absence: Absence) -> bool:
    return bool(tables.settings.get(_CLOSED) == to_us(absence.until))
