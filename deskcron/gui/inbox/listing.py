"""What the inbox asks of the core: the entries that wait, and how times are to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deskcron.domain.answers import InboxEntry
from deskcron.domain.preferences import ZoneDisplay
from deskcron.engine.facade import Facade


class Listing(NamedTuple):
    """All that waits, newest first."""

    entries: Sequence[InboxEntry] = ()
    zone: ZoneDisplay = ZoneDisplay.COMPUTER


def look(facade: Facade) -> Listing:
    """Return what waits now. Thread: a worker's."""
    return Listing(tuple(facade.inbox.waiting()), facade.preferences.get().zone)
