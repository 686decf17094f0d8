"""A history that is made through the store, run by run or by the hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.domain.job import Document
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import NewRun, RunEnd
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.domain.trigger import DueTime
from deskcron.engine.facade import Facade
from deskcron.gui.history.page import HistoryPage
from deskcron.gui.pagecontext import PageContext
from deskcron.store.opening import open_store
from deskcron.store.store import SqliteStore
from deskcron.system.paths import Paths

EARLY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Past:
    """Writes history."""

    def __init__(self, store: SqliteStore, facade: Facade) -> None:
        self._store = store
        self._facade = facade
        self._count = 0

    def job(self, name: str = "Backup", triggers: Sequence[Document] = (), **action: Any) -> JobId:
        """Return a new job."""
        document = {
            "format": 1,
            "name": name,
            "triggers": list(triggers),
            "action": action or {"kind": "command", "program": "/bin/true"},
        }
        return self._facade.jobs.add(document).job.id

    def runs(self, job_id: JobId, count: int, **fields: Any) -> list[RunId]:
        """Write runs that were skipped, or of another status, one each minute."""
        values = {
            "cause": Cause.SCHEDULE,
            "status": Status.SKIPPED,
            "why": Why(Reason.STILL_RUNNING),
            **fields,
        }
        new = []
        for _number in range(count):
            self._count += 1
            at = EARLY + timedelta(minutes=self._count)
            times = {"recorded_at": at, "due": DueTime(at, None, ("t1",)), **values}
            new.append(NewRun(job_id=job_id, revision=1, **times))
        ids = self._store.write(lambda tables: [tables.runs.insert(one) for one in new])
        return [run_id for run_id in ids if run_id is not None]

    def running(self, job_id: JobId) -> RunId:
        """Write a run that is going on."""
        [run_id] = self.runs(job_id, 1, status=Status.QUEUED, why=None, cause=Cause.MANUAL)
        self._store.write(
            lambda tables: tables.runs.started(run_id, EARLY, ProcessIdentity(1, 1, "boot"))
        )
        return run_id

    def end(self, run_id: RunId, status: Status, **fields: Any) -> None:
        """Write the end of a run."""
        end = RunEnd(run_id, status, EARLY, EARLY + timedelta(seconds=3), **fields)
        assert self._store.write(lambda tables: tables.runs.ended(end))

    def delete(self, run_id: RunId) -> None:
        """Remove a run."""
        self._store.write(lambda tables: tables.runs.delete([run_id]))


@pytest.fixture
def past(deskcron_home: Path, facade: Facade, core: Core) -> Iterator[Past]:
    """Return what writes the history of this test."""
    with closing(open_store(Paths.below(deskcron_home).database, may_migrate=False)) as store:
        yield Past(store, facade)


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> HistoryPage:
    """Return the page, not yet to be seen."""
    page = HistoryPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    return page
