"""Write jobs to a file and read them from one, on a worker, with failures in words."""

from __future__ import annotations

from pathlib import Path

from deskcron.domain.answers import Imported
from deskcron.domain.errors import BadInput, RequestFailed
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.system.privatefile import write_private


def export_to(facade: Facade, path: Path) -> None:
    """Write all jobs to a file that only its owner can read; raises RequestFailed."""
    try:
        write_private(path, facade.transfer.export())
    except OSError as error:
        raise RequestFailed(
            title=_("The jobs were not exported"),
            detail=f"{path}: {error.strerror or error}",
            hint=_("Choose another place."),
        ) from error


def content_of(path: Path) -> bytes:
    """Return the content of a file; raises BadInput."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            title=_("The file cannot be read"),
            detail=f"{path}: {error.strerror or error}",
            hint=_("Choose another file."),
        ) from error


def looked_into(facade: Facade, path: Path) -> tuple[bytes, Imported]:
    """Return the content of a file and what it would bring; raises BadInput."""
    data = content_of(path)
    return data, facade.transfer.import_(data, dry_run=True)
