"""Say which zone and which rules the stored due times were worked out with."""

from __future__ import annotations

from typing import NamedTuple

from deskcron.domain.ports import Zones
from deskcron.domain.storage import Tables

ARITHMETIC = 1
"""The version of our own arithmetic; a new one makes every next due time be computed anew."""
_KEY = "rules"


class RuleStamp(NamedTuple):
    """What due times depend on beside the definitions of jobs."""

    rules: str
    zone: str
    arithmetic: str

    @classmethod
    def present(cls, zones: Zones) -> RuleStamp:
        """Return what they would depend on now."""
        return cls(zones.rules_version(), zones.local_zone(), str(ARITHMETIC))

    @classmethod
    def stored(cls, tables: Tables) -> RuleStamp | None:
        """Return what they were worked out with, None before the first time."""
        text = tables.settings.get(_KEY)
        return None if text is None else cls(*text.rsplit(" ", 2))

    def outdated(self) -> RuleStamp:
        """Return a stamp that nothing is worked out with, so that all is anew."""
        return self._replace(arithmetic="")

    def store(self, tables: Tables) -> None:
        """Say in a transaction that they are worked out with this now."""
        tables.settings.set(_KEY, " ".join(self))
