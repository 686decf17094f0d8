"""Say in words how far the computer can be kept awake for jobs that want it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deskcron.domain.machine import Wakefulness
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _

HOLDS_S = 10.0
"""So long an answer holds: many jobs may be saved at once, and one is looked at as it is typed."""

Try = Callable[[], Wakefulness]
"""Find out how far the machine can be kept awake; may take seconds."""


class WakeWarnings:
    """Warn of a wish that will not come true. Thread: any, not the GUI's."""

    def __init__(self, try_it: Try, clock: Clock) -> None:
        self._try = try_it
        self._clock = clock
        self._last: tuple[float, Wakefulness] | None = None

    def about(self, *, wants_awake: bool) -> Sequence[str]:
        """Return what a person may not expect of a job."""
        if not wants_awake or self._reached() is not Wakefulness.NONE:
            return ()
        return (cannot_words() + " " + _("It may fall asleep while the job runs."),)

    def _reached(self) -> Wakefulness:
        last, now_s = self._last, self._clock.monotonic()
        if last is None or now_s - last[0] >= HOLDS_S:
            last = self._last = now_s, self._try()
        return last[1]


def cannot_words() -> str:
    """Say that nothing keeps the computer awake."""
    return _("The computer cannot be kept awake: no logind gives a lock for that.")
