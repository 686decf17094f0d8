"""The run history as it is written."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import pytest

from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    Change,
    Hold,
    InboxItem,
    InboxKind,
    NewRun,
    Prospect,
    RunEnd,
    RunFilter,
)
from deskcron.domain.run import Cause, JobId, Status
from deskcron.domain.trigger import DueTime
from deskcron.store import runs

IDENTITY = ProcessIdentity(42, 12345, "boot")


@pytest.fixture
def due(now):
    """Return a builder of due times, so many minutes from now."""
    return lambda minutes, wall=None: DueTime(now + timedelta(minutes=minutes), wall, ("t1",))


def test_what_was_inserted_is_got_back(tables, stored, insert, due, now):
    """Every field of a run survives."""
    wall = datetime(2026, 3, 1, 13, 5)  # noqa: DTZ001 - a wall time
    run_id = insert(
        Status.MISSED,
        due=due(5, wall),
        due_until=now + timedelta(hours=1),
        count=7,
        is_exact=False,
        why=Why(Reason.TOO_OLD, {"max_age_s": 60}),
        ended_at=now,
    )
    run = tables.runs.get(run_id)
    assert (run.job_id, run.job_name, run.cause) == (stored.id, "Job 1", Cause.SCHEDULE)
    assert (run.status, run.reason, run.reason_args) == (
        Status.MISSED,
        Reason.TOO_OLD,
        {"max_age_s": 60},
    )
    assert (run.due_at, run.due_until) == (now + timedelta(minutes=5), now + timedelta(hours=1))
    assert (run.count, run.is_exact, run.triggers) == (7, False, ("t1",))
    assert (run.wall, run.recorded_at, run.ended_at) == (wall.isoformat(), now, now)


def test_a_due_time_has_one_row(insert, due):
    """The second row of a due time is not written, and the transaction goes on."""
    assert insert(due=due(1)) is not None
    assert insert(due=due(1)) is None
    assert insert(due=due(2)) is not None
    assert insert(cause=Cause.MANUAL) is not None
    assert insert(cause=Cause.MANUAL) is not None


def test_a_range_does_not_take_its_first_due_time(insert, due, now):
    """Range rows are outside the uniqueness of due times."""
    for _ in range(2):
        assert insert(Status.SKIPPED, due=due(1), due_until=due(3).at, count=3) is not None
    assert insert(due=due(1)) is not None


def test_other_conflicts_are_errors(tables, insert, now):
    """Only the uniqueness of due times is passed over; a run of no job is a bug."""
    with pytest.raises(sqlite3.IntegrityError):
        tables.runs.insert(NewRun(JobId("nobody"), 1, Cause.MANUAL, Status.QUEUED, now))


@pytest.mark.parametrize("column", ["status", "cause", "reason"])
def test_an_unknown_word_is_refused_by_the_schema(tables, insert, column):
    """Status, cause and reason are words of the tables of words."""
    run_id = insert()
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        tables.connection.execute(f"UPDATE runs SET {column} = 'odd' WHERE id = ?", (run_id,))


@pytest.mark.parametrize("status", [Status.QUEUED, Status.WAITING, Status.SUCCEEDED])
def test_what_is_being_stopped_says_so_until_it_ends(tables, insert, now, status):
    """A run that is queued or goes on keeps it over its start; what waits or is over does not."""
    run_id = insert(status)
    tables.runs.stops(run_id, Why(Reason.STOPPED))
    assert (tables.runs.get(run_id).called_off is not None) is (status is Status.QUEUED)
    if status is Status.QUEUED:
        tables.runs.started(run_id, now, IDENTITY)
        assert tables.runs.get(run_id).called_off == Why(Reason.STOPPED)
    tables.runs.ended(RunEnd(run_id, Status.CANCELLED, None, now, Why(Reason.STOPPED)))
    assert tables.runs.get(run_id).called_off is None


def test_what_a_start_has_to_know(tables, stored, insert, make_job, put, now):
    """One question tells of a run, and whether its job is held, switched off or removed."""
    run_id = insert()
    run = tables.runs.get(run_id)
    assert tables.runs.prospect(run_id) == Prospect(run, is_enabled=True, is_removed=False)
    hold = Hold(stored.id, 3, now, None)
    tables.holds.set(hold)
    put(tables, make_job(revision=2, enabled=False, removed_at=now), change=Change.EDIT)
    told = Prospect(run, is_enabled=False, is_removed=True, hold=hold)
    assert tables.runs.prospect(run_id) == told
    assert tables.runs.prospect(99) is None


def test_a_run_starts_and_ends_once(tables, insert, now):
    """Start and end are recorded; a second end changes nothing."""
    run_id = insert()
    tables.runs.started(run_id, now, IDENTITY)
    assert tables.runs.open_runs() == [(tables.runs.get(run_id), IDENTITY)]
    end = RunEnd(
        run_id,
        Status.FAILED,
        None,
        now + timedelta(seconds=3),
        Why(Reason.EXIT_CODE, {"code": 3}),
        2.5,
        exit_code=3,
        output_bytes=10,
        dropped_bytes=4,
    )
    assert tables.runs.ended(end)
    assert not tables.runs.ended(end._replace(status=Status.SUCCEEDED))
    run = tables.runs.get(run_id)
    assert (run.status, run.started_at, run.ended_at) == (Status.FAILED, now, end.ended_at)
    assert (run.duration_s, run.exit_code, run.pid) == (2.5, 3, 42)
    assert (run.output_bytes, run.dropped_bytes) == (10, 4)
    assert tables.runs.open_runs() == []


def test_an_ended_run_does_not_start(tables, insert, now):
    """A late start does not open a run again."""
    run_id = insert()
    tables.runs.ended(RunEnd(run_id, Status.CANCELLED, None, now))
    tables.runs.started(run_id, now, IDENTITY)
    assert tables.runs.get(run_id).status is Status.CANCELLED


def test_load_counts_runs_in_their_place_and_in_line(tables, stored, insert, now):
    """Only what waits behind others is in line, and what has ended counts no more."""
    assert tables.runs.load(stored.id) == (0, 0)
    ids = [insert(status) for status in (Status.QUEUED, Status.QUEUED, Status.WAITING)]
    insert(Status.WAITING, why=Why(Reason.BEHIND_PREVIOUS))
    tables.runs.started(ids[0], now, IDENTITY)
    assert tables.runs.load(stored.id) == (3, 1)
    tables.runs.ended(RunEnd(ids[0], Status.SUCCEEDED, now, now))
    assert tables.runs.load(stored.id) == (2, 1)


def test_the_oldest_run_that_waits_behind_is_next(tables, stored, insert):
    """Runs that wait for another reason are passed over, and a released one is queued."""
    insert(Status.WAITING, why=Why(Reason.STAGGERED))
    oldest = insert(Status.WAITING, why=Why(Reason.BEHIND_PREVIOUS))
    insert(Status.WAITING, why=Why(Reason.BEHIND_PREVIOUS))
    assert tables.runs.next_waiting(stored.id).id == oldest
    assert tables.runs.release(oldest)
    assert not tables.runs.release(oldest)
    run = tables.runs.get(oldest)
    assert (run.status, run.reason, run.reason_args) == (Status.QUEUED, None, {})


def test_open_runs_are_told_oldest_first_and_by_job(tables, stored, insert, make_job, put, now):
    """Open runs come in their order, of all jobs or of one."""
    put(tables, make_job(2))
    first = insert(Status.WAITING)
    second = tables.runs.insert(NewRun(make_job(2).id, 1, Cause.MANUAL, Status.QUEUED, now))
    third = insert(Status.QUEUED)
    insert(Status.MISSED)
    assert [found.run.id for found in tables.runs.open_runs()] == [first, second, third]
    assert [found.run.id for found in tables.runs.open_runs(stored.id)] == [first, third]
    assert tables.runs.open_runs()[0].identity is None


def test_an_unexecuted_row_is_extended(tables, stored, insert, due):
    """A single row becomes a range that counts on and is exact only if all parts were."""
    run_id = insert(Status.MISSED, due=due(1))
    tables.runs.extend(run_id, due(5).at, 4, is_exact=True)
    tables.runs.extend(run_id, due(9).at, 3, is_exact=False)
    tables.runs.extend(run_id, due(10).at, 1, is_exact=True)
    run = tables.runs.newest_due(stored.id)
    assert (run.id, run.count, run.is_exact, run.due_until) == (run_id, 9, False, due(10).at)


def test_a_range_that_reaches_into_a_span_is_found(tables, insert, due, now):
    """Of each job it is the latest one from before the span's end; where it ended before, none."""
    insert(Status.MISSED, due=due(1), due_until=due(3).at, count=2)
    later = insert(Status.MISSED, due=due(5), due_until=due(9).at, count=3)
    insert(Status.MISSED, due=due(10))
    [found] = tables.runs.extended(due(8).at, due(20).at)
    assert found.id == later
    assert tables.runs.extended(due(10).at, due(20).at) == []
    assert tables.runs.extended(due(8).at, now) == []


