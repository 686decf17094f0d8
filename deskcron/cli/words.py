"""Put the codes of the domain into plain language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from deskcron.cli.display import shown
from deskcron.domain.answers import Health, Obstacle
from deskcron.domain.policy import CatchUp, Overlap, Policy
from deskcron.domain.reason import Reason
from deskcron.domain.records import Change, InboxKind
from deskcron.domain.run import Cause, Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import exact_duration, measured


def status_word(status: Status) -> str:
    """Return the status as a word in a column."""
    return {
        Status.QUEUED: _("queued"),
        Status.WAITING: _("waiting"),
        Status.RUNNING: _("running"),
        Status.SUCCEEDED: _("succeeded"),
        Status.FAILED: _("failed"),
        Status.TIMED_OUT: _("timed out"),
        Status.CANCELLED: _("cancelled"),
        Status.INTERRUPTED: _("interrupted"),
        Status.UNKNOWN: _("end unknown"),
        Status.SKIPPED: _("skipped"),
        Status.MISSED: _("missed"),
    }[status]


def cause_word(cause: Cause) -> str:
    """Return what made a run, as a word in a column."""
    return {
        Cause.SCHEDULE: _("schedule"),
        Cause.CATCH_UP: _("catch-up"),
        Cause.MANUAL: _("by hand"),
        Cause.EVENT: _("event"),
        Cause.CHAIN: _("after another job"),
        Cause.TEST: _("test"),
    }[cause]


def reason_words(code: Reason, args: Mapping[str, str | int]) -> str:
    """Return why a run did not execute or ended oddly, as the end of a sentence."""
    named = {key: _argument(key, value) for key, value in args.items()}
    try:
        return _reasons()[code].format(**named)
    except KeyError:
        # A row of another version lacks a parameter; what it has is better than nothing.
        known = ", ".join(f"{key}={value}" for key, value in named.items())
        return f"{code} ({known})" if known else str(code)


def obstacle_words(obstacle: Obstacle) -> str:
    """Return what keeps a job from running, with what to do."""
    return {
        Obstacle.NO_ENGINE: _("No engine is running. Start one: deskcron daemon"),
        Obstacle.DISABLED: _("The job is disabled. Enable it: deskcron enable JOB"),
        Obstacle.PAUSED: _("All jobs are paused. Go on: deskcron resume"),
        Obstacle.FINISHED: _("The job is finished: its times are all in the past."),
        Obstacle.FAULT: _("The job cannot be read by this version, so it is not run."),
        Obstacle.STILL_RUNNING: _("An earlier run is not over yet."),
        Obstacle.NO_DUE_TIME: _("The job has no time ahead; it only runs by hand."),
    }[obstacle]


def change_words(change: str) -> str:
    """Return what an operation did, as the beginning of a sentence."""
    return {
        Change.ADD.value: _("adding"),
        Change.EDIT.value: _("the edit of"),
        Change.REMOVE.value: _("removing"),
        Change.ENABLE.value: _("enabling"),
        Change.DISABLE.value: _("disabling"),
        Change.DUPLICATE.value: _("duplicating"),
        Change.IMPORT.value: _("importing"),
    }.get(change, change)


def health_word(health: Health) -> str:
    """Return how a finding is to be taken."""
    return {Health.GOOD: _("good"), Health.NOTE: _("note"), Health.BAD: _("bad")}[health]


def inbox_word(kind: InboxKind) -> str:
    """Return why an item is in the inbox."""
    return {
        InboxKind.REMINDER: _("reminder"),
        InboxKind.TROUBLE: _("trouble"),
        InboxKind.MISSED: _("missed"),
    }[kind]


def mark_words(mark: str) -> str:
    """Return what the clocks do around a due time."""
    return {
        "gap-moved": _("the clocks skip this time; it runs right after"),
        "repeated-hour": _("the clocks show this time twice; it runs once"),
        "offset-changes": _("the clocks have changed since the time before"),
    }.get(mark, mark)


def fault_words(fault: str) -> str:
    """Return why a job cannot be run; `fault` is a reason's code, or words already."""
    return {
        Reason.UNKNOWN_KIND.value: _("of a kind this version does not know"),
        Reason.UNREADABLE.value: _("cannot be read"),
    }.get(fault, fault)


def rules_words(policy: Mapping[str, Any]) -> str:
    """Return the rules of a stored job as the options of `add`, with defaults filled in."""
    try:
        rules = msgspec.convert(policy, Policy)
    except msgspec.ValidationError:
        return _("cannot be read")
    words = [
        f"catch-up {_limited(rules.catch_up, rules.catch_up_limit)}",
        f"max-age {exact_duration(rules.max_age_s)}",
        f"overlap {_limited(rules.overlap, rules.overlap_limit)}",
        f"notify {rules.notify}",
        f"priority {rules.priority}",
    ]
    if rules.timeout_s is not None:
        words.append(f"timeout {exact_duration(rules.timeout_s)}")
    if rules.exact:
        words.append("exact")
    return ", ".join(words)


def outcome(run: Run) -> str:
    """Return status and reason of a run as one phrase."""
    word = status_word(run.status)
    if run.status is Status.SUCCEEDED and run.reason is None:
        return word if run.duration_s is None else _after(word, run.duration_s)
    if run.reason is None:
        return word
    why = reason_words(run.reason, run.reason_args)
    return _("{status}: {reason}").format(status=word, reason=why)


def due_count(run: Run) -> str:
    """Return how many due times the row covers."""
    text = ngettext("{count} due time", "{count} due times", run.count).format(count=run.count)
    return text if run.is_exact else _("at least {count}").format(count=text)


def _after(word: str, duration_s: float) -> str:
    return _("{status} after {duration}").format(status=word, duration=measured(duration_s))


def _limited(rule: CatchUp | Overlap, limit: int) -> str:
    has_limit = rule in {CatchUp.ALL, Overlap.QUEUE, Overlap.PARALLEL}
    return f"{rule}:{limit}" if has_limit else rule.value


def _argument(key: str, value: str | int) -> str:
    if isinstance(value, int) and key in {"max_age_s", "timeout_s"}:
        return exact_duration(value)
    if isinstance(value, int) and key == "limit_bytes":
        return _("{count} MB").format(count=value // 1_000_000)
    return shown(str(value))


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
        Reason.DIRECTORY_MISSING: _("there is no directory {path}"),
        Reason.NOT_A_DIRECTORY: _("{path} is not a directory"),
        Reason.TARGET_MISSING: _("there is no {path} to open"),
        Reason.NO_OPENER: _("nothing on this machine opens {target}"),
        Reason.START_FAILED: _("it could not be started: {error}"),
        Reason.UNKNOWN_KIND: _("this version does not know the kind '{kind}'"),
        Reason.UNREADABLE: _("the job cannot be read: {error}"),
        Reason.EXIT_CODE: _("exit code {code}"),
        Reason.SIGNAL: _("ended by signal {signal}"),
        Reason.TIME_LIMIT: _("longer than the time limit of {timeout_s}"),
        Reason.OUTPUT_LIMIT: _("more output than {limit_bytes}"),
        Reason.STOPPED: _("stopped on request"),
        Reason.JOB_REMOVED: _("the job was removed"),
        Reason.LEFT_PROCESSES: _("processes it had started were still there at its end"),
        Reason.MAY_HAVE_STARTED: _("the engine ended meanwhile; it may have started"),
        Reason.EXIT_CODE_UNKNOWN: _(
            "the engine that started it had ended; only exact jobs keep their exit code then"
        ),
    }
