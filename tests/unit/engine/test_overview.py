"""What is going on at a glance."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, InboxItem, InboxKind, NewRun
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine.overview import OverviewReader


@pytest.fixture
def overview(rig):
    """Return the overview of the rig's store."""
    return OverviewReader(rig.store, rig.control.state, rig.clock)


def put_in(trouble, tables):
    """Put an item into the inbox."""
    return tables.inbox.add(trouble)


def item(created_at):
    """Return an inbox item that was just put in."""
    return InboxItem(
        id=0,
        kind=InboxKind.REMINDER,
        run_id=None,
        job_id=None,
        title="Tea",
        text="",
        urgency=Urgency.NORMAL,
        created_at=created_at,
    )


def test_an_empty_store_has_nothing_going_on(overview) -> None:
    """Without jobs every figure is none, and no engine runs."""
    seen = overview.look()
    assert (seen.jobs, seen.running, seen.needs_you, seen.upcoming) == (0, (), 0, ())
    assert not seen.engine.running


def test_the_next_due_times_come_in_order(rig, overview) -> None:
    """The earliest are named, as many as asked for, also of jobs added later."""
    for minutes in (5, 3, 1, 4, 2, 6):
        rig.add(f"every {minutes}", rig.every(60 * minutes))
    ahead = overview.look(ahead=3).upcoming
    assert [one.job_name for one in ahead] == ["every 1", "every 2", "every 3"]
    assert [one.at - rig.clock.now() for one in ahead] == [
        timedelta(minutes=minutes) for minutes in (1, 2, 3)
    ]
    assert len(overview.look().upcoming) == 5


def test_due_times_of_held_jobs_are_left_out(rig, overview) -> None:
    """What a hold keeps from running does not come next; what is due after its end does."""
    tea, now = rig.add("Tea", rig.every(3600)), rig.clock.now()
    rig.add("Milk", rig.every(7200))
    rig.change(lambda tables: tables.holds.set(Hold(tea, 3, now, None)))
    assert [ahead.job_name for ahead in overview.look().upcoming] == ["Milk"]
    until = now + timedelta(minutes=5)
    rig.change(lambda tables: tables.holds.set(Hold(tea, 3, now, until)))
    assert [ahead.job_name for ahead in overview.look().upcoming] == ["Tea", "Milk"]


def test_jobs_that_are_off_or_over_are_not_counted(rig, overview) -> None:
    """Counted is what is enabled, not finished and not removed; a job by hand is one."""
    rig.add("stays")
    rig.add("off")
    rig.add("gone")
    rig.jobs.add({"name": "by hand", "action": {"kind": "reminder"}})
    once = (rig.clock.now() + timedelta(seconds=30)).replace(tzinfo=None).isoformat()
    rig.add("over", {"kind": "once", "at": once, "zone": "UTC"})
    rig.jobs.set_enabled(["off"], enabled=False)
    rig.jobs.remove(["gone"])
    assert overview.look().jobs == 3
    rig.clock.advance(seconds=31)
    rig.claim()
    assert overview.look().jobs == 2


def test_what_runs_is_named_until_it_ends(rig, overview) -> None:
    """A run is named from the record of its start to that of its end."""
    job_id = rig.add("Long")
    rig.clock.advance(seconds=60)
    rig.claim()
    run = rig.rows()[-1]
    assert overview.look().running == ()
    started_at = rig.clock.now()
    identity = ProcessIdentity(1, 1, "boot")
    rig.change(lambda tables: tables.runs.started(RunId(run.id), started_at, identity))
    (running,) = overview.look().running
    assert (running.run_id, running.job_id, running.job_name) == (run.id, job_id, "Long")
    assert running.started_at == started_at
    rig.end(run.id)
    assert overview.look().running == ()


