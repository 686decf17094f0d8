"""When a job may run again by its hours and days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.hours import Hours, Window

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = {date(2026, 10, 3): "Unity Day"}
OFFICE = Window(begin="09:00", end="17:00", days=("mon", "tue", "wed", "thu", "fri"))
NIGHT = Window(begin="22:00", end="06:00", days=("fri",))


def at(text: str) -> datetime:
    """Return a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def name(place: str, day: date) -> str | None:
    """Return the holiday of a day."""
    return HOLIDAYS.get(day) if place == "DE" else None


@pytest.mark.parametrize(
    ("hours", "since", "opens"),
    [
        (Hours(), "2026-10-02T03:00", "2026-10-02T03:00"),
        (Hours(windows=(OFFICE,)), "2026-10-02T12:34", "2026-10-02T12:34"),
        (Hours(windows=(OFFICE,)), "2026-10-02T03:00", "2026-10-02T09:00"),
        (Hours(windows=(OFFICE,)), "2026-10-02T17:00", "2026-10-05T09:00"),
        (Hours(windows=(OFFICE, NIGHT)), "2026-10-02T17:00", "2026-10-02T22:00"),
        (Hours(holidays="DE"), "2026-10-03T12:00", "2026-10-04T00:00"),
        (
            Hours(windows=(NIGHT,), blackout=("2026-10-02",)),
            "2026-10-02T23:00",
            "2026-10-03T00:00",
        ),
        (
            Hours(blackout=("2026-10-01/2026-10-02",), holidays="DE"),
            "2026-10-01T12:00",
            "2026-10-04T00:00",
        ),
        # the clocks leave out 02:30 on that day
        (
            Hours(windows=(Window(begin="02:30", end="04:00", days=("sun",)),)),
            "2026-03-29T01:00",
            "2026-03-29T03:30",
        ),
    ],
)
def test_hours_open_at_the_first_time_at_which_a_job_may_run(
    hours: Hours, since: str, opens: str
) -> None:
    """Windows, days left out and holidays hold together; an open hour opens at once."""
    assert hours.opens(at(since), name) == at(opens)


def test_hours_that_never_open_say_so() -> None:
    """Days left out for years leave no time in which it could run."""
    hours = Hours(windows=(OFFICE,), blackout=("2026-01-01/2030-12-31",))
    assert hours.opens(at("2026-10-02T03:00"), name) is None


def test_hours_open_in_the_second_pass_of_a_repeated_hour() -> None:
    """What lies before on the clock may lie behind in time."""
    hours = Hours(windows=(Window(begin="02:30", end="02:45"),))
    second_pass = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)
    opens = hours.opens(second_pass, name)
    assert opens is not None
    assert opens.timestamp() > second_pass.timestamp()
