"""Name days, months, times and zones in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE


def weekday_name(code: str) -> str:
    """Return the short name of the day with the code, such as Mon for "mon"."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[WEEKDAYS.index(code)] if code in WEEKDAYS else code


def weekday_list(codes: Sequence[str]) -> str:
    """Return the short names of the days, in the order of the week."""
    known = [code for code in WEEKDAYS if code in codes]
    return _(", ").join(weekday_name(code) for code in known)


def long_month_name(number: int) -> str:
    """Return the whole name of the month."""
    names = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    return names[number - 1]


def time_text(moment: time) -> str:
    """Return the time of day with seconds only where they matter."""
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def with_zone(text: str, zone: str) -> str:
    """Add the zone in brackets unless it is the computer's."""
    if zone == LOCAL_ZONE:
        return text
    return _("{text} ({zone})").format(text=text, zone=zone)
