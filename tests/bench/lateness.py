"""How long after their due times processes start, each writing down the time itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bench import Bench
from children import SUCCEEDED, engine, stock_s, watch
from homes import DAY_S, Made, every, instant, make
from machine import now_s, whole_second_after
from report import Row, spread

from deskcron.actions.command import Command

NAME = "lateness"
STEP_S = 0.1


def rows(bench: Bench) -> list[Row]:
    """Measure lateness; `date` in a shell is the clock on both sides."""
    count = bench.size(200, 20)
    ours: list[list[float]] = []
    stock: list[list[float]] = []
    rounds = bench.most_rounds(3)
    for number in range(rounds):
        bench.say(f"lateness, round {number + 1} of {rounds}")
        mine, theirs = _both(bench, count)
        ours.append(mine)
        stock.append(theirs)
    return [
        _row(f"lateness of {count} jobs 100 ms apart, p50", 50, ours, stock),
        _row("  p99", 99, ours, stock),
    ]


def _both(bench: Bench, count: int) -> tuple[list[float], list[float]]:
    """Return how late each process of deskcron and of stock was, in seconds.

    Both run at the same time, half a step apart, so that the machine is the same for both.
    """
    home, notes, place = (bench.fresh(name) for name in ("lateness", "notes", "stock"))
    notes.mkdir()
    at_s = whole_second_after(5)
    make(home, _jobs(notes, at_s, count), now_s())
    stock_at_s = at_s + STEP_S / 2
    with ThreadPoolExecutor(1) as pool, engine(home), watch(home) as looking:
        done = pool.submit(stock_s, "tell_time", place, count, stock_at_s)
        looking.when(SUCCEEDED, count, first_look_s=at_s + STEP_S * count)
        done.result()
    return _read(notes, at_s, count), _read(place, stock_at_s, count)


def _jobs(notes: Path, at_s: float, count: int) -> Iterator[Made]:
    for number in range(count):
        due_s = at_s + STEP_S * number
        script = f"date +%s%N >'{notes / f'{number}.started'}'"
        action = Command(program="/bin/sh", arguments=("-c", script))
        yield Made(f"late {number}", every(DAY_S, due_s), action, instant(due_s))


def _read(notes: Path, at_s: float, count: int) -> list[float]:
    """Return the lateness by the notes; they are in nanoseconds since the epoch."""
    started = [int((notes / f"{number}.started").read_text()) / 1e9 for number in range(count)]
    return [one - (at_s + STEP_S * number) for number, one in enumerate(started)]


def _row(figure: str, percent: int, ours: list[list[float]], stock: list[list[float]]) -> Row:
    mine, theirs = _percentiles(ours, percent), _percentiles(stock, percent)
    ratio = median(mine) / median(theirs)
    return Row(
        figure=figure,
        measured=spread(mine, "ms", 1000),
        peer=f"stock: {spread(theirs, 'ms', 1000)}",
        ratio=f"{ratio:.2f} x",
        bar="<= 1 x",
        met=ratio <= 1,
    )


def _percentiles(rounds: list[list[float]], percent: int) -> list[float]:
    return [quantiles(one, n=100, method="inclusive")[percent - 1] for one in rounds]
