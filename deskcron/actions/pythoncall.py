"""Call a Python function, or run Python code, in an interpreter of the person's choice."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from deskcron.actions.surroundings import (
    directory_warnings,
    environment_problems,
    expanded,
    first_words,
    found_program,
    place_of,
    placed,
    text_problems,
    where_looked,
    working_directory,
)
from deskcron.domain.action import (
    ANYWHERE,
    Launch,
    Place,
    ProcessLaunch,
    RunContext,
    StartFailed,
    Workspace,
)
from deskcron.domain.environment import Lacks, Lookup, PythonTarget
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Reason, Why
from deskcron.domain.secret import names_in
from deskcron.domain.texts import gettext as _

_RUNNER = "call_python.py"
_PYTHONS = ("py", "python") if os.name == "nt" else ("python3", "python")
_IN_ENVIRONMENT = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
_IS_PYTHON = re.compile(r"(python|pypy|py)[0-9.]*w?(\.exe)?", re.IGNORECASE)
"""What may be asked for a function: anything else might do something with the question."""
_TARGET = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


class PythonCall(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="python"):
    """A function as `target` "module:function", or code as `text`.

    `interpreter` is a Python or the folder of a virtual environment; empty, the one on the PATH.
    Modules are looked for in the directory first. `arguments` of the function are JSON: an array,
    or an object for arguments by name.
    """

    target: str = ""
    text: str = ""
    interpreter: str = ""
    arguments: str = ""
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
        """Return the start of the interpreter; raises StartFailed where there is none."""
        place = self.place(run)
        own, base = place.environment, run.base
        python, runner = self._python(own, base), str(workspace.shipped_script(_RUNNER))
        if self.target:
            told = (self.target, *filter(None, [self.arguments.strip()]))
        else:
            told = (str(self._text_file(workspace)),)
        return ProcessLaunch(
            argv=(python, runner, *told),
            directory=place.directory,
            environment=own,
        )

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        return tuple(self._problems())

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the call from starting on this machine now, in words."""
        return tuple(self._warnings(lookup))

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets in its environment."""
        return names_in(self.environment.values())

    def describe(self) -> str:
        """Return the call as Python has it, or the first line that does something."""
        if not self.target:
            return first_words(self.text) or _("empty script")
        return f"{self.target}({_as_written(self.arguments)})"

    def _python(self, own: Mapping[str, str], base: Mapping[str, str]) -> str:
        """Return the program; of several names the first that is there."""
        if not self.interpreter:
            for name in _PYTHONS:
                if found_program(name, self.directory, own, base):
                    return name
            raise StartFailed(Why(Reason.INTERPRETER_MISSING, {"path": _PYTHONS[0]}))
        named = expanded(self.interpreter, own, base)
        folder = placed(self.interpreter, self.directory, own, base)
        if folder.is_dir():
            named = str(folder.joinpath(*_IN_ENVIRONMENT))
        if found_program(named, self.directory, own, base) is None:
            raise StartFailed(Why(Reason.INTERPRETER_MISSING, {"path": named}))
        return named

    def _text_file(self, workspace: Workspace) -> Path:
        try:
            return workspace.script_file(self.text.replace("\r\n", "\n"), ".py").absolute()
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartFailed(Why(Reason.START_FAILED, {"error": reason})) from error

    def _problems(self) -> Iterator[Problem]:
        if self.target and self.text:
            yield Problem("text", _("Give either a function to call or code, not both."))
        elif self.target:
            if not _TARGET.fullmatch(self.target):
                text = _("Write the function as “module:function”.")
                yield Problem("target", text)
        elif not self.text.strip():
            yield Problem("target", _("Name the function to call, or write the code."))
        yield from self._argument_problems()
        yield from text_problems(
            [
                ("text", self.text),
                ("interpreter", self.interpreter),
                ("directory", self.directory),
            ]
        )
        yield from environment_problems(self.environment)

    def _argument_problems(self) -> Iterator[Problem]:
        if not self.arguments.strip():
            return
        if not self.target:
            yield Problem("arguments", _("Only a function has arguments."))
            return
        try:
            given = json.loads(self.arguments)
        except ValueError as error:
            text = _('This is not JSON: {error}. Write arguments like [1, "two"].')
            yield Problem("arguments", text.format(error=error))
            return
        if not isinstance(given, list | dict):
            text = _('Arguments are a list like [1, "two"], or {{"name": 1}} by name.')
            yield Problem("arguments", text.format())

    def _warnings(self, lookup: Lookup) -> Iterator[str]:
        of_folder = tuple(directory_warnings(self.directory, self.environment, lookup))
        yield from of_folder
        try:
            python = self._python(self.environment, lookup.environment)
        except StartFailed as failure:
            path = str(failure.why.args.get("path", ""))
            text = _("There is no Python “{path}”.").format(path=path)
            yield text + where_looked(path, self.environment, lookup)
            return
        if _TARGET.fullmatch(self.target) and _IS_PYTHON.fullmatch(Path(python).name):
            yield from () if of_folder else self._target_warnings(python, lookup)

    def _target_warnings(self, python: str, lookup: Lookup) -> Iterator[str]:
        """Yield what the interpreter does not find of the function."""
        own, base = self.environment, lookup.environment
        folder = working_directory(self.directory, own, base)
        lacks = lookup.lacks(PythonTarget(python, self.target, folder, own, base or None))
        module, _colon, function = self.target.partition(":")
        if lacks is Lacks.MODULE:
            text = _("{python} finds no module “{module}”. It is looked for in {folder} first.")
            yield text.format(python=python, module=module, folder=folder)
        elif lacks is Lacks.FUNCTION:
            text = _("The module “{module}” has no “{function}”.")
            yield text.format(module=module, function=function)


def _as_written(arguments: str) -> str:
    """Return JSON arguments as they would stand in a call."""
    if not arguments.strip():
        return ""
    try:
        given = json.loads(arguments)
    except ValueError:
        return "…"
    if isinstance(given, dict):
        return ", ".join(f"{name}={value!r}" for name, value in given.items())
    return ", ".join(map(repr, given)) if isinstance(given, list) else "…"
