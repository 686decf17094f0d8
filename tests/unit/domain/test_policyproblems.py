"""What of a policy is out of range, by path and in words."""

from __future__ import annotations

import msgspec
import pytest

from deskcron.domain.policy import Policy
from deskcron.domain.policyproblems import policy_problems

FINE = {
    "retry": {"count": 100, "delay_s": 0, "growth": 1.5, "jitter": 1.0, "on": ["interrupted"]},
    "exit_codes": {"success": [0, 255], "warning": [1]},
    "brake": {"failures": 3, "resume_s": 1, "runs_per_day": 24},
    "hours": {
        "windows": [{"begin": "22:00", "end": "06:00", "days": ["mon", "sun"]}],
        "blackout": ["2026-12-24", "2026-12-24/2027-01-02"],
        "holidays": "DE-BY",
    },
    "conditions": {
        "all": [
            {"kind": "on-mains"},
            {"kind": "battery-above", "percent": 0},
            {"kind": "online"},
            {"kind": "idle", "for_s": 1},
            {"kind": "load-below", "percent": 50},
            {"kind": "present", "path": "~/backup"},
            {"kind": "free-space", "path": "/", "megabytes": 1},
            {"kind": "process", "name": "firefox", "is_wanted": False},
            {"kind": "undisturbed"},
            {"kind": "check", "command": "true"},
            {"kind": "success-older", "than_s": 1},
        ],
        "otherwise": "wait",
        "wait_s": 0,
    },
    "ask_s": 60,
    "environment": {"base": "minimal", "path_prefix": ["/opt/bin", "~", "~/bin"]},
    "lane": "disk",
    "nice": 19,
    "pings": {"start": "https://x/${secret:key}", "success": "${secret:address}"},
    "watchdogs": {"no_success_s": 1, "slower_than": 1.5, "smaller_than": 0.5, "errors": True},
    "soft_timeout_s": 1,
    "output_limit_mb": 10_000,
}


def problems(document, **more):
    """Return the problems of a policy's document."""
    return policy_problems(msgspec.convert(document, Policy), **more)


@pytest.mark.parametrize("document", [{}, FINE])
def test_what_is_in_range_has_no_problem(document):
    """The defaults can be saved, and so can each rule at its bounds."""
    assert problems(document) == []


