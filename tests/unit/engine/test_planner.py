"""Due times become rows: one for each, neighbours with the same reason in one."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from deskcron.domain.reason import Reason
from deskcron.domain.records import Change, WakeKind
from deskcron.domain.run import Cause, Status
from deskcron.engine.settlement import LEAD, Settlement


def test_a_due_time_is_one_row_and_the_next_is_planned(rig) -> None:
    """A due time on time becomes a queued row that names its trigger, and the next is planned."""
    job = rig.add()
    due = rig.clock.advance(seconds=60)
    assert rig.claim() == due + timedelta(seconds=60) - LEAD
    [run] = rig.rows()
    assert (run.job_id, run.job_name, run.revision) == (job, "Tea", 1)
    assert (run.status, run.cause, run.due_at) == (Status.QUEUED, Cause.SCHEDULE, due)
    assert (run.triggers, run.count, run.reason) == (("t1",), 1, None)
    assert rig.due_at(job) == due + timedelta(seconds=60)
    assert rig.job(job).decided_until == due
    [ready] = rig.submitted
    assert (ready.run_id, ready.due_at, ready.job.name) == (run.id, due, "Tea")
    assert not rig.settled


def test_nothing_is_claimed_before_its_time(rig) -> None:
    """A microsecond too early nothing is claimed, and the answer is when to come again."""
    rig.add()
    due = rig.clock.now() + timedelta(seconds=60)
    rig.clock.set(due - LEAD - timedelta(microseconds=1))
    assert rig.claim() == due - LEAD
    assert rig.rows() == []


def test_a_backlog_is_decided_by_the_policy(rig) -> None:
    """What passed while nothing ran is one row for the missed and one run for the latest."""
    job = rig.add()
    rig.clock.advance(minutes=10, seconds=30)
    rig.claim()
    missed, run = rig.rows()
    assert (missed.status, missed.reason, missed.count) == ("missed", "coalesced", 9)
    assert missed.due_until - missed.due_at == timedelta(minutes=8)
    assert missed.ended_at == rig.clock.now()
    assert (run.status, run.cause) == ("queued", "schedule")
    assert run.due_at == missed.due_until + timedelta(minutes=1)
    assert rig.due_at(job) == run.due_at + timedelta(minutes=1)


def test_a_long_absence_takes_no_time(rig) -> None:
    """A month of due times every second is counted, not walked."""
    rig.add("Tea", rig.every(1), catch_up="all", catch_up_limit=3)
    rig.clock.advance(days=30)
    rig.claim()
    missed, *runs = rig.rows()
    assert missed.count == 30 * 86_400 - 4
    assert missed.is_exact
    assert missed.due_until + timedelta(seconds=1) == runs[0].due_at
    assert [run.status for run in runs] == ["queued", "waiting", "waiting", "waiting"]


def test_neighbours_with_one_reason_share_a_row(rig) -> None:
    """Due times skipped one after the other for the same reason extend one row."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    first_skipped = rig.clock.now() + timedelta(seconds=60)
    for _ in range(3):
        rig.clock.advance(seconds=60)
        rig.claim()
    going, skipped = rig.rows()
    assert going.status == "queued"
    assert (skipped.status, skipped.reason, skipped.count) == ("skipped", "still-running", 3)
    assert (skipped.due_at, skipped.due_until) == (first_skipped, rig.clock.now())


def test_a_run_between_parts_the_rows(rig) -> None:
    """After a run in between, the next skipped due time begins a row of its own."""
    rig.add()
    for end_it in (False, False, True, False, False):
        rig.clock.advance(seconds=60)
        rig.claim()
        if end_it:
            rig.end(rig.rows()[0].id)
    assert rig.fates() == [
        "succeeded",
        "skipped 2 still-running",
        "queued",
        "skipped still-running",
    ]


def test_a_changed_job_begins_a_row_of_its_own(rig) -> None:
    """A row names one revision: after an edit the same fate is told in a new row."""
    job = rig.add()
    for _ in range(2):
        rig.clock.advance(seconds=60)
        rig.claim()
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "tags": ["a"]}, draft.revision)
    rig.clock.advance(seconds=60)
    rig.claim()
    assert rig.fates() == ["queued", "skipped still-running", "skipped still-running"]
    assert [run.revision for run in rig.rows()] == [1, 1, 2]