def test_what_waits_is_named_with_what_it_waits_for(rig, overview):
    """A run that waits is told of, oldest first, until it no longer does."""
    job, now = rig.add("Tea"), rig.clock.now()
    why = Why(Reason.NOT_PRESENT, {"path": "/mnt"})
    row = NewRun(job, 1, Cause.EVENT, Status.WAITING, now, why=why)
    run_id = rig.change(lambda tables: tables.runs.insert(row))
    (run,) = overview.look().waiting
    assert (run.run_id, run.job_name, run.reason, run.since) == (
        run_id,
        "Tea",
        Reason.NOT_PRESENT,
        now,
    )
    assert run.reason_args == {"path": "/mnt"}
    rig.end(run_id)
    assert overview.look().waiting == ()


def test_what_is_put_off_needs_nobody_until_then(rig, overview) -> None:
    """Inbox items count until they are done, but not while they are snoozed."""
    now = rig.clock.now()
    first = rig.change(lambda tables: tables.inbox.add(item(now)))
    second = rig.change(lambda tables: tables.inbox.add(item(now)))
    assert overview.look().needs_you == 2
    rig.inbox.snooze(first, 600)
    rig.inbox.done(second)
    assert overview.look().needs_you == 0
    rig.clock.advance(seconds=600)
    assert overview.look().needs_you == 1


def test_snoozed_reminders_are_among_what_comes(rig, overview) -> None:
    """A reminder that is put off comes back at its time, between the due times of jobs."""
    tea = rig.add("Tea", rig.every(3600))
    reminder = msgspec.structs.replace(item(rig.clock.now()), job_id=tea)
    first = rig.change(lambda tables: tables.inbox.add(reminder))
    rig.change(lambda tables: tables.inbox.add(reminder))
    until = rig.inbox.snooze(first, 600)
    (snoozed,) = overview.look(ahead=0).snoozed
    assert (snoozed.job_id, snoozed.at, snoozed.is_snoozed) == (tea, until, True)
    assert [ahead.is_snoozed for ahead in overview.look().coming()] == [True, False]
    rig.clock.advance(seconds=600)
    assert overview.look().snoozed == ()


def test_failures_of_a_job_need_you_once(rig, overview) -> None:
    """As many are counted as the inbox has entries: the failures of one job are one."""
    for name in ("A", "A", "B", None, None):
        trouble = msgspec.structs.replace(item(rig.clock.now()), kind=InboxKind.TROUBLE)
        if name is not None:
            job_id = next((line.id for line in rig.catalogue.list() if line.name == name), None)
            trouble = msgspec.structs.replace(trouble, job_id=job_id or rig.add(name))
        rig.change(partial(put_in, trouble))
    assert overview.look().needs_you == len(rig.inbox.waiting()) == 4


def test_an_entry_that_is_put_off_needs_nobody(rig, overview) -> None:
    """Failures of a job are put off together; a further one does not make it need you."""
    trouble = msgspec.structs.replace(
        item(rig.clock.now()), kind=InboxKind.TROUBLE, job_id=rig.add("Tea")
    )
    for _ in range(2):
        rig.change(partial(put_in, trouble))
    rig.inbox.snooze(rig.inbox.waiting()[0].id, 600)
    rig.change(partial(put_in, trouble))
    assert overview.look().needs_you == 0
    rig.clock.advance(seconds=600)
    assert overview.look().needs_you == 1


def test_the_version_tells_of_changes(rig, overview) -> None:
    """It is another one after each change and the same without."""
    before = overview.version()
    assert overview.version() == before
    rig.add()
    assert overview.version() != before


def test_jobs_that_ran_last_are_offered_first(rig, overview) -> None:
    """Jobs to run by hand come with the latest runs first, then by name; finished ones not."""
    for name, minutes in (("Bread", 9), ("apple", 9), ("Cake", 1)):
        rig.add(name, rig.every(60 * minutes))
    once = (rig.clock.now() + timedelta(seconds=30)).replace(tzinfo=None).isoformat()
    rig.add("over", {"kind": "once", "at": once, "zone": "UTC"})
    offered = [job.job_name for job in overview.runnable(3)]
    assert offered == ["apple", "Bread", "Cake"]
    rig.clock.advance(seconds=60)
    rig.claim()
    offered = [job.job_name for job in overview.runnable(9)]
    assert offered == ["Cake", "apple", "Bread"]
    rig.jobs.remove(["Cake"])
    assert overview.runnable(1)[0].job_name == "apple"
