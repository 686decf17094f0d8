"""Many jobs due in the same second, each starting a program, beside stock and bare machine."""

from __future__ import annotations

from statistics import median

from bench import Bench
from children import SUCCEEDED, bare_s, engine, stock_s, watch
from homes import due_jobs, make
from machine import now_s, pause, whole_second_after
from report import Row, spread

from deskcron.actions.command import Command

NAME = "burst"
THREADS = (1, 2, 3, 4)


def rows(bench: Bench) -> list[Row]:
    """Measure the burst."""
    count = bench.size(5_000, 500)
    ours: list[float] = []
    stock: list[float] = []
    bare: dict[int, list[float]] = {threads: [] for threads in THREADS}
    with_session: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"burst, round {number + 1} of {bench.rounds}")
        ours.append(ours_s(bench, count))
        for threads in THREADS[:2]:
            bare[threads].append(bare_s(threads, count // 2) / (count // 2))
        place = bench.fresh("stock")
        stock.append(stock_s("spawn", place, count))
        for threads in THREADS[2:]:
            bare[threads].append(bare_s(threads, count // 2) / (count // 2))
        with_session.append(2 * bare_s(2, count // 2, has_session=True))
    best = min(THREADS, key=lambda threads: median(bare[threads]))
    bare_seconds = [one * count for one in bare[best]]
    rate = count / median(ours)
    measured = f"{spread(ours, 's')}, {rate:.0f}/s"
    to_stock, to_bare = median(stock) / median(ours), median(bare_seconds) / median(ours)
    return [
        Row(
            figure=f"burst: {count} x /bin/true with log and row",
            measured=measured,
            peer=f"stock, no record: {spread(stock, 's')}",
            ratio=f"{to_stock:.2f} x",
            bar=">= 1.5 x (aim 2 x)",
            met=to_stock >= 1.5,
        ),
        Row(
            figure="  beside bare subprocess.run loops",
            measured=measured,
            peer=f"{best} threads: {spread(bare_seconds, 's')}",
            ratio=f"{to_bare:.2f} x",
            bar=">= 0.6 x",
            met=to_bare >= 0.6,
        ),
        Row(
            figure="  with a session for each, as ours have",
            measured=measured,
            peer=f"2 threads: {spread(with_session, 's')}",
            ratio=f"{median(with_session) / median(ours):.2f} x",
        ),
    ]


def ours_s(bench: Bench, count: int) -> float:
    """Return the seconds from the due second until the last end is committed."""
    home = bench.fresh("burst")
    at_s = whole_second_after(3 + count / 10_000)
    make(home, due_jobs(count, at_s, Command(program="/bin/true")), now_s())
    with engine(home), watch(home) as looking:
        if now_s() > at_s - 0.5:
            raise TimeoutError("making the jobs took too long")
        pause(at_s - now_s())
        done_s = looking.when(SUCCEEDED, count, first_look_s=at_s + count / 10_000)
    return done_s - at_s
