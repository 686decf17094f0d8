"""Runs in words: when, why, how they ended, and everything for the clipboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.answers import RunDetail
from deskcron.domain.reason import Reason
from deskcron.domain.run import Attempt, Cause, JobId, Run, RunId, Running, Status
from deskcron.gui.history.facts import as_text, facts
from deskcron.gui.history.words import status_sentence, took, when, when_exactly, why

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DUE = NOW - timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the computer's zone be UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def a_run(**fields: Any) -> Run:
    """Return a run with these fields."""
    values: dict[str, Any] = {
        "id": 12,
        "job_id": "a1b2",
        "job_name": "Backup",
        "revision": 1,
        "cause": Cause.SCHEDULE,
        "status": Status.FAILED,
        "reason": Reason.EXIT_CODE,
        "reason_args": {"code": 127},
        "due_at": DUE,
        "recorded_at": DUE,
        "started_at": DUE + timedelta(seconds=90),
        "ended_at": DUE + timedelta(seconds=93),
        "duration_s": 3.04,
        "exit_code": 127,
        "output_bytes": 1234,
    }
    return Run(**{**values, **fields})


def a_detail(run: Run, **fields: Any) -> RunDetail:
    """Return what a run executed."""
    values: dict[str, Any] = {
        "run": run,
        "kind": "command",
        "command": "rsync -a 'my docs' usb",
        "directory": "/home/me",
        "environment_names": ("LANG", "TOKEN"),
        "log_path": Path("/logs/12-1.log"),
        "is_log_there": True,
    }
    return RunDetail(**{**values, **fields})


def test_a_run_is_told_by_status_and_reason() -> None:
    """A run is told by its status and its reason."""
    assert status_sentence(a_run(), UTC) == "Failed: exit code 127: command not found"
    ended = a_run(reason=Reason.SIGNAL, reason_args={"signal": 9}, signal=9, exit_code=None)
    assert status_sentence(ended, UTC) == "Failed: ended by SIGKILL (Killed)"
    good = a_run(status=Status.SUCCEEDED, reason=None, exit_code=0)
    assert status_sentence(good, UTC) == "Succeeded"


def test_names_in_a_reason_stay_as_they_are() -> None:
    """A reason that begins with the name of a file keeps its capital."""
    run = a_run(reason=Reason.PROGRAM_NOT_EXECUTABLE, reason_args={"path": "Backup.sh"})
    assert status_sentence(run, UTC).startswith("Failed: Backup.sh may not be executed")


def test_all_times_are_those_of_the_zone_that_is_shown() -> None:
    """Row, hint, reason of a range, and details agree."""
    tokyo = ZoneInfo("Asia/Tokyo")
    detail = a_detail(a_run())
    times = [fact.value for fact in facts(detail, NOW, tokyo) if "2026" in fact.value]
    assert len(times) == 3
    assert all(time.endswith(" JST") for time in times)
    assert when_exactly(detail.run, tokyo).count(" JST") == 3
    assert when(detail.run, NOW + timedelta(hours=2), tokyo) == "Today 20:55"
    span = {"due_at": DUE - timedelta(hours=11), "due_until": DUE, "count": 12}
    assert "from 20 Nov 2026 09:55 to 20 Nov 2026 20:55" in why(a_run(**span), tokyo)


def test_a_range_names_its_due_times_and_their_reason() -> None:
    """A row for many due times says how many, from when to when, and why none ran."""
    run = a_run(
        status=Status.SKIPPED,
        reason=Reason.PAUSED,
        reason_args={},
        count=12,
        due_at=DUE - timedelta(hours=11),
        due_until=DUE,
        started_at=None,
        ended_at=None,
        duration_s=None,
        exit_code=None,
    )
    assert why(run, UTC) == (
        "12 due times from 20 Nov 2026 00:55 to 20 Nov 2026 11:55: all jobs were paused"
    )
    assert when(run, NOW, UTC) == "5 min ago"
    assert when_exactly(run, UTC) == (
        "Due from Friday 20 Nov 2026 00:55:00 UTC\nto Friday 20 Nov 2026 11:55:00 UTC"
    )
    names = [fact.name for fact in facts(a_detail(run, kind="reminder"), NOW, UTC)]
    assert names[:6] == ["Reminder", "Variables", "Due times", "First due", "Last due", "Cause"]


def test_a_run_that_goes_on_says_for_how_long() -> None:
    """A run that goes on says for how long it has."""
    fields = {"reason": None, "duration_s": None, "exit_code": None, "ended_at": None}
    run = a_run(status=Status.RUNNING, started_at=DUE, **fields)
    assert took(run, NOW) == "5 min"
    assert took(a_run(status=Status.QUEUED, started_at=None, **fields), NOW) == ""


def test_a_run_by_hand_is_dated_by_when_it_was_asked_for() -> None:
    """A run without a due time is dated by when it was asked for."""
    run = a_run(due_at=None, cause=Cause.MANUAL)
    assert when(run, NOW, UTC) == "5 min ago"
    assert when_exactly(run, UTC).startswith("Recorded Friday 20 Nov 2026 11:55:00 UTC\nStarted ")


def test_the_details_can_be_sent_to_somebody() -> None:
    """The details as text have everything that is known."""
    text = as_text(a_detail(a_run(attempt=2, dropped_bytes=3_000_000)), NOW, UTC)
    assert text.splitlines() == [
        "Backup",
        "Failed: exit code 127: command not found",
        "Command: rsync -a 'my docs' usb",
        "Folder: /home/me",
        "Variables: LANG, TOKEN",
        "Due: Friday 20 Nov 2026 11:55:00 UTC",
        "Started: Friday 20 Nov 2026 11:56:30 UTC",
        "Late by: 1 min 30 s",
        "Ended: Friday 20 Nov 2026 11:56:33 UTC",
        "Duration: 3.0 s",
        "Ended with: exit code 127: command not found",
        "Cause: Schedule",
        "Attempt: 2",
        "Output: 1.2 KB",
        "Not kept: 3 MB",
        "Run: 12",
        "Log: /logs/12-1.log",
    ]


def test_a_run_says_that_the_computer_may_have_slept() -> None:
    """It does where it was to keep it awake and could not."""
    words = "The computer could not be kept awake all the time: no logind gave a lock for that"
    told = facts(a_detail(a_run(may_have_slept=True)), NOW, UTC)
    assert ("Sleep", words) in [(fact.name, fact.value) for fact in told]
    assert "Sleep" not in [fact.name for fact in facts(a_detail(a_run()), NOW, UTC)]


def test_a_script_is_told_with_what_runs_it_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """All lines of a script are there, its interpreter, its arguments, and its very folder."""
    monkeypatch.setenv("HOME", "/home/me")
    script = {"kind": "script", "text": "\none\ntwo\n", "command": "one (and 1 more line)"}
    around = {"interpreter": "bash", "arguments": "'my docs' 7", "directory": ""}
    detail = a_detail(a_run(), **script, **around)
    assert [(fact.name, fact.value) for fact in facts(detail, NOW, UTC)][:4] == [
        ("Script", "one\ntwo"),
        ("Interpreter", "bash"),
        ("Arguments", "'my docs' 7"),
        ("Folder", "/home/me"),
    ]
    written = a_detail(a_run(), directory="~/work")
    assert ("Folder", "/home/me/work") in [
        (one.name, one.value) for one in facts(written, NOW, UTC)
    ]


def test_earlier_attempts_and_what_a_run_came_from_are_told() -> None:
    """Each attempt before the latest has its time and its end, and a chain names the run before."""
    before = Attempt(
        number=1,
        status=Status.FAILED,
        reason=Reason.EXIT_CODE,
        reason_args={"code": 3},
        started_at=DUE,
        ended_at=NOW,
        duration_s=3.0,
        exit_code=3,
        signal=None,
        output_bytes=0,
        dropped_bytes=0,
    )
    origin = {"previous_run_id": "7", "previous_status": "succeeded"}
    detail = a_detail(
        a_run(attempt=2, cause=Cause.CHAIN, origin=origin),
        attempts=(before,),
        previous=a_run(id=7, job_name="First"),
    )
    told = {fact.name: fact.value for fact in facts(detail, NOW, UTC)}
    assert told["Attempt 1"].splitlines()[-1] == "Failed after 3.0 s: exit code 3"
    assert told["Came from"] == "After run 7 of “First”: succeeded"
    assert told["Attempt"] == "2"


def test_what_a_run_waits_for_is_a_fact() -> None:
    """A run that waits says when it goes on, or which runs come before it."""
    ahead = tuple(
        Running(run_id=RunId(number), job_id=JobId("a"), job_name=name, started_at=NOW)
        for number, name in ((7, "First"), (8, "Two\nlines"))
    )
    told = {fact.name: fact.value for fact in facts(a_detail(a_run(), ahead=ahead), NOW, UTC)}
    assert told["Comes after"] == "Run 7 of “First”\nRun 8 of “Two lines”"
    assert "Goes on" not in told
    delayed = a_detail(a_run(), goes_on_at=NOW)
    [goes_on] = [fact.value for fact in facts(delayed, NOW, UTC) if fact.name == "Goes on"]
    assert goes_on.endswith(" UTC")
