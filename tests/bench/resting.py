"""The daemon at rest with many jobs, and how soon it is ready with a long history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from bench import Bench
from children import daemon
from homes import DAY_S, Made, document, make, various_jobs, with_history
from machine import cpu_s, cpu_ticks_s, memory, now_s, pause
from report import Row, spread

from deskcron.actions.command import Command
from deskcron.bootstrap.core import Core
from deskcron.domain.policy import Policy
from deskcron.domain.trigger import Trigger
from deskcron.domain.watchdogs import Watchdogs
from deskcron.system.paths import Paths
from deskcron.triggers.filechange import FileChange
from deskcron.triggers.occasion import Occasion, OccasionKind
from deskcron.triggers.signal import Signal

NAME = "resting"


def rows(bench: Bench) -> list[Row]:
    """Measure `deskcron daemon` itself."""
    return [*_idle(bench), _ready(bench)]


def _idle(bench: Bench) -> list[Row]:
    """Rest with what the bar is for, then with jobs beside it that listen."""
    count, few = bench.size(10_000, 1_000), bench.size(20, 4)
    home = bench.fresh("idle")
    make(home, various_jobs(count, now_s()), now_s())
    rested = _rest(bench, home, f"idle with {count} jobs")
    with closing(Core(Paths.below(home))) as core:
        for job in _listening_jobs(bench.fresh("watched"), few):
            core.facade().jobs.add(document(job))
    return [*rested, *_rest(bench, home, f"idle with {3 * few} more that listen")]


def _rest(bench: Bench, home: Path, figure: str) -> list[Row]:
    seconds = bench.size(30, 3)
    percents, by_ticks = [], []
    with daemon(home) as (pid, _ready_s):
        pause(bench.size(5, 2))
        for number in range(bench.rounds):
            bench.say(f"{figure} for {seconds} s, {number + 1} of {bench.rounds}")
            before_s, ticks_s, began_s = cpu_s(pid), cpu_ticks_s(pid), now_s()
            pause(seconds)
            took_s = now_s() - began_s
            percents.append(100 * (cpu_s(pid) - before_s) / took_s)
            by_ticks.append(100 * (cpu_ticks_s(pid) - ticks_s) / took_s)
        used = memory(pid)
    return [
        Row(
            figure=f"{figure}, CPU over {seconds} s",
            measured=f"{spread(percents, '%', digits=3)}, utime+stime {median(by_ticks):.3f} %",
            bar="< 0.05 %",
            met=median(percents) < 0.05,
        ),
        Row(
            figure="  memory",
            measured=f"RSS {used.rss:.1f} MB (PSS {used.pss:.1f}, USS {used.uss:.1f})",
            bar="< 60 MB",
            met=used.rss < 60,
        ),
    ]


def _listening_jobs(folder: Path, count: int) -> Iterator[Made]:
    """Yield jobs with watchdogs that listen to so many folders and signals, and to wake-ups."""
    action = Command(program="/bin/ls", arguments=("-l",))
    dogs = Watchdogs(no_success_s=7 * DAY_S, not_started_s=600, slower_than=3.0, smaller_than=0.5)
    for number in range(count):
        own = folder / str(number)
        own.mkdir(parents=True)
        triggers: dict[str, Trigger] = {
            "File": FileChange(id="t1", path=str(own), pattern="*.pdf", is_recursive=True),
            "Signal": Signal(id="t1", name=f"signal-{number}"),
            "Wake-up": Occasion(id="t1", event=OccasionKind.RESUMED),
        }
        for kind, trigger in triggers.items():
            policy = Policy(watchdogs=dogs)
            yield Made(f"{kind} number {number}", trigger, action, policy=policy)


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
