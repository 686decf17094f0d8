"""Jobs and their revisions as they are kept."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import msgspec
import pytest

from deskcron.domain.errors import BadInput, RequestFailed
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    Change,
    DueJob,
    InboxItem,
    InboxKind,
    NewRun,
    Revision,
    Standing,
    WakeKind,
    Wakeup,
)
from deskcron.domain.run import Cause, JobId, Status
from deskcron.domain.trigger import DueTime

replace = msgspec.structs.replace


def test_what_was_put_is_got_back_unchanged(tables, make_job, put, now):
    """Every field of a job survives, an undecodable document included."""
    job = make_job(
        body=b"\xff not JSON", grid_shift_us=-5, finished_at=now + timedelta(microseconds=1)
    )
    put(tables, job)
    assert tables.jobs.get(job.id) == job
    assert tables.jobs.body(job.id, 1) == job.body


def test_an_unreadable_document_is_listed_but_has_no_tags(tables, make_job, put):
    """A document that cannot be decoded is shown in the list and belongs to no tag."""
    put(tables, make_job(1, body=b"{"), make_job(2))
    assert [line.job.name for line in tables.jobs.lines(finished=False, tag=None)] == [
        "Job 1",
        "Job 2",
    ]
    assert [line.job.name for line in tables.jobs.lines(finished=False, tag="home")] == ["Job 2"]


def test_a_name_is_found_whatever_its_case_and_composition(tables, make_job, put):
    """Names are the same when they look the same but for case."""
    put(tables, make_job(name="Caf\u00e9 STRASSE"))
    found = tables.jobs.by_name("cafe\u0301 stra\u00dfe")
    assert found is not None
    assert list(tables.jobs.names().values()) == [found.id]


def test_a_taken_name_is_refused_in_words(tables, make_job, put, stored):
    """A second job of the same name is refused and named."""
    with pytest.raises(BadInput, match="“JOB 1” is taken"):
        put(tables, make_job(2, name="JOB 1"))


def test_many_new_jobs_name_the_one_whose_name_is_taken(tables, make_job, stored, now):
    """An import that clashes tells which of its names is taken."""
    operation = tables.jobs.begin(Change.IMPORT, "2", now)
    with pytest.raises(BadInput, match="“job 1” is taken"):
        tables.jobs.put_many([make_job(2), make_job(3, name="job 1")], operation)


def test_the_name_of_a_removed_job_is_free(tables, make_job, put, stored, now):
    """A removed job gives its name back and can be restored only while that is free."""
    put(tables, replace(stored, revision=2, removed_at=now), change=Change.REMOVE)
    assert tables.jobs.by_name("Job 1") is None
    put(tables, make_job(2, name="Job 1"))
    with pytest.raises(BadInput):
        put(tables, replace(stored, revision=3))


def test_the_job_removed_last_is_found_by_its_name(tables, make_job, put, now):
    """Of several removed jobs of one name the last one is meant; one that is there is none."""
    earlier = now - timedelta(days=1)
    for job in (make_job(2, name="Tea"), make_job(3, name="tea")):
        removed_at = now if job.name == "Tea" else earlier
        put(tables, job)
        put(tables, replace(job, revision=2, removed_at=removed_at), change=Change.REMOVE)
    put(tables, make_job(4, name="Tea"))
    put(tables, make_job(5, name="Coffee"))
    assert tables.jobs.removed("TEA").id == make_job(2).id
    assert tables.jobs.removed("Coffee") is None


def test_a_revision_is_written_once(tables, stored, put):
    """Two edits that began with the same revision do not both succeed."""
    put(tables, replace(stored, revision=2, name="Mine"), change=Change.EDIT)
    with pytest.raises(RequestFailed, match="meantime"):
        put(tables, replace(stored, revision=2, name="Theirs"), change=Change.EDIT)


def test_other_refusals_are_bugs(tables, make_job):
    """A version without its operation is an error of ours and not put into words."""
    with pytest.raises(sqlite3.IntegrityError):
        tables.jobs.put(make_job(), 7)


def test_an_operation_tells_what_was_before(tables, make_job, put, stored):
    """Undo finds each job's earlier version, or that there was none."""
    operation = put(
        tables, replace(stored, revision=2, body=b"{}"), make_job(2), change=Change.EDIT
    )
    assert tables.jobs.last_operation() == (operation, Change.EDIT, "Job 1")
    assert dict(tables.jobs.before(operation)) == {
        stored.id: Revision(stored.id, 1, stored.body, is_removed=False),
        make_job(2).id: None,
    }


def test_an_operation_is_taken_back_once(tables, stored, now):
    """What was undone is not offered again."""
    number, _change, _label = tables.jobs.last_operation()
    tables.jobs.mark_undone(number, now)
    assert tables.jobs.last_operation() is None


def test_a_removed_version_is_marked(tables, put, stored, now):
    """The version "no longer there" is told from the others."""
    put(tables, replace(stored, revision=2, removed_at=now), change=Change.REMOVE)
    operation = put(tables, replace(stored, revision=3), change=Change.EDIT)
    ((_job, before),) = tables.jobs.before(operation)
    assert before.is_removed
    assert before.revision == 2


