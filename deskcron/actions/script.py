"""Run a script, kept in the job or in a file, by an interpreter."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from deskcron.actions.shellline import missing_program
from deskcron.actions.surroundings import (
    directory_warnings,
    environment_problems,
    expanded,
    first_line,
    first_words,
    found_program,
    place_of,
    placed,
    secret_warnings,
    text_problems,
    where_looked,
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
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Reason, Why
from deskcron.domain.secret import names_in
from deskcron.domain.shebang import parsed_shebang
from deskcron.domain.texts import gettext as _

# Per name: programs to look for, the first found is taken; what goes before the file; its suffix
_POWERSHELL = ("-NoProfile", "-ExecutionPolicy", "Bypass", "-File")
_PYTHONS = ("py", "python") if os.name == "nt" else ("python3", "python")
_KNOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "sh": (("sh",) if os.name == "nt" else ("/bin/sh",), (), ".sh"),
    "bash": (("bash",), (), ".sh"),
    "python": (_PYTHONS, (), ".py"),
    "powershell": (("pwsh", "powershell"), _POWERSHELL, ".ps1"),
    "cmd": (("cmd",), ("/d", "/c"), ".cmd"),
}
_BY_SUFFIX = {".ps1": "powershell", ".cmd": "cmd", ".bat": "cmd", ".py": "python", ".sh": "sh"}


class Script(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="script"):
    """A script: its `text`, or the `file` it is in.

    `interpreter` is sh, bash, python, powershell, cmd or a program; empty, the script's first
    line says it, and a text without such a line is for the system's own shell.
    """

    text: str = ""
    file: str = ""
    interpreter: str = ""
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
        """Return the start of the interpreter with the script.

        Raises StartFailed when the script or its interpreter is missing, and when nothing says
        what runs the script.
        """
        place = self.place(run)
        own, base = place.environment, run.base
        file = self._script_file(own, base) if self.file else self._text_file(workspace)
        return ProcessLaunch(
            argv=(*self._command(file, own, base), *self.arguments),
            directory=place.directory,
            environment=own,
        )

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        return tuple(self._problems())

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the script from starting on this machine now, in words."""
        return tuple(self._warnings(lookup))

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets in its environment."""
        return names_in(self.environment.values())

    def describe(self) -> str:
        """Return the command for a file, the first line that does something for a text."""
        before = (self.interpreter,) if self.interpreter else ()
        if self.file:
            return shlex.join((*before, self.file, *self.arguments))
        return first_words(self.text) or self.interpreter or _("empty script")

    def _script_file(self, own: Mapping[str, str], base: Mapping[str, str]) -> Path:
        file = placed(self.file, self.directory, own, base)
        if not file.is_file():
            raise StartFailed(Why(Reason.SCRIPT_MISSING, {"path": str(file)}))
        return file

    def _text_file(self, workspace: Workspace) -> Path:
        name = self._interpreter_of_text()
        suffix = _KNOWN[name][2] if name in _KNOWN else ".script"
        text = self.text.replace("\r\n", "\n")  # a shell takes a carriage return for a word
        try:
            return workspace.script_file(text, suffix)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartFailed(Why(Reason.START_FAILED, {"error": reason})) from error

    def _interpreter_of_text(self) -> str:
        if self.interpreter or self.text.startswith("#!"):
            return self.interpreter
        return "cmd" if os.name == "nt" else "sh"

    def _command(
        self, file: Path, own: Mapping[str, str], base: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Return the program with the script, as far as the script's own arguments."""
        name = self.interpreter if self.file else self._interpreter_of_text()
        if not name and os.name == "nt":
            name = _BY_SUFFIX.get(file.suffix.lower(), "")
        if name in _KNOWN:
            programs, options, _suffix = _KNOWN[name]
            return (self._first_found(programs, own, base), *options, str(file))
        if name:
            return (self._first_found((expanded(name, own, base),), own, base), str(file))
        if self.file and os.access(file, os.X_OK):
            return (str(file),)
        # Not the kernel starts it, so the line ends of Windows need not break it.
        shebang = parsed_shebang(first_line(file).rstrip("\r\n"))
        if shebang is None:
            raise StartFailed(Why(Reason.NOT_A_PROGRAM, {"path": str(file)}))
        interpreter = self._first_found((shebang.interpreter,), own, base)
        return (interpreter, *shebang.arguments, str(file))

    def _first_found(
        self, programs: Sequence[str], own: Mapping[str, str], base: Mapping[str, str]
    ) -> str:
        for program in programs:
            if found_program(program, self.directory, own, base):
                return program
        raise StartFailed(Why(Reason.INTERPRETER_MISSING, {"path": programs[0]}))

    def _problems(self) -> Iterator[Problem]:
        if self.text and self.file:
            yield Problem("file", _("Give either the text of a script or its file, not both."))
        elif not self.text.strip() and not self.file.strip():
            yield Problem("text", _("Write the script, or name its file."))
        if not self.file and self.text.startswith("#!") and not self.interpreter:
            first = self.text.splitlines()[0]
            if parsed_shebang(first) is None:
                yield Problem("text", _("The first line “#!” does not name an interpreter."))
        yield from text_problems(
            [
                ("text", self.text),
                ("file", self.file),
                ("interpreter", self.interpreter),
                *(("arguments", argument) for argument in self.arguments),
                ("directory", self.directory),
            ]
        )
        yield from environment_problems(self.environment)

    def _warnings(self, lookup: Lookup) -> Iterator[str]:
        own, base = self.environment, lookup.environment
        yield from directory_warnings(self.directory, own, lookup)
        yield from secret_warnings(self.arguments)
        try:
            file = self._script_file(own, base) if self.file else None
            if file:
                self._command(file, own, base)
            else:
                self._check_text(own, base)
        except StartFailed as failure:
            missing = str(failure.why.args.get("path", ""))
            yield _warning(failure.why) + where_looked(missing, self.environment, lookup)
        else:
            if not self.file and self._interpreter_of_text() in {"sh", "bash"}:
                yield from missing_program(self.text, self.directory, own, lookup)

    def _check_text(self, own: Mapping[str, str], base: Mapping[str, str]) -> None:
        name = self._interpreter_of_text()
        if name:
            programs = _KNOWN[name][0] if name in _KNOWN else (expanded(name, own, base),)
            self._first_found(programs, own, base)
            return
        shebang = parsed_shebang(self.text.splitlines()[0])
        if shebang is not None:
            self._first_found((shebang.interpreter,), own, base)


def _warning(why: Why) -> str:
    path = why.args.get("path", "")
    if why.code is Reason.SCRIPT_MISSING:
        return _("There is no script {path}.").format(path=path)
    if why.code is Reason.INTERPRETER_MISSING:
        return _("The interpreter “{path}” is not installed.").format(path=path)
    return _(
        "Nothing says what runs {path}: choose an interpreter, or begin it with a line like "
        "“#!/bin/sh”."
    ).format(path=path)
