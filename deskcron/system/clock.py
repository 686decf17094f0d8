"""Ask the machine what time it is; nothing else in deskcron does."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The Clock of a running deskcron. Thread: any."""

    def now(self) -> datetime:
        """Return the wall clock as aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place that may ask

    def monotonic(self) -> float:
        """Return seconds of a clock that is never set and stands still during suspend."""
        return time.monotonic()
