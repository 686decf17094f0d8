"""Name months, times and zones in the user's language."""

from __future__ import annotations

from datetime import time

from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE


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
