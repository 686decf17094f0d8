"""Give a child process its secrets: values take the place of references as it starts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deskcron.domain.action import ProcessLaunch, RunContext, StartFailed
from deskcron.domain.ports import Process, Processes, ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.secret import Keyring, KeyringClosed, filled, names_in

_TOLD = frozenset(RunContext(0, "", "", None, 1).environment())
"""What tells of the run; a job's name may look like a reference."""


class SecretProcesses:
    """The Processes of the machine for launches whose environment refers to secrets.

    A value is in the environment of the child and nowhere else. Thread: any.
    """

    def __init__(self, processes: Processes, keyring: Keyring) -> None:
        self._processes = processes
        self._keyring = keyring

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Start a program with the secrets it is to have.

        Raises StartFailed where one is missing or cannot be read, and with what `start` raises.
        """
        environment = self._filled(launch.environment)
        return self._processes.start(launch._replace(environment=environment), output_fd, error_fd)

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

    def _filled(self, environment: Mapping[str, str]) -> Mapping[str, str]:
        own = {name: value for name, value in environment.items() if name not in _TOLD}
        wanted = names_in(own.values())
        if not wanted:
            return environment
        values = {name: self._value(name) for name in wanted}
        return {**environment, **{name: filled(text, values) for name, text in own.items()}}

    def _value(self, name: str) -> str:
        try:
            value = self._keyring.get(name)
        except KeyringClosed as error:
            args = {"name": name, "error": error.detail}
            raise StartFailed(Why(Reason.SECRET_UNREADABLE, args)) from error
        if value is None:
            raise StartFailed(Why(Reason.SECRET_MISSING, {"name": name}))
        return value
