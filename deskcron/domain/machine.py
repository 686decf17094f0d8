"""What conditions ask of the machine, and how it is kept awake; the adapters live in system/."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from deskcron.domain.action import Place
from deskcron.domain.reason import Why


class Wakefulness(Enum):
    """How far a machine can be kept awake: even if told to sleep, unless told so, not at all."""

    WHATEVER_HAPPENS = auto()
    UNLESS_TOLD = auto()
    NONE = auto()


class Machine(Protocol):
    """Answers about the machine as it is now, None for what cannot be known here.

    Never raises. Thread: any, not the GUI's: an answer may take seconds.
    """

    def on_mains(self) -> bool | None:
        """Tell whether it draws power from a socket; a machine without a battery always does."""

    def battery_percent(self) -> float | None:
        """Return how full the batteries are together, 0 to 100; None also without a battery."""

    def is_online(self) -> bool | None:
        """Tell whether there is a way out to other networks; a login page counts as none."""

    def idle_s(self) -> float | None:
        """Return for how long the person has touched neither keyboard nor pointer."""

    def load(self) -> float | None:
        """Return the load average of the last minute, divided by the number of processors."""

    def is_present(self, path: str) -> bool:
        """Tell whether there is something at a path, and it answers: a file, folder or disk.

        A place where a disk would be mounted and is not, as /etc/fstab has it, is not present.
        """

    def free_bytes(self, path: str) -> int | None:
        """Return how much this person may still write to the disk of a path.

        None where the path is not present.
        """

    def is_running(self, name: str) -> bool:
        """Tell whether a process runs: by the name of its program, or by the path of it."""

    def is_presenting(self) -> bool | None:
        """Tell whether a window fills a screen or notifications are switched off."""

    def check(self, command: str, timeout_s: float, place: Place) -> int | Why | None:
        """Run a shell line and return its exit code, minus the number of the signal that ended it.

        None when it did not end in time and its whole tree was ended; the reason when it could
        not be started.
        """

    def end_checks(self) -> None:
        """End the whole trees of the checks that run now; nobody wants their answers."""


class KeepAwake(Protocol):
    """Keep the machine from falling asleep by itself."""

    def hold(self, why: str, failed: Callable[[], None]) -> Callable[[], None]:
        """Keep it awake until the returned function is called, which may be called twice.

        `why` is shown to the person by the system. Returns at once; where the machine cannot be
        kept awake that is logged, `failed` is called, on any thread, and it is tried again when it
        may have become possible. Thread: any.
        """

    def close(self) -> None:
        """Give up all that is held; safe to call twice."""
