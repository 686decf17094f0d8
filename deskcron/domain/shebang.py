"""The first line of a script that names its interpreter, taken apart as the kernel does it."""

from __future__ import annotations

import re
from typing import NamedTuple

# A carriage return is no white space to the kernel: it becomes part of the last word.
_FIRST_LINE = re.compile(r"#![ \t]*(?P<interpreter>[^ \t\n\0]+)[ \t]*(?P<argument>[^\n\0]*)")


class Shebang(NamedTuple):
    """An interpreter and what it is given before the script; `arguments` has at most one."""

    interpreter: str
    arguments: tuple[str, ...] = ()

    @property
    def shown_interpreter(self) -> str:
        r"""The interpreter for people to read: a carriage return, which breaks it, as \r."""
        return self.interpreter.replace("\r", r"\r")


def parsed_shebang(text: str) -> Shebang | None:
    """Return what the first line of a text names, None where it names no interpreter."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None
    argument = found["argument"].rstrip(" \t")
    return Shebang(found["interpreter"], (argument,) if argument else ())
