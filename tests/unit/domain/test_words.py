"""Codes become words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from deskcron.domain import words
from deskcron.domain.answers import Health, Undoable, Undone, Upcoming
from deskcron.domain.daywords import dated
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.job import JobSummary
from deskcron.domain.outlook import Unmet
from deskcron.domain.reason import Reason, Why
from deskcron.domain.reasonwords import fault_words, reason_words, waiting_words
from deskcron.domain.records import Change, InboxKind
from deskcron.domain.run import Cause, Status
from deskcron.triggers.preview import Mark

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARGUMENTS = {
    "max_age_s": 5400,
    "timeout_s": 600,
    "limit": 3,
    "limit_bytes": 5_000_000,
    "wall": "2026-10-25T02:30",
    "path": "/opt/tool",
    "target": "mailto:x",
    "error": "odd",
    "kind": "http",
    "code": 3,
    "signal": 9,
    "date": "2026-12-24",
    "name": "Tea",
    "failures": 3,
    "most_once_s": 600,
    "percent": 20,
    "for_s": 600,
    "megabytes": 500,
    "command": "true",
    "than_s": 3600,
    "until": "2026-11-20T12:10:00+00:00",
    "attempt": 2,
    "of": 4,
    "lane": "disk",
}


def test_every_reason_has_words():
    """Each reason is a phrase with its parameters filled in, without its code."""
    for reason in Reason:
        text = reason_words(reason, ARGUMENTS)
        assert len(text) > 5, reason
        assert "{" not in text
        assert not text.endswith(".")
        assert text.isprintable()
        assert text != reason.value
        assert not text.startswith(f"{reason.value} (")


def test_reasons_show_their_parameters():
    """Lengths of time and sizes can be read."""
    assert "1 h 30 min" in reason_words(Reason.TOO_OLD, ARGUMENTS)
    assert "/opt/tool" in reason_words(Reason.PROGRAM_MISSING, ARGUMENTS)
    assert "5 MB" in reason_words(Reason.OUTPUT_LIMIT, ARGUMENTS)


@pytest.mark.parametrize(
    ("reason", "args", "past", "present"),
    [
        (
            Reason.ON_BATTERY,
            {"now_percent": 43},
            "the computer ran on its battery, 43 % full",
            "the computer runs on its battery, 43 % full",
        ),
        (
            Reason.ON_BATTERY,
            {},
            "the computer ran on its battery",
            "the computer runs on its battery",
        ),
        (
            Reason.IN_USE,
            {"for_s": 600, "idle_s": 65},
            "the computer was in use 1 min 5 s before, and is to be left alone for 10 min",
            "the computer was in use 1 min 5 s ago, and is to be left alone for 10 min",
        ),
        (
            Reason.NO_SPACE,
            {"path": "/media/disk", "megabytes": 500},
            "less than 500 MB were free at /media/disk",
            "less than 500 MB are free at /media/disk",
        ),
        (
            Reason.NO_SPACE,
            {"path": "/home", "megabytes": 500, "now_megabytes": 12},
            "12 MB were free at /home, 500 MB are wanted",
            "12 MB are free at /home, 500 MB are wanted",
        ),
    ],
)
def test_what_was_measured_is_told_where_it_is_known(reason, args, past, present):
    """A condition that did not hold tells how far off it was, in a row and while it lasts."""
    assert reason_words(reason, args) == past
    assert waiting_words(reason, args) == present


def test_a_run_that_waits_for_a_condition_says_until_when():
    """A wait that ends says when; what names its end itself says it once."""
    until = NOW.isoformat()
    waits = waiting_words(Reason.OFFLINE, {"until": until})
    assert waits == f"there is no network; it waits until {dated(NOW.astimezone())} at most"
    assert waiting_words(Reason.ASKED, {"until": until}).count(dated(NOW.astimezone())) == 1
    assert reason_words(Reason.OFFLINE, {"until": until}) == "there was no network"


def test_a_reason_of_another_version_is_shown_as_it_is():
    """A missing parameter is no crash."""
    assert reason_words(Reason.EXIT_CODE, {}) == "exit-code"
    assert reason_words(Reason.EXIT_CODE, {"x": 1}) == "exit-code (x=1)"


def test_every_code_has_words():
    """No status, cause, obstacle, change, health, kind or mark is without words."""
    texts = [
        *map(words.status_word, Status),
        *map(words.cause_word, Cause),
        *map(words.obstacle_words, Obstacle),
        *map(words.health_word, Health),
        *map(words.inbox_word, InboxKind),
    ]
    assert all(texts)
    offers = [Undoable(operation=1, change=one.value, label="Tea") for one in Change]
    assert len({words.undoable_words(one) for one in offers}) == len(Change)
    sentences = {words.undone_words(Undone(change=one.value, label="Tea")) for one in Change}
    assert len(sentences) == len(Change)
    assert "A change of Tea was undone." not in sentences
    assert all(words.mark_words(mark) != mark for mark in Mark)


@pytest.mark.parametrize(
    ("obstacles", "text"),
    [
        ((Obstacle.PAUSED, Obstacle.NO_ENGINE), "skipped when the pause ends"),
        ((Obstacle.NO_ENGINE,), "the next engine decides"),
        ((), "about to decide"),
    ],
)
def test_what_becomes_of_a_time_that_has_passed(obstacles, text):
    """A due time without a row says what it waits for; one that is ahead says nothing."""
    job = JobSummary(
        id="a1",
        name="Tea",
        enabled=True,
        tags=(),
        schedule="",
        action="",
        kind="reminder",
        muted=False,
        next_due_at=NOW,
        last_status=None,
        last_run_at=None,
        finished_at=None,
        fault=None,
    )
    answer = Explanation(
        job=job, last_execution=None, decisions=(), next_due_at=NOW, obstacles=obstacles
    )
    assert text in words.undecided_words(answer, NOW)
    assert words.undecided_words(answer, NOW - timedelta(seconds=1)) == ""
    never = msgspec.structs.replace(answer, next_due_at=None)
    assert words.undecided_words(never, NOW) == ""


def test_what_is_special_about_a_due_time():
    """Marks and what bars it are told of a due time, nothing where there is neither."""
    plain = Upcoming(at=NOW, wall=NOW, triggers=("t1",), marks=())
    assert words.upcoming_words(plain) == []
    bar = Unmet(reason=Reason.OUTSIDE_HOURS, reason_args={})
    special = msgspec.structs.replace(plain, marks=("leap",), barred=bar)
    assert words.upcoming_words(special) == [
        "leap",
        "skipped: it is outside the hours in which the job may run",
    ]


def test_unknown_codes_stay_readable():
    """A code of a newer version is shown as it is."""
    assert words.undone_words(Undone(change="merge", label="Tea")) == "A change of Tea was undone."
    assert words.mark_words("leap") == "leap"
    assert fault_words("in its own words") == "in its own words"
    assert f"The job is {fault_words('unreadable')}." == "The job is not readable by this version."


@pytest.mark.parametrize(
    ("status", "why", "text"),
    [
        (Status.SUCCEEDED, None, "Succeeded"),
        (Status.FAILED, None, "Failed"),
        (Status.FAILED, Why(Reason.EXIT_CODE, {"code": 3}), "Failed: exit code 3"),
        (
            Status.FAILED,
            Why(Reason.PROGRAM_MISSING, {"path": "/opt/tool"}),
            "Failed: there is no program /opt/tool",
        ),
        (Status.TIMED_OUT, Why(Reason.TIME_LIMIT, {"timeout_s": 600}), "Timed out after 10 min"),
        (
            Status.TIMED_OUT,
            Why(Reason.TIME_LIMIT, {"timeout_s": 5400}),
            "Timed out after 1 h 30 min",
        ),
        (Status.TIMED_OUT, Why(Reason.TIME_LIMIT), "Timed out: time-limit"),
        (
            Status.INTERRUPTED,
            Why(Reason.MAY_HAVE_STARTED),
            "Interrupted: the engine ended meanwhile; it may have started",
        ),
        (Status.CANCELLED, Why(Reason.STOPPED), "Cancelled: stopped on request"),
        (Status.UNKNOWN, None, "Ended, nobody knows how"),
    ],
)
def test_ends_say_their_reason(status, why, text):
    """The end of a run is a line of its own, the reason in it."""
    assert words.end_words(status, why) == text


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        (Reason.CHECK_FAILED, "command"),
        (Reason.CHECK_TOO_LONG, "command"),
        (Reason.NO_OPENER, "target"),
    ],
)
def test_a_reason_tells_no_secret(reason: Reason, name: str) -> None:
    """What a person has typed is shown without the password in it."""
    args = {**ARGUMENTS, name: "https://me:pw@example.org/?token=abc"}
    for told in (reason_words(reason, args), waiting_words(reason, args)):
        assert "https://me:••••@example.org/?token=••••" in told