def test_missed_rows_of_two_absences_are_told_apart_by_the_run(rig) -> None:
    """Two absences leave two missed rows with the caught-up run between them."""
    rig.add()
    for _ in range(2):
        rig.clock.advance(minutes=5)
        rig.claim()
        rig.end(rig.rows()[-1].id)
    assert rig.fates() == ["missed 4 coalesced", "succeeded"] * 2


def test_every_due_time_is_covered_once(rig) -> None:
    """Over breaks of any length the rows together cover each due time exactly once."""
    rig.add("Tea", rig.every(60), catch_up="all", catch_up_limit=2, max_age_s=600)
    start = rig.clock.now()
    for minutes in (1, 1, 7, 1, 45, 2, 0.5, 0.5, 200):
        rig.clock.advance(minutes=minutes)
        rig.claim()
        for run in rig.rows():
            if run.status == "queued":
                rig.end(run.id)
    minutes_passed = int((rig.clock.now() - start).total_seconds()) // 60
    rows = rig.rows()
    assert sum(run.count for run in rows) == minutes_passed
    covered = sorted((run.due_at, run.due_until or run.due_at) for run in rows)
    for (_, last), (first, _) in itertools.pairwise(covered):
        assert first - last == timedelta(minutes=1)


def test_the_same_wall_time_runs_once(rig) -> None:
    """When the zone moves west the same wall time comes again and is told as skipped."""
    rig.zones.zone = "Europe/Berlin"
    rig.clock.set(datetime(2026, 7, 1, 6, tzinfo=UTC))
    job = rig.add("Tea", {"kind": "cron", "expression": "0 9 * * *"})
    rig.clock.set(datetime(2026, 7, 1, 7, tzinfo=UTC))
    rig.claim()
    rig.end(rig.rows()[0].id)
    rig.zones.zone = "Europe/London"
    rig.timekeeper.check_rules()
    rig.change(lambda tables: rig.planner.plan(tables, tables.jobs.get(job), rig.clock.now()))
    assert rig.due_at(job) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    rig.clock.set(datetime(2026, 7, 1, 8, tzinfo=UTC))
    rig.claim()
    assert rig.fates() == ["succeeded", "skipped same-wall-time"]
    assert rig.rows()[1].reason_args == {"wall": "2026-07-01T09:00:00"}
    assert rig.due_at(job) == datetime(2026, 7, 2, 8, tzinfo=UTC)


def test_wildcard_rules_follow_utc(rig) -> None:
    """Rules without a fixed time run on when the zone moves, as elapsed time does."""
    rig.clock.set(datetime(2026, 7, 1, 7, tzinfo=UTC))
    rig.add("Tea", {"kind": "cron", "expression": "*/30 * * * *"})
    rig.clock.set(datetime(2026, 7, 1, 7, 30, tzinfo=UTC))
    rig.claim()
    rig.end(rig.rows()[0].id)
    rig.zones.zone = "Europe/London"
    rig.clock.set(datetime(2026, 7, 1, 8, tzinfo=UTC))
    rig.claim()
    assert rig.fates() == ["succeeded", "queued"]


def test_caught_up_runs_of_several_jobs_are_staggered(rig, monkeypatch) -> None:
    """After a wake the first job runs at once, the others in turn some seconds apart."""
    monkeypatch.setattr("deskcron.engine.settlement.LONGEST_STAGGER", timedelta(seconds=5))
    jobs = [rig.add(f"Tea {n}", rig.every(3600)) for n in range(5)]
    now = rig.clock.advance(hours=1, minutes=30)
    assert rig.claim() == now + timedelta(seconds=2)
    assert sorted(rig.fates()) == ["queued"] + ["waiting staggered"] * 4
    assert len(rig.submitted) == 1
    starts = [wakeup.at for wakeup in rig.wakeups() if wakeup.kind is WakeKind.START]
    assert [(at - now).total_seconds() for at in starts] == [2, 4, 5, 5]
    assert {run.cause for run in rig.rows()} == {Cause.CATCH_UP}
    rig.clock.advance(seconds=5)
    rig.claim()
    assert sorted(rig.fates()) == ["queued"] * 5
    assert sorted(ready.job.id for ready in rig.submitted) == sorted(jobs)
    [settlement] = rig.settled
    assert settlement.caught_up == 5


def test_no_stagger_beyond_the_next_due_time(rig) -> None:
    """A run whose job is due again before its turn has come starts at once."""
    rig.add("Hourly", rig.every(3600))
    rig.clock.advance(seconds=3610)
    rig.add("Quick", rig.every(62))
    rig.clock.advance(seconds=62 + 61)
    rig.claim()
    assert rig.fates() == ["queued", "queued"]
    assert {run.cause for run in rig.rows()} == {Cause.CATCH_UP}


