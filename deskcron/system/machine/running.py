"""Find whether a program runs."""

from __future__ import annotations

import os
import sys

import psutil

_INTERPRETERS = {
    *("sh", "ash", "bash", "dash", "fish", "ksh", "zsh", "pwsh"),
    *("python", "pythonw", "perl", "ruby", "php", "node", "lua", "tclsh", "Rscript"),
}


def is_running(name: str) -> bool:
    """Tell whether a process runs: by the name of its program, or by the path of it.

    A script counts by its own name and path, too, not only by those of its interpreter.
    """
    wanted = name.strip()
    if not wanted:
        return False
    is_path = os.sep in wanted or bool(os.altsep and os.altsep in wanted)
    try:
        spelling = os.path.realpath(os.path.expanduser(wanted)) if is_path else wanted  # noqa: PTH111
    except ValueError:  # what no path can be
        return False
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
        programs = _programs(process.cmdline())
        if is_path:
            files = [_executable(process), *filter(os.path.isabs, programs)]
            return any(file and _same(wanted, os.path.realpath(file)) for file in files)
        return any(_same_name(wanted, os.path.basename(part)) for part in programs)  # noqa: PTH119
    except (psutil.Error, OSError, ValueError):
        return False


def _programs(arguments: list[str]) -> list[str]:
    """Return what is run: the program, and the script where that is an interpreter."""
    name = os.path.basename(arguments[0]) if arguments else ""  # noqa: PTH119
    stem = name.removesuffix(".exe").rstrip("0123456789.")
    return arguments[:2] if stem in _INTERPRETERS else arguments[:1]


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
