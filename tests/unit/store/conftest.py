"""A store in a directory of the test's own, and jobs to put into it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from deskcron.domain.records import Change, NewRun, StoredJob
from deskcron.domain.run import Cause, JobId, Status
from deskcron.store.opening import open_store
from deskcron.store.tables import SqliteTables

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def now():
    """Return the present of these tests."""
    return NOW


@pytest.fixture
def make_job():
    """Return a builder of jobs, numbered and with changes."""

    def make(number=1, **changes):
        values = {
            "id": JobId(f"{number:08x}"),
            "revision": 1,
            "name": f"Job {number}",
            "enabled": True,
            "body": b'{"name":"x","tags":["Home"]}',
            "schedule": "Every day",
            "action": "true",
            "created_at": NOW,
            "changed_at": NOW,
            "decided_until": NOW,
        }
        return StoredJob(**(values | changes))

    return make


@pytest.fixture
def put():
    """Return a way to write jobs as one operation."""

    def put_all(tables, *jobs, change=Change.ADD):
        operation = tables.jobs.begin(change, jobs[0].name, NOW)
        for job in jobs:
            tables.jobs.put(job, operation)
        return operation

    return put_all


@pytest.fixture
def path(tmp_path):
    """Return where the database will be."""
    return tmp_path / "data" / "deskcron.db"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """Return an empty database, made once."""
    path = tmp_path_factory.mktemp("empty") / "deskcron.db"
    open_store(path, may_migrate=True).close()
    return path


@pytest.fixture
def store(path, empty_file):
    """Open an empty store."""
    path.parent.mkdir(mode=0o700)
    shutil.copy(empty_file, path)
    opened = open_store(path, may_migrate=False, busy_timeout_s=0.2)
    yield opened
    opened.close(timeout_s=2)


@pytest.fixture
def tables(database):
    """Return all tables over a database in memory, without a store around them."""
    return SqliteTables(database)


@pytest.fixture
def stored(tables, make_job, put):
    """Return the one job of `tables`."""
    job = make_job()
    put(tables, job)
    return job


@pytest.fixture
def insert(tables, stored, now):
    """Return a way to insert a run of the one job."""

    def add(status=Status.QUEUED, **changes):
        cause = changes.pop("cause", Cause.SCHEDULE)
        return tables.runs.insert(
            NewRun(stored.id, 1, cause, status, changes.pop("recorded_at", now), **changes)
        )

    return add
