"""Stock APScheduler in a process of its own; prints one line of JSON when all jobs are done.

Its SQLAlchemy store is an SQLite file, everything at its defaults except a misfire grace time
of None: at the default of one second it would drop most of a burst.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

_AHEAD_S = 2


class Tally:
    """Count the jobs that are done, and keep when the last one was."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.all_done = Event()
        self.left = 0
        self.last_at_s = 0.0

    def one_done(self) -> None:
        """Count a job."""
        now_s = time.time()
        with self.lock:
            self.left -= 1
            self.last_at_s = now_s
            if not self.left:
                self.all_done.set()


TALLY = Tally()


def spawn() -> None:
    """Run a program and keep no record of it."""
    subprocess.run(["/bin/true"], check=False)
    TALLY.one_done()


def nothing() -> None:
    """Do nothing."""
    TALLY.one_done()


def tell_time(file: str) -> None:
    """Run a program that writes down the time."""
    subprocess.run(["/bin/sh", "-c", f"date +%s%N >'{file}'"], check=False)
    TALLY.one_done()


def main() -> None:
    """Run the jobs that the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=("spawn", "nothing", "tell_time"))
    parser.add_argument("directory", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("at_s", type=float)
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True)
    store = SQLAlchemyJobStore(url=f"sqlite:///{asked.directory}/jobs.sqlite")
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": ThreadPoolExecutor(10)},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    TALLY.left = asked.count
    needed_s = _AHEAD_S + asked.count / 5_000
    at_s = asked.at_s or float(int(time.time() + needed_s) + 1)
    if asked.work == "tell_time":
        jobs = _one_by_one(scheduler, asked.directory, asked.count, at_s)
    else:
        work = {"spawn": "stockprocess:spawn", "nothing": "stockprocess:nothing"}[asked.work]
        jobs = _at_once(scheduler, work, asked.count, at_s)
    _insert(store, jobs)
    if time.time() > at_s:
        sys.exit("making the jobs took too long")
    scheduler.resume()
    TALLY.all_done.wait()
    print(json.dumps(TALLY.last_at_s - at_s), flush=True)
    scheduler.shutdown()


def _at_once(scheduler: BackgroundScheduler, work: str, count: int, at_s: float) -> list[Job]:
    due = datetime.fromtimestamp(at_s, UTC)
    trigger = IntervalTrigger(days=1, start_date=due, timezone=UTC)
    return [_job(scheduler, work, (), trigger, due) for _ in range(count)]


def _one_by_one(
    scheduler: BackgroundScheduler, directory: Path, count: int, at_s: float
) -> list[Job]:
    jobs = []
    for number in range(count):
        due = datetime.fromtimestamp(at_s + number / 10, UTC)
        arguments = (str(directory / f"{number}.started"),)
        trigger = DateTrigger(due, timezone=UTC)
        jobs.append(_job(scheduler, "stockprocess:tell_time", arguments, trigger, due))
    return jobs


def _job(
    scheduler: BackgroundScheduler, work: str, args: Sequence[str], trigger: Any, due: datetime
) -> Job:
    return Job(
        scheduler,
        func=work,
        args=args,
        kwargs={},
        id=f"{due.timestamp()}-{TALLY.left}-{next(_NUMBERS)}",
        name="bench",
        trigger=trigger,
        executor="default",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=due,
    )


_NUMBERS = iter(range(sys.maxsize))


def _insert(store: SQLAlchemyJobStore, jobs: Sequence[Job]) -> None:
    """Put jobs into the store's table in one transaction; its own way takes one for each."""
    rows = [
        {
            "id": job.id,
            "next_run_time": job.next_run_time.timestamp(),
            "job_state": pickle.dumps(job.__getstate__(), store.pickle_protocol),
        }
        for job in jobs
    ]
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)


if __name__ == "__main__":
    sys.modules["stockprocess"] = sys.modules["__main__"]  # where the jobs look for their work
    main()
