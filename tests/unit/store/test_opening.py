"""How a store is opened: made, brought up to date, restored or refused."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from deskcron.domain.errors import StoreBusy, StoreNewer, StoreUnavailable
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status
from deskcron.store import schema, writer
from deskcron.store.database import connect_writer, prepare, write_ahead
from deskcron.store.failures import in_words
from deskcron.store.opening import open_store


@pytest.fixture
def filled(path, make_job, put):
    """Return the path of a store with one job, closed."""
    with closing(open_store(path, may_migrate=True)) as store:
        store.write(lambda tables: put(tables, make_job()))
    return path


@pytest.fixture
def backups(path):
    """Return the directory of backups."""
    return path.parent / "backups"


def second(connection):
    """Stand for a migration of the future."""
    connection.execute("CREATE TABLE future (x)")


def job_names(path, **options):
    """Open a store and return the names of its jobs and the notices."""
    with closing(open_store(path, may_migrate=True, **options)) as store:
        return list(store.read(lambda tables: tables.jobs.names())), store.notices


def test_a_missing_store_is_made_by_anyone(path):
    """The first to come makes the file, whoever it is."""
    with closing(open_store(path, may_migrate=False)) as store:
        store.write(lambda tables: tables.settings.set("k", 1))
    with closing(open_store(path, may_migrate=False)) as store:
        assert store.read(lambda tables: tables.settings.get("k")) == 1
        assert store.notices == ()


def test_many_make_a_store_at_once(path):
    """Threads that open a missing store together all get it, with one schema."""
    barrier, failures = threading.Barrier(6), []

    def work():
        barrier.wait()
        try:
            with closing(open_store(path, may_migrate=False)) as store:
                store.write(lambda tables: tables.seq.now())
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(open_store(path, may_migrate=False)) as store:
        assert store.write(lambda tables: tables.seq.now()) == 7


def test_a_store_that_another_process_is_making_is_waited_for(path):
    """A file that has its header but not its tables yet is made, and not taken for a stranger's."""
    prepare(path)
    connect_writer(path).close()
    assert path.stat().st_size
    with closing(open_store(path, may_migrate=False)) as store:
        assert store.read(lambda tables: len(tables.jobs.names())) == 0


def test_a_reader_of_an_existing_store_writes_nothing(filled):
    """Opening and reading without leave to migrate does not touch the file."""
    before = filled.stat().st_mtime_ns
    with closing(open_store(filled, may_migrate=False)) as store:
        assert store.read(lambda tables: len(tables.jobs.names())) == 1
    assert filled.stat().st_mtime_ns == before


def test_an_older_store_waits_for_the_engine(filled, monkeypatch):
    """Without leave to migrate an older file is refused with what to do."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    with pytest.raises(StoreUnavailable, match="Start deskcron once") as caught:
        open_store(filled, may_migrate=False)
    assert not isinstance(caught.value, StoreNewer)


def test_an_older_store_is_backed_up_and_brought_up_to_date(filled, backups, monkeypatch):
    """The engine migrates, after a backup of what was."""
    present = schema.latest()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    assert job_names(filled) == (["job 1"], ())
    with closing(sqlite3.connect(filled)) as connection:
        assert schema.version(connection) == present + 1
        connection.execute("SELECT x FROM future")
    (backup,) = backups.iterdir()
    with closing(sqlite3.connect(backup)) as connection:
        assert schema.version(connection) == present


def test_a_failing_migration_changes_nothing(filled, monkeypatch):
    """A migration and its number are written together or not at all."""

    def fail(connection):
        second(connection)
        connection.execute("SELECT nonsense")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, fail))
    with pytest.raises(StoreUnavailable):
        open_store(filled, may_migrate=True)
    monkeypatch.undo()
    assert job_names(filled) == (["job 1"], ())


@pytest.mark.parametrize("may_migrate", [True, False])
def test_a_newer_store_is_refused(filled, may_migrate):
    """A file of a newer version is left alone, in words."""
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer, match="Update deskcron"):
        open_store(filled, may_migrate=may_migrate)


@pytest.mark.parametrize("may_migrate", [True, False])
def test_a_database_of_another_program_is_left_alone(path, may_migrate):
    """A file that is not deskcron's is neither migrated nor moved."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreUnavailable, match="another program"):
        open_store(path, may_migrate=may_migrate)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def overwrite(path):
    """Overwrite the whole file."""
    path.write_bytes(b"no database " * 1000)


