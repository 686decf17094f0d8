"""List the kinds of triggers under the names their JSON carries."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskcron.domain.listening import EventTrigger
from deskcron.domain.trigger import Trigger
from deskcron.triggers.afterjob import AfterJob
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.cron import Cron
from deskcron.triggers.filechange import FileChange
from deskcron.triggers.interval import Interval
from deskcron.triggers.occasion import Occasion
from deskcron.triggers.once import Once
from deskcron.triggers.signal import Signal

TRIGGER_KINDS: Mapping[str, type[Trigger]] = MappingProxyType(
    {
        "once": Once,
        "interval": Interval,
        "cron": Cron,
        "calendar": Calendar,
        "event": Occasion,
        "file": FileChange,
        "after": AfterJob,
        "signal": Signal,
    }
)

EVENT_KINDS = frozenset(
    name for name, kind in TRIGGER_KINDS.items() if issubclass(kind, EventTrigger)
)
"""The kinds that follow events instead of the clock."""
