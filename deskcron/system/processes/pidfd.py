"""Wait for the end of a process by its descriptor."""

from __future__ import annotations

import select

_LONGEST_WAIT_S = 86_400.0


def has_ended(pidfd: int, timeout_s: float | None) -> bool:
    """Wait until the process of the descriptor has ended, at most a day; False if it has not."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    if timeout_s is None:
        return bool(poll.poll())
    return bool(poll.poll(max(0, round(min(timeout_s, _LONGEST_WAIT_S) * 1000))))
