"""The page of runs: how long it keeps the window from answering, with a long history."""

from __future__ import annotations

from pathlib import Path

from bench import Bench
from blocking import blocked
from homes import various_jobs, with_history
from machine import now_s
from report import Row
from resting import history_size

NAME = "historypage"
_PROGRAM = Path(__file__).parent / "historypageprocess.py"


def rows(bench: Bench) -> list[Row]:
    """Measure the gaps between the beats of the event loop while the page is used."""
    jobs, runs = history_size(bench)
    home = bench.fresh("history-page")
    bench.say(f"page of {runs} runs")
    with_history(home, various_jobs(jobs, now_s()), runs, now_s())
    return blocked(f"page of {runs} runs", _PROGRAM, home)
