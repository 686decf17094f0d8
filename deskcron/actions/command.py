"""Run a program with arguments, without a shell."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from deskcron.actions.surroundings import (
    directory_warnings,
    environment_problems,
    expanded,
    first_line,
    found_program,
    place_of,
    secret_warnings,
    text_problems,
    where_looked,
)
from deskcron.domain.action import ANYWHERE, Launch, Place, ProcessLaunch, RunContext, Workspace
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.secret import names_in
from deskcron.domain.shebang import parsed_shebang
from deskcron.domain.texts import gettext as _


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="command"):
    """A program and its arguments, each passed on exactly as it is written.

    In `program` a leading ~ and in `directory` also $VARIABLES are replaced, as the program finds
    them; without a directory it starts in the person's home.
    """

    program: str
    arguments: tuple[str, ...] = ()
    directory: str = ""
    environment: dict[str, str] = {}

    @property
    def starts_process(self) -> bool:
        """Tell that it starts a process."""
        return True

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find."""
        return place_of(run, self.directory, self.environment)

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the program's start."""
        del workspace
        place = self.place(run)
        return ProcessLaunch(
            argv=(_program(self.program, place.environment, run.base), *self.arguments),
            directory=place.directory,
            environment=place.environment,
        )

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        return tuple(self._problems())

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the program from starting on this machine now, in words."""
        return tuple(self._warnings(lookup))

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets in its environment."""
        return names_in(self.environment.values())

    def describe(self) -> str:
        """Return the exact command, quoted as a shell would need it."""
        return shlex.join((self.program, *self.arguments))

    def _problems(self) -> Iterator[Problem]:
        if not self.program.strip():
            yield Problem("program", _("Name the program to run."))
        yield from text_problems(
            [
                ("program", self.program),
                *(("arguments", argument) for argument in self.arguments),
                ("directory", self.directory),
            ]
        )
        yield from environment_problems(self.environment)

    def _warnings(self, lookup: Lookup) -> Iterator[str]:
        own, base = self.environment, lookup.environment
        yield from directory_warnings(self.directory, own, lookup)
        yield from secret_warnings(self.arguments)
        program = _program(self.program, own, base)
        path = found_program(program, self.directory, own, base)
        if path is None:
            yield _missing(self.program, program) + where_looked(program, self.environment, lookup)
        elif path.is_dir():
            yield _("{path} is a folder, not a program.").format(path=path)
        elif not os.access(path, os.X_OK):
            yield _(
                "{path} is not executable. Make it so with “chmod +x”, or run it as a script."
            ).format(path=path)
        elif os.name == "posix":
            yield from _script_warnings(path)


def _program(text: str, own: Mapping[str, str], base: Mapping[str, str]) -> str:
    return expanded(text, own, base) if text.startswith("~") else text


def _missing(program: str, path: str) -> str:
    if " " in program.strip() and not Path(path).exists():
        return _("There is no program “{program}”. Arguments go into a field of their own.").format(
            program=program
        )
    return _("There is no program “{program}”.").format(program=program)


def _script_warnings(path: Path) -> Iterator[str]:
    shebang = parsed_shebang(first_line(path))
    if shebang is not None:
        if not Path(shebang.interpreter).exists():
            yield _("The interpreter {interpreter} of {path} does not exist.").format(
                interpreter=shebang.shown_interpreter, path=path
            )
        return
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError:
        return
    if b"\0" not in head:  # text, not machine code
        yield _("{path} has no first line like “#!/bin/sh” that says what runs it.").format(
            path=path
        )
