"""Measure deskcron beside stock APScheduler and the bare machine, and print the table.

The figures are medians of rounds in which all sides take turns, so that a busy machine slows
them all. `--quick` shows within a minute that everything works; its numbers mean little.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import burst
import catchup
import claims
import commands
import history
import historypage
import jobspage
import lateness
import output
import resting
import stored
import window
from bench import Bench
from report import Row, table

FIGURES = (
    burst,
    claims,
    lateness,
    stored,
    resting,
    commands,
    history,
    catchup,
    window,
    historypage,
    output,
    jobspage,
)


def main() -> int:
    """Measure what was asked for; return 1 when a bar was missed or a figure not measured.

    A quick look judges no bar.
    """
    names = [figure.NAME for figure in FIGURES]
    parser = argparse.ArgumentParser(description="Measure deskcron.")
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=str(names))
    parser.add_argument("--rounds", type=int, help="rounds of each figure (5, quick: 1)")
    parser.add_argument("--quick", action="store_true", help="small sizes, under a minute")
    parser.add_argument("--directory", type=Path, help="where data is made (the temporary one)")
    asked = parser.parse_args()
    rounds = asked.rounds or (1 if asked.quick else 5)
    print(_surroundings())
    lines: list[Row] = []
    failed = False
    began_s = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="deskcron-bench-", dir=asked.directory) as directory:
        if _lacks_journal(Path(directory)):
            print("The file system is an ext4 without a journal: making logs is slow on it.")
        bench = Bench(directory=Path(directory), rounds=rounds, quick=asked.quick)
        for figure in FIGURES:
            if asked.only and figure.NAME not in asked.only:
                continue
            try:
                lines += figure.rows(bench)
            except Exception:  # noqa: BLE001 - the other figures are worth having
                traceback.print_exc()
                lines.append(Row(figure=figure.NAME, measured="could not be measured", met=False))
                failed = True
    print(table(lines))
    print(f"{rounds} rounds, {time.perf_counter() - began_s:.0f} s, load {_load()}")
    missed = [line.figure for line in lines if line.met is False]
    return int(failed or (bool(missed) and not asked.quick))


def _surroundings() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()} {platform.release()}, {os.cpu_count()} processors, load {_load()}"
    )


def _lacks_journal(directory: Path) -> bool:
    """Tell whether this is an ext4 without a journal.

    There, making a file looks at every file that was removed in the last minutes.
    """
    journals = Path("/proc/fs/jbd2")
    place = directory.resolve()
    for line in reversed(Path("/proc/mounts").read_text().splitlines()):
        device, mount, kind = line.split()[:3]
        if place.is_relative_to(mount):
            name = Path(device).resolve().name
            return kind == "ext4" and not list(journals.glob(f"{name}-*"))
    return False


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
