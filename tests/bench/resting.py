"""The daemon at rest with many jobs, and how soon it is ready with a long history."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench import Bench
from children import daemon
from homes import make, various_jobs, with_history
from machine import cpu_s, cpu_ticks_s, memory, now_s, pause
from report import Row, spread

NAME = "resting"


def rows(bench: Bench) -> list[Row]:
    """Measure `deskcron daemon` itself."""
    return [*_idle(bench), _ready(bench)]


def _idle(bench: Bench) -> list[Row]:
    count, seconds = bench.size(10_000, 1_000), bench.size(30, 3)
    home = bench.fresh("idle")
    make(home, various_jobs(count, now_s()), now_s())
    bench.say(f"idle for {seconds} s")
    with daemon(home) as (pid, _ready_s):
        pause(bench.size(5, 2))
        before_s, ticks_s, began_s = cpu_s(pid), cpu_ticks_s(pid), now_s()
        pause(seconds)
        took_s = now_s() - began_s
        percent = 100 * (cpu_s(pid) - before_s) / took_s
        by_ticks = 100 * (cpu_ticks_s(pid) - ticks_s) / took_s
        used = memory(pid)
    return [
        Row(
            figure=f"idle with {count} jobs, CPU over {seconds} s",
            measured=f"{percent:.3f} % (utime+stime {by_ticks:.3f} %)",
            bar="< 0.05 %",
            met=percent < 0.05,
        ),
        Row(
            figure="  memory",
            measured=f"RSS {used.rss:.1f} MB (PSS {used.pss:.1f}, USS {used.uss:.1f})",
            bar="< 60 MB",
            met=used.rss < 60,
        ),
    ]


def _ready(bench: Bench) -> Row:
    home = history_home(bench)
    found = []
    for _number in range(max(3, bench.rounds) + 1):
        with daemon(home) as (_pid, ready_s):
            found.append(ready_s)
    warm = found[1:]
    jobs, runs = history_size(bench)
    return Row(
        figure=f"daemon ready with {jobs} jobs, {runs} runs, warm",
        measured=spread(warm, "s"),
        bar="< 0.5 s",
        met=median(warm) < 0.5,
    )


def history_size(bench: Bench) -> tuple[int, int]:
    """Return the number of jobs and of runs of the home with a long history."""
    return bench.size(10_000, 1_000), bench.size(1_000_000, 50_000)


def history_home(bench: Bench) -> Path:
    """Return the home with a long history."""
    jobs, runs = history_size(bench)
    now = now_s()
    return bench.kept(
        f"history-{runs}", lambda home: with_history(home, various_jobs(jobs, now), runs, now)
    )
