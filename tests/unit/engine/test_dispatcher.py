"""Claims: small transactions, pauses, wakeups of all kinds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.reason import Reason
from deskcron.domain.records import InboxKind, WakeKind, Wakeup
from deskcron.engine import dispatcher
from deskcron.engine.pause import is_paused
from deskcron.engine.settlement import LEAD


def add_many(rig, count: int) -> None:
    """Import jobs that are due every minute, and switch them on."""
    documents = [
        {"name": f"Job {n:04}", "triggers": [rig.every(60)], "action": {"kind": "reminder"}}
        for n in range(count)
    ]
    bundle = rig.transfer._bundles.dump(documents)
    rig.transfer.import_(bundle, dry_run=False)
    rig.jobs.set_enabled([document["name"] for document in documents], True)


def test_a_claim_takes_a_batch_at_most(rig, monkeypatch) -> None:
    """What is due beyond a batch is left for the next claim, which is wanted at once."""
    monkeypatch.setattr(dispatcher, "BATCH", 3)
    add_many(rig, 7)
    due = rig.clock.advance(seconds=60)
    claimed = []
    for _ in range(3):
        upcoming = rig.claim()
        claimed.append(len(rig.rows()))
    assert claimed == [3, 6, 7]
    assert upcoming == due + timedelta(seconds=60) - LEAD
    assert len({ready.run_id for ready in rig.submitted}) == 7


def test_a_batch_is_500() -> None:
    """A transaction holds other writers up for 500 due times at most."""
    assert dispatcher.BATCH == 500


def test_the_earliest_due_time_is_first(rig) -> None:
    """Runs are handed over in the order in which they were due."""
    late = rig.add("A", rig.every(60))
    early = rig.add("B", rig.every(30))
    rig.clock.advance(seconds=59)
    rig.clock.advance(seconds=1)
    rig.claim()
    assert [ready.job.id for ready in rig.submitted] == [early, late]


@pytest.mark.parametrize("how", ["remove", "disable"])
def test_jobs_taken_away_are_not_run(rig, how: str) -> None:
    """A removed or disabled job has no wakeup, and one left over is only cleared."""
    job = rig.add()
    due = rig.clock.now() + timedelta(seconds=60)
    if how == "remove":
        rig.jobs.remove([job])
    else:
        rig.jobs.set_enabled([job], False)
    assert rig.due_at(job) is None
    rig.change(lambda tables: tables.wakeups.set(Wakeup(due, WakeKind.DUE, job)))
    rig.clock.set(due)
    assert rig.claim() is None
    assert rig.rows() == []
    assert rig.wakeups() == []


def test_a_wakeup_of_nothing_is_cleared(rig) -> None:
    """Wakeups for jobs and runs that are not there do no harm."""
    now = rig.clock.now()
    for wakeup in (Wakeup(now, WakeKind.DUE, "gone"), Wakeup(now, WakeKind.START, "77")):
        rig.change(lambda tables, wakeup=wakeup: tables.wakeups.set(wakeup))
    assert rig.claim() is None
    assert rig.wakeups() == []


def test_a_start_wakeup_releases_its_run(rig) -> None:
    """A waiting run is handed over when its wakeup is due, once."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "tags": ["x"]}, draft.revision)
    assert rig.fates() == ["waiting staggered"]
    rig.claim()
    [ready] = rig.submitted
    assert (ready.run_id, ready.job.revision) == (rig.rows()[0].id, 1)
    rig.claim()
    assert len(rig.submitted) == 1


def test_a_run_that_was_cancelled_is_not_released(rig) -> None:
    """A start wakeup whose run is over starts nothing."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "tags": ["x"]}, draft.revision)
    rig.end(rig.rows()[0].id)
    rig.claim()
    assert rig.submitted == []


def test_a_snooze_that_is_over_wakes_the_inbox(rig) -> None:
    """The end of a snooze is told to those who show the inbox."""
    rig.change(lambda tables: tables.wakeups.set(Wakeup(rig.clock.now(), WakeKind.SNOOZE, "1")))
    rig.claim()
    assert [settlement.inbox_woken for settlement in rig.settled] == [True]


def test_what_was_missed_is_in_the_inbox(rig) -> None:
    """Missed due times of all jobs are one item of the inbox; coalesced ones are none."""
    rig.add("A", rig.every(600), catch_up="skip")
    rig.add("B", rig.every(600), max_age_s=0)
    rig.add("C", rig.every(600))
    rig.clock.advance(minutes=35)
    rig.claim()
    [item] = rig.inbox.waiting()
    assert item.kind is InboxKind.MISSED
    assert item.text == "6 due times were missed."
    assert rig.settled[0].missed == 6


def test_an_absence_is_told_once_however_many_claims_it_takes(rig, monkeypatch) -> None:
    """What several claims find missed and caught up is told as one sum, once nothing is left."""
    monkeypatch.setattr(dispatcher, "BATCH", 2)
    for number in range(3):
        rig.add(f"missed {number}", rig.every(600), catch_up="skip")
        rig.add(f"caught up {number}", rig.every(600))
    rig.clock.advance(minutes=25)
    rig.claim()
    rig.claim()
    assert (rig.settled, rig.inbox.waiting()) == ([], [])
    rig.claim()
    [settlement] = rig.settled
    assert (settlement.missed, settlement.caught_up) == (6, 3)
    assert [entry.text for entry in rig.inbox.waiting()] == ["6 due times were missed."]
    rig.clock.advance(minutes=25)
    for _ in range(3):
        rig.claim()
    assert len(rig.settled) == len(rig.inbox.waiting()) == 2


def test_a_claim_that_the_store_refuses_adds_nothing(rig, monkeypatch) -> None:
    """What a claim has found counts once it is committed."""
    rig.add("Tea", rig.every(600), catch_up="skip")
    rig.clock.advance(minutes=25)

    def refused(change):
        def change_and_fail(tables) -> None:
            change(tables)
            raise StoreUnavailable(title="The disk is full")

        return write(change_and_fail)

    write = rig.store.write
    with monkeypatch.context() as patch:
        patch.setattr(rig.store, "write", refused)
        with pytest.raises(StoreUnavailable):
            rig.claim()
    rig.claim()
    assert [settlement.missed for settlement in rig.settled] == [2]


def test_a_claim_tells_no_news_where_there_is_none(rig) -> None:
    """An ordinary due time is no news."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    assert rig.settled == []