OUT_OF_RANGE = [
    ({"catch_up_limit": 0}, "catch_up_limit", "from 1 to 1000"),
    ({"overlap_limit": 1001}, "overlap_limit", "from 1 to 1000"),
    ({"timeout_s": 0}, "timeout_s", "at least one second"),
    ({"max_age_s": -1}, "max_age_s", "negative"),
    ({"grace_s": 10**9}, "grace_s", "ten years"),
    ({"ask_s": 86_401}, "ask_s", "a day"),
    ({"lane": "a\nb"}, "lane", "one line"),
    ({"nice": -1}, "nice", "from 0 to 19"),
    ({"nice": 20}, "nice", "from 0 to 19"),
    ({"soft_timeout_s": 0}, "soft_timeout_s", "one second"),
    ({"soft_timeout_s": 60, "timeout_s": 60}, "soft_timeout_s", "stopped before"),
    ({"output_limit_mb": 0}, "output_limit_mb", "From 1 to 10000 MB"),
    ({"watchdogs": {"no_success_s": 0}}, "watchdogs.no_success_s", "one second"),
    ({"watchdogs": {"not_started_s": -1}}, "watchdogs.not_started_s", "one second"),
    ({"watchdogs": {"slower_than": 1}}, "watchdogs.slower_than", "above 1"),
    ({"watchdogs": {"smaller_than": 1}}, "watchdogs.smaller_than", "between 0 and 1"),
    ({"pings": {"start": "file:///etc/passwd"}}, "pings.start", "http://"),
    ({"pings": {"failure": "https://x/a b"}}, "pings.failure", "without blanks"),
    ({"lane": 51 * "a"}, "lane", "at most 50"),
    ({"retry": {"count": 101}}, "retry.count", "from 0 to 100"),
    ({"retry": {"delay_s": -1}}, "retry.delay_s", "30 days"),
    ({"retry": {"ceiling_s": 10**9}}, "retry.ceiling_s", "30 days"),
    ({"retry": {"growth": 0.5}}, "retry.growth", "from 1 to 100"),
    ({"retry": {"growth": float("nan")}}, "retry.growth", "from 1 to 100"),
    ({"retry": {"jitter": 1.1}}, "retry.jitter", "from 0 to 1"),
    ({"retry": {"on": ["failed", "succeeded"]}}, "retry.on", "“succeeded”"),
    ({"retry": {"count": 1, "on": []}}, "retry.on", "at least one"),
    ({"exit_codes": {"success": [256]}}, "exit_codes.success", "not 256"),
    ({"exit_codes": {"warning": [-1]}}, "exit_codes.warning", "not -1"),
    ({"exit_codes": {"success": []}}, "exit_codes.success", "At least one"),
    ({"brake": {"failures": -1}}, "brake.failures", "from 0 to 1000"),
    ({"environment": {"path_prefix": ["/a", "b"]}}, "environment.path_prefix.1", "whole path"),
    ({"environment": {"path_prefix": ["/a:/b"]}}, "environment.path_prefix.0", "“:”"),
    ({"environment": {"path_prefix": ["/a\0"]}}, "environment.path_prefix.0", "NUL"),
    ({"brake": {"resume_s": 0}}, "brake.resume_s", "one second"),
    ({"brake": {"runs_per_day": -1}}, "brake.runs_per_day", "in a day"),
    ({"hours": {"windows": [{}, {"end": "24:00"}]}}, "hours.windows.1", "“24:00”"),
    ({"hours": {"windows": [{"days": ["day"]}]}}, "hours.windows.0", "“day”"),
    ({"hours": {"blackout": ["xmas"]}}, "hours.blackout.0", "“xmas”"),
    ({"conditions": {"wait_s": -1}}, "conditions.wait_s", "30 days"),
]


def test_what_is_out_of_range_is_told_by_its_path():
    """One problem names the field and says what is allowed."""
    for document, path, word in OUT_OF_RANGE:
        told = problems(document)
        assert [problem.field for problem in told] == [path], document
        assert word in told[0].message
        assert told[0].message.endswith(".")


@pytest.mark.parametrize(
    ("condition", "field", "word"),
    [
        ({"kind": "battery-above", "percent": 100}, "percent", "from 0 to 99"),
        ({"kind": "load-below", "percent": 0}, "percent", "from 1"),
        ({"kind": "idle", "for_s": 0}, "for_s", "not 0"),
        ({"kind": "free-space", "path": "/", "megabytes": 0}, "megabytes", "not 0"),
        ({"kind": "free-space", "path": "", "megabytes": 1}, "path", "Name a file"),
        ({"kind": "present", "path": "backup"}, "path", "whole path"),
        ({"kind": "present", "path": "/a\0b"}, "path", "NUL"),
        ({"kind": "process", "name": " "}, "name", "program"),
        ({"kind": "check", "command": ""}, "command", "command"),
        ({"kind": "check", "command": "true", "timeout_s": 601}, "timeout_s", "to 600"),
        ({"kind": "success-older", "than_s": 0}, "than_s", "not 0"),
    ],
)
def test_a_condition_is_told_by_its_place(condition, field, word):
    """The path names which of several conditions it is."""
    [problem] = problems({"conditions": {"all": [{"kind": "online"}, condition]}})
    assert problem.field == f"conditions.all.1.{field}"
    assert word in problem.message


def test_holidays_are_those_of_a_place_that_is_known():
    """Who can tell is asked; the place is named."""
    [problem] = problems({"hours": {"holidays": "XX"}}, is_place=lambda place: place == "DE")
    assert problem.field == "hours.holidays"
    assert "“XX”" in problem.message
    assert problems({"hours": {"holidays": "DE"}}, is_place=lambda place: place == "DE") == []
