"""Start at login by the Run key of the person's registry."""

from __future__ import annotations

import subprocess
import sys
from typing import Protocol

from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.system.autostart.entry import state_of
from deskcron.system.autostart.program import Program

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_SWITCHED_OFF = 0x01
"""This bit of the first byte: the person has switched the entry off in the task manager."""


class Registry(Protocol):
    """Values below HKEY_CURRENT_USER; every call may raise OSError."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """Return a value, None where there is none."""

    def set(self, key: str, name: str, value: str) -> None:
        """Store a text."""

    def delete(self, key: str, name: str) -> None:
        """Remove a value, silent where there is none."""


class RunKey:
    """The Autostart of a Windows session. Windows keeps no variables with an entry."""

    def __init__(self, registry: Registry, name: str, program: Program) -> None:
        self._registry = registry
        self._name = name
        self._program = program
        self._command = subprocess.list2cmdline(program.command)

    def state(self) -> AutostartState:
        """Return what Windows has; raises RequestFailed."""
        place = f"HKEY_CURRENT_USER\\{RUN}\\{self._name}"
        try:
            starts = self._registry.get(RUN, self._name)
            approved = self._registry.get(APPROVED, self._name)
        except OSError as error:
            raise _failed(error) from error
        if not isinstance(starts, str):
            return AutostartState(is_on=False, place=place)
        if isinstance(approved, bytes) and approved[:1] and approved[0] & _SWITCHED_OFF:
            remark = _("It was switched off in the settings of Windows; only they can undo that.")
            return AutostartState(is_on=False, place=place, starts=starts, remark=remark)
        return state_of(
            place=place, program=_program(starts), starts=starts, expected=self._command
        )

    def enable(self) -> None:
        """Have Windows start the program; raises RequestFailed."""
        try:
            self._registry.set(RUN, self._name, self._command)
        except OSError as error:
            raise _failed(error) from error

    def disable(self) -> None:
        """Remove the entry; raises RequestFailed."""
        try:
            self._registry.delete(RUN, self._name)
        except OSError as error:
            raise _failed(error) from error


def _program(command: str) -> str:
    """Return the first word of a command line of Windows."""
    if command.startswith('"'):
        return command[1:].partition('"')[0]
    return command.partition(" ")[0]


def _failed(error: OSError) -> RequestFailed:
    return RequestFailed(
        title=_("The start at login cannot be changed"), detail=error.strerror or str(error)
    )


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """The registry of this machine."""

        def get(self, key: str, name: str) -> str | bytes | None:
            """Return a value, None where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _kind = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def set(self, key: str, name: str, value: str) -> None:
            """Store a text."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def delete(self, key: str, name: str) -> None:
            """Remove a value, silent where there is none."""
            try:
                with winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE
                ) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
