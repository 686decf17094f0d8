"""Pages of a long run history under every filter, and counts that stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from statistics import median

from bench import Bench
from homes import DAY_S, instant, open_home
from machine import now_s
from report import Row, spread
from resting import history_home, history_size

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Cause, Status
from deskcron.store.store import SqliteStore

NAME = "history"
COUNT_LIMIT = 10_000


def rows(bench: Bench) -> list[Row]:
    """Measure the store's pages and counts on a connection that is open."""
    home = history_home(bench)
    _jobs, runs = history_size(bench)
    with closing(open_home(home)) as store:
        filters = _filters(store, runs)
        pages = {name: _measured(bench, _page(store, one)) for name, one in filters.items()}
        counts = {name: _measured(bench, _count(store, one)) for name, one in filters.items()}
    return [
        _line(f"history page over {runs} runs", pages),
        _line(f"count, at most {COUNT_LIMIT}", counts),
    ]


def _filters(store: SqliteStore, runs: int) -> dict[str, RunFilter]:
    now = now_s()
    job = store.read(lambda tables: tables.jobs.live()[5]).id
    since, middle = instant(now - 7 * DAY_S), instant(now - 40 * DAY_S)
    return {
        "no filter": RunFilter(),
        "in the middle": RunFilter(before=runs // 2),
        "one job": RunFilter(job_id=job),
        "failed": RunFilter(status=Status.FAILED),
        "timed out, rare": RunFilter(status=Status.TIMED_OUT),
        "running, none": RunFilter(status=Status.RUNNING),
        "since a week": RunFilter(since=since),
        "job and failed": RunFilter(job_id=job, status=Status.FAILED),
        "job and since": RunFilter(job_id=job, since=middle),
        "failed since, middle": RunFilter(status=Status.FAILED, since=middle, before=runs * 3 // 4),
        "job, status, since": RunFilter(job_id=job, status=Status.SUCCEEDED, since=middle),
        "until, middle": RunFilter(until=middle),
        "a day": RunFilter(since=middle, until=middle + timedelta(days=1)),
        "by schedule": RunFilter(cause=Cause.SCHEDULE),
        "by hand": RunFilter(cause=Cause.MANUAL),
        "tests, none": RunFilter(cause=Cause.TEST),
        "job and by hand": RunFilter(job_id=job, cause=Cause.MANUAL),
        "caught up and failed": RunFilter(cause=Cause.CATCH_UP, status=Status.FAILED),
        "trouble": RunFilter(trouble=True),
        "job and trouble": RunFilter(job_id=job, trouble=True),
        "caught up and trouble": RunFilter(cause=Cause.CATCH_UP, trouble=True),
        "all conditions": RunFilter(
            job_id=job,
            status=Status.FAILED,
            cause=Cause.CATCH_UP,
            since=middle,
            until=since,
            trouble=True,
        ),
    }


def _page(store: SqliteStore, wanted: RunFilter) -> Callable[[], object]:
    return lambda: store.read(lambda tables: tables.runs.page(wanted))


def _count(store: SqliteStore, wanted: RunFilter) -> Callable[[], object]:
    return lambda: store.read(lambda tables: tables.runs.count(wanted, COUNT_LIMIT))


def _measured(bench: Bench, ask: Callable[[], object]) -> list[float]:
    found = []
    for _number in range(10 * bench.rounds):
        began_s = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began_s)
    return found


def _line(figure: str, found: dict[str, list[float]]) -> Row:
    """Return the slowest filter by median, with the others in a note."""
    slowest = max(found, key=lambda name: median(found[name]))
    others = "; ".join(
        f"{name} {median(values) * 1000:.2f}" for name, values in found.items() if name != slowest
    )
    return Row(
        figure=f"{figure}, slowest: {slowest}",
        measured=spread(found[slowest], "ms", 1000),
        bar="< 30 ms",
        met=median(found[slowest]) < 0.03,
        note=f"{figure}, other filters in ms: {others}",
    )
