"""What was due during an absence and what was done about it, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.reason import Reason
from deskcron.domain.review import ReviewLine, answered_by, left
from deskcron.domain.reviewwords import Times, answer_words, due_words, fate_words
from deskcron.domain.run import Cause, JobId, Run, RunId, Status

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def row(number: int = 1, status: Status = Status.MISSED, **fields) -> Run:
    """Return a row whose due time is so many hours after noon."""
    due_at = NOON + timedelta(hours=number)
    values = {"cause": Cause.CATCH_UP, "due_at": due_at, "recorded_at": NOON, **fields}
    return Run(
        id=RunId(number), job_id=JobId("j"), job_name="Tea", revision=1, status=status, **values
    )


def line(*runs: Run, **fields) -> ReviewLine:
    """Return the line of a job with these rows."""
    return ReviewLine(job_id=JobId("j"), job_name="Tea", runs=runs, **fields)


def hour(instant: datetime) -> str:
    """Write an instant as a time of day."""
    return f"{instant:%H:%M}"


def at(instant: datetime) -> str:
    """Write an instant as the time of what happens, with the day where that is another."""
    return f"at {hour(instant)}" if instant.date() == NOON.date() else f"yesterday {hour(instant)}"


MANY = {"due_until": NOON + timedelta(hours=5), "count": 5}
RAN = {"started_at": NOON + timedelta(hours=6)}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (line(row()), "13:00"),
        (line(row(**MANY)), "5 times between 13:00 and 17:00"),
        (line(row(**MANY, is_exact=False)), "at least 5 times between 13:00 and 17:00"),
        (line(row(), row(2)), "2 times between 13:00 and 14:00"),
    ],
)
def test_when_it_was_due(found, words) -> None:
    """One time is told as it is, many by their number and span."""
    assert due_words(found, hour) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            line(row(reason=Reason.PAUSED)),
            "left out: all jobs were paused",
        ),
        (line(row()), "left out: missed"),
        (
            line(row(reason=Reason.COALESCED), row(2, Status.SUCCEEDED, **RAN, duration_s=2.0)),
            "ran at 18:00: succeeded after 2.0 s; the one before it was left out",
        ),
        (
            line(row(reason=Reason.OFFLINE), row(2, Status.RUNNING, **RAN)),
            "has been running since 18:00; left out: there was no network",
        ),
        (
            line(
                row(**MANY, reason=Reason.OVER_LIMIT, reason_args={"limit": 1}),
                row(6, Status.QUEUED),
            ),
            "is about to start; 5 left out: only the newest 1 due times are caught up",
        ),
        (
            line(
                row(**MANY, reason=Reason.COALESCED), row(6, Status.SKIPPED, reason=Reason.OFFLINE)
            ),
            "left out: there was no network; the 5 before it were left out",
        ),
        (
            line(row(status=Status.WAITING, reason=Reason.STAGGERED), starts_at=NOON),
            "will run at 12:00: runs that are caught up start one after the other",
        ),
        (
            line(row(status=Status.WAITING, reason=Reason.OFFLINE)),
            "waits: there is no network",
        ),
        (
            line(
                row(1, Status.WAITING, reason=Reason.BEHIND_PREVIOUS),
                row(2, Status.WAITING, reason=Reason.BEHIND_PREVIOUS),
            ),
            "2 wait: its turn comes after an earlier run",
        ),
        (
            line(
                row(1, Status.WAITING, reason=Reason.STAGGERED),
                row(2, Status.WAITING, reason=Reason.BEHIND_PREVIOUS),
                starts_at=NOON,
            ),
            (
                "waits: its turn comes after an earlier run; "
                "will run at 12:00: runs that are caught up start one after the other"
            ),
        ),
        (
            line(
                row(1, Status.SUCCEEDED, **RAN),
                row(2, Status.SUCCEEDED, started_at=NOON + timedelta(hours=7)),
            ),
            "2 ran between 18:00 and 19:00: succeeded",
        ),
        (
            line(row(1, Status.SUCCEEDED, started_at=NOON - timedelta(hours=14))),
            "ran yesterday 22:00: succeeded",
        ),
        (
            line(row(1, Status.SUCCEEDED, **RAN), row(2, Status.SUCCEEDED, **RAN)),
            "2 ran at 18:00: succeeded",
        ),
        (
            line(row(status=Status.CANCELLED, reason=Reason.STOPPED)),
            "cancelled: stopped on request",
        ),
        (
            line(row(reason=Reason.PAUSED, origin=left()), is_left=True),
            "you left it at that; left out: all jobs were paused",
        ),
        (
            line(
                row(reason=Reason.PAUSED, origin=answered_by(RunId(7))),
                stand_in=row(7, Status.FAILED, **RAN),
            ),
            "you had it run at 18:00 instead: failed; left out: all jobs were paused",
        ),
        (
            line(row(reason=Reason.PAUSED, origin=answered_by(RunId(7)))),
            "you had it run instead; left out: all jobs were paused",
        ),
    ],
)
def test_what_was_done_about_it(found, words) -> None:
    """Rows with the same fate are told together, the latest first, but for what a person did."""
    assert fate_words(found, Times(hour, at)) == words


def test_an_answer_has_words() -> None:
    """It is told in the details of the row."""
    assert answer_words(answered_by(RunId(7))) == "Run 7 stands in for it"
    assert answer_words(left()) == "Left at that"
    assert answer_words({"file": "/tmp/x"}) == ""
