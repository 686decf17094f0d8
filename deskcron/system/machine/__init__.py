"""Answer what conditions ask of the machine, the way each system allows."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from deskcron.domain.machine import Machine
from deskcron.domain.ports import Processes
from deskcron.system.bus import BusThread
from deskcron.system.machine.linux import LinuxMachine
from deskcron.system.machine.portable import PortableMachine


def machine_for(environment: Mapping[str, str], processes: Processes, bus: BusThread) -> Machine:
    """Return the Machine of this system.

    `environment` is that of the person's session and is read at each question; check commands
    are started by `processes`.
    """
    if sys.platform == "linux":
        return LinuxMachine(environment, processes, bus)
    if sys.platform == "win32":
        from deskcron.system.machine.windows import WindowsMachine, libraries  # noqa: PLC0415

        return WindowsMachine(processes, *libraries())
    if sys.platform == "darwin":
        from deskcron.system.machine.macos import MacMachine, frameworks  # noqa: PLC0415

        return MacMachine(processes, *frameworks())
    return PortableMachine(processes)
