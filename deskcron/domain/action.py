"""What: the contract of an action and the three forms in which it asks to be performed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Why

ANYWHERE = Lookup()
"""Programs are looked for as this process finds them."""


class Urgency(StrEnum):
    """How much a reminder may insist."""

    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "critical"


class RunContext(NamedTuple):
    """What an action is told about the run it is performed for.

    `base` is the environment its additions come on top of, in which programs are looked for;
    empty, that of this process.
    """

    run_id: int
    job_name: str
    cause: str
    scheduled_at: datetime | None
    attempt: int
    origin: Mapping[str, str] = MappingProxyType({})
    base: Mapping[str, str] = MappingProxyType({})

    def environment(self) -> dict[str, str]:
        """Return the DESKCRON_ variables of the run; the due time is ISO 8601 in UTC.

        What the run came from is among them, such as DESKCRON_FILE.
        """
        return {
            **{f"DESKCRON_{name.upper()}": text for name, text in self.origin.items()},
            "DESKCRON_JOB": self.job_name,
            "DESKCRON_RUN_ID": str(self.run_id),
            "DESKCRON_CAUSE": self.cause,
            "DESKCRON_SCHEDULED_AT": self.scheduled_at.isoformat() if self.scheduled_at else "",
            "DESKCRON_ATTEMPT": str(self.attempt),
        }


class Place(NamedTuple):
    """Where a program of a job starts and what is added to the environment it finds.

    `base` is what the additions come on top of, None for the environment all children get.
    """

    directory: str | None = None
    environment: Mapping[str, str] = MappingProxyType({})
    base: Mapping[str, str] | None = None


class ProcessLaunch(NamedTuple):
    """Run a program: arguments without a shell, additions to the environment.

    `waits` false means launched and not waited for: the run ends when the program has started.
    `base` is what the additions come on top of, None for the environment all children get.
    """

    argv: tuple[str, ...]
    directory: str | None
    environment: Mapping[str, str]
    waits: bool = True
    nice: int = 0
    """How far it and all it starts give way at the processor, up to 19."""
    is_io_idle: bool = False
    """Whether they use the disk only when nobody else does."""
    base: Mapping[str, str] | None = None
    masks_itself: bool = False
    """Whether it keeps the secrets it gets out of its output by itself."""

    def over(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return the whole environment, where all children get `own`."""
        return {**(own if self.base is None else self.base), **self.environment}


class Presentation(NamedTuple):
    """Show a message to the person; the run ends when it is in the inbox."""

    title: str
    text: str
    urgency: Urgency


Launch = ProcessLaunch | Presentation


class StartFailed(Exception):
    """An action cannot be started; `why` says the reason by code and parameters."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.code)
        self.why = why


class Workspace(Protocol):
    """What an action finds on the machine for the program that it starts."""

    def script_file(self, text: str, suffix: str) -> Path:
        """Return a private file (0600) with exactly this text; the same text, the same file."""

    def own_command(self, *arguments: str) -> tuple[str, ...]:
        """Return the command that starts this very deskcron with these arguments.

        `perform WHAT PLAN` is what an action of ours gives, with a file that it wrote.
        """

    def shipped_script(self, name: str) -> Path:
        """Return the file of a script that comes with deskcron."""

    def own_folder(self) -> Path:
        """Return the folder of deskcron's own data."""

    def journals(self) -> Path:
        """Return the folder in which programs of ours write down what they do to files."""


class Action(Protocol):
    """How a job is performed. Implementations are frozen msgspec structs, one kind a file."""

    @property
    def starts_process(self) -> bool:
        """Tell whether performing it starts a process, which needs room and leaves evidence."""

    def place(self, run: RunContext) -> Place:
        """Say where programs of this run start and what they find, also those before its own."""

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Say how to perform the action for this run.

        Raises StartFailed where that is known before trying.
        """

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the action from starting on this machine now, in words."""

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets without which it cannot be started."""

    def describe(self) -> str:
        """Put the action into one line: the exact command, the reminder's text, the target."""


class UnknownAction(NamedTuple):
    """Keep an action of a kind this version does not know; it cannot be performed."""

    kind: str
    raw: Mapping[str, Any]
