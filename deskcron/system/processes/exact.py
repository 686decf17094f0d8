"""Wrap a program in a small shell script that records its start and its exit code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deskcron.domain.action import ProcessLaunch
from deskcron.system.processes.programfile import can_start, find_program

# The traps let the shell outlive a signal to the group until it has recorded the exit; being
# handlers, they are not inherited by the program. The shell waits for the program, no exec.
_SCRIPT = """\
trap : HUP INT TERM
printf 'started %s\\n' "$$" 2>/dev/null >>"$0"
"$@"
code=$?
printf 'exit %s\\n' "$code" 2>/dev/null >>"$0"
exit "$code"
"""


def recorded(launch: ProcessLaunch, record: Path, environment: Mapping[str, str]) -> ProcessLaunch:
    """Return the launch under the wrapper; unchanged when the program cannot start anyway.

    Starting it then fails with the reason of its own that the shell would hide.
    """
    if not launch.argv:
        return launch
    path = find_program(launch.argv[0], launch.directory, launch.over(environment))
    if path is None or not can_start(path, launch.directory):
        return launch
    # A path with a slash, so that the shell takes no command of its own by that name.
    name = launch.argv[0] if "/" in launch.argv[0] else path
    argv = ("/bin/sh", "-c", _SCRIPT, str(record), name, *launch.argv[1:])
    return launch._replace(argv=argv)
