"""The store as the rest of deskcron sees it."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing

import pytest

from deskcron.domain.errors import StoreNewer, StoreUnavailable
from deskcron.domain.records import NewRun
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Store
from deskcron.store import store as store_module
from deskcron.store.opening import open_store


def set_to(value):
    """Return a change that sets a setting."""
    return lambda tables: tables.settings.set("k", value)


def get(tables):
    """Return the setting."""
    return tables.settings.get("k")


def test_readers_see_commits(store):
    """A reader sees what was committed, in any thread."""
    port: Store = store
    port.write(set_to(1))
    assert port.read(get) == 1
    port.write(set_to(2))
    found = []
    thread = threading.Thread(target=lambda: found.append(port.read(get)))
    thread.start()
    thread.join()
    assert (port.read(get), found) == (2, [2])


def test_a_query_sees_one_state(store):
    """All parts of a query see the same state, commits in between or not."""
    store.write(set_to(1))

    def query(tables):
        first = get(tables)
        store.write(set_to(2))
        return first, get(tables), store.read(get)

    assert store.read(query) == (1, 1, 1)
    assert store.read(get) == 2


def test_readers_cannot_write(store):
    """A query that changes something is refused."""
    with pytest.raises(StoreUnavailable):
        store.read(set_to(1))


def test_an_error_in_a_query_goes_to_its_caller(store):
    """A bug in a query is raised as it is; the connection goes on."""
    with pytest.raises(sqlite3.OperationalError):
        store.read(lambda tables: tables.connection.execute("SELECT nothing FROM nowhere"))
    with pytest.raises(LookupError):
        store.read(lambda tables: {}["k"])
    assert store.read(get) is None


def test_only_foreign_commits_are_told(store, path):
    """Commits of this process are not news; those of another are, once."""
    store.foreign_changes()  # the first look finds whatever there is
    store.write(set_to(1))
    assert not store.foreign_changes()
    with closing(open_store(path, may_migrate=False)) as other:
        other.write(set_to(2))
        assert store.foreign_changes()
        assert not store.foreign_changes()
        assert other.foreign_changes()
        store.write(set_to(3))
        assert not store.foreign_changes()
        assert other.foreign_changes()


def test_a_foreign_commit_before_our_own_is_told(store, path):
    """Writing after another process has written does not hide its change."""
    with closing(open_store(path, may_migrate=False)) as other:
        other.write(set_to(2))
        store.write(set_to(3))
        assert store.foreign_changes()


def test_foreign_changes_do_not_wait_for_a_transaction(store):
    """While a transaction is in work the answer is put off."""
    assert store.write(lambda tables: store.foreign_changes()) is False


def test_the_version_changes_with_every_commit(store, path):
    """It differs after a commit of this process or another, and stays without one."""
    first = store.version()
    assert store.version() == first
    store.write(set_to(1))
    second = store.version()
    assert second != first
    with closing(open_store(path, may_migrate=False)) as other:
        other.write(set_to(2))
    assert store.version() not in {first, second}


def test_the_version_changes_with_the_connection(store):
    """What was committed while a connection was lost is not overlooked."""
    first = store.version()

    def lost(_tables):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    with pytest.raises(StoreUnavailable):
        store.read(lost)
    assert store.version() != first


def test_file_and_directory_are_for_the_user_alone(store, path):
    """Database, log and shared memory are 0600, the directory 0700."""
    store.write(set_to(1))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_durability_of_the_writing_connection(store):
    """Commits survive a power failure, references hold, freed pages can be given back."""

    def pragmas(tables):
        names = ("journal_mode", "synchronous", "foreign_keys", "auto_vacuum")
        return [tables.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert store.write(pragmas) == ["wal", 2, 1, 2]


def test_freed_pages_are_given_back(store, path, make_job, put, now):
    """After a deletion shrink() makes the file smaller, bit by bit."""
    job = make_job(body=b"x" * 2_000_000)
    store.write(lambda tables: put(tables, job))
    store.write(lambda tables: (tables.connection.execute("DELETE FROM revisions"), None)[1])
    before = store.read(lambda tables: tables.connection.execute("PRAGMA page_count").fetchone())
    store.shrink()
    after = store.read(lambda tables: tables.connection.execute("PRAGMA page_count").fetchone())
    assert before[0] - 210 < after[0] < before[0]


def test_a_whole_file_is_ok(store, make_job, put, now):
    """check() says "ok" of a file without fault."""
    store.write(lambda tables: put(tables, make_job()))
    assert store.check() == "ok"


def test_a_broken_reference_is_found(store, make_job, put, now):
    """check() tells what SQLite finds wrong, such as an index without its row."""
    store.write(lambda tables: put(tables, make_job()))

    def damage(tables):
        run = NewRun(make_job().id, 7, Cause.MANUAL, Status.QUEUED, now)
        tables.runs.insert(run)
        tables.connection.execute("PRAGMA writable_schema = ON")
        tables.connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(job)', '(revision)')"
            " WHERE name = 'runs_by_job'"
        )
        tables.connection.execute("PRAGMA schema_version = 99")

    store.write(damage)
    assert "runs_by_job" in store.check()


def test_a_newer_schema_is_told(store, path):
    """check_schema() raises once another process has migrated the file."""
    store.check_schema()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer, match="newer"):
        store.check_schema()


def test_connections_of_ended_threads_are_closed(store):
    """A thread that read leaves no connection behind."""
    thread = threading.Thread(target=lambda: store.read(get))
    thread.start()
    thread.join()
    assert len(store._readers) == 0


def test_a_file_that_was_removed_is_told(store, path):
    """A reader or writer that comes when the file is gone fails in words."""
    with closing(open_store(path, may_migrate=False)) as other:
        for file in path.parent.iterdir():
            file.unlink()
        with pytest.raises(StoreUnavailable, match="missing"):
            other.read(get)
        with pytest.raises(StoreUnavailable, match="missing"):
            other.write(set_to(1))
        with pytest.raises(StoreUnavailable, match="missing"):
            other.foreign_changes()


def test_damage_met_by_a_write_is_told(store, path):
    """A write that meets damage fails in words, and the next start looks thoroughly."""
    store.close()
    with closing(open_store(path, may_migrate=False)) as other:
        path.write_bytes(b"no database " * 1000)
        with pytest.raises(StoreUnavailable, match="damaged"):
            other.write(set_to(1))
    assert path.with_name("deskcron.db.suspect").exists()


def test_closing_does_not_wait_for_a_long_query(store, monkeypatch):
    """A query that goes on keeps its connection; everybody else's is closed."""
    monkeypatch.setattr(store_module, "QUERY_GRACE_S", 0.01)
    entered, leave = threading.Event(), threading.Event()

    def query(tables):
        entered.set()
        assert leave.wait(10)
        return get(tables)

    found = []
    thread = threading.Thread(target=lambda: found.append(store.read(query)))
    thread.start()
    assert entered.wait(10)
    store.close()
    leave.set()
    thread.join()
    assert found == [None]


def test_a_closed_store_says_so(store):
    """After close() reading fails in words, also in a thread that had read before."""
    store.read(get)
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.read(get)
    store.close()
