"""Let a program, and all it starts, give way to others at processor and disk."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.action import ProcessLaunch
from deskcron.system.processes.programfile import can_start, find_program


def gentle(launch: ProcessLaunch, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the arguments under `nice` and `ionice`, which the program takes the place of.

    Unchanged when the program cannot start anyway: starting it then fails with a reason of its
    own. What this machine has no tool for stays as it is.
    """
    argv = launch.argv
    if not launch.nice and not launch.is_io_idle:
        return argv
    path = find_program(argv[0], launch.directory, environment)
    if path is None or not can_start(path, launch.directory):
        return argv
    nice, ionice = (find_program(tool, None, environment) for tool in ("nice", "ionice"))
    if launch.is_io_idle and ionice is not None:
        argv = (ionice, "-c", "3", "-t", "--", *argv)
    if launch.nice and nice is not None:
        argv = (nice, "-n", str(launch.nice), "--", *argv)
    return argv
