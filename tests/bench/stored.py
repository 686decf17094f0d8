"""Whether a due job costs more where many other jobs are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from bench import Bench
from children import SUCCEEDED, engine, watch
from homes import DAY_S, HOUR_S, Made, every, instant, make
from machine import cpu_s, now_s, pause, whole_second_after
from noop import Noop
from report import Row, spread

NAME = "stored"
Jobs = Callable[[int, int, int], Iterator[Made]]
EACH_SECOND = 100


def rows(bench: Bench) -> list[Row]:
    """Measure the engine's processor time for each of 100 jobs that are due every second.

    They lie spread over the whole table. In the most full one it is measured, too, what jobs
    cost that are due for the first time, others each second: none of it has a peer.
    """
    sizes = (100, 2_000, 10_000) if bench.quick else (100, 10_000, 100_000)
    seconds = bench.size(12, 2)
    found: dict[int, list[float]] = {size: [] for size in sizes}
    first: list[float] = []
    rounds = bench.most_rounds(3)
    for number in range(rounds):
        bench.say(f"stored, round {number + 1} of {rounds}")
        for size in sizes:
            found[size].append(each_s(bench, _same_jobs, size, seconds))
        first.append(each_s(bench, _other_jobs, sizes[-1], seconds))
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
    measured = spread(first, "us", 1_000_000, 0)
    lines.append(Row(figure=f"  with {sizes[-1]}, for the first time", measured=measured))
    return lines


def each_s(bench: Bench, jobs: Jobs, size: int, seconds: int) -> float:
    """Return the processor time of one due job, from claim to recorded end."""
    home = bench.fresh("stored")
    at_s = whole_second_after(2.5 + size / 8_000)
    make(home, jobs(size, at_s, seconds), now_s())
    count = EACH_SECOND * seconds
    with engine(home, "--noop") as pid, watch(home) as looking:
        if now_s() > at_s - 0.7:
            raise TimeoutError("making the jobs took too long")
        pause(at_s - 0.5 - now_s())
        before_s = cpu_s(pid)
        looking.when(SUCCEEDED, count, first_look_s=at_s + seconds - 1)
        used_s = cpu_s(pid) - before_s
    return used_s / count


def _same_jobs(size: int, at_s: int, _seconds: int) -> Iterator[Made]:
    """Yield the jobs: 100 of them due every second, the rest later."""
    for number in range(size):
        if number % (size // EACH_SECOND) == 0:
            yield Made(f"job {number}", every(1, at_s), Noop(), instant(at_s))
        else:
            yield _later(number, at_s)


def _other_jobs(size: int, at_s: int, seconds: int) -> Iterator[Made]:
    """Yield the jobs: in each second of the time 100 are due once, the rest later."""
    for number in range(size):
        rest, second = divmod(number, size // EACH_SECOND)
        if second < seconds and rest < EACH_SECOND:
            due_s = at_s + second
            yield Made(f"job {number}", every(DAY_S, due_s), Noop(), instant(due_s))
        else:
            yield _later(number, at_s)


def _later(number: int, at_s: int) -> Made:
    due_s = at_s + HOUR_S
    return Made(f"job {number}", every(DAY_S, due_s), Noop(), instant(due_s))
