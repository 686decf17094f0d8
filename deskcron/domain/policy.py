"""The rules around an action."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from deskcron.domain.braking import Brake
from deskcron.domain.conditions import Conditions
from deskcron.domain.environment import Environment
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.hours import Hours
from deskcron.domain.pinging import Pings
from deskcron.domain.retrying import Retry
from deskcron.domain.run import Status
from deskcron.domain.watchdogs import Watchdogs


class CatchUp(StrEnum):
    """What becomes of due times that passed while nothing could run."""

    SKIP = "skip"
    ONCE = "once"
    ALL = "all"


class Overlap(StrEnum):
    """What becomes of a due time while an earlier run of the job is not over."""

    SKIP = "skip"
    QUEUE = "queue"
    PARALLEL = "parallel"
    REPLACE = "replace"


class Notify(StrEnum):
    """Which ends of a run are told by a banner."""

    NEVER = "never"
    FAILURE = "failure"
    SUCCESS = "success"
    ALWAYS = "always"

    def wants(self, status: Status) -> bool:
        """Tell whether a run that ended like this is told; what a person cancelled is not."""
        if status is Status.CANCELLED or self is Notify.NEVER:
            return False
        return self is Notify.ALWAYS or (self is Notify.SUCCESS) == (status is Status.SUCCEEDED)


class Priority(StrEnum):
    """Which of several waiting runs starts first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Io(StrEnum):
    """How a run shares the disk: as all do, or only when nobody else wants it."""

    NORMAL = "normal"
    IDLE = "idle"


class OutputOver(StrEnum):
    """What becomes of a run that prints more than is kept."""

    KEEP_NEWEST = "keep-newest"
    STOP = "stop"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one job.

    `catch_up_limit` bounds catch-up `all`; `overlap_limit` is the length of the queue or the
    number running in parallel; `grace_s` lies between TERM and KILL. Before a run starts the
    person is asked for `ask_s`, 0 for not at all. Jobs of one `lane` start only as many runs at
    once as it has room for. `nice` is from 0 to 19, which leaves the processor to all others.
    With `keep_awake` the machine does not fall asleep by itself while a run goes on.
    After `soft_timeout_s` a run is told to take long, and goes on. Of its output at most
    `output_limit_mb` are kept, None for as much as of any job.
    """

    catch_up: CatchUp = CatchUp.ONCE
    catch_up_limit: int = 100
    max_age_s: int = 24 * 3600
    overlap: Overlap = Overlap.SKIP
    overlap_limit: int = 1
    timeout_s: int | None = None
    grace_s: int = 10
    notify: Notify = Notify.ALWAYS
    priority: Priority = Priority.NORMAL
    exact: bool = False
    retry: Retry = Retry()
    exit_codes: ExitCodes = ExitCodes()
    brake: Brake = Brake()
    hours: Hours = Hours()
    conditions: Conditions = Conditions()
    ask_s: int = 0
    lane: str = ""
    environment: Environment = Environment()
    nice: int = 0
    io: Io = Io.NORMAL
    keep_awake: bool = False
    soft_timeout_s: int | None = None
    output_limit_mb: int | None = None
    output_over: OutputOver = OutputOver.KEEP_NEWEST
    watchdogs: Watchdogs = Watchdogs()
    pings: Pings = Pings()

    @property
    def is_guarded(self) -> bool:
        """Tell whether something is asked between a due time and the start."""
        return bool(self.conditions.all or self.ask_s)

    def keep(self) -> int:
        """Return how many of a backlog's newest due times the decision needs.

        Those that may run: one on time and the caught-up ones; and the last of the missed.
        """
        return self.catch_up_limit + 2 if self.catch_up is CatchUp.ALL else 2

    def places(self) -> int:
        """Return how many runs of the job may go at once."""
        return self.overlap_limit if self.overlap is Overlap.PARALLEL else 1
