"""An engine under strace, which records its calls or lets some of them fail."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk import PROGRAM, Daemon, Desk


def can_trace() -> bool:
    """Tell whether strace is there and may trace."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    asked = [strace, "-o", os.devnull, "--seccomp-bpf", "-f", "true"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def launch_traced(desk: Desk, *options: str, output: Path = Path(os.devnull)) -> Daemon:
    """Start an engine under strace without waiting for it."""
    said = desk.note("traced.txt")
    with said.open("wb") as file:
        process = subprocess.Popen(
            ["strace", "-f", "--seccomp-bpf", *options, "-o", str(output), *PROGRAM, "daemon"],
            env=desk.environ,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    return Daemon(process, said)


def end_traced(daemon: Daemon) -> int:
    """End an engine under strace in order, and return its exit code."""
    os.killpg(daemon.pid, signal.SIGTERM)
    return daemon.wait()


@contextmanager
def traced(desk: Desk, *options: str, output: Path = Path(os.devnull)) -> Iterator[Daemon]:
    """Have an engine serve under strace, and end it in order."""
    daemon = launch_traced(desk, *options, output=output)
    try:
        yield daemon.await_ready()
    finally:
        code = end_traced(daemon)
    assert code == 0, daemon.text
