"""The schema as numbered, append-only migrations, one transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from deskcron.domain.reason import Reason
from deskcron.domain.run import Cause, Status

_TABLES = """
CREATE TABLE statuses (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE causes (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE reasons (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('changed_seq', 0);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE jobs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    body BLOB NOT NULL,
    schedule TEXT NOT NULL,
    action TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    decided_until INTEGER NOT NULL,
    grid_shift_us INTEGER NOT NULL DEFAULT 0,
    finished_at INTEGER,
    removed_at INTEGER,
    changed_seq INTEGER NOT NULL
);
-- a name belongs to one job that is not removed; the list is in this order
CREATE UNIQUE INDEX jobs_by_name ON jobs (name_key) WHERE removed_at IS NULL;
-- what is dropped after its time
CREATE INDEX jobs_removed ON jobs (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change TEXT NOT NULL,
    label TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER
);
-- what undo takes back next
CREATE INDEX operations_standing ON operations (id) WHERE undone_at IS NULL;
CREATE TABLE revisions (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    operation INTEGER NOT NULL REFERENCES operations (id),
    is_removed INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (job_id, revision)
);
-- the jobs of an operation
CREATE INDEX revisions_by_operation ON revisions (operation);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES jobs (number),
    revision INTEGER NOT NULL,
    cause TEXT NOT NULL REFERENCES causes (word),
    status TEXT NOT NULL REFERENCES statuses (word),
    reason TEXT REFERENCES reasons (word),
    reason_args TEXT,
    due_at INTEGER,
    due_until INTEGER,
    count INTEGER NOT NULL DEFAULT 1,
    is_exact INTEGER NOT NULL DEFAULT 1,
    wall TEXT,
    triggers TEXT,
    recorded_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    duration_us INTEGER,
    exit_code INTEGER,
    signal INTEGER,
    attempt INTEGER NOT NULL DEFAULT 1,
    pid INTEGER,
    start_ticks INTEGER,
    boot_id TEXT,
    output_bytes INTEGER NOT NULL DEFAULT 0,
    dropped_bytes INTEGER NOT NULL DEFAULT 0,
    changed_seq INTEGER NOT NULL
);
-- one row for a due time; also finds a wall time, which lies within a day of its instant
CREATE UNIQUE INDEX runs_by_due ON runs (job, due_at)
    WHERE due_at IS NOT NULL AND due_until IS NULL;
-- the latest range of a job
CREATE INDEX runs_by_range ON runs (job, due_at) WHERE due_until IS NOT NULL;
-- the history of a job, its last run, what is beyond the runs to keep
CREATE INDEX runs_by_job ON runs (job);
-- the history of one status; open runs are left out, so that a row enters once, at its end
CREATE INDEX runs_by_status ON runs (status)
    WHERE status NOT IN ('queued', 'waiting', 'running');
CREATE INDEX runs_by_job_status ON runs (job, status)
    WHERE status NOT IN ('queued', 'waiting', 'running');
-- what is not over
CREATE INDEX runs_open ON runs (job, status)
    WHERE status IN ('queued', 'waiting', 'running');

CREATE TABLE wakeups (
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    at INTEGER NOT NULL,
    due_at INTEGER,
    wall TEXT,
    triggers TEXT,
    PRIMARY KEY (kind, ref)
) WITHOUT ROWID;
CREATE INDEX wakeups_by_time ON wakeups (at, kind, ref);
-- the few that count while everything is paused
CREATE INDEX wakeups_in_pause ON wakeups (at, kind, ref) WHERE kind <> 'due';

CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    args TEXT NOT NULL,
    state TEXT NOT NULL,
    result TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX requests_pending ON requests (id) WHERE state = 'pending';
CREATE INDEX requests_by_expiry ON requests (expires_at);

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    urgency TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    presented_at INTEGER,
    snoozed_until INTEGER,
    done_at INTEGER,
    changed_seq INTEGER NOT NULL
);
CREATE INDEX inbox_waiting ON inbox (id) WHERE done_at IS NULL;
-- what a deleted run or job leaves
CREATE INDEX inbox_by_run ON inbox (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX inbox_by_job ON inbox (job_id) WHERE job_id IS NOT NULL;
"""

_FILTERS = """
-- the history of one cause, complete enough to leave out other jobs and statuses without looking
-- at the rows; what the schedule started is left out, so that it pays nothing
CREATE INDEX runs_by_cause ON runs (cause, id, job, status) WHERE cause <> 'schedule';
-- the history of what a person should look at
CREATE INDEX runs_in_trouble ON runs (id)
    WHERE status IN ('failed', 'timed-out', 'interrupted', 'unknown');
CREATE INDEX runs_in_trouble_by_job ON runs (job)
    WHERE status IN ('failed', 'timed-out', 'interrupted', 'unknown');
-- the few jobs that have no due times: all others are counted as the rest
CREATE INDEX jobs_at_rest ON jobs (number)
    WHERE removed_at IS NULL AND (NOT enabled OR finished_at IS NOT NULL);
"""

_PAIRS = """
-- the conditions of before in lists of two: for a longer one SQLite builds a table each time a row
-- is written, which was most of what the row cost
DROP INDEX runs_by_status;
DROP INDEX runs_by_job_status;
DROP INDEX runs_open;
DROP INDEX runs_in_trouble;
DROP INDEX runs_in_trouble_by_job;
CREATE INDEX runs_by_status ON runs (status)
    WHERE NOT (status IN ('queued', 'waiting') OR status = 'running');
CREATE INDEX runs_by_job_status ON runs (job, status)
    WHERE NOT (status IN ('queued', 'waiting') OR status = 'running');
CREATE INDEX runs_open ON runs (job, status)
    WHERE status IN ('queued', 'waiting') OR status = 'running';
CREATE INDEX runs_in_trouble ON runs (id)
    WHERE status IN ('failed', 'timed-out') OR status IN ('interrupted', 'unknown');
CREATE INDEX runs_in_trouble_by_job ON runs (job)
    WHERE status IN ('failed', 'timed-out') OR status IN ('interrupted', 'unknown');
"""

_DONE = """
-- of a job's items those that wait are found apart from those that are done, which may be many
DROP INDEX inbox_by_job;
CREATE INDEX inbox_by_job ON inbox (job_id, done_at) WHERE job_id IS NOT NULL;
-- what is done and goes by its age, as no run takes it along
CREATE INDEX inbox_done_alone ON inbox (done_at) WHERE run_id IS NULL AND done_at IS NOT NULL;
"""

_POLICIES = """
-- what an event or chain run came from
ALTER TABLE runs ADD COLUMN origin TEXT;
-- the attempts of a run before its last one, which is in its row
CREATE TABLE attempts (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    status TEXT NOT NULL REFERENCES statuses (word),
    reason TEXT REFERENCES reasons (word),
    reason_args TEXT,
    started_at INTEGER,
    ended_at INTEGER NOT NULL,
    duration_us INTEGER,
    exit_code INTEGER,
    signal INTEGER,
    output_bytes INTEGER NOT NULL,
    dropped_bytes INTEGER NOT NULL,
    PRIMARY KEY (run, attempt)
) WITHOUT ROWID;
-- who listens to what; which of them may run is seen when it happens
CREATE TABLE listeners (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    trigger_id TEXT NOT NULL,
    PRIMARY KEY (kind, key, job_id, trigger_id)
) WITHOUT ROWID;
CREATE INDEX listeners_by_job ON listeners (job_id);
-- the jobs that do not run on for now
CREATE TABLE holds (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    failures INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) WITHOUT ROWID;
"""

_SLEEP = """
-- the computer was to be kept awake for the run, which was not possible
ALTER TABLE runs ADD COLUMN may_have_slept INTEGER NOT NULL DEFAULT 0;
"""


def _first(connection: sqlite3.Connection) -> None:
    _execute(connection, _TABLES)


def _second(connection: sqlite3.Connection) -> None:
    _execute(connection, _FILTERS)


def _third(connection: sqlite3.Connection) -> None:
    _execute(connection, _PAIRS)
    _execute(connection, _DONE)


def _fourth(connection: sqlite3.Connection) -> None:
    _execute(connection, _POLICIES)


def _fifth(connection: sqlite3.Connection) -> None:
    _execute(connection, _SLEEP)


MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (
    _first,
    _second,
    _third,
    _fourth,
    _fifth,
)
_WORDS: Sequence[tuple[str, type[StrEnum]]] = (
    ("statuses", Status),
    ("causes", Cause),
    ("reasons", Reason),
)
APPLICATION_ID = 0x64636A62
"""Marks the file as deskcron's."""


def latest() -> int:
    """Return the number of migrations a database of this code has had."""
    return len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """Return the number of migrations the database has had."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def create(connection: sqlite3.Connection) -> None:
    """Apply everything to an empty database in one transaction; leave any other as it is."""
    with _transaction(connection):
        if version(connection) == 0 and is_empty(connection):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            for number in range(latest()):
                _step(connection, number)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is missing; each step commits with its number or not at all."""
    for number in range(version(connection), latest()):
        with _transaction(connection):
            if version(connection) == number:
                _step(connection, number)


def complete_words(connection: sqlite3.Connection) -> None:
    """Add the words of codes that came without a change of the tables."""
    if lacks_words(connection):
        with _transaction(connection):
            fill_words(connection)


def lacks_words(connection: sqlite3.Connection) -> bool:
    """Tell whether codes of this version cannot be written yet."""
    return any(_count(connection, table) < len(words) for table, words in _WORDS)


def fill_words(connection: sqlite3.Connection) -> None:
    """Add the words of codes that are missing, inside a transaction."""
    for table, words in _WORDS:
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} VALUES (?)",  # noqa: S608 - a name from this module
            [(str(word),) for word in words],
        )


def is_empty(connection: sqlite3.Connection) -> bool:
    """Tell whether the database has nothing in it at all."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether the database is deskcron's."""
    number: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return number == APPLICATION_ID


def _execute(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one, as `executescript` would end the transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _step(connection: sqlite3.Connection, number: int) -> None:
    MIGRATIONS[number](connection)
    fill_words(connection)
    connection.execute(f"PRAGMA user_version = {number + 1}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _count(connection: sqlite3.Connection, table: str) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - a name from this module
    return number
