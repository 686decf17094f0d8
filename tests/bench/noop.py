"""An action that does nothing, for what the engine costs around the work of a job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from deskcron.domain.action import Launch, ProcessLaunch, RunContext, Workspace
from deskcron.domain.errors import Problem
from deskcron.domain.ports import Exit, Process, ProcessIdentity


class Noop(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="noop"):
    """Ask for a program that `NoProcesses` ends before it has begun."""

    @property
    def starts_process(self) -> bool:
        """Tell that nothing is started."""
        return False

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the start of nothing, with the variables every program gets."""
        return ProcessLaunch(("noop",), None, run.environment())

    def problems(self) -> Sequence[Problem]:
        """Find none."""
        return ()

    def warnings(self) -> Sequence[str]:
        """Find none."""
        return ()

    def describe(self) -> str:
        """Say that nothing is done."""
        return "nothing"


class NoProcesses:
    """The Processes of a machine on which every program has ended with 0 at once."""

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Return a process that has ended."""
        return _Ended()

    def recorded(self, launch: ProcessLaunch, record: Path) -> ProcessLaunch:
        """Return the launch as it is."""
        return launch

    def adopt(self, identity: ProcessIdentity) -> Process | None:
        """Find nothing."""
        return None

    def holder_of(self, log: Path) -> ProcessIdentity | None:
        """Find nobody."""
        return None

    def boot_id(self) -> str:
        """Name a boot."""
        return "bench"


class _Ended:
    identity = ProcessIdentity(0, 0, "bench")

    def fileno(self) -> int:
        return -1

    def wait(self, timeout_s: float | None) -> Exit:
        return Exit(code=0)

    def terminate(self) -> None:
        return

    def kill(self) -> None:
        return

    def has_leftovers(self) -> bool:
        return False

    def close(self) -> None:
        return