def cut(path):
    """Cut the file in the middle."""
    os.truncate(path, path.stat().st_size // 2)


def blank(path):
    """Overwrite all but the first page with zeros."""
    path.write_bytes(path.read_bytes()[:4096].ljust(path.stat().st_size, b"\0"))


def spoil_the_header(path):
    """Overwrite the first page alone."""
    path.write_bytes(b"\xff" * 4096 + path.read_bytes()[4096:])


def empty(path):
    """Leave nothing of what was in the file."""
    os.truncate(path, 0)


DAMAGES = [overwrite, cut, blank, spoil_the_header, empty]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_restored_from_the_newest_good_backup(
    filled, backups, damage, make_job, put
):
    """The damaged file is kept aside, bad backups are passed over, and it is told."""
    with closing(open_store(filled, may_migrate=True)) as store:
        store.backup(backups / "good.db", whole=False)
        store.write(lambda tables: put(tables, make_job(2)))
        store.backup(backups / "better.db", whole=True)
        store.backup(backups / "bad.db", whole=True)
    overwrite(backups / "bad.db")
    for number, name in enumerate(("good", "better", "bad")):
        os.utime(backups / f"{name}.db", (number, number))
    damage(filled)
    damaged = filled.read_bytes()
    names, (notice,) = job_names(filled)
    assert names == ["job 1", "job 2"]
    assert "better.db" in notice
    (aside,) = filled.parent.glob("deskcron.db.corrupt-*Z")
    assert aside.read_bytes() == damaged
    assert str(aside) in notice
    assert filled.stat().st_mode & 0o777 == 0o600


def test_a_damaged_store_without_backup_begins_anew(filled):
    """Without a good backup the store is empty, and it is told; twice is no problem."""
    for _ in range(2):
        overwrite(filled)
        os.utime(filled, (0, 0))
        names, (notice,) = job_names(filled)
        assert names == []
        assert "anew" in notice
    assert len(list(filled.parent.glob("deskcron.db.corrupt-19700101T000000Z*"))) == 2


def test_run_numbers_leap_after_a_loss(filled, make_job, put, now):
    """Runs of a restored store do not take the numbers of logs that are still there."""
    overwrite(filled)
    with closing(open_store(filled, may_migrate=True)) as store:

        def insert(tables):
            put(tables, make_job())
            return tables.runs.insert(NewRun(make_job().id, 1, Cause.MANUAL, Status.QUEUED, now))

        assert store.write(insert) > 1_000_000


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_left_to_the_engine(filled, backups, damage):
    """Without leave to migrate a damaged file is refused with what to do."""
    with closing(open_store(filled, may_migrate=True)) as store:
        store.backup(backups / "good.db", whole=False)
    damage(filled)
    damaged = filled.read_bytes()
    with pytest.raises(StoreUnavailable, match="Restart deskcron"):
        open_store(filled, may_migrate=False)
    assert filled.read_bytes() == damaged


def test_an_empty_file_without_backup_is_a_new_store(path):
    """Where nothing can be lost, a file without content is taken for one that is being made."""
    prepare(path)
    assert job_names(path) == ([], ())


def test_garbage_in_place_of_the_log_costs_what_was_in_the_log(filled):
    """A write-ahead log that is no such thing is passed over; the file itself is whole."""
    filled.with_name("deskcron.db-wal").write_bytes(b"\xff" * 40_000)
    with closing(open_store(filled, may_migrate=True)) as store:
        assert list(store.read(lambda tables: tables.jobs.names())) == ["job 1"]
        assert (store.check(), store.notices) == ("ok", ())


def test_damage_met_in_use_is_repaired_at_the_next_start(filled, backups, make_job, put):
    """Damage in the middle of the file is no hindrance at the start, but is remembered."""
    with closing(open_store(filled, may_migrate=True)) as store:
        store.write(
            lambda tables: put(
                tables, *(make_job(number, body=b"x" * 3000) for number in range(2, 50))
            )
        )
        store.backup(backups / "good.db", whole=False)
    content = bytearray(filled.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 40 * 4096] = b"\xff" * 40 * 4096
    filled.write_bytes(content)
    with closing(open_store(filled, may_migrate=True)) as store:
        assert store.notices == ()
        with pytest.raises(StoreUnavailable, match="damaged"):
            store.read(lambda tables: tables.jobs.live())
    names, notices = job_names(filled)
    assert len(names) == 49
    assert len(notices) == 1
    assert job_names(filled)[1] == ()


def test_a_suspicion_that_proves_wrong_is_dropped(filled):
    """A thorough look that finds nothing leaves the store as it is."""
    mark = filled.with_name("deskcron.db.suspect")
    mark.touch()
    assert job_names(filled) == (["job 1"], ())
    assert not mark.exists()


def test_a_file_in_place_of_the_directory_is_told(path):
    """A path that cannot be a directory is refused in words."""
    path.parent.write_text("")
    with pytest.raises(StoreUnavailable, match="Check that the folder"):
        open_store(path, may_migrate=True)


def test_a_directory_in_place_of_the_file_is_told(path):
    """A directory under the name of the database is refused in words."""
    path.mkdir(parents=True)
    with pytest.raises(StoreUnavailable, match="Check that the folder"):
        open_store(path, may_migrate=True)


def test_a_restored_file_in_use_by_another_program_is_busy(filled, tmp_path):
    """A file that cannot be switched to a log because somebody writes to it is busy."""
    copy = tmp_path / "copy.db"
    with closing(open_store(filled, may_migrate=True)) as store:
        store.backup(copy, whole=True)
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            open_store(copy, may_migrate=True, busy_timeout_s=0.05)
        other.execute("ROLLBACK")
    assert job_names(copy) == (["job 1"], ())


def test_a_file_system_without_a_log_is_told(path):
    """Where SQLite cannot keep a write-ahead log, that is said."""
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(StoreUnavailable, match="local disk"),
    ):
        write_ahead(connection, path, 0)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (sqlite3.SQLITE_IOERR, "Check the disk"),
        (sqlite3.SQLITE_IOERR_FSYNC, "Check the disk"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "read-only"),
        (sqlite3.SQLITE_NOMEM, "out of memory"),
    ],
)
def test_a_failure_is_put_into_words(path, code, text):
    """Each kind of failure says what happened or what to do."""
    error = sqlite3.OperationalError("out of memory")
    error.sqlite_errorcode = code
    assert text in str(in_words(error, path))