# pauses


def test_a_pause_holds_all_due_times(rig) -> None:
    """While paused nothing is due, and the clock is told of the pause's end only."""
    rig.add()
    until = rig.control.pause(600)
    assert until == rig.clock.now() + timedelta(seconds=600)
    rig.clock.advance(seconds=300)
    assert rig.claim() == until
    assert rig.rows() == []
    assert rig.control.state().paused
    assert rig.control.state().paused_until == until


def test_the_end_of_a_pause_leaves_one_row_per_job(rig) -> None:
    """When a pause ends each job has one row for what it skipped, and is not caught up."""
    one = rig.add("One", rig.every(60), catch_up="all")
    two = rig.add("Two", rig.every(600))
    three = rig.add("Three", rig.every(3600))
    until = rig.control.pause(900)
    rig.clock.set(until)
    upcoming = rig.claim()
    assert rig.fates(one) == ["skipped 15 paused"]
    assert rig.fates(two) == ["skipped paused"]
    assert rig.fates(three) == []
    assert rig.submitted == []
    assert rig.due_at(one) == until + timedelta(seconds=60)
    assert upcoming == rig.due_at(one) - LEAD
    assert not rig.control.state().paused
    assert rig.inbox.waiting() == []


def test_resuming_tells_how_much_was_skipped(rig) -> None:
    """A pause ended by hand counts its due times, and what follows runs as before."""
    job = rig.add()
    rig.control.pause(None)
    rig.clock.advance(seconds=150)
    assert rig.control.resume() == 2
    rig.clock.advance(seconds=30)
    rig.claim()
    assert rig.fates(job) == ["skipped 2 paused", "queued"]
    assert rig.rows()[0].reason is Reason.PAUSED


def test_what_was_due_before_a_pause_is_not_lost_to_it(rig) -> None:
    """A due time that passed before the pause began runs when the pause is over."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    rig.control.pause(None)
    assert rig.claim() is None
    assert rig.fates(job) == ["waiting staggered"]
    rig.clock.advance(seconds=60)
    assert rig.control.resume() == 1
    rig.claim()
    assert rig.fates(job) == ["queued", "skipped paused"]


def test_a_pause_that_ended_while_away_is_caught_up_from_its_end(rig) -> None:
    """Only what fell into the pause is skipped by it; what came after it was missed as usual."""
    job = rig.add("Tea", rig.every(600))
    rig.control.pause(1800)
    rig.pass_time(hours=3, minutes=5)
    assert rig.fates(job) == ["skipped 3 paused", "missed 14 coalesced", "queued"]
    assert len(rig.submitted) == 1


def test_resuming_late_is_resuming_at_the_end(rig) -> None:
    """A pause with an end that nobody has noticed is not made longer by resuming it."""
    job = rig.add("Tea", rig.every(600))
    rig.control.pause(1800)
    rig.clock.advance(hours=3, minutes=5)
    assert rig.control.resume() == 3
    rig.claim()
    assert rig.fates(job) == ["skipped 3 paused", "missed 14 coalesced", "queued"]


def test_a_pause_can_be_made_longer_or_endless(rig) -> None:
    """A second pause replaces the end of the first and keeps what it has held."""
    job = rig.add()
    rig.control.pause(60)
    rig.clock.advance(seconds=30)
    until = rig.control.pause(600)
    rig.clock.set(until - timedelta(seconds=1))
    assert rig.claim() == until
    assert rig.control.pause(None) is None
    assert rig.claim() is None
    assert rig.store.read(is_paused)
    assert rig.control.resume() == 10
    assert rig.fates(job) == ["skipped 10 paused"]


def test_a_pause_of_no_due_times_leaves_no_row(rig) -> None:
    """A pause in which nothing was due leaves nothing."""
    rig.add("Tea", rig.every(3600))
    rig.control.pause(None)
    rig.clock.advance(seconds=60)
    assert rig.control.resume() == 0
    assert rig.rows() == []


def test_a_job_changed_in_a_pause_is_skipped_up_to_the_change(rig) -> None:
    """What a pause has held of the old rule is told as paused, then the new rule holds."""
    job = rig.add()
    rig.control.pause(None)
    rig.clock.advance(seconds=150)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "triggers": [rig.every(3600)]}, draft.revision)
    assert rig.fates(job) == ["skipped 2 paused"]
    rig.clock.advance(seconds=150)
    assert rig.control.resume() == 0
