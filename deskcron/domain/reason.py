"""Why a run did not execute or ended oddly: a closed set of codes, put into words elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Reason(StrEnum):
    """The code of a reason; the comment names its parameters."""

    # decided when the run was due
    COALESCED = "coalesced"  # a later due time ran for this one
    CATCH_UP_OFF = "catch-up-off"
    TOO_OLD = "too-old"  # max_age_s
    OVER_LIMIT = "over-limit"  # limit
    STILL_RUNNING = "still-running"
    QUEUE_FULL = "queue-full"  # limit
    SAME_WALL_TIME = "same-wall-time"  # wall
    PAUSED = "paused"
    OUTSIDE_HOURS = "outside-hours"
    BLACKOUT = "blackout"  # date
    HOLIDAY = "holiday"  # name
    HELD = "held"  # failures
    DAILY_CAP = "daily-cap"  # limit
    TOO_SOON = "too-soon"  # most_once_s
    # a condition did not hold; what was measured is there as far as it could be
    ON_BATTERY = "on-battery"  # now_percent
    BATTERY_LOW = "battery-low"  # percent, now_percent
    OFFLINE = "offline"
    IN_USE = "in-use"  # for_s, idle_s
    LOAD_HIGH = "load-high"  # percent, now_percent
    NOT_PRESENT = "not-present"  # path
    NO_SPACE = "no-space"  # path, megabytes, now_megabytes
    PROCESS_AWAY = "process-away"  # name
    PROCESS_THERE = "process-there"  # name
    PRESENTING = "presenting"
    CHECK_FAILED = "check-failed"  # command, exit_code: minus the signal that ended it
    CHECK_TOO_LONG = "check-too-long"  # command, timeout_s
    SUCCEEDED_LATELY = "succeeded-lately"  # than_s, at
    # waiting
    CHECKING = "checking"
    ASKED = "asked"  # until
    PUT_OFF = "put-off"  # until
    DELAYED = "delayed"
    RETRYING = "retrying"  # attempt, of
    BEHIND_PREVIOUS = "behind-previous"  # delayed_until, where it is to start later still
    STAGGERED = "staggered"
    LANE_FULL = "lane-full"  # lane
    PLACES_TAKEN = "places-taken"  # limit
    # could not start
    PROGRAM_MISSING = "program-missing"  # path
    PROGRAM_NOT_EXECUTABLE = "program-not-executable"  # path
    NOT_A_PROGRAM = "not-a-program"  # path: no shebang, not a binary of this machine
    SCRIPT_MISSING = "script-missing"  # path
    INTERPRETER_MISSING = "interpreter-missing"  # path
    DIRECTORY_MISSING = "directory-missing"  # path
    NOT_A_DIRECTORY = "not-a-directory"  # path
    TARGET_MISSING = "target-missing"  # path
    NO_OPENER = "no-opener"  # target
    SECRET_MISSING = "secret-missing"  # noqa: S105 - no password; name
    SECRET_UNREADABLE = "secret-unreadable"  # noqa: S105 - no password; name, error
    START_FAILED = "start-failed"  # error
    UNKNOWN_KIND = "unknown-kind"  # kind
    UNREADABLE = "unreadable"  # error
    # ended
    EXIT_CODE = "exit-code"  # code, free_bytes where next to none were
    WARNING_CODE = "warning-code"  # code
    SIGNAL = "signal"  # signal
    TIME_LIMIT = "time-limit"  # timeout_s
    OUTPUT_LIMIT = "output-limit"  # limit_bytes
    STOPPED = "stopped"
    REPLACED = "replaced"
    DECLINED = "declined"
    JOB_REMOVED = "job-removed"
    JOB_DISABLED = "job-disabled"
    LEFT_PROCESSES = "left-processes"
    MAY_HAVE_STARTED = "may-have-started"
    EXIT_CODE_UNKNOWN = "exit-code-unknown"


CLOSED = frozenset({Reason.OUTSIDE_HOURS, Reason.BLACKOUT, Reason.HOLIDAY})
"""The hours and days at which a job may not run; a run that waits has `until` as well."""
BEFORE_GUARDS = frozenset(
    {
        Reason.BEHIND_PREVIOUS,
        Reason.DELAYED,
        Reason.PUT_OFF,
        Reason.RETRYING,
        Reason.STAGGERED,
    }
)
"""What a run waits for before hours, conditions and a question are looked at."""
NOT_WAITED_FOR = frozenset({Reason.SECRET_MISSING, Reason.SECRET_UNREADABLE})
"""What only a person can change: it is not waited for, as each look may ask them to unlock it."""
COULD_NOT_START = NOT_WAITED_FOR | {
    Reason.DIRECTORY_MISSING,
    Reason.NOT_A_DIRECTORY,
    Reason.START_FAILED,
}
"""Why not even the check of a run could be started: the run has failed, it was not skipped."""
STOPPING = frozenset({Reason.STOPPED, Reason.REPLACED})
"""What ends one run, also when it goes on."""
WANTED = STOPPING | {Reason.JOB_REMOVED, Reason.JOB_DISABLED, Reason.DECLINED}
"""Why a run does not start that could, as a person wants it."""
CALLED_OFF = WANTED | {Reason.HELD}
"""Why a run does not start that could."""
NO_PARAMETERS: Mapping[str, str | int] = MappingProxyType({})


class Why(NamedTuple):
    """A reason with its parameters."""

    code: Reason
    args: Mapping[str, str | int] = NO_PARAMETERS
