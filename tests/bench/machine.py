"""What the machine says about time and about a process."""

from __future__ import annotations

import math
import time
from threading import Event
from typing import NamedTuple

import psutil

_MEGABYTE = 1_000_000


class Memory(NamedTuple):
    """Megabytes of a process: resident, proportional and its own alone."""

    rss: float
    pss: float
    uss: float


def now_s() -> float:
    """Return the wall clock."""
    return time.time()


def pause(seconds: float) -> None:
    """Let time pass."""
    Event().wait(max(0.0, seconds))


def whole_second_after(seconds: float) -> int:
    """Return the first whole second of the wall clock that is at least so far ahead."""
    return math.ceil(now_s() + seconds)


def cpu_s(pid: int) -> float:
    """Return the processor time of all threads that ever were, to the nanosecond.

    The kernel's count in hundredths of a second is wrong for what wakes by the clock.
    """
    clock = ~pid << 3 | 2  # what clock_getcpuclockid(3) gives on Linux
    return time.clock_gettime(clock)


def cpu_ticks_s(pid: int) -> float:
    """Return utime + stime: all threads that ever were, to the hundredth of a second."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def memory(pid: int) -> Memory:
    """Return the memory of a process."""
    info = psutil.Process(pid).memory_full_info()
    return Memory(info.rss / _MEGABYTE, info.pss / _MEGABYTE, info.uss / _MEGABYTE)
