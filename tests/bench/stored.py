"""Whether a due job costs more where many other jobs are stored."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench import Bench
from children import SUCCEEDED, engine, watch
from homes import DAY_S, HOUR_S, Made, every, instant, make
from machine import cpu_ticks_s, now_s, pause, whole_second_after
from noop import Noop
from report import Row, spread

NAME = "stored"
EACH_SECOND = 100


def rows(bench: Bench) -> list[Row]:
    """Measure the engine's processor time for each of 100 jobs that are due every second.

    Where more jobs are stored, others are due each second, spread over the whole table.
    """
    sizes = (100, 2_000, 10_000) if bench.quick else (100, 10_000, 100_000)
    seconds = bench.size(12, 2)
    found: dict[int, list[float]] = {size: [] for size in sizes}
    rounds = bench.most_rounds(3)
    for number in range(rounds):
        bench.say(f"stored, round {number + 1} of {rounds}")
        for size in sizes:
            found[size].append(each_s(bench, size, seconds))
    least = min(median(values) for values in found.values())
    lines = []
    for size, values in found.items():
        ratio = median(values) / least
        lines.append(
            Row(
                figure=f"due job with {size} stored, engine CPU",
                measured=spread(values, "us", 1_000_000, 0),
                peer="the least of the three" if ratio > 1 else "",
                ratio=f"{ratio:.2f} x",
                bar="<= 1.3 x",
                met=ratio <= 1.3,
            )
        )
    return lines


def each_s(bench: Bench, size: int, seconds: int) -> float:
    """Return the processor time of one due job, from claim to recorded end."""
    home = bench.fresh("stored")
    at_s = whole_second_after(2.5 + size / 8_000)
    make(home, _jobs(size, at_s, seconds), now_s())
    count = EACH_SECOND * seconds
    with engine(home, "--noop") as pid, watch(home) as looking:
        if now_s() > at_s - 0.7:
            raise TimeoutError("making the jobs took too long")
        pause(at_s - 0.5 - now_s())
        before_s = cpu_ticks_s(pid)
        looking.when(SUCCEEDED, count, first_look_s=at_s + seconds - 1)
        used_s = cpu_ticks_s(pid) - before_s
    return used_s / count


def _jobs(size: int, at_s: int, seconds: int) -> Iterator[Made]:
    """Yield the jobs: in each second of the time as many are due, the rest later."""
    for number in range(size):
        second, rest = number % (size // EACH_SECOND), number // (size // EACH_SECOND)
        if size == EACH_SECOND:
            rule, due_s = every(1, at_s), at_s
        elif second < seconds and rest < EACH_SECOND:
            rule, due_s = every(DAY_S, at_s + second), at_s + second
        else:
            rule, due_s = every(DAY_S, at_s + HOUR_S), at_s + HOUR_S
        yield Made(f"job {number}", rule, Noop(), instant(due_s))
