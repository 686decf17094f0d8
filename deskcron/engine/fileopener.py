"""Open a file for a person where there is no window to show it in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from deskcron.domain.action import Action, ProcessLaunch, RunContext, StartFailed, Workspace
from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import Processes
from deskcron.domain.reasonwords import reason_words
from deskcron.domain.run import Cause
from deskcron.domain.texts import gettext as _


class FileOpener:
    """Open files as a job does that opens something; `action` makes such an action of a URI."""

    def __init__(
        self, action: Callable[[str], Action], processes: Processes, workspace: Workspace
    ) -> None:
        self._action = action
        self._processes = processes
        self._workspace = workspace

    def open(self, path: Path) -> None:
        """Start the program for a file and leave it alone; raises RequestFailed."""
        context = RunContext(0, "", Cause.MANUAL, None, 1)
        try:
            launch = self._action(path.as_uri()).prepare(context, self._workspace)
            if isinstance(launch, ProcessLaunch):
                self._start(launch)
        except StartFailed as failure:
            raise _not_opened(path, reason_words(failure.why.code, failure.why.args)) from failure
        except OSError as error:
            raise _not_opened(path, error.strerror or str(error)) from error

    def _start(self, launch: ProcessLaunch) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            self._processes.start(launch, nowhere).close()
        finally:
            os.close(nowhere)


def _not_opened(path: Path, detail: str) -> RequestFailed:
    return RequestFailed(title=_("{path} was not opened").format(path=path), detail=detail)
