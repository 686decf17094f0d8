"""The words of an absence in the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.reason import Reason
from deskcron.domain.review import ReviewLine
from deskcron.domain.run import Cause, JobId, Run, RunId, Status
from deskcron.gui.review.words import due, sentence, times_as_of

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
SEVEN_HOURS = timedelta(hours=7)


def line(due_at: datetime, **fields) -> ReviewLine:
    """Return the line of a job that was missed then."""
    missed = Run(
        id=RunId(1),
        job_id=JobId("a"),
        job_name="Backup",
        revision=1,
        cause=Cause.CATCH_UP,
        status=Status.MISSED,
        reason=Reason.CATCH_UP_OFF,
        due_at=due_at,
        recorded_at=NOW,
        **fields,
    )
    return ReviewLine(job_id=missed.job_id, job_name=missed.job_name, runs=(missed,))


@pytest.mark.parametrize(
    ("found", "cell", "begin"),
    [
        (line(NOW - SEVEN_HOURS), "05:00", "“Backup” was due at 05:00."),
        (
            line(NOW - 2 * SEVEN_HOURS),
            "Yesterday 22:00",
            "“Backup” was due yesterday 22:00.",
        ),
        (
            line(NOW - 2 * SEVEN_HOURS, due_until=NOW - SEVEN_HOURS, count=8),
            "8 times between yesterday 22:00 and 05:00",
            "“Backup” was due 8 times between yesterday 22:00 and 05:00.",
        ),
    ],
)
def test_a_time_stands_alone_in_a_cell_and_fits_into_a_sentence(found, cell, begin) -> None:
    """Today's time has an "at" before it where it follows a verb, one with its day has none."""
    times = times_as_of(NOW, UTC)
    assert due(found, times) == cell
    assert sentence(found, times).startswith(begin)
