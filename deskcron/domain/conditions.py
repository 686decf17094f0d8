"""What must hold on the machine for a run to start, asked when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import NamedTuple

import msgspec

from deskcron.domain.action import Place
from deskcron.domain.machine import Machine
from deskcron.domain.reason import Reason, Why
from deskcron.domain.sizewords import MB


class Otherwise(StrEnum):
    """What becomes of a run while a condition does not hold."""

    SKIP = "skip"
    WAIT = "wait"
    RUN = "run"


class Situation(NamedTuple):
    """What a condition may look at: the machine, the time, and the job's last success.

    `place` says where check commands start, which may take seconds to find out.
    """

    machine: Machine
    now: datetime
    last_success_at: datetime | None
    place: Callable[[], Place] = Place


class Holds(Enum):
    """That a condition holds, or cannot be known here: it counts as met then, or never would be."""

    KNOWN = auto()
    UNKNOWN = auto()


class _Condition(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A kind of condition."""

    def look(self, here: Situation) -> Why | Holds:
        """Tell whether it holds now, or return why a run that needs it does not start.

        The reason has what was measured. Never raises; may take seconds.
        """
        raise NotImplementedError

    def unmet(self, here: Situation) -> Why | None:
        """Return why a run that needs it does not start now, None where it may. Never raises."""
        found = self.look(here)
        return found if isinstance(found, Why) else None


class OnMains(_Condition, frozen=True, kw_only=True, tag="on-mains"):
    """The computer draws power from a socket."""

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine, also how full its battery is."""
        on_mains = here.machine.on_mains()
        if on_mains is not False:
            return Holds.UNKNOWN if on_mains is None else Holds.KNOWN
        percent = here.machine.battery_percent()
        return Why(Reason.ON_BATTERY, {} if percent is None else {"now_percent": round(percent)})


class BatteryAbove(_Condition, frozen=True, kw_only=True, tag="battery-above"):
    """The battery is fuller than this; without a battery it counts as full."""

    percent: int

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        percent = here.machine.battery_percent()
        if percent is None or percent > self.percent:
            return Holds.UNKNOWN if percent is None else Holds.KNOWN
        return Why(Reason.BATTERY_LOW, {"percent": self.percent, "now_percent": int(percent)})


class Online(_Condition, frozen=True, kw_only=True, tag="online"):
    """There is a way out to other networks."""

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        is_online = here.machine.is_online()
        if is_online is None:
            return Holds.UNKNOWN
        return Holds.KNOWN if is_online else Why(Reason.OFFLINE)


class Idle(_Condition, frozen=True, kw_only=True, tag="idle"):
    """The person has touched neither keyboard nor pointer for so long."""

    for_s: int

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        idle_s = here.machine.idle_s()
        if idle_s is None or idle_s >= self.for_s:
            return Holds.UNKNOWN if idle_s is None else Holds.KNOWN
        return Why(Reason.IN_USE, {"for_s": self.for_s, "idle_s": int(idle_s)})


class LoadBelow(_Condition, frozen=True, kw_only=True, tag="load-below"):
    """The load of the last minute, in percent of all processors, is below this."""

    percent: int

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        load = here.machine.load()
        if load is None or load * 100 < self.percent:
            return Holds.UNKNOWN if load is None else Holds.KNOWN
        return Why(Reason.LOAD_HIGH, {"percent": self.percent, "now_percent": int(load * 100)})


class Present(_Condition, frozen=True, kw_only=True, tag="present"):
    """There is a file, a folder or a disk at this path."""

    path: str

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        is_there = here.machine.is_present(self.path)
        return Holds.KNOWN if is_there else Why(Reason.NOT_PRESENT, {"path": self.path})


class FreeSpace(_Condition, frozen=True, kw_only=True, tag="free-space"):
    """The disk of a path has room for this much more; what is not there has none."""

    path: str
    megabytes: int

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        free = here.machine.free_bytes(self.path)
        if free is not None and free >= self.megabytes * MB:
            return Holds.KNOWN
        measured = {} if free is None else {"now_megabytes": free // MB}
        return Why(Reason.NO_SPACE, {"path": self.path, "megabytes": self.megabytes, **measured})


class ProcessRuns(_Condition, frozen=True, kw_only=True, tag="process"):
    """A program runs or, where `is_wanted` is false, does not; by its name or path."""

    name: str
    is_wanted: bool = True

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        if here.machine.is_running(self.name) is self.is_wanted:
            return Holds.KNOWN
        code = Reason.PROCESS_AWAY if self.is_wanted else Reason.PROCESS_THERE
        return Why(code, {"name": self.name})


class Undisturbed(_Condition, frozen=True, kw_only=True, tag="undisturbed"):
    """No window fills a screen and notifications are not switched off."""

    def look(self, here: Situation) -> Why | Holds:
        """Ask the machine."""
        is_presenting = here.machine.is_presenting()
        if is_presenting is None:
            return Holds.UNKNOWN
        return Why(Reason.PRESENTING) if is_presenting else Holds.KNOWN


class Check(_Condition, frozen=True, kw_only=True, tag="check"):
    """A shell line exits with 0 within its time."""

    command: str
    timeout_s: int = 10

    def look(self, here: Situation) -> Why | Holds:
        """Run it."""
        ended = here.machine.check(self.command, self.timeout_s, here.place())
        if ended == 0:
            return Holds.KNOWN
        if isinstance(ended, Why):
            return ended
        if ended is None:
            return Why(
                Reason.CHECK_TOO_LONG, {"command": self.command, "timeout_s": self.timeout_s}
            )
        return Why(Reason.CHECK_FAILED, {"command": self.command, "exit_code": ended})


class SuccessOlder(_Condition, frozen=True, kw_only=True, tag="success-older"):
    """The job has not succeeded within this time."""

    than_s: int

    def look(self, here: Situation) -> Why | Holds:
        """Look at the history."""
        last = here.last_success_at
        if last is None or last > here.now:  # from before the clock was set back
            return Holds.KNOWN
        if (here.now - last).total_seconds() >= self.than_s:
            return Holds.KNOWN
        return Why(Reason.SUCCEEDED_LATELY, {"than_s": self.than_s, "at": last.isoformat()})


Condition = (
    OnMains
    | BatteryAbove
    | Online
    | Idle
    | LoadBelow
    | Present
    | FreeSpace
    | ProcessRuns
    | Undisturbed
    | Check
    | SuccessOlder
)


class Conditions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What must hold, and what becomes of a run for which something does not.

    With `otherwise` wait a run waits up to `wait_s` and is skipped then.
    """

    all: tuple[Condition, ...] = ()
    otherwise: Otherwise = Otherwise.SKIP
    wait_s: int = 3600

    def unmet(self, here: Situation) -> Why | None:
        """Return the first reason against a start, None where all conditions hold."""
        for condition in self.all:
            if (why := condition.unmet(here)) is not None:
                return why
        return None
