"""The window: how soon it is seen, and what it takes up while only its icon is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import Bench
from children import environment
from homes import DAY_S, Made, every, make, various_jobs, with_history
from machine import Memory, memory, now_s, pause
from report import Row, spread

from deskcron.actions.script import Script

NAME = "window"
_PROGRAM = Path(__file__).parent / "windowprocess.py"
_SEEN_BAR_S = 0.8
_HIDDEN_BAR_MB = 105
_BLOCK_BAR_MS = 50


def rows(bench: Bench) -> list[Row]:
    """Measure the window on the screen there is, else on none."""
    empty, full = bench.fresh("empty"), bench.fresh("full")
    make(empty, [], now_s())
    count = bench.size(3_000, 300)
    make(full, various_jobs(count, now_s()), now_s())
    screen = "X" if os.environ.get("DISPLAY") else "offscreen"
    lines = []
    for words, home in (("empty", empty), (f"{count} jobs", full)):
        bench.say(f"window, {words}")
        seen = [_seen_s(home) for _number in range(max(5, bench.rounds) + 1)][1:]
        lines.append(
            Row(
                figure=f"window seen ({screen}), {words}, warm",
                measured=spread(seen, "s"),
                peer="Vorta 0.82 s, KAlarm 0.77 s",
                bar=f"< {_SEEN_BAR_S} s",
                met=median(seen) < _SEEN_BAR_S,
            )
        )
    lines.append(_walk(bench, count, screen))
    for words, home in (("empty", empty), (f"{count} jobs", full)):
        used = _hidden(home, bench.size(10, 3))
        lines.append(
            Row(
                figure=f"hidden in the tray ({screen}), {words}",
                measured=f"RSS {used.rss:.1f} MB (PSS {used.pss:.1f}, USS {used.uss:.1f})",
                peer="Vorta 112, KAlarm 119",
                bar=f"<= {_HIDDEN_BAR_MB} MB",
                met=used.rss <= _HIDDEN_BAR_MB,
            )
        )
        lines.append(_let_go(bench, home, f"opened, closed and let go ({screen}), {words}"))
    return lines


def _let_go(bench: Bench, home: Path, figure: str) -> Row:
    used = []
    for _number in range(max(3, bench.rounds)):
        with _window(home, "--let-go") as process:
            for _word in ("seen", "ready", "let go"):
                _line(process)
            pause(bench.size(3, 2))
            used.append(memory(process.pid).rss)
    return Row(
        figure=figure,
        measured=f"RSS {spread(used, 'MB', digits=1)}",
        peer="Vorta 112, KAlarm 119",
        bar=f"<= {_HIDDEN_BAR_MB} MB",
        met=median(used) <= _HIDDEN_BAR_MB,
    )


def _seen_s(home: Path) -> float:
    """Return the seconds from the start of the process to the first expose of its window."""
    began_s = time.monotonic()
    with _window(home) as process:
        return float(_line(process)) - began_s


def _walk(bench: Bench, jobs: int, screen: str) -> Row:
    """Walk through the pages over a long history while a job prints without end."""
    runs = bench.size(1_000_000, 50_000)
    bench.say(f"walk, {runs} runs")
    home = bench.kept(
        f"walk-{runs}",
        lambda home: with_history(home, [*various_jobs(jobs, now_s()), _printer()], runs, now_s()),
    )
    with _window(home, "--walk") as process:
        _line(process)
        _line(process)
        found = json.loads(_line(process))
    step, longest_ms = max(found["longest"].items(), key=lambda one: one[1])
    worst = ", ".join(f"{name} {late:.0f}" for name, late in found["longest"].items() if late > 30)
    return Row(
        figure=f"GUI thread not there ({screen}), {jobs} jobs, {runs} runs, output",
        measured=f"p99 {found['p99']:.0f} ms, max {longest_ms:.0f} ms ({step})",
        bar=f"max < {_BLOCK_BAR_MS} ms",
        met=longest_ms < _BLOCK_BAR_MS,
        note=f"Steps of the walk over 30 ms: {worst or 'none'}",
    )


def _printer() -> Made:
    """Return a job that prints 100,000 lines a second."""
    text = "while :; do seq 1 10000; sleep 0.1; done"
    rule = every(365 * DAY_S, now_s() + 300 * DAY_S)
    return Made("Printer", rule, Script(text=text, interpreter="sh"))


def _hidden(home: Path, seconds: float) -> Memory:
    with _window(home, "--hidden") as process:
        _line(process)
        pause(seconds)
        return memory(process.pid)


@contextmanager
def _window(home: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    given = environment(home)
    if not given.get("DISPLAY"):
        given["QT_QPA_PLATFORM"] = "offscreen"
    with subprocess.Popen(
        [sys.executable, str(_PROGRAM), str(home), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=given,
    ) as process:
        yield process


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the window ended")
    return line
