"""Ask a Python whether it finds a function, in a process of its own that ends in time."""

from __future__ import annotations

import os
from pathlib import Path

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.environment import Lacks, PythonTarget
from deskcron.domain.ports import Processes

LIMIT_S = 5.0
"""A Python that takes longer to say so is taken to find it."""
_ANSWERS = {3: Lacks.MODULE, 4: Lacks.FUNCTION}
"""By the exit codes of the script."""


class PythonSearch:
    """Start the script that looks, of which no module is run. Thread: any, not the GUI's."""

    def __init__(self, processes: Processes, script: Path) -> None:
        self._processes = processes
        self._script = script

    def lacks(self, target: PythonTarget) -> Lacks:
        """Return what is not found; nothing where that cannot be known."""
        argv = (target.interpreter, str(self._script), target.name)
        launch = ProcessLaunch(argv, target.directory, target.added, base=target.base)
        output = os.open(os.devnull, os.O_WRONLY)
        try:
            process = self._processes.start(launch, output)
        except StartFailed:
            return Lacks.NOTHING
        finally:
            os.close(output)
        try:
            end = process.wait(LIMIT_S)
            if end is None:
                process.kill()
                process.wait(LIMIT_S)
                return Lacks.NOTHING
            return Lacks.NOTHING if end.code is None else _ANSWERS.get(end.code, Lacks.NOTHING)
        finally:
            process.close()
