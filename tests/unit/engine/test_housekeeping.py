"""Backups that rotate, a history that is bounded, logs within their share."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from errno import EISDIR
from threading import Event

import pytest
from enginefixtures import store  # noqa: F401 - with a file, which is looked at here

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.preferences import LIMITS
from deskcron.domain.records import InboxItem, InboxKind, NewRun
from deskcron.domain.run import Cause, Status
from deskcron.engine import housekeeping
from deskcron.engine.housekeeping import Housekeeping
from deskcron.engine.preferences import PreferencesService
from deskcron.store.opening import open_store


@pytest.fixture
def keeper(rig):
    """Return the housekeeping of the rig."""
    return Housekeeping(rig.store, rig.logs, rig.folder, rig.clock, Event(), lambda: None)


def backups(rig) -> list[str]:
    """Return the names of the backups, without their times."""
    return sorted(path.name.split("-")[0] for path in (rig.home / "backups").glob("*.db"))


def runs(rig, job: str, count: int) -> None:
    """Leave ended runs behind, each with a log."""
    now = rig.clock.now()
    for _ in range(count):
        row = NewRun(job, 1, Cause.MANUAL, Status.QUEUED, now)
        run_id = rig.change(lambda tables, row=row: tables.runs.insert(row))
        rig.end(run_id)
        log(rig, run_id, 10)


def log(rig, run_id: int, size: int) -> None:
    """Write a log of some size."""
    fd = rig.logs.create(run_id, 1)
    os.write(fd, b"x" * size)
    os.close(fd)


def test_once_a_day(rig, keeper) -> None:
    """Housekeeping is due at the first start and then a day after it was done."""
    assert keeper.is_due()
    keeper.run()
    assert not keeper.is_due()
    rig.clock.advance(hours=23, minutes=59)
    assert not keeper.is_due()
    rig.clock.advance(minutes=1)
    assert keeper.is_due()


def test_a_clock_that_was_ahead_does_not_stop_it(rig, keeper) -> None:
    """After it was done at a time far in the future it is due all the same."""
    rig.clock.advance(days=365)
    keeper.run()
    rig.clock.set(rig.clock.now() - timedelta(days=365))
    rig.clock.advance(hours=1)
    assert keeper.is_due()


def test_backups_rotate(rig, keeper) -> None:
    """Seven daily and two weekly backups are kept, the newest ones."""
    rig.add("Tea")
    for _ in range(23):
        keeper.run()
        rig.clock.advance(days=1)
    assert backups(rig) == ["daily"] * 7 + ["weekly"] * 2
    newest = max((rig.home / "backups").glob("daily-*.db"))
    assert newest.name.startswith(f"daily-{rig.clock.now() - timedelta(days=1):%Y%m%d}")


def test_a_backup_has_the_jobs(rig, keeper) -> None:
    """A daily backup has jobs and no history, the weekly one both."""
    runs(rig, rig.add("Tea"), 2)
    keeper.run()
    counts = {}
    for path in (rig.home / "backups").glob("*.db"):
        with sqlite3.connect(path) as connection:
            counts[path.name.split("-")[0]] = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("jobs", "runs")
            ]
        connection.close()
    assert counts == {"daily": [1, 0], "weekly": [1, 2]}


def test_old_runs_are_forgotten_but_for_the_newest_of_each_job(rig, keeper) -> None:
    """Beyond 90 days the newest 20 runs of each job stay, and the logs of the others go."""
    busy, rare = rig.add("Busy"), rig.add("Rare")
    runs(rig, busy, 25)
    runs(rig, rare, 3)
    rig.clock.advance(days=91)
    runs(rig, busy, 4)
    keeper.run()
    assert len(rig.rows(busy)) == 20
    assert len(rig.rows(rare)) == 3
    kept = {run.id for run in rig.rows()}
    assert {run_id for run_id, _, _ in rig.logs.all_logs()} == kept


@pytest.mark.parametrize("anchor", ["start", "end"])
def test_what_the_next_due_time_counts_from_stays(rig, keeper, anchor: str) -> None:
    """Also where the least is kept, an interval after the last run goes on counting from it."""
    job = rig.add("Tea", rig.every(5 * 86_400, anchor))
    rig.clock.advance(days=5)
    rig.claim()
    rig.end(rig.rows(job)[0].id)
    rig.change(lambda tables: rig.planner.plan(tables, rig.job(job), rig.clock.now()))
    due_at = rig.due_at(job)
    PreferencesService(rig.store, rig.wake).change(
        **{field: least for field, (least, _most) in LIMITS.items()}
    )
    rig.clock.advance(days=2)
    keeper.run()
    rig.jobs.mute([job])
    assert rig.due_at(job) == due_at


def test_what_is_done_in_the_inbox_is_forgotten(rig, keeper) -> None:
    """Items without a run go by the age of history as well; those that wait stay."""

    def put(done_at) -> int:
        item = InboxItem(
            id=0,
            kind=InboxKind.MISSED,
            run_id=None,
            job_id=None,
            title="While deskcron was away",
            text="",
            urgency="normal",
            created_at=rig.clock.now(),
            done_at=done_at,
        )
        return rig.change(lambda tables: tables.inbox.add(item))

    def left() -> list[int]:
        return [n for n in items if rig.store.read(lambda tables, n=n: tables.inbox.get(n))]

    items = [put(rig.clock.now()), put(rig.clock.now() + timedelta(days=2)), put(None)]
    rig.clock.advance(days=91)
    keeper.run()
    assert left() == items[1:]
    rig.clock.advance(days=2)
    keeper.run()
    assert left() == items[2:]


def test_young_runs_stay(rig, keeper) -> None:
    """Within 90 days every run stays, however many there are."""
    job = rig.add()
    runs(rig, job, 30)
    rig.clock.advance(days=89)
    keeper.run()
    assert len(rig.rows(job)) == 30


def test_large_histories_go_in_batches(rig, keeper, monkeypatch) -> None:
    """Forgetting goes on until there is nothing left to forget."""
    monkeypatch.setattr(housekeeping, "BATCH", 4)
    job = rig.add()
    runs(rig, job, 35)
    rig.clock.advance(days=100)
    keeper.run()
    assert len(rig.rows(job)) == 20


def test_less_to_keep_is_obeyed_at_once(rig, keeper) -> None:
    """A change of what is kept, by whichever process, is due and done without a further backup."""
    job = rig.add()
    runs(rig, job, 30)
    rig.clock.advance(days=10)
    keeper.run()
    assert len(rig.rows(job)) == 30
    assert not keeper.is_due()
    with closing(open_store(rig.home / "deskcron.db", may_migrate=False)) as other:
        PreferencesService(other, rig.wake).change(history_days=9, runs_per_job=3)
    assert keeper.is_due()
    keeper.run()
    assert len(rig.rows(job)) == 3
    assert not keeper.is_due()
    assert backups(rig) == ["daily", "weekly"]


def test_what_was_changed_before_the_start_waits_for_its_day(rig, keeper) -> None:
    """Only a change beside the engine is due at once: the first round obeys what is there."""
    keeper.run()
    PreferencesService(rig.store, rig.wake).change(history_days=9)
    later = Housekeeping(rig.store, rig.logs, rig.folder, rig.clock, Event(), lambda: None)
    assert not later.is_due()


def test_removed_jobs_are_forgotten(rig, keeper) -> None:
    """A job removed long ago goes with its last run; one that can still come back stays."""
    old = rig.add("Old")
    rig.jobs.remove([old])
    rig.clock.advance(days=31)
    young = rig.add("Young")
    rig.jobs.remove([young])
    keeper.run()
    assert rig.store.read(lambda tables: tables.jobs.get(old)) is None
    assert rig.job(young).removed_at is not None


def test_logs_stay_within_their_share(rig, keeper) -> None:
    """The oldest logs go until the rest is within the limit; one that is written to stays."""
    size = 420_000
    PreferencesService(rig.store, rig.wake).change(logs_mb=1)
    for run_id in range(1, 6):
        if run_id == 2:
            held = rig.logs.create(run_id, 1)
            os.write(held, b"x" * size)
        else:
            log(rig, run_id, size)
    keeper.run()
    assert [run_id for run_id, _, _ in rig.logs.all_logs()] == [2, 5]
    os.close(held)


def test_empty_logs_of_ended_runs_go(rig, keeper) -> None:
    """What stayed empty goes; of a run that may still go, or is written to, everything stays."""
    job = rig.add()
    for state in ("ended", "open", "held", "full"):
        row = NewRun(job, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
        run_id = rig.change(lambda tables, row=row: tables.runs.insert(row))
        if state == "held":
            held = rig.logs.create(run_id, 1)
        else:
            log(rig, run_id, 1 if state == "full" else 0)
        if state != "open":
            rig.end(run_id)
    keeper.run()
    assert [run_id for run_id, _, _ in rig.logs.all_logs()] == [2, 3, 4]
    os.close(held)
    keeper.run()
    assert [run_id for run_id, _, _ in rig.logs.all_logs()] == [2, 4]


def test_late_output_stays(rig, keeper, monkeypatch) -> None:
    """What a process writes after the logs were listed, as the last one to hold it, is kept."""
    job = rig.add()
    runs(rig, job, 1)
    log(rig, 2, 0)
    monkeypatch.setattr(rig.logs, "is_held", lambda *run: os.truncate(rig.logs.path(*run), 5))
    keeper.run()
    assert {run_id for run_id, _, _ in rig.logs.all_logs()} == {1, 2}


def test_a_failure_is_tried_again_after_a_while(rig, keeper, expected_logs) -> None:
    """Where the backup cannot be written it is tried again in an hour, not each second."""
    (rig.home / "backups").write_text("in the way")
    keeper.run()
    assert "tried again" in expected_logs[0].getMessage()
    assert not keeper.is_due()
    rig.clock.advance(seconds=housekeeping.RETRY_S)
    assert keeper.is_due()
    (rig.home / "backups").unlink()
    keeper.run()
    assert not keeper.is_due()
    assert len(expected_logs) == 1


def test_a_person_is_told_of_a_backup_that_failed(rig, expected_logs) -> None:
    """Once, until one succeeds again; the doctor can say when and why as long as it lasts."""
    looked = []
    keeper = Housekeeping(
        rig.store, rig.logs, rig.folder, rig.clock, Event(), lambda: looked.append(1)
    )
    for _ in range(2):
        (rig.home / "backups").write_text("in the way")
        for _ in range(3):
            keeper.run()
            rig.clock.advance(seconds=housekeeping.RETRY_S)
        failure = rig.store.read(housekeeping.backup_failure)
        assert failure.at == rig.clock.now() - timedelta(seconds=housekeeping.RETRY_S)
        (rig.home / "backups").unlink()
        keeper.run()
        assert rig.store.read(housekeeping.backup_failure) is None
        rig.clock.advance(days=8)
        for copy in (rig.home / "backups").iterdir():
            copy.unlink()
        (rig.home / "backups").rmdir()
    told = rig.store.read(lambda tables: tables.inbox.waiting())
    assert [item.title for item in told] == ["No backup could be made"] * 2
    assert str(rig.home / "backups") in told[0].text
    assert len(looked) == len(expected_logs) == 6


def test_a_full_disk_is_cleared_before_it_is_told_of(rig, keeper, monkeypatch, expected_logs):
    """What can be forgotten goes although nothing can be written; then there is room to tell."""
    PreferencesService(rig.store, rig.wake).change(logs_mb=1)
    for run_id in (1, 2):
        log(rig, run_id, 900_000)
    write = rig.store.write

    def backup(_target, *, whole: bool) -> None:
        raise StoreUnavailable(title="There is no room")

    def write_with_room(change):
        if rig.logs.exists(1, 1):
            raise StoreUnavailable(title="There is no room")
        return write(change)

    monkeypatch.setattr(rig.store, "backup", backup)
    monkeypatch.setattr(rig.store, "write", write_with_room)
    keeper.run()
    assert [run_id for run_id, _, _ in rig.logs.all_logs()] == [2]
    [told] = rig.store.read(lambda tables: tables.inbox.waiting())
    assert told.text.startswith("There is no room. Jobs go on")
    assert len(expected_logs) == 1


def test_a_failed_backup_is_told_of_where_nothing_can_be_forgotten(
    rig, keeper, monkeypatch, expected_logs
):
    """Two things that fail do not hide each other."""

    def list_nothing():
        raise PermissionError(13, "Permission denied", str(rig.home / "logs"))

    (rig.home / "backups").write_text("in the way")
    monkeypatch.setattr(rig.logs, "all_logs", list_nothing)
    keeper.run()
    assert rig.store.read(housekeeping.backup_failure) is not None
    assert len(expected_logs) == 2
    assert not keeper.is_due()


def test_what_the_system_says_of_a_failure_is_told_in_a_sentence(rig, keeper, expected_logs):
    """Without number and quotation marks, and with a full stop before what comes after it."""
    in_the_way = rig.home / "backups" / "daily.part"
    in_the_way.mkdir(parents=True)
    keeper.run()
    [told] = rig.store.read(lambda tables: tables.inbox.waiting())
    assert told.text == (
        f"{in_the_way}: {os.strerror(EISDIR)}. Jobs go on; it is tried again each hour."
    )
    assert len(expected_logs) == 1


def test_what_has_no_room_pushes_nothing_out(rig, keeper, monkeypatch, expected_logs) -> None:
    """While the weekly backup fails the daily one is made once a day, and the history shrinks."""
    job = rig.add()
    runs(rig, job, 25)
    rig.clock.advance(days=100)
    back_up = rig.store.backup

    def without_room(target, *, whole: bool) -> None:
        if whole:
            raise StoreUnavailable(title="There is no room")
        back_up(target, whole=whole)

    monkeypatch.setattr(rig.store, "backup", without_room)
    for _ in range(48):
        assert keeper.is_due()
        keeper.run()
        rig.clock.advance(hours=1)
    assert backups(rig) == ["daily"] * 2
    assert len(rig.rows(job)) == 20
    assert len(expected_logs) == 48


def test_what_a_killed_engine_left_of_a_backup_goes(rig, keeper) -> None:
    """A copy that was not finished is no backup, and only takes room."""
    draft = rig.home / "backups" / "daily-20260101-000000.db.part"
    draft.parent.mkdir()
    draft.write_bytes(b"half")
    keeper.run()
    assert not draft.exists()
    assert backups(rig) == ["daily", "weekly"]


def test_it_ends_when_the_engine_does(rig) -> None:
    """An engine that steps down does not wait for a long cleaning."""
    stop = Event()
    stop.set()
    keeper = Housekeeping(rig.store, rig.logs, rig.folder, rig.clock, stop, lambda: None)
    job = rig.add()
    runs(rig, job, 25)
    rig.clock.advance(days=100)
    keeper.forget(rig.clock.now())
    assert len(rig.rows(job)) == 25


def test_the_log_of_a_run_that_is_not_over_stays(rig, keeper) -> None:
    """Whatever the share of the logs is: it is the evidence that the run was started."""
    run_id = queued(rig, rig.add("Short"))
    fd = rig.logs.create(run_id, 1)
    os.write(fd, b"x" * 2_000_000)
    os.close(fd)
    PreferencesService(rig.store, rig.wake).change(logs_mb=1)
    keeper.forget(rig.clock.now())
    assert rig.logs.exists(run_id, 1)


def test_a_shorter_retention_that_failed_is_tried_again(
    rig, keeper, monkeypatch, expected_logs
) -> None:
    """It is due again after a while, and done then."""
    keeper.run()
    PreferencesService(rig.store, rig.wake).change(history_days=1)
    with monkeypatch.context() as patch:
        patch.setattr(rig.logs, "all_logs", no_logs)
        assert keeper.is_due()
        keeper.run()
    assert not keeper.is_due()
    rig.clock.advance(hours=1)
    assert keeper.is_due()
    keeper.run()
    assert not keeper.is_due()


def test_a_round_that_is_cut_short_is_not_done(rig) -> None:
    """An engine that ends meanwhile leaves the round to the next one."""
    stop = Event()
    stop.set()
    cut_short = Housekeeping(rig.store, rig.logs, rig.folder, rig.clock, stop, lambda: None)
    cut_short.run()
    assert cut_short.is_due()


def queued(rig, job: str) -> int:
    """Insert a run that has not ended."""
    run = NewRun(job, 1, Cause.MANUAL, Status.QUEUED, rig.clock.now())
    return rig.change(lambda tables: tables.runs.insert(run))


def no_logs() -> None:
    """Fail as a disk does that is gone."""
    raise OSError("gone")