def test_an_unexecuted_row_is_answered_once(tables, insert, due):
    """The answer stands in its origin; what was or will be executed takes none."""
    missed, queued = insert(Status.MISSED, due=due(1)), insert(due=due(2))
    assert tables.runs.answer(missed, {"left": "1"})
    assert not tables.runs.answer(missed, {"stand_in_run_id": "7"})
    assert not tables.runs.answer(queued, {"left": "1"})
    assert tables.runs.get(missed).origin == {"left": "1"}
    assert tables.runs.get(queued).origin == {}


def test_the_newest_due_row_may_be_a_range(tables, stored, insert, due):
    """The latest due time is found among single rows and ranges."""
    assert tables.runs.newest_due(stored.id) is None
    span = insert(Status.MISSED, due=due(1), due_until=due(9).at, count=3)
    assert tables.runs.newest_due(stored.id).id == span
    insert(due=due(5))
    assert tables.runs.newest_due(stored.id).id == span
    single = insert(due=due(10))
    assert tables.runs.newest_due(stored.id).id == single


def test_a_wall_time_is_recognised_in_any_zone(tables, stored, insert, now):
    """The same wall time is found although its instant lies most of a day away."""
    wall = datetime(2026, 3, 1, 2, 0)  # noqa: DTZ001 - a wall time
    at = datetime.fromisoformat("2026-03-01T02:00:00+14:00")
    insert(due=DueTime(at, wall, ("t",)))
    assert tables.runs.at_wall(stored.id, "2026-03-01T02:00:00") == [(1, ("t",))]
    assert tables.runs.at_wall(stored.id, "2026-03-01T03:00:00") == []
    assert tables.runs.at_wall(JobId("other"), "2026-03-01T02:00:00") == []


