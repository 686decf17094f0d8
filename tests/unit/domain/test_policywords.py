"""The rules of a job in plain language."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.conditions import Condition
from deskcron.domain.conditionwords import condition_words
from deskcron.domain.policy import Policy
from deskcron.domain.policywords import policy_words

EXAMPLES = [
    ({"catch_up": "skip"}, "What was missed is not caught up"),
    ({"catch_up": "all", "catch_up_limit": 7}, "Each missed time is caught up, up to 7"),
    ({"max_age_s": 5400}, "Nothing older than 1 h 30 min is caught up"),
    ({"overlap": "queue", "overlap_limit": 3}, "Up to 3 runs wait behind an earlier one"),
    ({"overlap": "parallel", "overlap_limit": 2}, "Up to 2 runs at once"),
    ({"overlap": "replace"}, "A later run takes the place of an earlier one"),
    ({"timeout_s": 600}, "Stopped after 10 min"),
    ({"grace_s": 30}, "Killed 30 s after it is told to stop"),
    ({"exact": True}, "Keeps exact evidence of start and end"),
    ({"notify": "never"}, "No banners"),
    ({"notify": "failure"}, "A banner for failures only"),
    ({"notify": "success"}, "A banner for successes only"),
    ({"priority": "high"}, "Starts before others that wait"),
    ({"priority": "low"}, "Starts after others that wait"),
    ({"ask_s": 60}, "Asks before it starts, and starts after 1 min without an answer"),
    ({"lane": "disk"}, "Runs in the lane disk"),
    (
        {"environment": {"base": "session"}},
        "Gets the environment of the session, not of the login shell",
    ),
    ({"environment": {"base": "minimal"}}, "Gets as little of an environment as programs need"),
    (
        {"environment": {"path_prefix": ["~/bin", "/opt"]}},
        "Looks for programs in ~/bin, /opt first",
    ),
    ({"nice": 10}, "Gives way to other programs, niceness 10"),
    ({"io": "idle"}, "Uses the disk only when nobody else does"),
    ({"keep_awake": True}, "Keeps the computer awake while it runs"),
    ({"soft_timeout_s": 600}, "You are told after 10 min"),
    (
        {"pings": {"start": "https://me:pw@example.org/?key=abc"}},
        "Its start is told to https://me:••••@example.org/?key=••••",
    ),
    ({"output_limit_mb": 5}, "The newest 5 MB of its output are kept"),
    ({"output_over": "stop"}, "Stopped if it prints more than is kept"),
    ({"watchdogs": {"no_success_s": 3600}}, "You are told if it has no success for 1 h"),
    (
        {"watchdogs": {"not_started_s": 600}},
        "You are told if it has not started 10 min after it was due",
    ),
    (
        {"watchdogs": {"slower_than": 2.5}},
        "You are told if it takes more than 2.5 times as long as usual",
    ),
    (
        {"watchdogs": {"smaller_than": 0.5}},
        "You are told if it prints less than 50 % of the usual",
    ),
    (
        {"watchdogs": {"errors": True}},
        "You are told if it succeeds and writes to its error output",
    ),
    ({"pings": {"start": "https://x/1"}}, "Its start is told to https://x/1"),
    ({"pings": {"success": "https://x/2"}}, "Its success is told to https://x/2"),
    ({"pings": {"failure": "https://x/3"}}, "Its failure is told to https://x/3"),
    ({"retry": {"count": 1}}, "Tried again once if it failed or timed out, after 1 min"),
    (
        {"retry": {"count": 3, "delay_s": 300, "on": ["failed"]}},
        (
            "Tried again up to 3 times if it failed, after 5 min, then each time 2 times as long, "
            "up to 1 h"
        ),
    ),
    (
        {"retry": {"count": 3, "growth": 1, "on": ["failed"]}},
        "Tried again up to 3 times if it failed, after 1 min each time",
    ),
    ({"exit_codes": {"success": [0, 2]}}, "Succeeds with exit code 0, 2"),
    (
        {"exit_codes": {"warning": [1]}},
        "Succeeds with exit code 0, and with 1 as a warning",
    ),
    (
        {"exit_codes": {"success": [], "warning": [0]}},
        "Succeeds with exit code 0 as a warning",
    ),
    ({"brake": {"failures": 1}}, "Held after 1 failure"),
    ({"brake": {"failures": 3, "resume_s": 3600}}, "Held after 3 failures in a row, for 1 h"),
    ({"brake": {"runs_per_day": 4}}, "At most 4 runs a day"),
    (
        {
            "hours": {
                "windows": [
                    {"begin": "09:00", "end": "18:00", "days": ["mon", "tue", "wed", "thu", "fri"]},
                    {"days": ["sun", "sat"]},
                    {"begin": "22:00", "end": "06:00"},
                ]
            }
        },
        "Only Monday to Friday 09:00-18:00 or Saturday and Sunday all day or 22:00-06:00",
    ),
    ({"hours": {"blackout": ["2026-12-24"]}}, "Not on 24 Dec 2026"),
    (
        {"hours": {"blackout": ["2026-12-24/2027-01-02"]}},
        "Not from 24 Dec 2026 to 2 Jan 2027",
    ),
    ({"hours": {"holidays": "DE-BY"}}, "Not on public holidays of DE-BY"),
    (
        {"conditions": {"all": [{"kind": "online"}, {"kind": "on-mains"}]}},
        "Only if there is a network and the computer is plugged in; else it is skipped",
    ),
    (
        {"conditions": {"all": [{"kind": "online"}], "otherwise": "wait", "wait_s": 7200}},
        "Only if there is a network; else it waits for up to 2 h",
    ),
    (
        {"conditions": {"all": [{"kind": "online"}], "otherwise": "run"}},
        "Only if there is a network; else it runs all the same",
    ),
]


def words(document) -> list[str]:
    """Return the words of a policy's document."""
    return list(policy_words(msgspec.convert(document, Policy)))


