"""Run a part of the window in a process that tells how long its event loop was blocked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from children import environment
from report import Row

BAR_MS = 50


def blocked(figure: str, program: Path, home: Path, *arguments: str) -> list[Row]:
    """Return a line for each thing that the program did."""
    given = environment(home)
    screen = "X" if given.get("DISPLAY") else "offscreen"
    if screen == "offscreen":
        given["QT_QPA_PLATFORM"] = "offscreen"
    answer = subprocess.run(
        [sys.executable, str(program), str(home), *arguments],
        env=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return [
        Row(
            figure=f"{figure} ({screen}): {phase}",
            measured=f"blocked p99 {gaps['p99']:.1f} ms, max {gaps['max']:.1f} ms",
            bar=f"max < {BAR_MS} ms",
            met=gaps["max"] < BAR_MS,
        )
        for phase, gaps in json.loads(answer.splitlines()[-1]).items()
    ]
