"""Copies of the database."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing

import pytest

from deskcron.domain.errors import StoreNewer, StoreUnavailable
from deskcron.domain.records import InboxItem, InboxKind, NewRun, RunFilter, WakeKind, Wakeup
from deskcron.domain.run import Cause, Status
from deskcron.store.backup import quick_check
from deskcron.store.opening import open_store


@pytest.fixture
def lived_in(store, make_job, put, now):
    """Return a store with something in every table."""

    def fill(tables):
        put(tables, make_job(1), make_job(2))
        run = tables.runs.insert(
            NewRun(make_job(1).id, 1, Cause.MANUAL, Status.FAILED, now, ended_at=now)
        )
        tables.wakeups.set(Wakeup(now, WakeKind.DUE, make_job(1).id))
        tables.wakeups.set(Wakeup(now, WakeKind.START, str(run)))
        tables.inbox.add(
            InboxItem(
                id=0,
                kind=InboxKind.TROUBLE,
                run_id=run,
                job_id=make_job(1).id,
                title="t",
                text="",
                urgency="normal",
                created_at=now,
            )
        )
        tables.settings.set("k", 1)

    store.write(fill)
    return store


@pytest.mark.parametrize("whole", [True, False])
def test_a_backup_is_a_store(lived_in, tmp_path, whole, make_job, now):
    """A copy opens like any store and holds jobs, undo, settings and inbox."""
    target = tmp_path / "copies" / "copy.db"
    lived_in.backup(target, whole=whole)
    assert quick_check(target) == "ok"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    with closing(open_store(target, may_migrate=True)) as copy:

        def look(tables):
            item = tables.inbox.waiting()[0]
            return (
                list(tables.jobs.names()),
                tables.jobs.last_operation()[2],
                tables.settings.get("k"),
                tables.wakeups.due_at(make_job(1).id),
                item.run_id,
                len(tables.runs.open_runs()) + len(tables.runs.page(RunFilter())),
            )

        runs = 1 if whole else 0
        expected = (["job 1", "job 2"], "Job 1", 1, now, 1 if whole else None, runs)
        assert copy.read(look) == expected
        next_run = NewRun(make_job(1).id, 1, Cause.MANUAL, Status.QUEUED, now)
        assert copy.write(lambda tables: tables.runs.insert(next_run)) == 2
        assert copy.check() == "ok"


@pytest.mark.parametrize("whole", [True, False])
def test_a_backup_replaces_an_earlier_one_and_holds_up_nobody(lived_in, path, tmp_path, whole):
    """A copy is made while another process writes, over an older file of that name."""
    target = tmp_path / "copy.db"
    target.write_text("old")
    target.with_name("copy.db.part").write_text("left by a crash")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lived_in.backup(target, whole=whole)
    assert quick_check(target) == "ok"


def test_a_copy_with_a_fault_is_no_backup(lived_in, tmp_path):
    """A copy that does not pass its check is thrown away, and it is told."""

    def damage(tables):
        tables.connection.execute("PRAGMA writable_schema = ON")
        tables.connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'wall TEXT,', 'wall TEXT NOT NULL,')"
            " WHERE name = 'runs'"
        )

    lived_in.write(damage)
    with pytest.raises(StoreUnavailable, match="damaged"):
        lived_in.backup(tmp_path / "copies" / "copy.db", whole=True)
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_of_a_newer_store_is_refused(lived_in, path, tmp_path):
    """Parts of a store of another version are not copied."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer):
        lived_in.backup(tmp_path / "copy.db", whole=False)


@pytest.mark.parametrize("whole", [True, False])
def test_a_backup_that_cannot_be_written_is_told(lived_in, tmp_path, whole):
    """A target that cannot be made is told in words and leaves nothing behind."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        lived_in.backup(tmp_path / "file" / "copy.db", whole=whole)
    (tmp_path / "taken.db").mkdir()
    with pytest.raises(StoreUnavailable):
        lived_in.backup(tmp_path / "taken.db", whole=whole)
    assert not (tmp_path / "taken.db.part").exists()


def test_a_copy_can_be_looked_into(lived_in, tmp_path):
    """One that is whole is fine; one that was cut or is no database is told."""
    target = tmp_path / "copy.db"
    lived_in.backup(target, whole=True)
    assert lived_in.check_copy(target) == "ok"
    content = target.read_bytes()
    for harmed in (content[: len(content) // 2], b"no database at all" * 100):
        target.write_bytes(harmed)
        assert lived_in.check_copy(target) != "ok"


def test_what_the_database_takes(lived_in, path):
    """Its pages, those that are free, and what waits in the log beside it."""
    figures = lived_in.figures()
    assert figures.size_bytes > 0
    assert figures.size_bytes % 4096 == 0
    assert figures.beside_bytes == path.with_name(f"{path.name}-wal").stat().st_size
    lived_in.write(lambda tables: tables.connection.execute("CREATE TABLE big (x)"))
    lived_in.write(
        lambda tables: tables.connection.execute("INSERT INTO big VALUES (zeroblob(100000))")
    )
    lived_in.write(lambda tables: tables.connection.execute("DROP TABLE big"))
    assert lived_in.figures().free_bytes >= figures.free_bytes + 100_000