def test_runs_caught_up_in_line_wait_behind_the_first(rig) -> None:
    """Of one job all caught-up runs wait for each other, whatever the overlap rule."""
    rig.add("Tea", rig.every(3600), catch_up="all", overlap="skip")
    rig.clock.advance(hours=3, minutes=30)
    rig.claim()
    assert rig.fates() == ["queued", "waiting behind-previous", "waiting behind-previous"]


@pytest.mark.parametrize("anchor", ["start", "end"])
def test_what_counts_from_runs_has_no_due_time_meanwhile(rig, anchor: str) -> None:
    """Counted from the end a job has no next due time while it runs; from the start it has."""
    job = rig.add("Tea", rig.every(60, anchor))
    due = rig.clock.advance(seconds=60)
    rig.claim()
    expected = None if anchor == "end" else due + timedelta(seconds=60)
    assert rig.due_at(job) == expected
    assert rig.job(job).finished_at is None


def test_a_skip_counts_as_an_end(rig) -> None:
    """Counted from the end, a due time that was missed counts at its decision."""
    job = rig.add("Tea", rig.every(60, "end"), catch_up="skip")
    now = rig.clock.advance(hours=1)
    rig.claim()
    assert rig.fates() == ["missed catch-up-off"]
    assert rig.due_at(job) == now + timedelta(seconds=60)


def test_a_one_off_is_finished_when_it_has_run(rig) -> None:
    """After its only due time a job is finished and leaves the list."""
    job = rig.add("Tea", {"kind": "once", "at": "2026-07-01T17:30"})
    due = rig.clock.set(datetime(2026, 7, 1, 15, 30, tzinfo=UTC))
    assert rig.claim() is None
    assert rig.fates() == ["queued"]
    assert rig.job(job).finished_at == due
    assert rig.catalogue.list() == []
    assert [line.name for line in rig.catalogue.list(finished=True)] == ["Tea"]


def test_a_job_without_rules_is_not_finished(rig) -> None:
    """A job that is started by hand only is never due and never finished."""
    saved = rig.jobs.add({"name": "Tea", "action": {"kind": "reminder"}})
    assert saved.job.schedule == "By hand only"
    assert rig.due_at(saved.job.id) is None
    assert rig.job(saved.job.id).finished_at is None


def test_a_due_time_that_has_its_row_is_not_run_again(rig) -> None:
    """A due time claimed before is left alone, and the next one is planned all the same."""
    job = rig.add()
    due = rig.clock.advance(seconds=60)
    rig.claim()
    rig.change(lambda tables: tables.jobs.decided(job, due - timedelta(seconds=1), None))
    rig.change(lambda tables: rig.planner.plan(tables, tables.jobs.get(job), rig.clock.now()))
    assert rig.due_at(job) == due
    rig.submitted.clear()
    rig.end(rig.rows()[0].id)
    rig.claim()
    assert rig.submitted == []
    assert len(rig.rows()) == 1
    assert rig.due_at(job) == due + timedelta(seconds=60)


def test_left_to_the_engine_a_run_waits_for_it(rig) -> None:
    """Where no runner is at hand a run waits, with a wakeup for the engine to start it now."""
    job = rig.add()
    now = rig.clock.advance(seconds=60)
    settlement = Settlement(defers=True)
    rig.change(lambda tables: rig.planner.settle(tables, tables.jobs.get(job), now, settlement))
    assert settlement.ready == []
    assert rig.fates() == ["waiting staggered"]
    rig.claim()
    assert rig.fates() == ["queued"]
    assert len(rig.submitted) == 1


def broken(rig, job: str) -> None:
    """Give a stored job a zone that does not exist, as an update of zone data may."""
    stored = rig.job(job)
    document = msgspec.json.decode(stored.body)
    document["triggers"][0]["zone"] = "Mars/Olympus"
    body = msgspec.json.encode(document)
    after = msgspec.structs.replace(stored, body=body, revision=stored.revision + 1)
    rig.change(
        lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", rig.clock.now()))
    )


