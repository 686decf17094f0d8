"""The zone in which the window shows instants, as the person prefers it."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, Signal

from deskcron.domain.preferences import ZoneDisplay


class Zones(QObject):
    """The present choice; `changed` says that there is another one: show all times anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = ZoneDisplay.COMPUTER

    def show_in(self, display: ZoneDisplay) -> None:
        """Show instants in another zone from now on."""
        if display is not self._display:
            self._display = display
            self.changed.emit()

    def zone(self, rule: str | None = None) -> tzinfo | None:
        """Return the zone to show an instant in, None for the computer's.

        `rule` names the fixed zone of the rule it comes from, None where there is none.
        """
        return self._display.zone(_known(rule))


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return the instant at which a day begins, None: in the computer's zone."""
    begins = datetime.combine(day, time.min, zone)
    return begins if zone is not None else begins.astimezone()


@lru_cache(maxsize=64)
def _known(name: str | None) -> tzinfo | None:
    """Return a zone by its name, None for one that is not known here."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
