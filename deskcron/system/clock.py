"""Ask the machine what time it is; nothing else in deskcron does."""

from __future__ import annotations

import sys
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

    def asleep_s(self) -> float | None:
        """Return for how long the machine has been asleep since it started; Linux counts it."""
        if sys.platform != "linux":
            return None
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
