"""Data directories with many jobs and runs, made by the store's own bulk calls."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from deskcron.actions.command import Command
from deskcron.actions.reminder import Reminder
from deskcron.actions.script import Script
from deskcron.domain.action import Action
from deskcron.domain.codec import encode
from deskcron.domain.instant import to_us
from deskcron.domain.job import Job
from deskcron.domain.policy import Policy
from deskcron.domain.records import Change, StoredJob, WakeKind, Wakeup
from deskcron.domain.run import JobId
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime, RuleContext, Trigger
from deskcron.engine.jobwords import action_words, schedule_words
from deskcron.store.opening import open_store
from deskcron.store.store import SqliteStore
from deskcron.system.paths import Paths
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.once import Once
from deskcron.triggers.schedule import Schedule

CHUNK = 5_000
HOUR_S = 3600
DAY_S = 24 * HOUR_S


class Made(NamedTuple):
    """A job to store and when it is due next, None for what its rule says."""

    name: str
    trigger: Trigger
    action: Action
    due_at: datetime | None = None
    policy: Policy = Policy()


def instant(seconds: float) -> datetime:
    """Return an instant of the wall clock as aware UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def every(seconds: int, start_s: float) -> Interval:
    """Return the rule of a job that is due at `start_s` and every so many seconds later."""
    return Interval(id="t1", every_s=seconds, start=instant(start_s).isoformat(), zone="UTC")


def due_jobs(count: int, at_s: float, action: Action, every_s: int = DAY_S) -> list[Made]:
    """Return jobs that are all due at one instant."""
    rule, at = every(every_s, at_s), instant(at_s)
    return [Made(f"due {number}", rule, action, at) for number in range(count)]


