"""Many due jobs that do nothing: what is left is the scheduler's own work."""

from __future__ import annotations

from statistics import median

from bench import Bench
from children import CLAIMED, SUCCEEDED, engine, stock_s, watch
from homes import due_jobs, make
from machine import now_s, whole_second_after
from noop import Noop
from report import Row, spread

NAME = "claims"


def rows(bench: Bench) -> list[Row]:
    """Measure claims: rows committed and handed to the runner, and no-ops recorded as ended.

    Stock calls an empty function. Ours goes the way of a command, with its log file as start
    evidence and its end in the history; only the process itself is left out.
    """
    count = bench.size(10_000, 1_000)
    claimed: list[float] = []
    ended: list[float] = []
    stock: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"claims, round {number + 1} of {bench.rounds}")
        first_s, last_s = ours_s(bench, count)
        claimed.append(first_s)
        ended.append(last_s)
        place = bench.fresh("stock")
        stock.append(stock_s("nothing", place, count)[1])
        bench.drop(place)
    return [
        _row(f"claims: {count} due, rows committed", count, claimed, stock),
        _row("  and each no-op logged and ended", count, ended, stock),
    ]


def ours_s(bench: Bench, count: int) -> tuple[float, float]:
    """Return the seconds from due time to last claim and to last end, as seen in the store."""
    home = bench.fresh("claims")
    at_s = whole_second_after(3 + count / 10_000)
    make(home, due_jobs(count, at_s, Noop()), now_s())
    with engine(home, "--noop"), watch(home) as looking:
        if now_s() > at_s - 0.5:
            raise TimeoutError("making the jobs took too long")
        claimed_s = looking.when(CLAIMED, count, first_look_s=at_s)
        ended_s = looking.when(SUCCEEDED, count, first_look_s=claimed_s)
    bench.drop(home)
    return claimed_s - at_s, ended_s - at_s


def _row(figure: str, count: int, ours: list[float], stock: list[float]) -> Row:
    ratio = median(stock) / median(ours)
    return Row(
        figure=figure,
        measured=f"{spread(ours, 's')}, {count / median(ours):.0f}/s",
        peer=f"stock: {spread(stock, 's')}",
        ratio=f"{ratio:.1f} x",
        bar=">= 8 x",
        met=ratio >= 8,
    )
