"""Read days of the week as people type them."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.errors import BadInput
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekdays(text: str) -> Sequence[str]:
    """Return the codes of days and spans of days such as "mon,fri" or "sat-mon"; or BadInput."""
    return [code for part in text.split(",") for code in _span(part)]


def weekday(text: str) -> str:
    """Return the code of a day that is typed in English, by three letters or more; or BadInput."""
    day = text.strip().lower()
    if day[:3] not in WEEKDAYS or not _DAYS[WEEKDAYS.index(day[:3])].startswith(day):
        raise BadInput(
            title=_("'{text}' is no day of the week").format(text=text),
            hint=_("Use {days}.").format(days=", ".join(WEEKDAYS)),
        )
    return day[:3]


def _span(text: str) -> Sequence[str]:
    first, dash, last = text.partition("-")
    if not dash:
        return [weekday(text)]
    start, end = WEEKDAYS.index(weekday(first)), WEEKDAYS.index(weekday(last))
    return [WEEKDAYS[day % 7] for day in range(start, end + 1 if start <= end else end + 8)]
