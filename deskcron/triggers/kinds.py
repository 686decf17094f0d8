"""List the kinds of triggers under the names their JSON carries."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskcron.domain.trigger import Trigger
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.once import Once

TRIGGER_KINDS: Mapping[str, type[Trigger]] = MappingProxyType(
    {"once": Once, "interval": Interval, "cron": Cron, "calendar": Calendar}
)
