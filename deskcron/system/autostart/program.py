"""What is to be started at login: this very installation, on this very data directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from deskcron.system.ownprogram import own_command

_KEPT = ("DESKCRON_HOME",)
"""What the session at login would not know by itself."""


class Program(NamedTuple):
    """A command with the variables it needs; the first word is an absolute path."""

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Return the file that is started."""
        return self.command[0]

    def with_arguments(self, *arguments: str) -> Program:
        """Return the same program with arguments added."""
        return self._replace(command=(*self.command, *arguments))


def this_program(environ: Mapping[str, str]) -> Program:
    """Return how the running deskcron is started again."""
    kept = tuple((name, environ[name]) for name in _KEPT if environ.get(name))
    return Program(own_command(environ=environ), kept)
