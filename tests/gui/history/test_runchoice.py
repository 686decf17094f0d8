"""What is chosen on the page is what the history is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status
from deskcron.gui.history.choice import RunChoice, Span

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the computer be in Berlin, where it is tomorrow already."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(day: int, hour: int, month: int = 11) -> datetime:
    """Return an instant of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "since", "until"),
    [
        (RunChoice(), None, None),
        (RunChoice(span=Span.TODAY), at(20, 23), None),
        (RunChoice(span=Span.WEEK), at(14, 23), None),
        (RunChoice(span=Span.MONTH), at(22, 22, 10), None),  # before the clocks were set back
        (
            RunChoice(span=Span.RANGE, first=date(2026, 11, 1), last=date(2026, 11, 2)),
            at(31, 23, 10),
            at(2, 23),
        ),
    ],
)
def test_days_are_those_of_the_computer(
    choice: RunChoice, since: datetime | None, until: datetime | None
) -> None:
    """Days begin and end at midnight in the computer's zone; the last one belongs to a range."""
    wanted = choice.wanted(NOW, None)
    assert (wanted.since, wanted.until) == (since, until)


def test_days_are_those_of_the_zone_that_is_shown() -> None:
    """Today is the day of the times that a person reads."""
    assert RunChoice(span=Span.TODAY).wanted(NOW, UTC).since == at(20, 0)


def test_the_rest_is_asked_for_as_it_is_chosen() -> None:
    """Job, status and problems are asked for as they are chosen."""
    choice = RunChoice(job_id="a1", status=Status.FAILED, trouble=True)
    assert choice.wanted(NOW, None) == RunFilter(job_id="a1", status=Status.FAILED, trouble=True)