def test_a_broken_rule_does_not_stop_the_others(rig, expected_logs) -> None:
    """A rule that cannot be used any more loses its wakeup and a row says so; others run."""
    bad = rig.add("Bad", {"kind": "cron", "expression": "* * * * *"})
    rig.add("Good", {"kind": "cron", "expression": "* * * * *"})
    broken(rig, bad)
    rig.clock.advance(seconds=60)
    rig.claim()
    assert sorted(rig.fates()) == ["missed unreadable", "queued"]
    assert rig.due_at(bad) is None
    assert "broke" in expected_logs[0].getMessage()


def test_a_broken_rule_can_be_replaced(rig, expected_logs) -> None:
    """A job whose rule has become unusable can still be edited, switched off and removed."""
    bad = rig.add("Bad", {"kind": "cron", "expression": "* * * * *"})
    good = {"name": "Bad", "triggers": [rig.every(600)], "action": {"kind": "reminder"}}
    for change in (
        lambda: rig.jobs.set_enabled([bad], False),
        lambda: rig.jobs.set_enabled([bad], True),
        lambda: rig.jobs.save(bad, good, rig.job(bad).revision),
        lambda: rig.jobs.remove([bad]),
    ):
        broken(rig, bad)
        rig.clock.advance(seconds=90)
        change()
    assert rig.catalogue.list() == []


@pytest.mark.parametrize("when", ["before the pause", "in the pause"])
def test_a_broken_rule_does_not_keep_a_pause(rig, expected_logs, when: str) -> None:
    """Pausing and resuming work while one of the jobs has an unusable rule."""
    bad = rig.add("Bad", {"kind": "cron", "expression": "* * * * *"})
    rig.add("Good", {"kind": "cron", "expression": "* * * * *"})
    if when == "before the pause":
        broken(rig, bad)
    rig.clock.advance(seconds=60)
    rig.control.pause(None)
    if when == "in the pause":
        broken(rig, bad)
    rig.clock.advance(seconds=60)
    assert rig.control.resume() == 1
    assert rig.due_at(bad) is None


def test_a_full_disk_is_not_taken_for_a_broken_rule(rig, monkeypatch) -> None:
    """When a row cannot be written the claim fails as a whole and the due time stays due."""
    job = rig.add()
    due = rig.clock.advance(seconds=60)
    real_insert = rig.store.read(lambda tables: type(tables.runs)).insert

    def full(*_args):
        raise OSError("disk full")

    monkeypatch.setattr(rig.store.read(lambda tables: type(tables.runs)), "insert", full)
    with pytest.raises(OSError, match="disk full"):
        rig.claim()
    monkeypatch.setattr(rig.store.read(lambda tables: type(tables.runs)), "insert", real_insert)
    assert rig.due_at(job) == due
    rig.claim()
    assert rig.fates() == ["queued"]


def test_a_job_with_a_fault_is_never_finished(rig) -> None:
    """A job of a later version that is due here keeps waiting for it, not for being purged."""
    job = rig.add()
    stored = rig.job(job)
    document = {**msgspec.json.decode(stored.body), "triggers": [{"kind": "moon", "id": "t1"}]}
    after = msgspec.structs.replace(
        stored, body=msgspec.json.encode(document), revision=stored.revision + 1
    )
    rig.change(
        lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", rig.clock.now()))
    )
    rig.clock.advance(seconds=60)
    rig.claim()
    assert rig.rows() == []
    assert rig.due_at(job) is None
    assert rig.job(job).finished_at is None


def test_the_reason_of_a_row_has_its_parameters(rig) -> None:
    """A row too old says how old is too old."""
    rig.add("Tea", rig.every(3600), max_age_s=60)
    rig.clock.advance(hours=1, minutes=30)
    rig.claim()
    [run] = rig.rows()
    assert (run.reason, run.reason_args) == (Reason.TOO_OLD, {"max_age_s": 60})
    assert rig.settled[0].missed == 1


def test_the_same_wall_time_in_another_zone_runs(rig) -> None:
    """A one-off that is moved to the same time of another zone is another due time."""
    once = {"id": "t1", "kind": "once", "at": "2026-07-01T15:00:00", "zone": "Europe/Berlin"}
    job = rig.add("Tea", once)
    rig.clock.set(rig.due_at(job))
    rig.claim()
    rig.end(rig.rows(job)[0].id)
    draft = rig.catalogue.draft(job)
    moved = {**once, "zone": "America/New_York"}
    rig.jobs.save(job, {**draft.document, "triggers": [moved]}, draft.revision)
    rig.clock.set(rig.due_at(job))
    rig.claim()
    assert rig.fates(job) == ["succeeded", "queued"]
