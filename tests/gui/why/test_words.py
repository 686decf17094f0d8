"""One sentence says when a job runs next, or why it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from deskcron.domain.answers import EngineState
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.outlook import Closed, Outlook
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.reason import Reason
from deskcron.domain.run import Attempt, Cause, JobId, Run, RunId, Status
from deskcron.gui.why.words import (
    Answer,
    ahead_notes,
    cause_sentence,
    headline,
    job_text,
    last_apart,
    obstacle_text,
    run_headline,
    run_line,
    silence_text,
    time_line,
)
from deskcron.gui.zones import Zones
from tests.gui.jobs.conftest import line

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=12)


def answer(*obstacles: Obstacle, due_at: datetime | None = SOON, **engine: Any) -> Answer:
    """Return an answer with these obstacles."""
    job = Explanation(
        job=line("Backup").job,
        last_execution=None,
        decisions=(),
        next_due_at=due_at,
        obstacles=obstacles,
        times="Every day",
    )
    state = {"running": Obstacle.NO_ENGINE not in obstacles, **engine}
    zones = Zones()
    zones.show_in(ZoneDisplay.UTC)
    return Answer(job, EngineState(**state), zones)


def run(**fields: Any) -> Run:
    """Return a run."""
    values = {
        "id": RunId(1),
        "job_id": JobId("a"),
        "job_name": "Backup",
        "revision": 1,
        "cause": Cause.SCHEDULE,
        "status": Status.SUCCEEDED,
        "recorded_at": NOW,
        **fields,
    }
    return Run(**values)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (answer(), "Next run in 12 min."),
        (answer(Obstacle.STILL_RUNNING), "Next run in 12 min."),
        (answer(due_at=NOW), "Its time has come."),
        (answer(Obstacle.DISABLED), "It will not run: it is off."),
        (answer(Obstacle.NO_ENGINE), "It will not run: no engine is running."),
        (answer(Obstacle.NO_ENGINE, Obstacle.DISABLED), "It will not run: it is off."),
        (answer(Obstacle.FAULT), "It will not run: this version cannot read it."),
        (
            answer(Obstacle.FINISHED, due_at=None),
            "It will not run again: its times are all in the past.",
        ),
        (
            answer(Obstacle.NO_DUE_TIME, due_at=None),
            "It runs by hand only.",
        ),
        (
            answer(Obstacle.NO_DUE_TIME, Obstacle.STILL_RUNNING, due_at=None),
            "It runs by hand only.",
        ),
        (
            answer(Obstacle.STILL_RUNNING, due_at=None),
            "No further time is set until its present run is over.",
        ),
        (answer(Obstacle.REMOVED, due_at=None), "It will not run: it was deleted."),
        (answer(Obstacle.PAUSED, paused=True), "It will not run: all jobs are paused."),
        (
            answer(Obstacle.PAUSED, paused=True, paused_until=NOW + timedelta(minutes=30)),
            "Its next time is left out: all jobs are paused until 12:30.",
        ),
        (
            answer(Obstacle.PAUSED, paused=True, paused_until=NOW + timedelta(minutes=5)),
            "Next run in 12 min.",
        ),
    ],
)
def test_the_headline_names_the_next_run_or_what_is_in_the_way(
    given: Answer, sentence: str
) -> None:
    """The headline names the next run, or what is in the way most of all."""
    assert headline(given, NOW) == sentence


@pytest.mark.parametrize(
    ("held_until", "sentence"),
    [
        (None, "It does not run on: it failed too often in a row."),
        (SOON + timedelta(seconds=1), "It does not run on: it failed too often in a row."),
        (SOON, "Next run in 12 min."),
    ],
)
def test_a_hold_counts_only_where_it_outlasts_the_next_time(
    held_until: datetime | None, sentence: str
) -> None:
    """A job that runs on before its next time is told by that time."""
    held = line("Backup", is_held=True, held_until=held_until).job
    given = answer(Obstacle.HELD)
    given = given._replace(job=msgspec.structs.replace(given.job, job=held))
    assert headline(given, NOW) == sentence


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_every_obstacle_is_put_into_words(obstacle: Obstacle) -> None:
    """Every obstacle is put into words."""
    assert obstacle_text(obstacle, answer(obstacle), NOW).endswith(".")


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_a_sentence(cause: Cause) -> None:
    """Every cause is a sentence."""
    assert cause_sentence(run(cause=cause)).endswith(".")


def test_a_run_is_told_with_reason_length_and_cause() -> None:
    """A run is told with reason, length and what made it where that was not the schedule."""
    failed = run(
        status=Status.FAILED,
        reason=Reason.EXIT_CODE,
        reason_args={"code": 127},
        exit_code=127,
        duration_s=1.25,
        cause=Cause.MANUAL,
    )
    assert run_line(failed, UTC) == "Failed: exit code 127: command not found, took 1.2 s, by hand"
    assert run_headline(run(), UTC) == "Succeeded."


def test_a_range_is_told_with_its_number_of_due_times() -> None:
    """A range is told with its number of due times."""
    missed = run(
        status=Status.MISSED,
        reason=Reason.CATCH_UP_OFF,
        due_at=NOW - timedelta(hours=5),
        due_until=NOW,
        count=5,
    )
    assert "5 due times" in run_line(missed, UTC)


def test_the_answer_as_text_has_all_its_parts() -> None:
    """The answer as text has all its parts, line by line."""
    given = answer(Obstacle.DISABLED)
    text = job_text(given, NOW).splitlines()
    assert text == [
        "Backup",
        "It will not run: it is off.",
        time_line(given),
        "The job is off.",
    ]


def test_that_a_job_runs_by_hand_only_is_said_once() -> None:
    """Neither the schedule nor what is offered repeats the headline."""
    given = answer(Obstacle.NO_DUE_TIME, due_at=None)
    text = job_text(given, NOW).splitlines()
    assert text == ["Backup", "It runs by hand only.", "No time is set for it."]


def test_the_last_run_is_told_once() -> None:
    """Apart from the decisions it is told only where something was decided since."""
    last, since = run(id=RunId(1)), run(id=RunId(2), status=Status.SKIPPED)
    alone = msgspec.structs.replace(answer().job, last_execution=last)
    assert last_apart(alone) is last
    assert last_apart(msgspec.structs.replace(alone, decisions=(last,))) is None
    assert last_apart(msgspec.structs.replace(alone, decisions=(since, last))) is last


def test_the_attempts_of_the_last_run_are_told_with_it() -> None:
    """Whoever reads why sees each attempt of the last run below it, and of no other."""
    begun = NOW - timedelta(minutes=2)
    attempt = Attempt(
        number=1,
        status=Status.FAILED,
        reason=Reason.EXIT_CODE,
        reason_args={"code": 7},
        started_at=begun,
        ended_at=NOW,
        duration_s=3.0,
        exit_code=7,
        signal=None,
        output_bytes=0,
        dropped_bytes=0,
    )
    last, other = run(id=RunId(2), attempt=2, due_at=NOW), run(id=RunId(1), due_at=begun)
    given = answer()
    job = msgspec.structs.replace(
        given.job, last_execution=last, decisions=(last, other), attempts=(attempt,)
    )
    assert job_text(given._replace(job=job), NOW).splitlines()[-3:] == [
        "20 May 2026 12:00: Succeeded, attempt 2",
        "  Attempt 1, 20 May 2026 11:58: failed after 3.0 s: exit code 7",
        "20 May 2026 11:58: Succeeded",
    ]


def test_each_time_is_told_in_the_zone_of_its_own_rule() -> None:
    """The next time is that of the job's rules, a run's that of its own, a pause the computer's."""
    zones = Zones()
    zones.show_in(ZoneDisplay.RULE)
    tokyo = line("Backup", zone="Asia/Tokyo").job
    ended = run(due_at=NOW, zone="America/New_York")
    job = Explanation(
        job=tokyo, last_execution=None, decisions=(ended,), next_due_at=SOON, obstacles=()
    )
    text = job_text(Answer(job, EngineState(running=True), zones), NOW)
    assert "20 May 2026 21:12:00 JST" in text
    assert "20 May 2026 08:00" in text


