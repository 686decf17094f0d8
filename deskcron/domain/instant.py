"""Convert instants between aware UTC datetimes, stored microseconds and ISO 8601 text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(instant: datetime) -> int:
    """Return whole microseconds since the epoch; `instant` must be aware."""
    return (instant - EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """Return the aware UTC datetime of a stored instant."""
    return EPOCH + microseconds * _MICROSECOND


def optional_us(instant: datetime | None) -> int | None:
    """Return `to_us(instant)`, or None for None."""
    return None if instant is None else to_us(instant)


def optional_from_us(microseconds: int | None) -> datetime | None:
    """Return `from_us(microseconds)`, or None for None."""
    return None if microseconds is None else from_us(microseconds)
