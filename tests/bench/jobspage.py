"""The page of jobs: how long it keeps the window from answering, with thousands of jobs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import Bench
from children import environment
from homes import various_jobs, with_history
from machine import now_s
from report import Row

NAME = "jobspage"
_PROGRAM = Path(__file__).parent / "jobspageprocess.py"
_BAR_MS = 50


def rows(bench: Bench) -> list[Row]:
    """Measure the gaps between the beats of the event loop while the page is used."""
    count = bench.size(3_000, 300)
    home = bench.fresh("jobs")
    with_history(home, various_jobs(count, now_s()), bench.size(100_000, 1_000), now_s())
    given = environment(home)
    screen = "X" if given.get("DISPLAY") else "offscreen"
    if screen == "offscreen":
        given["QT_QPA_PLATFORM"] = "offscreen"
    bench.say(f"page of jobs, {count} jobs")
    answer = subprocess.run(
        [sys.executable, str(_PROGRAM), str(home)],
        env=given,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [
        Row(
            figure=f"page of {count} jobs ({screen}): {phase}",
            measured=f"blocked p99 {gaps['p99']:.1f} ms, max {gaps['max']:.1f} ms",
            bar=f"max < {_BAR_MS} ms",
            met=gaps["max"] < _BAR_MS,
        )
        for phase, gaps in json.loads(answer.splitlines()[-1]).items()
    ]
