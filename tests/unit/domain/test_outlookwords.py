"""What a job would meet at its next due time is told in sentences, the present first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from deskcron.domain.conditions import Otherwise
from deskcron.domain.explanation import Followed, FollowedState, Heard
from deskcron.domain.lane import Lane
from deskcron.domain.outlook import Beside, Closed, ConditionsNow, OpenRun, Outlook, Unmet
from deskcron.domain.outlookwords import (
    Note,
    going_words,
    listening_notes,
    open_run_words,
    outlook_notes,
)
from deskcron.domain.reason import Reason
from deskcron.domain.run import Attempt, Cause, JobId, Run, RunId, Running, Status

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
BATTERY = Unmet(reason=Reason.ON_BATTERY, reason_args={"now_percent": 43})
AWAY = Unmet(reason=Reason.NOT_PRESENT, reason_args={"path": "/media/disk"})


def clock(instant: datetime) -> str:
    """Return the time of day."""
    return f"{instant:%H:%M}"


def conditions(*unmet: Unmet, **fields: Any) -> Outlook:
    """Return an outlook with conditions alone."""
    values = {
        "unmet": unmet,
        "unanswered": (),
        "checks": (),
        "otherwise": Otherwise.WAIT,
        "wait_s": 3600,
        **fields,
    }
    return Outlook(conditions=ConditionsNow(**values))


def run(number: int = 17, status: Status = Status.RUNNING, **fields: Any) -> OpenRun:
    """Return a run that is not over; `goes_on_at` and `before` are what is known around it."""
    around = {name: fields.pop(name) for name in ("goes_on_at", "before") if name in fields}
    values = {
        "id": RunId(number),
        "job_id": JobId("a"),
        "job_name": "Tea",
        "revision": 1,
        "cause": Cause.SCHEDULE,
        "status": status,
        "recorded_at": NOON,
        "started_at": NOON if status is Status.RUNNING else None,
        **fields,
    }
    return OpenRun(run=Run(**values), **around)


def beside(*runs: OpenRun, status: Status = Status.SKIPPED, **fields: Any) -> Outlook:
    """Return an outlook with runs that are not over alone."""
    return Outlook(beside=Beside(runs=runs, status=status, **fields))


def notes(outlook: Outlook | None) -> list[tuple[str, bool]]:
    """Return the sentences."""
    return [tuple(note) for note in outlook_notes(outlook, clock)]


@pytest.mark.parametrize(
    ("outlook", "expected"),
    [
        (None, []),
        (Outlook(), []),
        (
            conditions(BATTERY),
            [
                (
                    "Would wait now, for up to 1 h: the computer runs on its battery, 43 % full.",
                    True,
                )
            ],
        ),
        (
            conditions(BATTERY, AWAY, otherwise=Otherwise.SKIP),
            [
                (
                    (
                        "Would be skipped now: the computer runs on its battery, 43 % full; "
                        "/media/disk is not there."
                    ),
                    True,
                )
            ],
        ),
        (
            conditions(AWAY, otherwise=Otherwise.RUN),
            [("Would run now all the same, although /media/disk is not there.", False)],
        ),
        (conditions(), [("What it needs to start is there now.", False)]),
        (
            conditions(
                checks=("test -e {x}",),
                unknown=("there is a network",),
                unanswered=("/media/disk is there",),
            ),
            [
                (
                    "It cannot be known here whether there is a network; that counts as met.",
                    False,
                ),
                ("It could not be found out in time whether /media/disk is there.", False),
                ("When it is due, its check “test -e {x}” decides, too.", False),
            ],
        ),
        (
            conditions(Unmet(reason=Reason.NOT_PRESENT, reason_args={"path": "/{x}"})),
            [("Would wait now, for up to 1 h: /{x} is not there.", True)],
        ),
        (
            Outlook(ask_s=60),
            [
                (
                    "You are asked before it starts; without an answer it starts after 1 min.",
                    False,
                )
            ],
        ),
        (
            Outlook(ran_today=2, runs_per_day=5),
            [("Today it has had 2 of 5 runs.", False)],
        ),
    ],
)
def test_rules_are_told_as_they_would_decide(
    outlook: Outlook | None, expected: list[tuple[str, bool]]
) -> None:
    """What would keep a run from starting is in the way; all else is worth knowing only."""
    assert notes(outlook) == expected


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"first_at": NOON + timedelta(hours=3)}, " The first that will not: 15:00."),
        ({"has_none": True}, " No later one was found at which it may run."),
        ({"opens_at": NOON + timedelta(hours=2)}, " It may run from 14:00 on."),
        ({"opens_at": None}, ""),
    ],
)
def test_a_closed_time_says_when_it_is_open(fields: dict[str, Any], end: str) -> None:
    """A time that will be skipped leads to the first that will not, as far as it is known."""
    values = {"at": NOON, "opens_at": None, "reason": Reason.HOLIDAY, **fields}
    outlook = Outlook(closed=Closed(reason_args={"name": "New Year"}, **values))
    text = f"Its next time, 12:00, will be skipped: it is a public holiday: New Year.{end}"
    assert notes(outlook) == [(text, True)]


def test_an_event_outside_the_hours_starts_nothing() -> None:
    """A job that waits for an event says what one that came now would come to."""
    closed = Closed(
        at=NOON,
        reason=Reason.OUTSIDE_HOURS,
        reason_args={},
        opens_at=NOON + timedelta(hours=2),
        is_now=True,
    )
    text = (
        "What happens now starts nothing: it is outside the hours in which the job may run. "
        "It may run from 14:00 on."
    )
    assert notes(Outlook(closed=closed)) == [(text, True)]


def test_the_limit_of_a_day_is_told_once() -> None:
    """With the runs of the day used up the number of them is told with what follows."""
    closed = Closed(at=NOON, reason=Reason.DAILY_CAP, reason_args={"limit": 5}, opens_at=None)
    [(text, _is_in_the_way)] = notes(Outlook(closed=closed, ran_today=5, runs_per_day=5))
    assert "the limit of runs in a day is reached: 5" in text


def test_that_no_more_programs_may_run_is_told() -> None:
    """What would wait for a place says how many are taken."""
    [(text, is_in_the_way)] = notes(Outlook(places_taken=64))
    assert text == "Would wait now: 64 programs run already, as many as may at once."
    assert is_in_the_way
    waits = run(status=Status.QUEUED, reason=Reason.PLACES_TAKEN, reason_args={"limit": 64})
    told = "Run 17 waits: as many programs run already as may at once: 64."
    assert open_run_words(waits, clock) == told


def test_a_full_lane_names_who_is_in_it() -> None:
    """The first of them are named with their runs; of more there is a number."""
    inside = [
        Running(run_id=RunId(one), job_id=JobId("b"), job_name="Backup", started_at=NOON)
        for one in range(1, 6)
    ]
    one = Lane(name="disk", limit=1, runs=(msgspec.structs.replace(inside[0], started_at=None),))
    [(text, _is_in_the_way)] = notes(Outlook(lane=one))
    assert text == "Would wait now: the lane disk has room for 1 run, taken by “Backup” (run 1)."
    [(text, _is_in_the_way)] = notes(Outlook(lane=Lane(name="disk", limit=1, runs=tuple(inside))))
    assert text.endswith(
        "has room for 1 run, taken by "
        + ", ".join(f"“Backup” (run {n}, since 12:00)" for n in (1, 2, 3))
        + ", 2 more."
    )


@pytest.mark.parametrize(
    ("outlook", "text"),
    [
        (beside(run()), "What comes due meanwhile is skipped."),
        (
            beside(run(), reason=Reason.QUEUE_FULL, reason_args={"limit": 1}),
            "What comes due meanwhile is skipped, as enough wait already.",
        ),
        (beside(run(), status=Status.WAITING), "What comes due meanwhile waits for its turn."),
        (
            beside(run(), status=Status.WAITING, replaces=True),
            "What comes due meanwhile takes its place.",
        ),
        (beside(run(), status=Status.QUEUED), ""),
    ],
)
def test_a_run_that_goes_on_says_what_it_means_for_the_next(outlook: Outlook, text: str) -> None:
    """By the overlap rule the next time is skipped, waits, or takes the place of the run."""
    begin = "Run 17 has been going on since 12:00."
    assert going_words(outlook, clock) == f"{begin} {text}".strip()
    assert notes(outlook) == []


def test_nothing_goes_on() -> None:
    """Without a run that goes on there is nothing to be said of one."""
    assert going_words(None, clock) == ""
    assert going_words(Outlook(), clock) == ""
    assert going_words(beside(run(status=Status.QUEUED)), clock) == ""


def test_many_runs_are_counted() -> None:
    """Three are told one by one."""
    outlook = beside(*(run(number) for number in range(1, 6)), status=Status.QUEUED)
    assert going_words(outlook, clock).endswith(
        "Run 3 has been going on since 12:00. So do 2 more runs."
    )


def test_a_run_that_waits_is_told_with_its_reason() -> None:
    """A retry says how the attempt before went, and what comes due until it is over."""
    before = Attempt(
        number=1,
        status=Status.FAILED,
        reason=Reason.EXIT_CODE,
        reason_args={"code": 3},
        started_at=NOON,
        ended_at=NOON,
        duration_s=1.0,
        exit_code=3,
        signal=None,
        output_bytes=0,
        dropped_bytes=0,
    )
    retry = run(
        18,
        Status.WAITING,
        reason=Reason.RETRYING,
        reason_args={"attempt": 2, "of": 4},
        attempt=2,
        goes_on_at=NOON + timedelta(minutes=5),
        before=before,
    )
    text = (
        "Run 18 waits until 12:05: attempt 2 of 4 follows. "
        "Attempt 1 before: failed after 1.0 s: exit code 3. What comes due meanwhile is skipped."
    )
    assert notes(beside(retry)) == [(text, True)]


def test_what_waits_behind_a_run_is_told_after_it() -> None:
    """What the runs mean for the next time is said once, with the run that goes on."""
    behind = run(18, Status.WAITING, reason=Reason.BEHIND_PREVIOUS)
    outlook = beside(run(), behind, status=Status.WAITING)
    assert going_words(outlook, clock).endswith("What comes due meanwhile waits for its turn.")
    assert notes(outlook) == [("Run 18 waits: its turn comes after an earlier run.", False)]
    starting = beside(run(19, Status.QUEUED), status=Status.QUEUED)
    assert notes(starting) == [("Run 19 is about to start.", False)]


@pytest.mark.parametrize("state", list(FollowedState))
def test_each_state_of_a_followed_job_is_in_the_way(state: FollowedState) -> None:
    """A job that does not run by itself any more is named."""
    other = Followed(job_id="b", name="Backup", state=state, last_run=None)
    [note] = listening_notes([Heard(text="", last_at=None, followed=other)], clock)
    assert note.is_in_the_way
    assert "“Backup”" in note.text


def test_an_event_that_came_lately_rests() -> None:
    """A job that runs for an event at most once in a time says when that is over."""
    heard = Heard(text="At the signal “go”", last_at=NOON, rests_until=NOON + timedelta(hours=1))
    [note] = listening_notes([heard], clock)
    assert note == Note(
        "It has run for this lately, so nothing starts before 13:00: At the signal “go”."
    )


def test_a_watched_path_with_nothing_at_it_is_told() -> None:
    """Why no change of a file is noticed may be that there is none."""
    heard = Heard(text="When /scans changes", last_at=None, missing_path="/scans")
    assert listening_notes([heard], clock) == [
        Note("There is nothing at /scans now.", is_in_the_way=False)
    ]


def test_how_a_followed_job_ended_last_is_told() -> None:
    """Who waits for a success sees that the last run had none."""
    last = run(17, Status.CANCELLED, reason=Reason.STOPPED).run
    other = Followed(job_id="b", name="Backup", state=None, last_run=last)
    listening = [Heard(text="", last_at=None), Heard(text="", last_at=None, followed=other)]
    assert listening_notes(listening, clock) == [
        Note(
            "The last run of “Backup”, 12:00: cancelled: stopped on request.",
            is_in_the_way=False,
        )
    ]
