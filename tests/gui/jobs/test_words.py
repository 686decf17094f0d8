"""The cells of the table say when a job runs and how it went, or why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from deskcron.domain.answers import EngineState, Waiting
from deskcron.domain.reason import Reason
from deskcron.domain.run import JobId, RunId
from deskcron.gui.jobs.filter import Column
from deskcron.gui.jobs.words import Cell, Present, cell
from tests.gui.jobs.conftest import NOW, line

RUNNING = EngineState(running=True)
PRESENT = Present(NOW, RUNNING)


def next_cell(engine: EngineState = RUNNING, **fields: Any) -> Cell:
    """Return the cell of the next run."""
    return cell(line("Job", **fields), Column.NEXT, Present(NOW, engine))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"next_due_at": NOW + timedelta(minutes=12)}, "in 12 min"),
        ({"enabled": False}, "off"),
        ({"finished_at": NOW}, "finished"),
        ({}, "—"),
        ({"fault": "unreadable"}, "—"),
    ],
)
def test_the_next_run_is_a_time_or_a_word_why_there_is_none(
    fields: dict[str, Any], text: str
) -> None:
    """The next run is a time or a word why there is none; the hint says it in a sentence."""
    said = next_cell(**fields)
    assert said.text == text
    assert said.hint()


@pytest.mark.parametrize(
    ("until", "text", "hint"),
    [
        (None, "held", "until you resume it"),
        (NOW + timedelta(minutes=5), "held, runs on in 5 min", "It runs on"),
    ],
)
def test_a_held_job_says_so(until: datetime | None, text: str, hint: str) -> None:
    """Failures in a row keep the job from its next due time, and the hint says until when."""
    said = next_cell(is_held=True, held_until=until, next_due_at=NOW)
    assert said.text == text
    assert hint in said.hint()
    assert next_cell(is_held=True, enabled=False).text == "off"


def test_a_job_that_listens_runs_on_its_event() -> None:
    """A job without times that follows an event does not run by hand only."""
    assert next_cell(listens=True).text == "on its event"


def test_a_waiting_run_says_for_what() -> None:
    """The last run is waiting for something that lasts."""
    run = Waiting(
        run_id=RunId(1),
        job_id=JobId("Job"),
        job_name="Job",
        reason=Reason.ON_BATTERY,
        reason_args={},
        since=NOW,
    )
    waits = msgspec.structs.replace(line("Job", last_status="waiting"), waiting=run)
    said = cell(waits, Column.LAST, PRESENT)
    assert said.text == "waiting: the computer runs on its battery"
    assert "Waiting since" in said.hint()


def test_a_reminder_that_is_put_off_says_when_it_comes_back() -> None:
    """A reminder that is over but snoozed is not called finished."""
    tea = line("Tea", finished_at=NOW)
    snoozed = msgspec.structs.replace(tea, snoozed_until=NOW + timedelta(hours=2))
    said = cell(snoozed, Column.NEXT, Present(NOW, RUNNING, UTC))
    assert said.text == "snoozed, today 14:00"
    assert "14:00:00" in said.hint()


def test_a_dash_is_read_out_as_its_reason() -> None:
    """A dash is read out as its reason."""
    assert next_cell().spoken == "The job has no time ahead. It runs by hand only."


@pytest.mark.parametrize(
    ("until", "text"),
    [
        (None, "paused"),
        (NOW + timedelta(hours=1), "paused"),
        (NOW + timedelta(minutes=5), "in 12 min"),
    ],
)
def test_a_pause_holds_only_what_is_due_before_its_end(until: datetime | None, text: str) -> None:
    """A pause holds only what is due before its end."""
    engine = EngineState(running=True, paused=True, paused_until=until)
    assert next_cell(engine, next_due_at=NOW + timedelta(minutes=12)).text == text


def test_a_time_that_passed_without_an_engine_is_overdue() -> None:
    """A time that passed without an engine is overdue, and the hint says why."""
    said = next_cell(EngineState(running=False), next_due_at=NOW - timedelta(minutes=5))
    assert said.text == "overdue"
    assert "No engine is running" in said.hint()


def test_a_time_that_has_just_come_is_now_for_a_running_engine() -> None:
    """A time that has just come is now for a running engine, not something in the past."""
    assert next_cell(next_due_at=NOW - timedelta(seconds=3)).text == "now"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "never yet"),
        ({"last_status": "failed", "last_run_at": NOW - timedelta(minutes=5)}, "failed 5 min ago"),
        ({"last_status": "of-tomorrow"}, "of-tomorrow"),
        (
            {"last_status": "running", "running_since": NOW - timedelta(seconds=12)},
            "running for 12 s",
        ),
    ],
)
def test_the_last_run_is_a_word_with_its_time(fields: dict[str, Any], text: str) -> None:
    """The last run is a word with its time; a status of a newer version stays as it is."""
    assert cell(line("Job", **fields), Column.LAST, PRESENT).text == text


def test_a_name_is_one_line_and_its_hint_has_the_rest() -> None:
    """A name is one line; its hint has all of it, the action, tags and that it is muted."""
    job = line("Two\nlines", tags=("home", "disk"), muted=True)
    said = cell(job, Column.NAME, PRESENT)
    assert said.text == "Two lines"
    assert said.hint() == "Two\nlines\necho\nTags: home, disk\nNo notifications"


@pytest.mark.parametrize(("enabled", "word"), [(True, "On"), (False, "Off")])
def test_a_switch_is_read_out_as_a_word(*, enabled: bool, word: str) -> None:
    """A switch is read out as a word."""
    assert cell(line("Job", enabled=enabled), Column.ENABLED, PRESENT).spoken == word