def test_a_wall_time_that_was_skipped_may_run(tables, stored, insert, due):
    """Only due times that were let run block their wall time."""
    wall = datetime(2026, 3, 1, 12, 5)  # noqa: DTZ001 - a wall time
    insert(Status.SKIPPED, due=due(5, wall))
    assert tables.runs.at_wall(stored.id, wall.isoformat()) == []


def test_last_times_are_those_of_the_newest_run(tables, stored, insert, now):
    """A run in progress has no end; a decision counts as both."""
    assert tables.runs.last_times(stored.id) == (None, None)
    run_id = insert()
    assert tables.runs.last_times(stored.id) == (now, None)
    start, end = now + timedelta(seconds=1), now + timedelta(seconds=2)
    tables.runs.ended(RunEnd(run_id, Status.SUCCEEDED, start, end))
    assert tables.runs.last_times(stored.id) == (start, end)
    insert(Status.SKIPPED, recorded_at=end)
    assert tables.runs.last_times(stored.id) == (end, end)


def test_while_a_run_goes_on_there_is_no_last_end(tables, stored, insert, now):
    """A due time that is skipped beside a run in progress is not the end of that run."""
    going = insert(cause=Cause.MANUAL)
    skipped_at = now + timedelta(seconds=1)
    insert(Status.SKIPPED, recorded_at=skipped_at)
    assert tables.runs.last_times(stored.id) == (skipped_at, None)
    ended_at = now + timedelta(seconds=5)
    tables.runs.ended(RunEnd(going, Status.SUCCEEDED, now, ended_at))
    assert tables.runs.last_times(stored.id) == (skipped_at, ended_at)


def test_what_is_claimed_ahead_starts_when_it_is_due(tables, stored, insert, due):
    """Until its process has started, a run counts as started at its due time at the earliest."""
    insert(due=due(1))
    assert tables.runs.last_times(stored.id)[0] == due(1).at


