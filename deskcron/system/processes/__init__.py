"""Start programs, end them with their whole tree, and find them again after a restart."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.ports import Processes
from deskcron.system.processes.posix import PosixProcesses
from deskcron.system.processes.windows import WindowsProcesses


def processes_for(platform: str, environment: Mapping[str, str]) -> Processes:
    """Return the Processes for a value of sys.platform; children get `environment`."""
    if platform == "win32":
        return WindowsProcesses(environment)
    return PosixProcesses(environment)