def test_a_locked_store_is_busy(filled, monkeypatch):
    """A migration that cannot get the lock says who is in the way."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            open_store(filled, may_migrate=True, busy_timeout_s=0.05)


@pytest.fixture
def small_disk(tmp_path):
    """Mount a file system of one megabyte; yields it and a way to mount it anew."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs leave to mount")
    mount_point = tmp_path / "disk"
    mount_point.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(mount_point)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if not mount("size=1m"):
        pytest.skip("needs leave to mount")
    yield mount_point, mount
    subprocess.run(["umount", "-l", str(mount_point)], check=True)


def test_a_read_only_disk_is_told(small_disk):
    """On a file system mounted read-only the store is refused in words."""
    disk, mount = small_disk
    with closing(open_store(disk / "deskcron.db", may_migrate=True)):
        pass
    assert mount("remount,ro")
    with pytest.raises(StoreUnavailable, match=r"read-only|writable"):
        open_store(disk / "deskcron.db", may_migrate=True)
    with pytest.raises(StoreUnavailable, match=r"Read-only|writable"):
        open_store(disk / "other.db", may_migrate=True)


def test_a_damaged_store_on_a_read_only_disk_is_told(small_disk):
    """What cannot be moved aside is refused in words."""
    disk, mount = small_disk
    overwrite(disk / "deskcron.db")
    assert mount("remount,ro")
    with pytest.raises(StoreUnavailable, match="Read-only"):
        open_store(disk / "deskcron.db", may_migrate=True)


def test_a_full_disk_is_told_and_outlasted(small_disk, monkeypatch):
    """On a full disk writes fail in words, and posts are written once there is space."""
    monkeypatch.setattr(writer, "FIRST_PAUSE_S", 0.01)
    disk, _mount = small_disk
    with closing(open_store(disk / "deskcron.db", may_migrate=True)) as store:
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="space"):
            ballast.write_bytes(b"x" * 2**20)
        with pytest.raises(StoreUnavailable, match="no space"):
            store.write(lambda tables: tables.settings.set("k", "x" * 50_000))
        is_written = threading.Event()
        store.post(
            lambda tables: tables.settings.set("k", "y" * 50_000),
            lambda _none, error: is_written.set() if error is None else None,
        )
        ballast.unlink()
        assert is_written.wait(10)
        assert store.read(lambda tables: tables.settings.get("k"))[0] == "y"
