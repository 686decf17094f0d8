"""Count the runs of all jobs, a few jobs at a time, so that nothing else has to wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from deskcron.domain.errors import DeskcronError, NotFound
from deskcron.domain.run import JobId
from deskcron.domain.statistics import JobStatistics
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge

AT_ONCE = 50
"""Jobs that one question counts."""


class Counting(QObject):
    """Ask for the statistics of all jobs; beginning anew makes what is on its way void.

    `found` carries those of some jobs, `went_on` how many jobs are counted and how many there
    are, `failed` the error that ended it.
    """

    found = Signal(object)
    went_on = Signal(int, int)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._turn = 0
        self._jobs: Sequence[JobId] = ()
        self._since: datetime | None = None

    def begin(self, since: datetime | None) -> None:
        """Count the runs of all jobs, without those recorded before an instant."""
        self._turn += 1
        turn, self._since = self._turn, since

        def take(jobs: Sequence[JobId]) -> None:
            if turn == self._turn:
                self._jobs = jobs
                self._go_on(0)

        self._bridge.ask(self, _ids, take, lambda error: self._fail(turn, error))

    def stop(self) -> None:
        """Count no further."""
        self._turn += 1

    def _go_on(self, done: int) -> None:
        self.went_on.emit(done, len(self._jobs))
        turn, since, jobs = self._turn, self._since, self._jobs[done : done + AT_ONCE]
        if not jobs:
            return

        def take(found: Sequence[JobStatistics]) -> None:
            if turn == self._turn:
                self.found.emit(found)
                self._go_on(done + len(jobs))

        self._bridge.ask(
            self,
            lambda facade: _statistics(facade, jobs, since),
            take,
            lambda error: self._fail(turn, error),
        )

    def _fail(self, turn: int, error: DeskcronError) -> None:
        if turn == self._turn:
            self.failed.emit(error)


def _ids(facade: Facade) -> Sequence[JobId]:
    return list(facade.catalogue.names())


def _statistics(
    facade: Facade, jobs: Sequence[JobId], since: datetime | None
) -> Sequence[JobStatistics]:
    """Return what the runs come to; a job that has gone meanwhile has none."""
    found = []
    for job in jobs:
        try:
            found.append(facade.statistics.of(job, since))
        except NotFound:
            continue
    return found
