"""Read what the kernel tells about processes and signal one without hitting its successor."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import NamedTuple

import psutil


class Row(NamedTuple):
    """One process: its family, and `ticks`, the kernel's start time that tells it from others."""

    parent: int
    group: int
    session: int
    ticks: int
    is_zombie: bool


def boot_id() -> str:
    """Name the present boot; where the kernel has no name for it, the time of the boot."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:  # noqa: PTH123
            return file.read().strip()
    except OSError:
        return str(round(psutil.boot_time()))


def row_of(pid: int) -> Row | None:
    """Return what is known about a process, None where there is none."""
    if sys.platform != "linux":
        return _row_by_psutil(pid)
    try:
        with open(f"/proc/{pid}/stat", "rb", buffering=0) as file:  # noqa: PTH123
            text = file.read(4096)
    except OSError:
        return None
    # the name before the last parenthesis may hold anything
    fields = text[text.rfind(b")") + 2 :].split()
    if len(fields) < 20:
        return None
    parent, group, session, ticks = (int(fields[index]) for index in (1, 2, 3, 19))
    return Row(parent, group, session, ticks, is_zombie=fields[0] in b"ZX")


def _row_by_psutil(pid: int) -> Row | None:
    try:
        process = psutil.Process(pid)
        with process.oneshot():
            ticks = round(process.create_time() * 100)
            is_zombie = process.status() == psutil.STATUS_ZOMBIE
            return Row(process.ppid(), os.getpgid(pid), os.getsid(pid), ticks, is_zombie)
    except (psutil.Error, OSError):
        return None


def all_rows() -> dict[int, Row]:
    """Return every process by its pid."""
    rows = ((pid, row_of(pid)) for pid in psutil.pids())
    return {pid: row for pid, row in rows if row is not None}


def initial_environment(pid: int) -> bytes:
    """Return the environment a process was started with, empty where it cannot be read."""
    if sys.platform != "linux":
        try:
            variables = psutil.Process(pid).environ()
        except (psutil.Error, OSError):
            return b""
        return b"\0".join(f"{name}={value}".encode() for name, value in variables.items())
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


def open_pidfd(pid: int) -> int:
    """Return a descriptor of the process, -1 where there is none or the system has none."""
    if sys.platform != "linux":
        return -1
    try:
        return os.pidfd_open(pid)
    except OSError:
        return -1


def send_signal(pid: int, ticks: int, number: signal.Signals) -> None:
    """Signal the process that has this pid and start time; silent when it is gone."""
    fd = open_pidfd(pid)
    try:
        row = row_of(pid)
        if row is None or row.ticks != ticks:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if fd >= 0 and sys.platform == "linux":
                signal.pidfd_send_signal(fd, number)
            else:
                os.kill(pid, number)
    finally:
        if fd >= 0:
            os.close(fd)
