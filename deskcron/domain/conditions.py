"""What must hold on the machine for a run to start, asked when it is due."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from deskcron.domain.machine import Machine
from deskcron.domain.reason import Reason, Why


class Otherwise(StrEnum):
    """What becomes of a run while a condition does not hold."""

    SKIP = "skip"
    WAIT = "wait"
    RUN = "run"


class Situation(NamedTuple):
    """What a condition may look at: the machine, the time, and the job's last success."""

    machine: Machine
    now: datetime
    last_success_at: datetime | None


class _Condition(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A kind of condition. What cannot be known here counts as met: it would never be."""

    def is_met(self, here: Situation) -> bool:
        """Tell whether it holds now. Never raises; may take seconds."""
        raise NotImplementedError

    @property
    def why_not(self) -> Why:
        """Say why a run that needs it does not start."""
        raise NotImplementedError


class OnMains(_Condition, frozen=True, kw_only=True, tag="on-mains"):
    """The computer draws power from a socket."""

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return here.machine.on_mains() is not False

    @property
    def why_not(self) -> Why:
        """Say so."""
        return Why(Reason.ON_BATTERY)


class BatteryAbove(_Condition, frozen=True, kw_only=True, tag="battery-above"):
    """The battery is fuller than this; without a battery it always is."""

    percent: int

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        percent = here.machine.battery_percent()
        return percent is None or percent > self.percent

    @property
    def why_not(self) -> Why:
        """Name the percentage."""
        return Why(Reason.BATTERY_LOW, {"percent": self.percent})


class Online(_Condition, frozen=True, kw_only=True, tag="online"):
    """There is a way out to other networks."""

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return here.machine.is_online() is not False

    @property
    def why_not(self) -> Why:
        """Say so."""
        return Why(Reason.OFFLINE)


class Idle(_Condition, frozen=True, kw_only=True, tag="idle"):
    """The person has touched neither keyboard nor pointer for so long."""

    for_s: int

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        idle_s = here.machine.idle_s()
        return idle_s is None or idle_s >= self.for_s

    @property
    def why_not(self) -> Why:
        """Name the time."""
        return Why(Reason.IN_USE, {"for_s": self.for_s})


class LoadBelow(_Condition, frozen=True, kw_only=True, tag="load-below"):
    """The load of the last minute, in percent of all processors, is below this."""

    percent: int

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        load = here.machine.load()
        return load is None or load * 100 < self.percent

    @property
    def why_not(self) -> Why:
        """Name the percentage."""
        return Why(Reason.LOAD_HIGH, {"percent": self.percent})


class Present(_Condition, frozen=True, kw_only=True, tag="present"):
    """There is a file, a folder or a disk at this path."""

    path: str

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return here.machine.is_present(self.path)

    @property
    def why_not(self) -> Why:
        """Name the path."""
        return Why(Reason.NOT_PRESENT, {"path": self.path})


class FreeSpace(_Condition, frozen=True, kw_only=True, tag="free-space"):
    """The disk of a path has room for this much more; what is not there has none."""

    path: str
    megabytes: int

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return (here.machine.free_bytes(self.path) or 0) >= self.megabytes * 1_000_000

    @property
    def why_not(self) -> Why:
        """Name path and size."""
        return Why(Reason.NO_SPACE, {"path": self.path, "megabytes": self.megabytes})


class ProcessRuns(_Condition, frozen=True, kw_only=True, tag="process"):
    """A program runs or, where `is_wanted` is false, does not; by its name or path."""

    name: str
    is_wanted: bool = True

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return here.machine.is_running(self.name) is self.is_wanted

    @property
    def why_not(self) -> Why:
        """Name the program."""
        code = Reason.PROCESS_AWAY if self.is_wanted else Reason.PROCESS_THERE
        return Why(code, {"name": self.name})


class Undisturbed(_Condition, frozen=True, kw_only=True, tag="undisturbed"):
    """No window fills a screen and notifications are not switched off."""

    def is_met(self, here: Situation) -> bool:
        """Ask the machine."""
        return here.machine.is_presenting() is not True

    @property
    def why_not(self) -> Why:
        """Say so."""
        return Why(Reason.PRESENTING)


class Check(_Condition, frozen=True, kw_only=True, tag="check"):
    """A shell line exits with 0 within its time."""

    command: str
    timeout_s: int = 10

    def is_met(self, here: Situation) -> bool:
        """Run it."""
        return here.machine.check(self.command, self.timeout_s) == 0

    @property
    def why_not(self) -> Why:
        """Name the line."""
        return Why(Reason.CHECK_FAILED, {"command": self.command})


class SuccessOlder(_Condition, frozen=True, kw_only=True, tag="success-older"):
    """The job has not succeeded within this time."""

    than_s: int

    def is_met(self, here: Situation) -> bool:
        """Look at the history."""
        last = here.last_success_at
        if last is None or last > here.now:  # from before the clock was set back
            return True
        return (here.now - last).total_seconds() >= self.than_s

    @property
    def why_not(self) -> Why:
        """Name the time."""
        return Why(Reason.SUCCEEDED_LATELY, {"than_s": self.than_s})


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
            if not condition.is_met(here):
                return condition.why_not
        return None