def test_expired_runs_leave_the_newest_of_each_job(tables, stored, insert, now):
    """Old ended runs beyond those to keep are found, up to the limit; open ones never."""
    old = now - timedelta(days=100)
    still_open = insert(Status.RUNNING, recorded_at=old)
    ids = [insert(Status.SUCCEEDED, recorded_at=old) for _ in range(6)]
    insert(Status.SUCCEEDED, recorded_at=now)
    expired = tables.runs.expired(now - timedelta(days=90), 3, 100)
    assert [run.id for run in expired] == ids[:4]
    assert len(tables.runs.expired(now - timedelta(days=90), 3, 2)) == 2
    assert len(tables.runs.expired(now - timedelta(days=90), 0, 100)) == 6
    tables.runs.delete(run.id for run in expired)
    assert tables.runs.get(ids[0]) is None
    assert tables.runs.get(still_open) is not None


def test_nothing_is_kept_of_jobs_long_gone(tables, stored, insert, now):
    """The old runs of a job finished before that instant all expire, so that it can go too."""
    old = now - timedelta(days=100)
    insert(Status.SUCCEEDED, recorded_at=old)
    tables.jobs.decided(stored.id, old, old)
    before = now - timedelta(days=90)
    tables.runs.delete(run.id for run in tables.runs.expired(before, 20, 100))
    assert tables.jobs.purge(before) == 1


def test_a_deleted_run_takes_along_what_was_dealt_with(tables, insert, now):
    """Inbox items that are done go with their run, the others stay."""
    run_id = insert(Status.SUCCEEDED)
    item = InboxItem(
        id=0,
        kind=InboxKind.TROUBLE,
        run_id=run_id,
        job_id=None,
        title="t",
        text="",
        urgency="normal",
        created_at=now,
    )
    done, waiting = tables.inbox.add(item), tables.inbox.add(item)
    tables.inbox.done(done, now)
    tables.runs.delete([run_id])
    assert tables.inbox.get(done) is None
    assert tables.inbox.get(waiting).run_id is None
    assert tables.runs.page(RunFilter()) == []


@pytest.mark.parametrize("text", [runs._EXECUTED_SINCE, runs._RAN_SINCE])
def test_what_a_job_has_run_lately_is_looked_for_among_its_newest_rows(tables, text):
    """The rows from before are not gone through, however many there are."""
    rows = tables.connection.execute(f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?"))
    plan = [row[3] for row in rows.fetchall()]
    assert "SEARCH r USING INDEX runs_by_job (job=? AND rowid>?)" in plan
    assert not any("CORRELATED" in step for step in plan)


@pytest.mark.parametrize(
    ("status", "has_started", "counts"),
    [
        (Status.SUCCEEDED, True, True),
        (Status.CANCELLED, True, True),
        (Status.FAILED, False, True),
        (Status.CANCELLED, False, False),
        (Status.SKIPPED, False, False),
        (Status.MISSED, False, False),
    ],
)
def test_what_never_ran_counts_for_no_limit(tables, insert, now, status, has_started, counts):
    """Neither for the runs of a day nor for the time between two events."""
    run_id = insert(cause=Cause.EVENT, triggers=("t1",))
    begun_at = now if has_started else None
    tables.runs.ended(RunEnd(run_id, status, begun_at, now))
    job_id, since = tables.runs.get(run_id).job_id, now - timedelta(hours=1)
    assert tables.runs.executed_since(job_id, since) == counts
    assert tables.runs.ran_since(job_id, "t1", since, now) is counts


def test_an_attempt_that_is_called_off_hides_no_earlier_one(tables, insert, now):
    """A run that failed, and was cancelled before it was tried again, counts."""
    run_id = insert(cause=Cause.EVENT, triggers=("t1",))
    failed = RunEnd(run_id, Status.FAILED, now, now)
    tables.runs.again(failed, Why(Reason.RETRYING, {"attempt": 2, "of": 2}))
    tables.runs.ended(RunEnd(run_id, Status.CANCELLED, None, now, Why(Reason.STOPPED)))
    job_id, since = tables.runs.get(run_id).job_id, now - timedelta(hours=1)
    assert tables.runs.executed_since(job_id, since) == 1
    assert tables.runs.ran_since(job_id, "t1", since, now)
