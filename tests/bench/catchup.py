"""The claim of a job whose rule went on every second for 30 days while nothing ran."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median

from apscheduler.job import Job
from apscheduler.triggers.interval import IntervalTrigger
from bench import Bench
from homes import DAY_S, Made, every, instant, make, open_home
from machine import now_s
from report import Row, spread

from deskcron.actions.command import Command
from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.codec import Codec
from deskcron.domain.policy import CatchUp, Policy
from deskcron.engine.definitions import Definitions
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.planner import Planner
from deskcron.system.zones import SystemZones
from deskcron.triggers.cron import Cron
from deskcron.triggers.kinds import TRIGGER_KINDS

NAME = "catchup"
DAYS = 30


def rows(bench: Bench) -> list[Row]:
    """Measure one claim, transaction and commit included, for each catch-up rule."""
    stock_s = _stock_s()
    lines = []
    cron = Cron(id="t1", expression="* * * * *", zone="UTC")
    for rule in CatchUp:
        found = [_claim_s(bench, rule, None) for _number in range(max(3, bench.rounds))]
        lines.append(_row(f"catch-up '{rule}' of 1 s after {DAYS} days", found, stock_s))
    found = [_claim_s(bench, CatchUp.ONCE, cron) for _number in range(max(3, bench.rounds))]
    lines.append(_row(f"catch-up of cron '* * * * *' after {DAYS} days", found, None))
    return lines


def _row(figure: str, found: list[float], stock_s: float | None) -> Row:
    peer = "" if stock_s is None else f"stock lists them: {stock_s:.2f} s"
    return Row(
        figure=figure,
        measured=spread(found, "ms", 1000),
        peer=peer,
        ratio="" if stock_s is None else f"{stock_s / median(found):.0f} x",
        bar="< 50 ms",
        met=median(found) < 0.05,
    )


def _claim_s(bench: Bench, rule: CatchUp, cron: Cron | None) -> float:
    home = bench.fresh("catchup")
    now, began = instant(now_s()), now_s() - DAYS * DAY_S
    trigger = cron or every(1, began)
    policy = Policy(catch_up=rule)
    due_at = instant(began).replace(second=0, microsecond=0) + timedelta(minutes=1)
    made = Made("often", trigger, Command(program="/bin/true"), due_at, policy)
    make(home, [made], began)
    with closing(open_home(home)) as store:
        definitions = Definitions(Codec(TRIGGER_KINDS, ACTION_KINDS))
        planner = Planner(definitions, SystemZones())
        dispatcher = Dispatcher(
            store,
            planner,
            definitions,
            submit=lambda _ready: None,
            check=lambda _runs: None,
            replace=lambda _runs: None,
            told=lambda _news: None,
        )
        began_s = time.perf_counter()
        dispatcher.claim(now)
        return time.perf_counter() - began_s


def _stock_s() -> float:
    """Return how long stock takes for the list of run times that it makes at this place."""
    now = datetime.fromtimestamp(now_s(), UTC)
    first = now - timedelta(days=DAYS)
    job = Job.__new__(Job)
    job.trigger = IntervalTrigger(seconds=1, start_date=first, timezone=UTC)
    job.next_run_time = first
    began_s = time.perf_counter()
    job._get_run_times(now)
    return time.perf_counter() - began_s