def test_a_rule_is_one_line():
    """Each rule that is not the default is told by one line, and nothing else is."""
    assert [words(document) for document, _text in EXAMPLES] == [[text] for _, text in EXAMPLES]


def test_the_defaults_need_no_words():
    """A job without rules of its own has no line; neither has what is without effect."""
    assert words({}) == []
    assert words({"retry": {"growth": 3}, "conditions": {"otherwise": "run"}}) == []


@given(st.lists(st.sampled_from(EXAMPLES), max_size=8))
def test_rules_are_told_independently_of_each_other(chosen):
    """However rules are combined, each is still told in its own words."""
    document, expected = {}, set()
    for part, text in chosen:
        if not document.keys() & part.keys():
            document |= part
            expected.add(text)
    if document.get("catch_up") == "skip":  # then nothing is caught up, however old
        expected.discard("Nothing older than 1 h 30 min is caught up")
    if document.keys() >= {"output_limit_mb", "output_over"}:
        expected -= {words({"output_limit_mb": 5})[0], words({"output_over": "stop"})[0]}
        expected |= {"Stopped if it prints more than 5 MB"}
    assert set(words(document)) == expected


def test_no_rule_is_without_words():
    """Each field of a policy has an example above, so that none is forgotten."""
    told = {field for document, _text in EXAMPLES for field in document}
    limits = {"catch_up_limit", "overlap_limit"}
    assert set(Policy.__struct_fields__) == told | limits


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"kind": "on-mains"}, "the computer is plugged in"),
        ({"kind": "battery-above", "percent": 30}, "the battery has more than 30 %"),
        ({"kind": "online"}, "there is a network"),
        ({"kind": "idle", "for_s": 600}, "nobody has used the computer for 10 min"),
        ({"kind": "load-below", "percent": 50}, "the processors are busy for less than 50 %"),
        ({"kind": "present", "path": "/mnt/usb"}, "/mnt/usb is there"),
        ({"kind": "free-space", "path": "/", "megabytes": 500}, "500 MB are free at /"),
        ({"kind": "process", "name": "rsync"}, "rsync is running"),
        ({"kind": "process", "name": "rsync", "is_wanted": False}, "rsync is not running"),
        ({"kind": "undisturbed"}, "no window fills the screen and notifications are on"),
        ({"kind": "check", "command": "a {b}"}, "the check “a {b}” exits with 0"),
        (
            {"kind": "check", "command": "curl https://me:pw@a/?key=abc"},
            "the check “curl https://me:••••@a/?key=••••” exits with 0",
        ),
        ({"kind": "success-older", "than_s": 43_200}, "it has not succeeded for 12 h"),
    ],
)
def test_conditions_are_told_to_follow_only_if(raw, text):
    """Each kind of condition names its numbers and texts."""
    assert condition_words(msgspec.convert(raw, Condition)) == text
