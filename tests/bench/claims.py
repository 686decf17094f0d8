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
    """Measure claims, and the way of a run from its claim to its recorded end.

    Claims: a durable row for each due time and the next due time of each job, with an empty
    function called by a pool of ten threads, which is what stock does. The whole way is that
    of a command, with its log file as start evidence and its durable end; only the process
    itself is left out. Stock has nothing like it.
    """
    count = bench.size(10_000, 1_000)
    claimed: list[float] = []
    ended: list[float] = []
    stock: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"claims, round {number + 1} of {bench.rounds}")
        claimed.append(_seconds(bench, count, "--claims", CLAIMED))
        stock.append(stock_s("nothing", bench.fresh("stock"), count))
        ended.append(_seconds(bench, count, "--noop", SUCCEEDED))
    return [
        _row(f"claims: {count} due no-op jobs", count, claimed, stock, bar=8),
        _row("  each with log file and recorded end", count, ended, stock, bar=None),
    ]


def _seconds(bench: Bench, count: int, option: str, what: str) -> float:
    """Return the seconds from due time to the last of the rows in the store."""
    home = bench.fresh("claims")
    at_s = whole_second_after(3 + count / 10_000)
    make(home, due_jobs(count, at_s, Noop()), now_s())
    with engine(home, option), watch(home) as looking:
        if now_s() > at_s - 0.5:
            raise TimeoutError("making the jobs took too long")
        return looking.when(what, count, first_look_s=at_s) - at_s


def _row(figure: str, count: int, ours: list[float], stock: list[float], bar: float | None) -> Row:
    ratio = median(stock) / median(ours)
    return Row(
        figure=figure,
        measured=f"{spread(ours, 's')}, {count / median(ours):.0f}/s",
        peer=f"stock: {spread(stock, 's')}",
        ratio=f"{ratio:.1f} x",
        bar="" if bar is None else f">= {bar} x",
        met=None if bar is None else ratio >= bar,
    )
