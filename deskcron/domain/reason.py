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
    # waiting
    BEHIND_PREVIOUS = "behind-previous"
    STAGGERED = "staggered"
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
    EXIT_CODE = "exit-code"  # code
    SIGNAL = "signal"  # signal
    TIME_LIMIT = "time-limit"  # timeout_s
    OUTPUT_LIMIT = "output-limit"  # limit_bytes
    STOPPED = "stopped"
    JOB_REMOVED = "job-removed"
    LEFT_PROCESSES = "left-processes"
    MAY_HAVE_STARTED = "may-have-started"
    EXIT_CODE_UNKNOWN = "exit-code-unknown"


NO_PARAMETERS: Mapping[str, str | int] = MappingProxyType({})


class Why(NamedTuple):
    """A reason with its parameters."""

    code: Reason
    args: Mapping[str, str | int] = NO_PARAMETERS
