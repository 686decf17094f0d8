"""The processes of a desktop, known by a mark in their environment."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from pathlib import Path

from waiting import soon

MARK = "DESKTOP_MARK"
_GRACE_S = 2.0


def is_alive(pid: int, mark: str) -> bool:
    """Tell whether a process is there, no zombie, and carries the mark."""
    try:
        variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"{MARK}={mark}".encode() in variables


def marked(mark: str) -> list[int]:
    """Return the processes with this mark, also those that the bus has started."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return [pid for pid in pids if pid != os.getpid() and is_alive(pid, mark)]


def end(mark: str, servers: Collection[int]) -> int:
    """End all processes with this mark, the servers last; return how many there were."""
    count = len(marked(mark))
    for number in (signal.SIGTERM, signal.SIGKILL):
        for spared in (servers, ()):
            pids = [pid for pid in marked(mark) if pid not in spared]
            for pid in pids:
                _send(pid, number)
            soon(lambda pids=pids: not any(is_alive(pid, mark) for pid in pids), _GRACE_S)
    return count


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
