"""Until when an entry can be put off: soon, this evening, tomorrow morning. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from deskcron.domain.texts import gettext as _

EVENING = time(18)
MORNING = time(9)
_QUARTER = timedelta(minutes=15)
_SHORTEST = timedelta(hours=1)
"""An evening that is nearer than that is no choice beside one hour."""


class PutOff(NamedTuple):
    """A choice in words, and the instant it stands for."""

    words: str
    until: datetime


def choices(now: datetime) -> Sequence[PutOff]:
    """Return what is offered at an aware instant; evening and morning are the computer's."""
    today = now.astimezone().date()
    found = [
        PutOff(_("&5 minutes"), now + timedelta(minutes=5)),
        PutOff(_("1&0 minutes"), now + timedelta(minutes=10)),
        PutOff(_("1 &hour"), now + timedelta(hours=1)),
    ]
    evening = datetime.combine(today, EVENING).astimezone()
    if evening - now > _SHORTEST:
        found.append(PutOff(_("This &evening, {time}").format(time=_clock(EVENING)), evening))
    morning = datetime.combine(today + timedelta(days=1), MORNING).astimezone()
    found.append(PutOff(_("&Tomorrow, {time}").format(time=_clock(MORNING)), morning))
    return found


def next_quarter(now: datetime) -> datetime:
    """Return the next full quarter of an hour on the computer's clock, without a zone."""
    hour = now.astimezone().replace(tzinfo=None, minute=0, second=0, microsecond=0)
    minutes = now.astimezone().minute
    return hour + _QUARTER * (minutes * timedelta(minutes=1) // _QUARTER + 1)


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
