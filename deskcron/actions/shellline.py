"""Say what a plain line for the shell begins with, where that is a program that is not there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from deskcron.actions.surroundings import found_program, telling_lines, where_looked
from deskcron.domain.action import Place
from deskcron.domain.concealing import masked_text
from deskcron.domain.environment import Lookup
from deskcron.domain.texts import gettext as _

_FIRST_WORD = re.compile(r"\s*([\w./~+:@-]+)(?=\s|$|[|;&<>])")  # no quotes, no $, no A=1
_OF_THE_SHELL = frozenset({
    ".", ":", "alias", "bg", "break", "builtin", "caller", "case", "cd", "command", "compgen",
    "complete", "continue", "coproc", "declare", "dirs", "disown", "do", "done", "echo",
    "elif", "else", "enable", "esac", "eval", "exec", "exit", "export", "false", "fc", "fg",
    "fi", "for", "function", "getopts", "hash", "help", "history", "if", "in", "jobs", "kill",
    "let", "local", "logout", "mapfile", "popd", "printf", "pushd", "pwd", "read", "readarray",
    "readonly", "return", "select", "set", "shift", "shopt", "source", "suspend", "test",
    "then", "time", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias",
    "unset", "until", "wait", "while",
})  # fmt: skip


def missing_program(
    text: str, directory: str, own: Mapping[str, str], lookup: Lookup
) -> Iterator[str]:
    """Yield that the program is missing which the single line of a text for sh begins with."""
    lines = telling_lines(text)
    word = _FIRST_WORD.match(lines[0]) if os.name == "posix" and len(lines) == 1 else None
    if word is None or word[1] in _OF_THE_SHELL:
        return
    if found_program(word[1], directory, own, lookup.environment) is None:
        told = _("There is no program “{program}”.").format(program=word[1])
        yield told + where_looked(word[1], own, lookup)


def check_warnings(command: str, place: Place, lookup: Lookup) -> Iterator[str]:
    """Yield why the command of a check cannot succeed where its job starts."""
    for why in missing_program(command, place.directory or "", place.environment, lookup):
        text = _("The check “{command}” cannot succeed. {why}")
        yield text.format(command=masked_text(command), why=why)
