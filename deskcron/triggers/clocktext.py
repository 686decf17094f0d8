"""Read local dates, times of day and date-times as the triggers store them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 3000)
"""Far enough for anybody, and away from the edges where no zone can be applied."""


@lru_cache(maxsize=1024)
def parse_moment(text: str) -> datetime:
    """Return the naive local time of 'YYYY-MM-DDTHH:MM[:SS]'; raises BadInput in words."""
    try:
        if _MOMENT.fullmatch(text):
            return _checked(datetime.fromisoformat(text))
    except ValueError:
        pass  # such as 30 February: the same words as for any other text
    raise BadInput(
        title=_("'{text}' is not a date and time").format(text=text),
        hint=_("Write it as 2026-12-24T17:30, without a time zone."),
    )


@lru_cache(maxsize=1024)
def parse_date(text: str) -> date:
    """Return the date of 'YYYY-MM-DD'; raises BadInput in words."""
    try:
        if _DATE.fullmatch(text):
            return _checked(datetime.fromisoformat(text)).date()
    except ValueError:
        pass  # such as 30 February: the same words as for any other text
    raise BadInput(
        title=_("'{text}' is not a date").format(text=text), hint=_("Write it as 2026-12-24.")
    )


@lru_cache(maxsize=1024)
def parse_time(text: str) -> time:
    """Return the time of day of 'HH:MM[:SS]'; raises BadInput in words."""
    try:
        if _TIME.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        pass  # such as 25:00: the same words as for any other text
    raise BadInput(
        title=_("'{text}' is not a time of day").format(text=text), hint=_("Write it as 09:30.")
    )


def _checked(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError(moment)
    return moment
