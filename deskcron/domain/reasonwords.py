"""Say in plain language why a run did not execute or ended oddly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from deskcron.domain.concealing import masked_text
from deskcron.domain.daywords import date_text, dated
from deskcron.domain.reason import CLOSED, Reason
from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words

_MEASURES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.ASKED: "at",
        Reason.ON_BATTERY: "now_percent",
        Reason.BATTERY_LOW: "now_percent",
        Reason.IN_USE: "idle_s",
        Reason.LOAD_HIGH: "now_percent",
        Reason.NO_SPACE: "now_megabytes",
        Reason.SUCCEEDED_LATELY: "at",
        Reason.CHECK_FAILED: "exit_code",
        Reason.EXIT_CODE: "free_bytes",
    }
)
"""The parameter that has what was measured or was before; rows of earlier versions lack it."""
_WITH_UNTIL = frozenset({Reason.ASKED, Reason.PUT_OFF})
"""Reasons whose words name the end of the wait themselves."""
_TYPED = frozenset({"command", "target"})
"""Parameters in which a person may have written a password."""


def reason_words(code: Reason, args: Mapping[str, str | int]) -> str:
    """Return why a run did not execute or ended oddly, as the end of a sentence."""
    words = _measured().get(code) if _MEASURES.get(code) in args else None
    return _filled(words or _reasons()[code], code, args)


def waiting_words(code: Reason, args: Mapping[str, str | int]) -> str:
    """Return what a run waits for, or what keeps it from running now, as the end of a sentence."""
    measured = _measured_now().get(code) if _MEASURES.get(code) in args else None
    text = _filled(measured or _present().get(code) or _reasons()[code], code, args)
    if "until" not in args or code in _WITH_UNTIL:
        return text
    until = _argument("until", args["until"])
    if code in CLOSED:
        return _("{reason}; it waits until {until}").format(reason=text, until=until)
    return _("{reason}; it waits until {until} at most").format(reason=text, until=until)


def _filled(words: str, code: Reason, args: Mapping[str, str | int]) -> str:
    named = {key: _argument(key, value) for key, value in args.items()}
    try:
        return words.format(**named)
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
    if isinstance(value, int) and key.endswith("_s"):
        return length_words(value)
    if key in {"until", "at"}:
        return dated(datetime.fromisoformat(str(value)).astimezone())
    if key == "wall":
        return dated(datetime.fromisoformat(str(value)))
    if key == "date":
        return date_text(date.fromisoformat(str(value)))
    if isinstance(value, int) and key == "limit_bytes":
        return size_words(value)
    return masked_text(str(value)) if key in _TYPED else str(value)


def _measured() -> Mapping[Reason, str]:
    """Return the words of conditions that tell what was measured, too."""
    return {
        Reason.ON_BATTERY: _("the computer ran on its battery, {now_percent} % full"),
        Reason.BATTERY_LOW: _(
            "the battery had {now_percent} %, and more than {percent} % is wanted"
        ),
        Reason.IN_USE: _(
            "the computer was in use {idle_s} before, and is to be left alone for {for_s}"
        ),
        Reason.LOAD_HIGH: _(
            "the processors were busy for {now_percent} %, and less than {percent} % is wanted"
        ),
        Reason.NO_SPACE: _("{now_megabytes} MB were free at {path}, {megabytes} MB are wanted"),
        Reason.SUCCEEDED_LATELY: _("it had succeeded at {at}, within the last {than_s}"),
        Reason.CHECK_FAILED: _(
            "the check “{command}” ended with exit code {exit_code} instead of 0"
        ),
        Reason.EXIT_CODE: _("exit code {code}, with the disk full, so that output may be lacking"),
    }


def _measured_now() -> Mapping[Reason, str]:
    """Return the words of conditions that tell what is measured, while they last."""
    return {
        Reason.ASKED: _(
            "nobody could answer until {at}, so you are asked again;"
            " without an answer it starts at {until}"
        ),
        Reason.CHECK_FAILED: _(
            "the check “{command}” ends with exit code {exit_code} instead of 0"
        ),
        Reason.ON_BATTERY: _("the computer runs on its battery, {now_percent} % full"),
        Reason.BATTERY_LOW: _(
            "the battery has {now_percent} %, and more than {percent} % is wanted"
        ),
        Reason.IN_USE: _(
            "the computer was in use {idle_s} ago, and is to be left alone for {for_s}"
        ),
        Reason.LOAD_HIGH: _(
            "the processors are busy for {now_percent} %, and less than {percent} % is wanted"
        ),
        Reason.NO_SPACE: _("{now_megabytes} MB are free at {path}, {megabytes} MB are wanted"),
        Reason.SUCCEEDED_LATELY: _("it has succeeded at {at}, within the last {than_s}"),
    }


def _present() -> Mapping[Reason, str]:
    """Return the words of those reasons that can be told while they last."""
    return {
        Reason.OUTSIDE_HOURS: _("it is outside the hours in which the job may run"),
        Reason.HOLIDAY: _("it is a public holiday: {name}"),
        Reason.DAILY_CAP: _("the limit of runs in a day is reached: {limit}"),
        Reason.STILL_RUNNING: _("an earlier run is not over yet"),
        Reason.STOPPED: _("it is being stopped on request"),
        Reason.REPLACED: _("a later run takes its place"),
        Reason.ON_BATTERY: _("the computer runs on its battery"),
        Reason.BATTERY_LOW: _("the battery has {percent} % or less"),
        Reason.OFFLINE: _("there is no network"),
        Reason.IN_USE: _("the computer was in use within the last {for_s}"),
        Reason.LOAD_HIGH: _("the processors are busy for {percent} % or more"),
        Reason.NOT_PRESENT: _("{path} is not there"),
        Reason.NO_SPACE: _("less than {megabytes} MB are free at {path}"),
        Reason.PROCESS_AWAY: _("{name} is not running"),
        Reason.PROCESS_THERE: _("{name} is running"),
        Reason.PRESENTING: _("a window fills the screen, or notifications are off"),
        Reason.CHECK_FAILED: _("the check “{command}” does not exit with 0"),
        Reason.CHECK_TOO_LONG: _("the check “{command}” does not end within {timeout_s}"),
        Reason.SUCCEEDED_LATELY: _("it has succeeded within the last {than_s}"),
    }


def _reasons() -> Mapping[Reason, str]:
    return {
        Reason.COALESCED: _("a later due time ran for this one"),
        Reason.CATCH_UP_OFF: _("it was not possible at the time, and catching up is off"),
        Reason.TOO_OLD: _("it was due longer ago than {max_age_s}"),
        Reason.OVER_LIMIT: _("only the newest {limit} due times are caught up"),
        Reason.STILL_RUNNING: _("an earlier run was not over yet"),
        Reason.QUEUE_FULL: _("already {limit} waiting behind an earlier run"),
        Reason.SAME_WALL_TIME: _("{wall} had its run before the clock was set back"),
        Reason.PAUSED: _("all jobs were paused"),
        Reason.OUTSIDE_HOURS: _("it was outside the hours in which the job may run"),
        Reason.BLACKOUT: _("{date} is a day on which the job does not run"),
        Reason.HOLIDAY: _("it was a public holiday: {name}"),
        Reason.HELD: _("the job was held after failures in a row: {failures}"),
        Reason.DAILY_CAP: _("the limit of runs in a day was reached: {limit}"),
        Reason.TOO_SOON: _("it ran for this less than {most_once_s} ago"),
        Reason.ON_BATTERY: _("the computer ran on its battery"),
        Reason.BATTERY_LOW: _("the battery had {percent} % or less"),
        Reason.OFFLINE: _("there was no network"),
        Reason.IN_USE: _("the computer was in use within the last {for_s}"),
        Reason.LOAD_HIGH: _("the processors were busy for {percent} % or more"),
        Reason.NOT_PRESENT: _("{path} was not there"),
        Reason.NO_SPACE: _("less than {megabytes} MB were free at {path}"),
        Reason.PROCESS_AWAY: _("{name} was not running"),
        Reason.PROCESS_THERE: _("{name} was running"),
        Reason.PRESENTING: _("a window filled the screen, or notifications were off"),
        Reason.CHECK_FAILED: _("the check “{command}” did not exit with 0"),
        Reason.CHECK_TOO_LONG: _("the check “{command}” did not end within {timeout_s}"),
        Reason.SUCCEEDED_LATELY: _("it had succeeded within the last {than_s}"),
        Reason.BEHIND_PREVIOUS: _("its turn comes after an earlier run"),
        Reason.STAGGERED: _("runs that are caught up start one after the other"),
        Reason.CHECKING: _("its conditions are looked at"),
        Reason.ASKED: _("you are asked; without an answer it starts at {until}"),
        Reason.PUT_OFF: _("you have put it off until {until}"),
        Reason.DELAYED: _("it starts some time after its event"),
        Reason.RETRYING: _("attempt {attempt} of {of} follows"),
        Reason.LANE_FULL: _("other runs of the lane {lane} come before it"),
        Reason.PLACES_TAKEN: _("as many programs run already as may at once: {limit}"),
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
            "there is no secret {name};"
            " keep it in the settings, or with 'deskcron secret set {name}'"
        ),
        Reason.SECRET_UNREADABLE: _("the secret {name} could not be read: {error}"),
        Reason.START_FAILED: _("it could not be started: {error}"),
        Reason.UNKNOWN_KIND: _("this version does not know the kind '{kind}'"),
        Reason.UNREADABLE: _("the job cannot be read: {error}"),
        Reason.EXIT_CODE: _("exit code {code}"),
        Reason.WARNING_CODE: _("exit code {code}, which counts as a warning"),
        Reason.SIGNAL: _("ended by signal {signal}"),
        Reason.TIME_LIMIT: _("longer than the time limit of {timeout_s}"),
        Reason.OUTPUT_LIMIT: _("more output than {limit_bytes}"),
        Reason.STOPPED: _("stopped on request"),
        Reason.REPLACED: _("a later run took its place"),
        Reason.DECLINED: _("you chose to skip it"),
        Reason.JOB_REMOVED: _("the job was deleted"),
        Reason.JOB_DISABLED: _("the job was switched off"),
        Reason.LEFT_PROCESSES: _("processes it had started were still there at its end"),
        Reason.MAY_HAVE_STARTED: _("the engine ended meanwhile; it may have started"),
        Reason.EXIT_CODE_UNKNOWN: _(
            "the engine that started it had ended; only exact jobs keep their exit code then"
        ),
    }
