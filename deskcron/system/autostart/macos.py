"""Start at login by a launch agent of macOS."""

from __future__ import annotations

import plistlib
import shlex
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.system.autostart.entry import read, remove, state_of, write
from deskcron.system.autostart.program import Program


class LaunchAgent:
    """The Autostart of a macOS session; `library` is the person's Library directory.

    Without KeepAlive, which would start deskcron again when it is quit.
    """

    def __init__(self, library: Path, label: str, program: Program) -> None:
        self._path = library / "LaunchAgents" / f"{label}.plist"
        self._label = label
        self._program = program

    def state(self) -> AutostartState:
        """Return what stands in the agent's file; raises RequestFailed."""
        place = str(self._path)
        content = read(self._path)
        if content is None:
            return AutostartState(is_on=False, place=place)
        command = _command(content)
        if not command:
            remark = _("The file that stands there cannot be understood.")
            return AutostartState(is_on=False, place=place, remark=remark)
        return state_of(
            place=place,
            program=command[0],
            starts=shlex.join(command),
            expected=shlex.join(self._program.command),
        )

    def enable(self) -> None:
        """Write the agent; it counts from the next login. Raises RequestFailed."""
        agent = {
            "Label": self._label,
            "ProgramArguments": list(self._program.command),
            "EnvironmentVariables": dict(self._program.environment),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        write(self._path, plistlib.dumps(agent))

    def disable(self) -> None:
        """Remove the agent; raises RequestFailed."""
        remove(self._path)


def _command(content: bytes) -> list[str]:
    try:
        agent: Any = plistlib.loads(content)  # whatever stands in the file
        return [str(word) for word in agent["ProgramArguments"]]
    except (ExpatError, plistlib.InvalidFileException, ValueError, TypeError, KeyError):
        return []
