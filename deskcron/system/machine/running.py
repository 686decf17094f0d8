"""Find whether a program runs."""

from __future__ import annotations

import os
import sys

import psutil


def is_running(name: str) -> bool:
    """Tell whether a process runs: by the name of its program, or by the path of it.

    A script counts by its own name and path, too, not only by those of its interpreter.
    """
    wanted = name.strip()
    if not wanted:
        return False
    is_path = os.sep in wanted or bool(os.altsep and os.altsep in wanted)
    spelling = os.path.realpath(os.path.expanduser(wanted)) if is_path else wanted  # noqa: PTH111
    return any(
        _fits(spelling, process, is_path=is_path)
        for process in psutil.process_iter()
        if process.pid
    )


def _fits(wanted: str, process: psutil.Process, *, is_path: bool) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if not is_path and _same_name(wanted, process.name()):
            return True
        arguments = process.cmdline()[:2]
        if is_path:
            files = [_executable(process), *(part for part in arguments if os.path.isabs(part))]  # noqa: PTH117
            return any(file and _same(wanted, os.path.realpath(file)) for file in files)
        return any(_same_name(wanted, os.path.basename(part)) for part in arguments)  # noqa: PTH119
    except (psutil.Error, OSError, ValueError):
        return False


def _executable(process: psutil.Process) -> str:
    try:
        return process.exe()
    except (psutil.Error, OSError):  # of another person's process; its arguments may tell
        return ""


def _same_name(wanted: str, name: str) -> bool:
    return _same(wanted, name) or (sys.platform == "win32" and _same(f"{wanted}.exe", name))


def _same(one: str, other: str) -> bool:
    if sys.platform in {"win32", "darwin"}:
        return one.casefold() == other.casefold()
    return one == other
