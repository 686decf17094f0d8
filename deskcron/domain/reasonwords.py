"""Say in plain language why a run did not execute or ended oddly."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.reason import Reason
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words


def reason_words(code: Reason, args: Mapping[str, str | int]) -> str:
    """Return why a run did not execute or ended oddly, as the end of a sentence."""
    named = {key: _argument(key, value) for key, value in args.items()}
    try:
        return _reasons()[code].format(**named)
    except KeyError:
        # A row of another version lacks a parameter; what it has is better than nothing.
        known = ", ".join(f"{key}={value}" for key, value in named.items())
        return f"{code} ({known})" if known else str(code)


def fault_words(fault: str) -> str:
    """Return what is wrong with a job, to follow "is"; `fault` is a reason's code, or words."""
    return {
        Reason.UNKNOWN_KIND.value: _("of a kind this version does not know"),
        Reason.UNREADABLE.value: _("not readable by this version"),
    }.get(fault, fault)


def _argument(key: str, value: str | int) -> str:
    if isinstance(value, int) and key in {"max_age_s", "timeout_s"}:
        return length_words(value)
    if isinstance(value, int) and key == "limit_bytes":
        return _("{count} MB").format(count=value // 1_000_000)
    return str(value)


def _reasons() -> Mapping[Reason, str]:
    return {
        Reason.COALESCED: _("a later due time ran for this one"),
        Reason.CATCH_UP_OFF: _("it was not possible at the time, and catching up is off"),
        Reason.TOO_OLD: _("it was due longer ago than {max_age_s}"),
        Reason.OVER_LIMIT: _("only the newest {limit} due times are caught up"),
        Reason.STILL_RUNNING: _("an earlier run was still going on"),
        Reason.QUEUE_FULL: _("already {limit} waiting behind an earlier run"),
        Reason.SAME_WALL_TIME: _("{wall} had its run before the clock was set back"),
        Reason.PAUSED: _("all jobs were paused"),
        Reason.BEHIND_PREVIOUS: _("its turn comes after an earlier run"),
        Reason.STAGGERED: _("runs that are caught up start one after the other"),
        Reason.PROGRAM_MISSING: _("there is no program {path}"),
        Reason.PROGRAM_NOT_EXECUTABLE: _("{path} may not be executed; try chmod +x"),
        Reason.NOT_A_PROGRAM: _(
            "{path} is not a program of this machine, or a script without a first line #!"
        ),
        Reason.SCRIPT_MISSING: _("there is no script {path}"),
        Reason.INTERPRETER_MISSING: _("the interpreter {path} is not installed"),
        Reason.DIRECTORY_MISSING: _("there is no folder {path}"),
        Reason.NOT_A_DIRECTORY: _("{path} is not a folder"),
        Reason.TARGET_MISSING: _("there is no {path} to open"),
        Reason.NO_OPENER: _("nothing on this machine opens {target}"),
        Reason.SECRET_MISSING: _(
            "there is no secret {name}; keep it with 'deskcron secret set {name}'"
        ),
        Reason.SECRET_UNREADABLE: _("the secret {name} could not be read: {error}"),
        Reason.START_FAILED: _("it could not be started: {error}"),
        Reason.UNKNOWN_KIND: _("this version does not know the kind '{kind}'"),
        Reason.UNREADABLE: _("the job cannot be read: {error}"),
        Reason.EXIT_CODE: _("exit code {code}"),
        Reason.SIGNAL: _("ended by signal {signal}"),
        Reason.TIME_LIMIT: _("longer than the time limit of {timeout_s}"),
        Reason.OUTPUT_LIMIT: _("more output than {limit_bytes}"),
        Reason.STOPPED: _("stopped on request"),
        Reason.JOB_REMOVED: _("the job was deleted"),
        Reason.LEFT_PROCESSES: _("processes it had started were still there at its end"),
        Reason.MAY_HAVE_STARTED: _("the engine ended meanwhile; it may have started"),
        Reason.EXIT_CODE_UNKNOWN: _(
            "the engine that started it had ended; only exact jobs keep their exit code then"
        ),
    }
