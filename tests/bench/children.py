"""The processes that are measured: engines, peers, and commands from start to end."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from machine import now_s, pause

_HERE = Path(__file__).parent
_LONGEST_S = 300
_READY_S = 60


def environment(home: Path | None = None) -> dict[str, str]:
    """Return an environment in which Python is as it is where deskcron is installed."""
    given = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    given["PYTHONPATH"] = str(_HERE.parents[1])
    given["SHELL"] = "/bin/sh"  # what a person's start-up files cost is not ours
    if home is not None:
        given["DESKCRON_HOME"] = str(home)
    return given


@contextmanager
def engine(home: Path, *options: str) -> Iterator[int]:
    """Run an engine on a home and give its pid once it is ready."""
    arguments = [sys.executable, str(_HERE / "engineprocess.py"), str(home), *options]
    with _until_ready(arguments, home) as process:
        yield process.pid


@contextmanager
def daemon(home: Path) -> Iterator[tuple[int, float]]:
    """Run `deskcron daemon` and give its pid and the seconds until it said it was ready."""
    began_s = time.perf_counter()
    with _until_ready([sys.executable, "-m", "deskcron", "daemon"], home) as process:
        yield process.pid, time.perf_counter() - began_s


@contextmanager
def _until_ready(arguments: Sequence[str], home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(home),
    )
    try:
        if process.stdout is None or "ready" not in process.stdout.readline():
            raise RuntimeError(f"no engine: {arguments}")
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        process.wait(_READY_S)
        if process.stdout is not None:
            process.stdout.close()


def command_s(home: Path, *arguments: str) -> float:
    """Return the seconds a whole `deskcron` command takes; its output is thrown away."""
    began_s = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "deskcron", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(home),
    )
    return time.perf_counter() - began_s


def stock_s(work: str, directory: Path, count: int, at_s: float = 0) -> float:
    """Return the seconds until all jobs of stock APScheduler were done after they were due.

    They are due at `at_s`; without it, as soon as they are made.
    """
    program = [sys.executable, str(_HERE / "stockprocess.py")]
    done = subprocess.run(
        [*program, work, str(directory), str(count), str(at_s)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_LONGEST_S,
        env=environment(),
    )
    elapsed_s: float = json.loads(done.stdout)
    return elapsed_s


def bare_s(threads: int, count: int, *, has_session: bool = False) -> float:
    """Return the seconds of so many bare subprocess.run calls in so many threads."""
    arguments = [sys.executable, str(_HERE / "bareprocess.py"), str(threads), str(count)]
    arguments += ["session"] * has_session
    done = subprocess.run(
        arguments, check=True, stdout=subprocess.PIPE, text=True, env=environment()
    )
    return float(done.stdout)


class Watch:
    """Look at the run history of a home from outside, as any viewer does."""

    def __init__(self, home: Path) -> None:
        uri = f"{(home / 'deskcron.db').as_uri()}?mode=ro"
        self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def when(self, statement: str, count: int, *, first_look_s: float) -> float:
        """Return the instant at which a count is first seen in committed rows."""
        pause(first_look_s - now_s())
        give_up_s = now_s() + _LONGEST_S
        while now_s() < give_up_s:
            if self.count(statement) >= count:
                return now_s()
            pause(0.02)
        raise TimeoutError(f"{self.count(statement)} of {count}: {statement}")

    def count(self, statement: str) -> int:
        """Return what a count says now."""
        number: int = self._connection.execute(statement).fetchone()[0]
        return number


CLAIMED = "SELECT count(*) FROM runs"
SUCCEEDED = (
    "SELECT count(*) FROM runs WHERE status = 'succeeded'"
    " AND NOT (status IN ('queued', 'waiting') OR status = 'running')"
)


@contextmanager
def watch(home: Path) -> Iterator[Watch]:
    """Give a look at the run history."""
    with closing(Watch(home)) as looking:
        yield looking
