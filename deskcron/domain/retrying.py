"""When a failed attempt is followed by another one."""

from __future__ import annotations

import msgspec

from deskcron.domain.run import Status


class Retry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Up to `count` further attempts after ends in `on`.

    The first delay is `delay_s`, each later one `growth` times the one before, `ceiling_s` at
    most. Up to the share `jitter` of a delay is added by chance, so that jobs which failed
    together are not tried again together.
    """

    count: int = 0
    delay_s: int = 60
    growth: float = 2.0
    ceiling_s: int = 3600
    jitter: float = 0.1
    on: tuple[Status, ...] = (Status.FAILED, Status.TIMED_OUT)

    def delay_after(self, attempt: int, status: Status, chance: float) -> float | None:
        """Return how many seconds after this attempt the next one starts, None for no other.

        `attempt` counts from 1, `chance` is from 0 to 1.
        """
        if attempt > self.count or status not in self.on:
            return None
        delay_s = float(min(self.delay_s, self.ceiling_s))
        for _ in range(attempt - 1):  # step by step, as a power may be too large for a number
            delay_s = min(delay_s * self.growth, self.ceiling_s)
        return delay_s * (1 + self.jitter * chance)


RETRYABLE = (Status.FAILED, Status.TIMED_OUT, Status.INTERRUPTED, Status.UNKNOWN)
"""The ends that another attempt may follow."""