def various_jobs(count: int, now_s: float) -> list[Made]:
    """Return jobs as people have them, none due within the next hours."""
    start = now_s + 6 * HOUR_S
    at = instant(now_s + 30 * DAY_S).replace(microsecond=0, tzinfo=None)
    hour = instant(start).hour
    rules = [
        Cron(id="t1", expression=f"{minute} {hour} * * {days}", zone="UTC")
        for minute in (5, 20, 35, 50)
        for days in ("*", "1-5", "6")
    ]
    actions: list[Action] = [
        Command(
            program="/bin/ls",
            arguments=("-l", "Documents", "Pictures"),
            environment={"LC_ALL": "C"},
        ),
        Script(text="cd ~/Downloads && find . -mtime +30 -delete", interpreter="sh"),
        Reminder(title="Stand up", text="Look out of the window for a minute."),
    ]
    made = []
    for number in range(count):
        kind = number % 3
        rule: Trigger = rules[number % len(rules)]
        if kind == 1:
            rule = every(DAY_S, start)
        elif kind == 2:
            rule = Once(id="t1", at=at.isoformat(), zone="UTC")
        made.append(Made(f"Job number {number}", rule, actions[number // 3 % 3]))
    return made


def document(made: Made) -> dict[str, Any]:
    """Return a job as it is exported."""
    return encode(
        name=made.name,
        enabled=True,
        tags=("bench",),
        triggers=(made.trigger,),
        action=made.action,
        policy=made.policy,
    )


def open_home(home: Path) -> SqliteStore:
    """Return the store of a data directory, new or not."""
    paths = Paths.below(home)
    paths.prepare()
    return open_store(paths.database, may_migrate=True)


def make(home: Path, jobs: Iterable[Made], now_s: float) -> None:
    """Make a home with these jobs, its housekeeping done, as if planned at `now_s`."""
    now = instant(now_s)
    stored, wakeups = _planned(jobs, now)
    with closing(open_home(home)) as store:
        for first in range(0, len(stored), CHUNK):
            chunk = slice(first, first + CHUNK)

            def put(tables: Tables, chunk: slice = chunk) -> None:
                operation = tables.jobs.begin(Change.IMPORT, "bench", now)
                tables.jobs.put_many(stored[chunk], operation)
                for wakeup in wakeups[chunk]:
                    tables.wakeups.set(wakeup)

            store.write(put)
        store.write(lambda tables: _keep_house(tables, now))


def _keep_house(tables: Tables, now: datetime) -> None:
    """Mark the daily work as done: it would run beside what is measured."""
    for key in ("housekeeping", "whole-backup"):
        tables.settings.set(key, to_us(now))


def _planned(jobs: Iterable[Made], now: datetime) -> tuple[list[StoredJob], list[Wakeup]]:
    numbers = random.Random(len("deskcron"))
    words: dict[tuple[int, int], tuple[str, str]] = {}
    kept: list[Made] = []  # so that no id of an object comes a second time
    stored, wakeups = [], []
    for made in jobs:
        kept.append(made)
        job_id = JobId(numbers.randbytes(6).hex())
        parts = id(made.trigger), id(made.action)
        if parts not in words:
            job = Job(id=job_id, revision=1, name="", triggers=(made.trigger,), action=made.action)
            words[parts] = schedule_words(job), action_words(job)
        schedule, action = words[parts]
        stored.append(_stored(job_id, made, schedule, action, now))
        wakeups.append(_wakeup(job_id, made, now))
    return stored, wakeups


def _stored(job_id: JobId, made: Made, schedule: str, action: str, now: datetime) -> StoredJob:
    return StoredJob(
        id=job_id,
        revision=1,
        name=made.name,
        enabled=True,
        body=msgspec.json.encode(document(made)),
        schedule=schedule,
        action=action,
        created_at=now,
        changed_at=now,
        decided_until=now,
    )


def _wakeup(job_id: JobId, made: Made, now: datetime) -> Wakeup:
    if made.due_at is not None:
        due = DueTime(made.due_at, None, (made.trigger.id,))
        return Wakeup(due.at, WakeKind.DUE, job_id, due)
    upcoming = Schedule((made.trigger,), RuleContext("UTC")).next_after(now)
    if upcoming is None:
        raise ValueError(f"{made.name} is never due")
    return Wakeup(upcoming.at, WakeKind.DUE, job_id, upcoming)


def with_history(home: Path, jobs: Sequence[Made], runs: int, now_s: float) -> None:
    """Make a home with jobs and a long history over the last 80 days.

    The rows come from one SQL statement, as the store inserts them one by one only. Statuses
    are mixed: nine of ten succeeded, failed ones, skipped ones, and few that timed out. So are
    causes: one of ten caught up, few by hand.
    """
    make(home, jobs, now_s)
    step_us = int(80 * DAY_S * 1_000_000 / runs)
    first_us = to_us(instant(now_s) - timedelta(days=80))
    with closing(open_home(home)) as store:
        store.write(
            lambda tables: tables.connection.execute(  # type: ignore[attr-defined]
                _HISTORY, {"runs": runs, "jobs": len(jobs), "first": first_us, "step": step_us}
            )
        )


_HISTORY = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :runs)
INSERT INTO runs (
    job, revision, cause, status, reason, reason_args, due_at, triggers, recorded_at,
    started_at, ended_at, duration_us, exit_code, pid, start_ticks, boot_id, output_bytes,
    changed_seq
)
SELECT
    1 + (i * 7919 + i / :jobs) % :jobs, 1,
    CASE WHEN i % 1000 = 3 THEN 'manual' WHEN i % 10 = 7 THEN 'catch-up' ELSE 'schedule' END,
    CASE WHEN i % 10007 = 0 THEN 'timed-out' WHEN i % 100 = 1 THEN 'failed'
        WHEN i % 20 = 2 THEN 'skipped' ELSE 'succeeded' END,
    CASE WHEN i % 100 = 1 THEN 'exit-code' WHEN i % 20 = 2 THEN 'still-running' END,
    CASE WHEN i % 100 = 1 THEN '{"code":1}' END,
    :first + i * :step, '["t1"]', :first + i * :step + 900,
    :first + i * :step + 2000, :first + i * :step + 152000, 150000,
    CASE WHEN i % 100 = 1 THEN 1 ELSE 0 END, 1000 + i % 30000, 90000 + i,
    '0a0b0c0d-1111-2222-3333-444455556666', i % 3 * 100, i / 10
FROM n
"""
