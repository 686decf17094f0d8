"""Do something with the file a run's output is in: open it in an editor, save a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from deskcron.domain.errors import NotFound, RequestFailed
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext


def open_log(context: PageContext, owner: QObject, run_id: int, attempt: int | None = None) -> None:
    """Open the output of a run, or of an attempt, in the program that the system has for text."""

    def opened(path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            context.signals.say.emit(_("No program opened the log {path}").format(path=path))

    context.bridge.ask(owner, lambda facade: _existing_log(facade, run_id, attempt), opened)


def save_log(
    context: PageContext, owner: QObject, run_id: int, target: Path, attempt: int | None = None
) -> None:
    """Copy the output of a run, or of an attempt, and say so."""

    def copy(facade: Facade) -> Path:
        source = _existing_log(facade, run_id, attempt)
        try:
            shutil.copyfile(source, target)
        except OSError as error:
            raise RequestFailed(
                title=_("The output was not saved"),
                detail=error.strerror or str(error),
                hint=_("Choose another place."),
            ) from error
        return target

    context.bridge.ask(
        owner, copy, lambda path: context.signals.say.emit(_("Saved to {path}").format(path=path))
    )


def _existing_log(facade: Facade, run_id: int, attempt: int | None) -> Path:
    path = facade.history.log_path(run_id, attempt)
    if not path.exists():
        raise NotFound(
            title=_("Run {run_id} has no log").format(run_id=run_id),
            detail=_("it printed nothing, or its output is no longer kept"),
        )
    return path
