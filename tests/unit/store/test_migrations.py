"""Stores that earlier versions have left: they open and keep all that was in them.

Each file in `data` was filled by the code of its version, by its own facade where that could do
it. A new migration comes with the file of the version before it.
"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.records import Change, RunFilter
from deskcron.domain.run import Cause, Status
from deskcron.store import schema
from deskcron.store.opening import open_store

DATA = Path(__file__).parent / "data"
VERSIONS = range(1, schema.latest())
KEPT = ("jobs", "revisions", "operations", "runs", "wakeups", "requests", "inbox", "settings")
SINCE_FOUR = ("attempts", "listeners", "holds")


@pytest.fixture(params=VERSIONS)
def old(request, path):
    """Put the store of an earlier version in place, and return its number."""
    path.parent.mkdir()
    path.write_bytes(gzip.decompress((DATA / f"version-{request.param}.db.gz").read_bytes()))
    return request.param


def contents(path, columns=None):
    """Return the rows of each table, as far as it has these columns, and the columns."""
    with closing(sqlite3.connect(path)) as connection:
        columns = columns or {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in (*KEPT, *SINCE_FOUR)
        }
        columns = {table: names for table, names in columns.items() if names}
        rows = {
            table: connection.execute(f"SELECT {', '.join(columns[table])} FROM {table}").fetchall()
            for table in columns
        }
    return rows, columns


def schema_of(path):
    """Return everything the schema is made of, by name."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())


def test_every_version_has_a_file(old, path):
    """A file holds what it says, with something in every table."""
    with closing(sqlite3.connect(path)) as connection:
        assert schema.version(connection) == old
    rows, _columns = contents(path)
    assert all(rows.values())


def test_only_the_engine_brings_a_store_up_to_date(old, path):
    """Others are told in words, and leave the file as it is."""
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="Start deskcron once"):
        open_store(path, may_migrate=False)
    assert path.read_bytes() == before


def test_nothing_is_lost(old, path):
    """All rows are there afterwards with their values, and a backup of the file before."""
    before, columns = contents(path)
    open_store(path, may_migrate=True).close()
    after, _columns = contents(path, columns)
    assert after == before
    backup = path.parent / "backups" / f"before-schema-{old + 1}.db"
    assert contents(backup, columns)[0] == before


def test_a_migrated_store_is_as_a_new_one(old, path, tmp_path):
    """Tables and indexes are those of a store that was made by this version."""
    open_store(path, may_migrate=True).close()
    fresh = tmp_path / "fresh.db"
    open_store(fresh, may_migrate=True).close()
    assert schema_of(path) == schema_of(fresh)


def test_a_migrated_store_is_read_as_it_was(old, path):
    """Jobs, history, inbox and undo answer what the old version had put there."""
    with closing(open_store(path, may_migrate=True)) as store:
        lines = store.read(lambda tables: list(tables.jobs.lines(finished=True, tag=None)))
        names = [line.job.name for line in lines]
        assert names == ["Backup ☕", "Call", "From later", "Off", "Sync", "Tea"]
        runs = store.read(lambda tables: tables.runs.page(RunFilter()))
        assert len(runs) == 12
        assert {run.job_name for run in runs} == {"Backup ☕", "Call", "Gone", "Sync", "Tea"}
        trouble = store.read(lambda tables: tables.runs.page(RunFilter(trouble=True)))
        statuses = [run.status for run in trouble]
        assert statuses == [Status.INTERRUPTED, Status.TIMED_OUT, Status.FAILED]
        by_hand = store.read(lambda tables: tables.runs.page(RunFilter(cause=Cause.MANUAL)))
        assert [run.id for run in by_hand] == [run.id for run in runs if run.cause is Cause.MANUAL]
        assert len(by_hand) == 5
        waiting = store.read(lambda tables: tables.inbox.waiting())
        assert [item.title for item in waiting] == ["Call", "While deskcron was away", "Backup ☕"]
        operation = store.read(lambda tables: tables.jobs.last_operation())
        assert operation is not None
        assert operation[1:] == (Change.REMOVE, "Gone")
        assert store.read(lambda tables: tables.overview.jobs()) == 4


def test_new_codes_need_no_new_tables(path):
    """A store in which the word of a reason is missing gets it from the next engine."""
    open_store(path, may_migrate=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM reasons WHERE word = 'held'")
        connection.commit()
    open_store(path, may_migrate=True).close()
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT count(*) FROM reasons WHERE word = 'held'"
        assert connection.execute(query).fetchone() == (1,)
