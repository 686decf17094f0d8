"""Say in words which rules of a policy are out of range, each by its path in the policy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from deskcron.domain.braking import Brake
from deskcron.domain.conditions import (
    BatteryAbove,
    Check,
    Condition,
    Conditions,
    FreeSpace,
    Idle,
    LoadBelow,
    Present,
    ProcessRuns,
    SuccessOlder,
)
from deskcron.domain.environment import Environment
from deskcron.domain.errors import Problem
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.hours import Hours, wrong_hours
from deskcron.domain.pinging import Pings
from deskcron.domain.policy import Policy
from deskcron.domain.preferences import LONGEST_LANE
from deskcron.domain.retrying import RETRYABLE, Retry
from deskcron.domain.texts import gettext as _
from deskcron.domain.watchdogs import Watchdogs

LONGEST_S = 10 * 366 * 86_400
LONGEST_DELAY_S = 30 * 86_400
LONGEST_QUESTION_S = 86_400
LONGEST_CHECK_S = 600
MOST_RUNS = 1_000
MOST_RUNS_PER_DAY = 100_000
MOST_ATTEMPTS = 100
MOST_GROWTH = 100
MOST_FAILURES = 1_000
MOST_LOAD_PERCENT = 10_000
MOST_MEGABYTES = 10**9
MOST_EXIT_CODE = 255
MOST_NICE = 19
_ADDRESSES = ("http://", "https://", "${secret:")
MOST_OUTPUT_MB = 10_000

IsPlace = Callable[[str], bool]
"""Tell whether the holidays of a country or region are known."""


def any_place(_place: str) -> bool:
    """Take every place for known, where nobody can tell."""
    return True


def policy_problems(policy: Policy, is_place: IsPlace = any_place) -> list[Problem]:
    """Return what is out of range, by paths such as "retry.delay_s"."""
    groups = {
        "retry": _retry(policy.retry),
        "exit_codes": _exit_codes(policy.exit_codes),
        "brake": _brake(policy.brake),
        "hours": _hours(policy.hours, is_place),
        "pings": _pings(policy.pings),
        "watchdogs": _watchdogs(policy.watchdogs),
        "conditions": _conditions(policy.conditions),
        "environment": _environment(policy.environment),
    }
    within = (problem.within(path) for path, found in groups.items() for problem in found)
    return [*_rules(policy), *_running(policy), *within]


def _rules(policy: Policy) -> Iterator[Problem]:
    """Look at the rules that belong to no group."""
    for field in ("catch_up_limit", "overlap_limit"):
        if not 1 <= getattr(policy, field) <= MOST_RUNS:
            text = _("A number of runs is from 1 to {most}.").format(most=MOST_RUNS)
            yield Problem(field, text)
    for field in ("timeout_s", "max_age_s", "grace_s"):
        length_s = getattr(policy, field) or 0
        if length_s > LONGEST_S:
            yield Problem(field, _("A length of time is at most ten years."))
        elif length_s < 0 and field != "timeout_s":
            yield Problem(field, _("A length of time cannot be negative."))
    if policy.timeout_s is not None and policy.timeout_s < 1:
        yield Problem("timeout_s", _("A time limit is at least one second."))
    if not 0 <= policy.ask_s <= LONGEST_QUESTION_S:
        yield Problem("ask_s", _("A question waits for at most a day."))


def _running(policy: Policy) -> Iterator[Problem]:
    """Look at the rules that hold while a run goes on."""
    soft_s, hard_s = policy.soft_timeout_s, policy.timeout_s
    if soft_s is not None and not 1 <= soft_s <= LONGEST_S:
        yield Problem("soft_timeout_s", _("A length of time is from one second to ten years."))
    elif soft_s is not None and hard_s is not None and soft_s >= hard_s:
        yield Problem("soft_timeout_s", _("It is stopped before that, by its time limit."))
    limit_mb = policy.output_limit_mb
    if limit_mb is not None and not 1 <= limit_mb <= MOST_OUTPUT_MB:
        text = _("From 1 to {most} MB of an output are kept.").format(most=MOST_OUTPUT_MB)
        yield Problem("output_limit_mb", text)
    if not 0 <= policy.nice <= MOST_NICE:
        text = _("A niceness is from 0 to {most}.")
        yield Problem("nice", text.format(most=MOST_NICE))
    if len(policy.lane) > LONGEST_LANE or not policy.lane.isprintable():
        text = _("The name of a lane is one line of at most {most} characters.")
        yield Problem("lane", text.format(most=LONGEST_LANE))


def _watchdogs(dogs: Watchdogs) -> Iterator[Problem]:
    for field in ("no_success_s", "not_started_s"):
        length_s = getattr(dogs, field)
        if length_s is not None and not 1 <= length_s <= LONGEST_S:
            yield Problem(field, _("A length of time is from one second to ten years."))
    if dogs.slower_than is not None and not 1 < dogs.slower_than <= MOST_GROWTH:
        text = _("A factor above 1, up to {most}, is needed.")
        yield Problem("slower_than", text.format(most=MOST_GROWTH))
    if dogs.smaller_than is not None and not 0 < dogs.smaller_than < 1:
        yield Problem("smaller_than", _("A share between 0 and 1 is needed."))


def _pings(pings: Pings) -> Iterator[Problem]:
    for field in ("start", "success", "failure"):
        url = getattr(pings, field)
        if url and not (url.startswith(_ADDRESSES) and url.isprintable() and " " not in url):
            yield Problem(field, _("An address begins with http:// or https://, without blanks."))


def _retry(retry: Retry) -> Iterator[Problem]:
    if not 0 <= retry.count <= MOST_ATTEMPTS:
        text = _("A number of further attempts is from 0 to {most}.")
        yield Problem("count", text.format(most=MOST_ATTEMPTS))
    for field in ("delay_s", "ceiling_s"):
        if not 0 <= getattr(retry, field) <= LONGEST_DELAY_S:
            yield Problem(field, _("The time to the next attempt is at most 30 days."))
    if not 1 <= retry.growth <= MOST_GROWTH:
        text = _("The time between attempts grows by a factor from 1 to {most}.")
        yield Problem("growth", text.format(most=MOST_GROWTH))
    if not 0 <= retry.jitter <= 1:
        yield Problem("jitter", _("The share of chance is from 0 to 1."))
    odd = [status.value for status in retry.on if status not in RETRYABLE]
    if odd:
        text = _("“{word}” is no end that another attempt may follow: {words}.")
        yield Problem("on", text.format(word=odd[0], words=", ".join(RETRYABLE)))
    elif retry.count > 0 and not retry.on:
        yield Problem("on", _("Name at least one end that another attempt follows."))


def _exit_codes(codes: ExitCodes) -> Iterator[Problem]:
    for field in ("success", "warning"):
        odd = [code for code in getattr(codes, field) if not 0 <= code <= MOST_EXIT_CODE]
        if odd:
            text = _("An exit code is from 0 to {most}, not {code}.")
            yield Problem(field, text.format(most=MOST_EXIT_CODE, code=odd[0]))
    if not codes.success and not codes.warning:
        yield Problem("success", _("At least one exit code has to be a success."))


def _brake(brake: Brake) -> Iterator[Problem]:
    if not 0 <= brake.failures <= MOST_FAILURES:
        text = _("A number of failures is from 0 to {most}.")
        yield Problem("failures", text.format(most=MOST_FAILURES))
    if brake.resume_s is not None and not 1 <= brake.resume_s <= LONGEST_S:
        yield Problem("resume_s", _("A held job goes on after one second to ten years."))
    if not 0 <= brake.runs_per_day <= MOST_RUNS_PER_DAY:
        text = _("A number of runs in a day is from 0 to {most}.")
        yield Problem("runs_per_day", text.format(most=MOST_RUNS_PER_DAY))


def _hours(hours: Hours, is_place: IsPlace) -> Iterator[Problem]:
    for index, window in enumerate(hours.windows):
        for text in wrong_hours(Hours(windows=(window,))):
            words = _("“{text}” is neither a time such as 09:00 nor a day such as mon.")
            yield Problem(f"windows.{index}", words.format(text=text))
    for index, day in enumerate(hours.blackout):
        for text in wrong_hours(Hours(blackout=(day,))):
            words = _("“{text}” is no day such as 2026-12-24, and no first and last day.")
            yield Problem(f"blackout.{index}", words.format(text=text))
    if hours.holidays and not is_place(hours.holidays):
        words = _("The holidays of “{place}” are not known. A place is written as DE or DE-BY.")
        yield Problem("holidays", words.format(place=hours.holidays))


def _conditions(conditions: Conditions) -> Iterator[Problem]:
    for index, condition in enumerate(conditions.all):
        for problem in chain(_numbers(condition), _texts(condition)):
            yield problem.within(f"all.{index}")
    if not 0 <= conditions.wait_s <= LONGEST_DELAY_S:
        yield Problem("wait_s", _("A run waits for at most 30 days."))


def _environment(environment: Environment) -> Iterator[Problem]:
    for index, folder in enumerate(environment.path_prefix):
        field = f"path_prefix.{index}"
        if not (folder == "~" or folder.startswith("~/") or Path(folder).is_absolute()):
            yield Problem(field, _("Name a folder by its whole path, from / or ~ on."))
        elif os.pathsep in folder or "\0" in folder:
            yield Problem(
                field,
                _("Name one folder at a time, without “{sign}”.").format(
                    sign=os.pathsep if os.pathsep in folder else "NUL"
                ),
            )


def _numbers(condition: Condition) -> Iterator[Problem]:
    text = _("A number from {least} to {most} is needed, not {number}.")
    for field, number, least, most in _ranges(condition):
        if not least <= number <= most:
            yield Problem(field, text.format(least=least, most=most, number=number))


def _ranges(condition: Condition) -> Iterator[tuple[str, int, int, int]]:
    """Yield the numbers of a condition by field, with the least and the most they may be."""
    match condition:
        case BatteryAbove(percent=percent):
            yield "percent", percent, 0, 99
        case LoadBelow(percent=percent):
            yield "percent", percent, 1, MOST_LOAD_PERCENT
        case Idle(for_s=for_s):
            yield "for_s", for_s, 1, LONGEST_DELAY_S
        case FreeSpace(megabytes=megabytes):
            yield "megabytes", megabytes, 1, MOST_MEGABYTES
        case Check(timeout_s=timeout_s):
            yield "timeout_s", timeout_s, 1, LONGEST_CHECK_S
        case SuccessOlder(than_s=than_s):
            yield "than_s", than_s, 1, LONGEST_S


def _texts(condition: Condition) -> Iterator[Problem]:
    match condition:
        case Present(path=path) | FreeSpace(path=path):
            field, text, missing = "path", path, _("Name a file, a folder or a disk.")
            if text.strip() and not (text.startswith("~") or Path(text).is_absolute()):
                yield Problem(field, _("Name it by its whole path, from / or ~ on."))
        case ProcessRuns(name=name):
            field, text, missing = "name", name, _("Name a program.")
        case Check(command=command):
            field, text, missing = "command", command, _("Write the command to check by.")
        case _:
            return
    if not text.strip():
        yield Problem(field, missing)
    elif "\0" in text:
        yield Problem(field, _("The text has a NUL character."))
