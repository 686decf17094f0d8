"""The file that a login entry is: written whole, removed, its failures in words."""

from __future__ import annotations

import os
from pathlib import Path

from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.system.ownprogram import is_there


def write(path: Path, data: bytes) -> None:
    """Put a file in place, whole or not at all; raises RequestFailed."""
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise _failed(error, path) from error


def remove(path: Path) -> None:
    """Remove a file, silent where there is none; raises RequestFailed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(error, path) from error


def read(path: Path) -> bytes | None:
    """Return the content of a file, None where there is none; raises RequestFailed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(error, path) from error


def state_of(*, place: str, program: str, starts: str, expected: str) -> AutostartState:
    """Return the state of an entry that is set, by what it starts and what it should."""
    if not is_there(program):
        remark = _("It starts {program}, which is no longer there.").format(program=program)
        return AutostartState(is_on=True, place=place, starts=starts, is_stale=True, remark=remark)
    remark = "" if starts == expected else _("It starts another deskcron than this one.")
    return AutostartState(is_on=True, place=place, starts=starts, remark=remark)


def _failed(error: OSError, path: Path) -> RequestFailed:
    return RequestFailed(
        title=_("The start at login cannot be changed"),
        detail=f"{os.fspath(path)}: {error.strerror or error}",
        hint=_("Check who owns the file and its folder."),
    )
