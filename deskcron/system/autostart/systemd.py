"""Start the engine without a screen at login, by a unit of the person's systemd."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.system.autostart.entry import read, remove, state_of, write
from deskcron.system.autostart.program import Program
from deskcron.system.environment import base_environment

UNIT = "deskcron.service"
ANSWER_S = 10.0

Command = Callable[[Sequence[str]], str]
"""Run a command and return "" or, where it failed, what it said."""


class UserUnit:
    """The Autostart of the engine; `config` is the person's XDG_CONFIG_HOME.

    Jobs go on when the unit stops: the next engine adopts them.
    """

    def __init__(self, config: Path, program: Program, command: Command) -> None:
        directory = config / "systemd" / "user"
        self._path = directory / UNIT
        self._wanted = directory / "default.target.wants" / UNIT
        self._program = program
        self._command = command

    def state(self) -> AutostartState:
        """Return what systemd will do at the next login; raises RequestFailed."""
        place = str(self._path)
        content = read(self._path)
        if content is None:
            return AutostartState(is_on=False, place=place)
        lines = content.decode("utf-8", "replace").splitlines()
        keys = dict(line.split("=", 1) for line in lines if "=" in line)
        starts = keys.get("ExecStart", "")
        if not self._wanted.is_symlink():
            remark = _("The unit is not enabled. Enable it: systemctl --user enable {unit}")
            return AutostartState(
                is_on=False, place=place, starts=starts, remark=remark.format(unit=UNIT)
            )
        program = keys.get("ConditionFileIsExecutable", self._program.path).replace("%%", "%")
        return state_of(
            place=place, program=program, starts=starts, expected=exec_start(self._program)
        )

    def enable(self) -> None:
        """Write the unit and have systemd enable it; raises RequestFailed."""
        write(self._path, self._text().encode())
        answer = self._command(("systemctl", "--user", "enable", UNIT))
        if answer:
            raise RequestFailed(
                title=_("systemd did not enable the unit"),
                detail=answer,
                hint=_(
                    "The unit {path} is written. Enable it in your session: "
                    "systemctl --user enable --now {unit}"
                ).format(path=self._path, unit=UNIT),
            )

    def disable(self) -> None:
        """Disable and remove the unit; an engine that runs goes on. Raises RequestFailed."""
        self._command(("systemctl", "--user", "disable", UNIT))
        remove(self._wanted)
        remove(self._path)
        self._command(("systemctl", "--user", "daemon-reload"))

    def _text(self) -> str:
        environment = "".join(
            f"Environment={_quoted(f'{name}={value}')}\n"
            for name, value in self._program.environment
        )
        return (
            "[Unit]\n"
            "Description=deskcron, the engine without a screen\n"
            f"ConditionFileIsExecutable={self._program.path.replace('%', '%%')}\n"
            "\n"
            "[Service]\n"
            f"ExecStart={exec_start(self._program)}\n"
            f"{environment}"
            "# Jobs that are running go on; the next engine watches them.\n"
            "KillMode=process\n"
            "# While a window is the engine this one ends, and tries again.\n"
            "Restart=on-failure\n"
            "RestartSec=10\n"
            "\n"
            "[Install]\n"
            "WantedBy=default.target\n"
        )


def exec_start(program: Program) -> str:
    """Return a command as the value of ExecStart; the colon keeps $ from being replaced."""
    return ":" + " ".join(_quoted(word) for word in program.command)


def run_command(words: Sequence[str]) -> str:
    """Run a command; return "" or, where it failed, why."""
    environ = {**base_environment(os.environ), "LC_ALL": "C.UTF-8"}
    try:
        ended = subprocess.run(
            words,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=ANSWER_S,
        )
    except subprocess.TimeoutExpired:
        return _("{program} does not answer").format(program=words[0])
    except OSError as error:
        return f"{words[0]}: {error.strerror or error}"
    if ended.returncode == 0:
        return ""
    said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else _("exit code {code}").format(code=ended.returncode)


def _quoted(word: str) -> str:
    kept = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{kept}"'
