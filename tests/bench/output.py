"""The log view: how long jobs that print without end keep the window from answering."""

from __future__ import annotations

from pathlib import Path

from bench import Bench
from blocking import blocked
from homes import make
from machine import now_s
from report import Row

NAME = "output"
_PROGRAM = Path(__file__).parent / "outputprocess.py"


def rows(bench: Bench) -> list[Row]:
    """Measure the gaps between the beats of the event loop while runs are followed."""
    home = bench.fresh("output")
    make(home, [], now_s())
    bench.say("output of jobs that print without end")
    return blocked("following a job", _PROGRAM, home, str(bench.size(10, 2)))
