"""Take paths as they are meant here and now, whatever directory the engine runs in."""

from __future__ import annotations

from pathlib import Path

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _


def absolute(path: str) -> str:
    """Return the whole path; raises BadInput where there is none."""
    if not path.strip():
        raise BadInput(
            title=_("A path is missing"),
            detail=_("what was given is empty"),
            hint=_("Write the whole path."),
        )
    try:
        return str(Path(path).expanduser().absolute())
    except (OSError, RuntimeError) as error:
        raise BadInput(
            title=_("'{path}' cannot be found").format(path=path),
            detail=str(error),
            hint=_("Write the whole path."),
        ) from error


def found(path: str) -> str:
    """Return a relative path that exists here as an absolute one; anything else as it is."""
    try:
        return absolute(path) if path and Path(path).exists() else path
    except (OSError, ValueError):
        return path
