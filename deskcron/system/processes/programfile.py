"""Look a program up the way the kernel does and read what kind of file it is."""

from __future__ import annotations

import os
from collections.abc import Mapping

from deskcron.domain.shebang import Shebang, parsed_shebang

_BINARY_MAGICS = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_FIRST_LINE_LIMIT = 256


def find_program(name: str, directory: str | None, environment: Mapping[str, str]) -> str | None:
    """Return the path of a program; where none may be executed, of a file by that name.

    A name with a slash counts from `directory`, others are looked for in the child's PATH.
    """
    base = directory or os.curdir
    if "/" in name:
        path = os.path.join(base, name)  # noqa: PTH118 - as the kernel does it, not normalised
        return path if os.path.lexists(path) else None
    found = None
    for folder in os.get_exec_path(environment):
        path = os.path.join(base, folder, name)  # noqa: PTH118
        if os.path.isfile(path):  # noqa: PTH113
            if os.access(path, os.X_OK):
                return path
            found = found or path
    return found


def can_start(path: str, directory: str | None) -> bool:
    """Tell whether the kernel can start this file, and the interpreter that it names."""
    if not (os.path.isfile(path) and os.access(path, os.X_OK)):  # noqa: PTH113
        return False
    shebang = shebang_of(path)
    if shebang is None:
        return is_binary(path)
    interpreter = os.path.join(directory or os.curdir, shebang.interpreter)  # noqa: PTH118
    return os.access(interpreter, os.X_OK)


def shebang_of(path: str) -> Shebang | None:
    """Return what the first line of a script names, None where it names no interpreter."""
    return parsed_shebang(os.fsdecode(_head(path)))


def is_binary(path: str) -> bool:
    """Tell whether the file looks like machine code."""
    return _head(path).startswith(_BINARY_MAGICS)


def _head(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(_FIRST_LINE_LIMIT)
    except OSError:
        return b""
