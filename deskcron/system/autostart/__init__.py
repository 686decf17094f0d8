"""Start deskcron at login, the way each system offers; what is set is read back from there."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from deskcron.domain.ports import Autostart
from deskcron.system.autostart.program import this_program

# Imports inside the function: it is asked at each start of the window, and one way is enough.
# ruff: noqa: PLC0415


def autostart_for(environ: Mapping[str, str], *, headless: bool) -> Autostart:
    """Return the way of this system: the tray icon with its engine, or `headless` the engine."""
    program = this_program(environ).with_arguments("daemon" if headless else "--hidden")
    if sys.platform == "win32":
        from deskcron.system.autostart import windows

        name = "deskcron daemon" if headless else "deskcron"
        return windows.RunKey(windows.WindowsRegistry(), name, program)
    if sys.platform == "darwin":
        from deskcron.system.autostart import macos

        label = "org.deskcron.Daemon" if headless else "org.deskcron.Deskcron"
        return macos.LaunchAgent(Path.home() / "Library", label, program)
    config = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    if headless:
        from deskcron.system.autostart.systemd import UserUnit, run_command

        return UserUnit(config, program, run_command)
    from deskcron.system.autostart.xdg import DesktopEntry

    return DesktopEntry(config, program)
