"""The test runs that a form has begun, none of which outlives it."""

from __future__ import annotations

from threading import Event

from deskcron.domain.errors import RequestFailed
from deskcron.domain.job import Document
from deskcron.domain.run import RunId
from deskcron.engine.facade import Facade


class Trials:
    """Begin and stop them. Thread: any but the GUI's, except for `close`."""

    def __init__(self) -> None:
        self._begun: list[RunId] = []
        self._is_closed = Event()

    def begin(self, facade: Facade, draft: Document) -> RunId:
        """Run a draft that is not saved; raises what `Control.test` does."""
        run_id = facade.control.test(draft)
        self._begun.append(run_id)
        if self._is_closed.is_set():  # the form has gone while the engine was being asked
            self.stop(facade)
        return run_id

    def close(self) -> None:
        """Let nothing that is only just being begun go on; what runs is left to `stop`."""
        self._is_closed.set()

    def go_on(self, facade: Facade) -> bool:
        """Tell whether any of them is not over."""
        return bool(self._open(facade))

    def stop(self, facade: Facade) -> int:
        """Stop what still runs and return how many those were."""
        return sum(_is_stopped(facade, run_id) for run_id in self._open(facade))

    def _open(self, facade: Facade) -> list[RunId]:
        return [run.id for run in facade.history.runs(self._begun) if run.status.is_open]


def _is_stopped(facade: Facade, run_id: RunId) -> bool:
    try:
        facade.control.stop_run(run_id)
    except RequestFailed:  # it has ended meanwhile, or its engine has
        return False
    return True
