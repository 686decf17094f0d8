"""What the runs of a job come to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deskcron.domain import statistics as counting
from deskcron.domain.errors import NotFound
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.domain.statistics import Spread, Streaks
from deskcron.domain.trigger import DueTime
from deskcron.engine.statistics import Statistics
from deskcron.store import runs as store_runs

GOOD, BAD = Status.SUCCEEDED, Status.FAILED


@pytest.fixture
def job(rig) -> str:
    """Return the id of a job without runs."""
    return rig.add("Tea")


@pytest.fixture
def past(rig, job):
    """Return a way to record a run that is over, each a minute after the one before."""

    def record(
        status: Status = GOOD,
        *,
        cause: Cause = Cause.SCHEDULE,
        took_s: float | None = 1.0,
        late_s: float = 0.0,
        again: bool = False,
    ) -> None:
        due_at = rig.clock.advance(minutes=1)
        due = DueTime(due_at, None, ("t1",)) if cause is Cause.SCHEDULE else None
        row = NewRun(job, 1, cause, Status.QUEUED, due_at, due=due)
        began_at = due_at + timedelta(seconds=late_s)

        def end(tables: Any) -> None:
            run_id = tables.runs.insert(row)
            ended = RunEnd(RunId(run_id), status, began_at, began_at, duration_s=took_s)
            if again:
                why = Why(Reason.RETRYING, {"attempt": 2, "of": 2})
                failed = RunEnd(RunId(run_id), BAD, due_at, due_at, duration_s=took_s)
                assert tables.runs.again(failed, why)
            assert tables.runs.ended(ended)

        rig.change(end)

    return record


@pytest.fixture
def left_out(rig, job):
    """Return a way to record due times at which nothing ran."""

    def record(status: Status, count: int, *, is_exact: bool = True) -> None:
        first = rig.clock.advance(minutes=1)
        row = NewRun(
            job,
            1,
            Cause.SCHEDULE,
            status,
            first,
            due=DueTime(first, None, ("t1",)),
            due_until=first + timedelta(seconds=30),
            count=count,
            is_exact=is_exact,
            ended_at=first,
        )
        rig.change(lambda tables: tables.runs.insert(row))

    return record


@pytest.fixture
def found(rig):
    """Return a way to ask for the statistics of the job."""
    return lambda since=None: Statistics(rig.store).of("tea", since)


def test_a_job_without_runs(job, found) -> None:
    """Nothing is counted and no rate or length is made up."""
    answer = found()
    assert (answer.job_id, answer.job_name, answer.counted_from) == (job, "Tea", None)
    assert (answer.executed, answer.success_rate) == (0, None)
    assert (answer.duration, answer.lateness, answer.streaks) == (None, None, Streaks())


def test_how_runs_ended(past, found) -> None:
    """What a person should look at has failed; what was cancelled is left out of the rate."""
    for status in (GOOD, GOOD, GOOD, BAD, Status.TIMED_OUT, Status.UNKNOWN, Status.CANCELLED):
        past(status)
    answer = found()
    assert (answer.executed, answer.succeeded, answer.failed, answer.cancelled) == (7, 3, 3, 1)
    assert answer.success_rate == 0.5


def test_tests_and_what_is_not_over_are_not_counted(rig, job, past, found) -> None:
    """A test run and an open run change nothing."""
    past(BAD, cause=Cause.TEST)
    row = NewRun(job, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    rig.change(lambda tables: tables.runs.insert(row))
    assert found().counted_from is None


@pytest.mark.parametrize(
    ("lengths_s", "median_s", "p95_s"),
    [([4.0], 4.0, 4.0), ([3.0, 1.0], 2.0, 2.9), ([float(n) for n in range(101)], 50.0, 95.0)],
)
def test_percentiles(past, found, lengths_s, median_s, p95_s) -> None:
    """Median and 95 % of lengths are measured in any order; what has no length is left out."""
    past(took_s=None)
    for length_s in lengths_s:
        past(took_s=length_s)
    duration = found().duration
    assert (duration.median_s, duration.p95_s) == pytest.approx((median_s, p95_s))


def test_lateness_is_that_of_scheduled_starts(past, found) -> None:
    """Neither other causes nor the start of a later attempt count as late."""
    past(late_s=2.0)
    past(late_s=4.0)
    past(late_s=600.0, again=True)
    past(cause=Cause.MANUAL, late_s=900.0)
    assert found().lateness == Spread(median_s=3.0, p95_s=pytest.approx(3.9))


def test_due_times_at_which_nothing_ran(past, left_out, found) -> None:
    """Each due time of a range counts, for neither rate nor streak."""
    past()
    left_out(Status.MISSED, 30)
    left_out(Status.SKIPPED, 4)
    left_out(Status.SKIPPED, 2)
    past()
    answer = found()
    assert (answer.missed, answer.skipped, answer.is_exact) == (30, 6, True)
    assert (answer.executed, answer.streaks.successes) == (2, 2)
    left_out(Status.MISSED, 100, is_exact=False)
    assert (found().missed, found().is_exact) == (130, False)


@pytest.mark.parametrize(
    ("ends", "streaks"),
    [
        ([BAD, GOOD, GOOD], Streaks(successes=2, most_successes=2, most_failures=1)),
        ([GOOD, GOOD, GOOD, BAD], Streaks(failures=1, most_successes=3, most_failures=1)),
        (
            [BAD, Status.CANCELLED, Status.INTERRUPTED],
            Streaks(failures=2, most_successes=0, most_failures=2),
        ),
        ([Status.CANCELLED], Streaks()),
    ],
)
def test_streaks(past, found, ends, streaks) -> None:
    """The present streak is that of the newest end; a cancelled run ends none."""
    for status in ends:
        past(status)
    assert found().streaks == streaks


def test_runs_since_an_instant(rig, past, found) -> None:
    """What was recorded before is left out."""
    past(BAD)
    since = rig.clock.now() + timedelta(seconds=1)
    past()
    answer = found(since)
    assert (answer.executed, answer.failed) == (1, 0)
    assert answer.counted_from == rig.clock.now()
    assert found(rig.clock.now() + timedelta(seconds=1)).executed == 0


def test_only_the_newest_rows_are_counted(rig, past, found, monkeypatch) -> None:
    """Beyond the most rows older ones are left out, and it is told from when on they count."""
    assert counting.MOST_ROWS == 10_000
    monkeypatch.setattr(store_runs, "MOST_ROWS", 2)
    past(BAD)
    past()
    past()
    answer = found()
    assert (answer.executed, answer.failed) == (2, 0)
    assert answer.counted_from == rig.clock.now() - timedelta(minutes=1)


def test_a_removed_job_and_one_that_never_was(rig, job, past, found) -> None:
    """The runs of a removed job still count; a name nobody knows is an error."""
    past()
    rig.jobs.remove([job])
    assert found().executed == 1
    with pytest.raises(NotFound):
        Statistics(rig.store).of("None")
