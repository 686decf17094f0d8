"""Somebody who answers runs that wait, again and again, whether an engine is there or not."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from deskcron.domain.errors import DeskcronError
from deskcron.domain.records import RunFilter
from deskcron.domain.run import JobId, Run, Status
from deskcron.engine.facade import Facade

LONGEST_THOUGHT_S = 0.4
PUT_OFF_S = 1
PATIENCE_S = 60.0


class Person:
    """Answers in a thread of their own. What was taken has to show in the end."""

    def __init__(self, facade: Facade, jobs: Collection[JobId], seed: float) -> None:
        self.declined: set[int] = set()
        self.proceeded: set[int] = set()
        self.count = 0
        self._facade = facade
        self._jobs = list(jobs)
        self._random = random.Random(seed)
        self._leaving = Event()
        self._pool = ThreadPoolExecutor(1)
        self._life = self._pool.submit(self._live)

    def leave(self) -> None:
        """Answer no more; an answer that is on its way is waited for."""
        self._leaving.set()
        self._life.result(PATIENCE_S)
        self._pool.shutdown()

    def faults(self, rows: Sequence[Run]) -> Iterator[str]:
        """Say which answers were taken and have not come true."""
        fates = {row.id: (row.status, row.reason) for row in rows}
        for run_id in sorted(self.declined):
            if fates[run_id] != (Status.SKIPPED, "declined"):
                yield f"run {run_id} was declined, and ended as {fates[run_id]}"
        for run_id in sorted(self.proceeded):
            if fates[run_id][0] is Status.SKIPPED:
                yield f"run {run_id} was told to proceed, and ended as {fates[run_id]}"

    def _live(self) -> None:
        while not self._leaving.wait(self._random.uniform(0, LONGEST_THOUGHT_S)):
            self._answer_one()

    def _answer_one(self) -> None:
        job_id = self._random.choice(self._jobs)
        wanted = RunFilter(job_id=job_id, status=Status.WAITING)
        waiting = self._facade.history.page(wanted)
        if not waiting:
            return
        run_id = self._random.choice(waiting).id
        control = self._facade.control
        try:
            match self._random.choice(("decline", "proceed", "put off")):
                case "decline":
                    control.decline(run_id)
                    self.declined.add(run_id)
                case "proceed":
                    control.proceed(run_id)
                    self.proceeded.add(run_id)
                case _:
                    control.put_off(run_id, PUT_OFF_S)
        except DeskcronError:
            return  # no engine, none that answered, or the run did not wait any longer
        self.count += 1