def test_lines_tell_next_due_time_and_last_run(tables, make_job, put, stored, now):
    """The list of jobs is in order of names, with what is next and what was last."""
    later = now + timedelta(hours=1)
    put(tables, make_job(2, name="A first"))
    tables.wakeups.set(Wakeup(later, WakeKind.DUE, stored.id))
    for minute in (1, 2):
        at = now + timedelta(minutes=minute)
        tables.runs.insert(NewRun(stored.id, 1, Cause.MANUAL, Status.FAILED, at, ended_at=at))
    first, second = tables.jobs.lines(finished=False, tag=None)
    assert (first.job.name, first.next_due_at, first.last_status) == ("A first", None, None)
    assert (second.next_due_at, second.last_status) == (later, Status.FAILED)
    assert second.last_run_at == now + timedelta(minutes=2)


def test_finished_jobs_are_listed_on_demand(tables, stored, now):
    """A finished job leaves the list, not the table."""
    tables.jobs.decided(stored.id, now, now)
    assert list(tables.jobs.lines(finished=False, tag=None)) == []
    assert len(list(tables.jobs.lines(finished=True, tag=None))) == 1


def test_live_jobs_are_the_enabled_ones(tables, make_job, put, stored, now):
    """Disabled and removed jobs are not live."""
    put(tables, make_job(2, enabled=False), make_job(3, removed_at=now))
    assert [job.id for job in tables.jobs.live()] == [stored.id]


def test_due_jobs_come_with_their_load(tables, make_job, put, stored, insert, now):
    """A due time is told with its job and its open runs; one of no job is told as such."""
    put(tables, make_job(2))
    wall = datetime(2026, 3, 1, 13, 0)  # noqa: DTZ001 - a wall time
    first, second = DueTime(now, wall, ("t1", "t2")), DueTime(now + timedelta(seconds=1), None, ())
    for due, ref in ((second, stored.id), (first, make_job(2).id), (second, "gone")):
        tables.wakeups.set(Wakeup(due.at, WakeKind.DUE, ref, due))
    tables.wakeups.set(Wakeup(now, WakeKind.START, "1"))
    for status in (Status.QUEUED, Status.RUNNING, Status.WAITING, Status.SUCCEEDED):
        insert(status, cause=Cause.MANUAL)
    insert(Status.WAITING, cause=Cause.MANUAL, why=Why(Reason.BEHIND_PREVIOUS))
    assert list(tables.jobs.due(now, 10)) == [DueJob(make_job(2).id, first, make_job(2), 0, 0)]
    found = tables.jobs.due(second.at, 10)
    assert [(one.job_id, one.going, one.in_line) for one in found[1:]] == [
        (stored.id, 3, 1),
        ("gone", 0, 0),
    ]
    assert (found[1].job, found[2].job) == (stored, None)
    assert len(tables.jobs.due(second.at, 2)) == 2


def test_what_an_end_has_to_know(tables, stored, insert):
    """The end of a run learns the present revision and whether another run waits."""
    assert tables.jobs.standing(stored.id) == Standing(1, has_waiting=False)
    insert(Status.WAITING, cause=Cause.MANUAL)
    assert tables.jobs.standing(stored.id) == Standing(1, has_waiting=True)
    assert tables.jobs.standing(JobId("gone")) is None


def test_a_prefix_finds_up_to_ten_jobs(tables, make_job, put, now):
    """A prefix is taken literally and leaves removed jobs out."""
    put(tables, *(make_job(number) for number in range(0x10, 0x1C)), make_job(0x20))
    assert len(tables.jobs.by_prefix("0000001")) == 10
    assert [job.name for job in tables.jobs.by_prefix("0000002")] == ["Job 32"]
    assert tables.jobs.by_prefix("%") == []
    put(tables, make_job(0x20, revision=2, removed_at=now))
    assert tables.jobs.by_prefix("0000002") == []


def test_a_clock_set_back_takes_decisions_back(tables, make_job, put, stored, now):
    """Only decisions beyond the new present are taken back; all grids are shifted."""
    early = now - timedelta(hours=2)
    put(tables, make_job(2, decided_until=early))
    tables.jobs.set_back(now - timedelta(hours=1), -7)
    assert tables.jobs.get(stored.id).decided_until == now - timedelta(hours=1)
    assert tables.jobs.get(make_job(2).id).decided_until == early
    assert tables.jobs.get(stored.id).grid_shift_us == -7


def test_purge_drops_old_jobs_that_no_run_names(tables, make_job, put, stored, now):
    """What was removed or finished long ago goes, with wakeup and operation, unless it ran."""
    put(tables, replace(stored, revision=2, removed_at=now))
    put(tables, make_job(2, finished_at=now), make_job(3, finished_at=now), make_job(4))
    tables.wakeups.set(Wakeup(now, WakeKind.DUE, stored.id))
    tables.runs.insert(NewRun(make_job(3).id, 1, Cause.MANUAL, Status.QUEUED, now))
    item = InboxItem(
        id=0,
        kind=InboxKind.REMINDER,
        run_id=None,
        job_id=make_job(2).id,
        title="t",
        text="",
        urgency="normal",
        created_at=now,
    )
    number = tables.inbox.add(item)
    assert tables.jobs.purge(now) == 0
    assert tables.jobs.purge(now + timedelta(seconds=1)) == 2
    assert tables.jobs.get(stored.id) is None
    assert tables.jobs.get(make_job(3).id) is not None
    assert tables.wakeups.earliest(paused=False) is None
    assert tables.inbox.get(number).job_id is None
    assert tables.connection.execute("SELECT count(*) FROM operations").fetchone() == (1,)