def test_the_times_around_the_next_one_are_those_of_its_rule() -> None:
    """When a job may run again is told in the zone its own times are told in."""
    zones = Zones()
    zones.show_in(ZoneDisplay.RULE)
    closed = Closed(
        at=SOON, reason=Reason.OUTSIDE_HOURS, reason_args={}, opens_at=SOON + timedelta(hours=1)
    )
    job = msgspec.structs.replace(
        answer().job, job=line("Backup", zone="Asia/Tokyo").job, outlook=Outlook(closed=closed)
    )
    given = Answer(job, EngineState(running=True), zones)
    [note] = ahead_notes(given, NOW)
    assert headline(given, NOW) == "Its next time, in 12 min, will be skipped."
    assert note.text.startswith("Its next time, 21:12, will be skipped: ")
    assert note.text.endswith("It may run from 22:12 on.")
    assert note.text in job_text(given, NOW)


def test_a_muted_job_says_so() -> None:
    """Of a muted job it is said that no banner tells of its ends; of others nothing."""
    muted = Answer(
        msgspec.structs.replace(answer().job, job=line("Backup", muted=True).job),
        answer().engine,
        Zones(),
    )
    assert silence_text(muted) == "Its ends are not told by banners (muted)."
    assert silence_text(muted) in job_text(muted, NOW)
    assert silence_text(answer()) == ""
