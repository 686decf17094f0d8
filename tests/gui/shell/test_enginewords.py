"""The state of the engine in words: the most important thing first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from deskcron.domain.answers import Ahead, EngineState, Overview
from deskcron.domain.run import JobId, RunId, Running
from deskcron.gui.shell.enginewords import next_exactly, next_words, resumed_words, state_line

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
OWN, OTHER = 100, 200
HERE = EngineState(running=True, pid=OWN, role="window")
ELSEWHERE = EngineState(running=True, pid=OTHER, role="daemon")


def running(*names: str) -> tuple[Running, ...]:
    """Return runs that are going."""
    return tuple(
        Running(run_id=RunId(n), job_id=JobId(name), job_name=name, started_at=NOW)
        for n, name in enumerate(names)
    )


def seen(engine: EngineState, *names: str, upcoming: tuple[Ahead, ...] = ()) -> Overview:
    """Return an overview."""
    return Overview(engine=engine, jobs=1, running=running(*names), needs_you=0, upcoming=upcoming)


@pytest.mark.parametrize(
    ("overview", "words"),
    [
        (seen(EngineState(running=False)), "No engine is running: nothing will start"),
        (seen(EngineState(running=False, paused=True)), "No engine is running: nothing will start"),
        (
            seen(EngineState(running=False, pid=OTHER, role="run")),
            "Waiting for a run by hand to end",
        ),
        (seen(HERE), "On schedule"),
        (seen(ELSEWHERE), "On schedule, in the background"),
        (msgspec.structs.replace(seen(HERE), jobs=0), "No job is on"),
        (msgspec.structs.replace(seen(HERE, "Backup"), jobs=0), "Running: Backup"),
        (seen(HERE, "Backup"), "Running: Backup"),
        (seen(HERE, "Backup", "Tidy"), "2 jobs are running"),
        (
            seen(EngineState(running=True, pid=OWN, paused=True), "Backup"),
            "All jobs are paused until you resume them",
        ),
    ],
)
def test_state_in_words(overview: Overview, words: str) -> None:
    """Each state has its line."""
    assert state_line(overview, NOW, UTC, OWN).words == words


@pytest.mark.parametrize(
    ("length", "end"), [(timedelta(minutes=5), "18:05"), (timedelta(days=2), "Wednesday 18:00")]
)
def test_end_of_a_pause_has_its_day_where_that_is_not_today(length: timedelta, end: str) -> None:
    """The hour is enough for today; both are those of the zone that is shown."""
    until = NOW + length
    engine = EngineState(running=True, pid=OWN, paused=True, paused_until=until)
    words = state_line(seen(engine), NOW, TOKYO, OWN).words
    assert words == f"All jobs are paused until {end}"


def test_other_process_is_named() -> None:
    """Who runs the jobs, if not this window, is told under the pointer."""
    assert str(OTHER) in state_line(seen(ELSEWHERE), NOW, UTC, OWN).more
    assert state_line(seen(HERE), NOW, UTC, OWN).more == ""


def test_next_run_in_words() -> None:
    """The next due time is told with its job; all that are known, exactly, below the pointer."""
    ahead = tuple(
        Ahead(job_id=JobId(name), job_name=name, at=NOW + timedelta(minutes=minutes))
        for name, minutes in (("Backup", 5), ("Tidy", 30))
    )
    assert next_words(seen(HERE, upcoming=ahead), NOW, UTC) == "Next: Backup, in 5 min"
    paused = EngineState(running=True, pid=OWN, paused=True)
    assert next_words(seen(paused, upcoming=ahead), NOW, UTC) == "Skipped next: Backup, in 5 min"
    assert [
        line.split()[-1] for line in next_exactly(seen(HERE, upcoming=ahead), UTC).splitlines()
    ] == [
        "Backup",
        "Tidy",
    ]
    assert next_words(seen(HERE), NOW, UTC) == ""


def test_long_name_leaves_room_for_the_time() -> None:
    """A name is cut before the words after it are."""
    ahead = (Ahead(job_id=JobId("a"), job_name="word " * 40, at=NOW + timedelta(minutes=5)),)
    assert next_words(seen(HERE, upcoming=ahead), NOW, UTC).endswith("…, in 5 min")
    assert len(state_line(seen(HERE, "word " * 40), NOW, UTC, OWN).words) < 70


def test_pause_skips_only_what_comes_before_its_end() -> None:
    """What is due after the end of a pause is next; what passed in it is skipped already."""
    due = Ahead(job_id=JobId("a"), job_name="Backup", at=NOW + timedelta(minutes=30))
    later = EngineState(running=True, paused=True, paused_until=NOW + timedelta(minutes=20))
    assert next_words(seen(later, upcoming=(due,)), NOW, UTC) == "Next: Backup, in 30 min"
    open_end = EngineState(running=True, paused=True)
    after = NOW + timedelta(minutes=40)
    words = next_words(seen(open_end, upcoming=(due,)), after, UTC)
    assert words == "Skipped: Backup, 10 min ago"


def test_snoozed_reminder_is_next_also_in_a_pause() -> None:
    """What a person has put off comes back at its time, whatever the jobs do."""
    tea = Ahead(job_id=JobId("t"), job_name="Tea", at=NOW + timedelta(minutes=5), is_snoozed=True)
    due = Ahead(job_id=JobId("a"), job_name="Backup", at=NOW + timedelta(minutes=30))
    for engine in (HERE, EngineState(running=True, paused=True)):
        overview = msgspec.structs.replace(seen(engine, upcoming=(due,)), snoozed=(tea,))
        assert next_words(overview, NOW, UTC) == "Next: Tea (snoozed), in 5 min"


def test_end_of_a_pause_says_what_it_has_cost() -> None:
    """Who resumes is told that jobs run again, and how many times were skipped."""
    assert resumed_words(0) == "All jobs run again at their times."
    assert resumed_words(2) == "All jobs run again at their times. 2 due times were skipped."
