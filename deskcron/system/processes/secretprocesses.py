"""Give a child process its secrets, and keep them out of what it writes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Process, Processes, ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.secret import Keyring, KeyringClosed, filled, names_in
from deskcron.system.ownprogram import own_command
from deskcron.system.processes.diagnosis import hopeless
from deskcron.system.processes.masked import masked
from deskcron.system.session import snapshot

_OURS, _FOR_OURS = "DESKCRON_", "DESKCRON_SECRET_"
"""What tells of the run: the name of a job or a file may look like a reference; and what gives
secrets to a program of ours."""


class SecretProcesses:
    """The Processes of the machine for launches whose environment refers to secrets.

    A value is in the environment of the child and nowhere else; a launch without references costs
    nothing. All children get `environment`. Thread: any.
    """

    def __init__(
        self, processes: Processes, keyring: Keyring, environment: Mapping[str, str]
    ) -> None:
        self._processes = processes
        self._keyring = keyring
        self._environment = environment

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Start a program with the secrets it is to have.

        Raises StartFailed where one is missing or cannot be read, and with what `start` raises.
        """
        values = self._values(launch.environment)
        if values:
            launch = self._with(values, launch, is_apart=error_fd is not None)
        return self._processes.start(launch, output_fd, error_fd)

    def recorded(self, launch: ProcessLaunch, record: Path) -> ProcessLaunch:
        """Wrap a launch so that its start and exit code are written to `record`."""
        return self._processes.recorded(launch, record)

    def adopt(self, identity: ProcessIdentity) -> Process | None:
        """Return the process if it still runs on this boot, else None."""
        return self._processes.adopt(identity)

    def holder_of(self, log: Path) -> ProcessIdentity | None:
        """Find the session leader that writes to `log`, None where none does."""
        return self._processes.holder_of(log)

    def boot_id(self) -> str:
        """Name the present boot of the machine."""
        return self._processes.boot_id()

    def _values(self, environment: Mapping[str, str]) -> Mapping[str, str]:
        wanted = names_in(text for name, text in environment.items() if _may_refer(name))
        return {name: self._value(name) for name in wanted}

    def _with(
        self, values: Mapping[str, str], launch: ProcessLaunch, *, is_apart: bool
    ) -> ProcessLaunch:
        """Return the launch with the secrets, under a process that masks them where it must.

        Raises StartFailed for one that cannot succeed: that process would hide its own reason.
        """
        own = snapshot(self._environment)
        if not launch.masks_itself and (why := _hopeless(launch, launch.over(own))):
            raise StartFailed(why)
        environment = {
            name: filled(text, values) if _may_refer(name) else text
            for name, text in launch.environment.items()
        }
        launch = launch._replace(environment=environment)
        if launch.masks_itself:
            return launch
        return masked(launch, own, values, own_command, is_apart=is_apart)

    def _value(self, name: str) -> str:
        try:
            value = self._keyring.get(name)
        except KeyringClosed as error:
            args = {"name": name, "error": error.detail}
            raise StartFailed(Why(Reason.SECRET_UNREADABLE, args)) from error
        if value is None:
            raise StartFailed(Why(Reason.SECRET_MISSING, {"name": name}))
        return value


def _may_refer(name: str) -> bool:
    """Tell whether a variable is the job's own."""
    return not name.startswith(_OURS) or name.startswith(_FOR_OURS)


def _hopeless(launch: ProcessLaunch, environment: Mapping[str, str]) -> Why | None:
    """Return why a program cannot start; Windows finds programs by rules of its own."""
    return hopeless(launch, environment) if os.name == "posix" else None
