"""Jobs to be listed, and the page that lists them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskcron.domain.job import JobSummary
from deskcron.domain.run import JobId
from deskcron.engine.facade import Facade
from deskcron.gui.jobs.listing import Line
from deskcron.gui.jobs.page import JobsPage
from deskcron.gui.jobs.table import JobsTable
from deskcron.gui.pagecontext import PageContext

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)

Add = Callable[..., JobId]


def line(name: str, running_since: datetime | None = None, **fields: Any) -> Line:
    """Return a line as the core would list it."""
    values: dict[str, Any] = {
        "id": JobId(name),
        "name": name,
        "enabled": True,
        "tags": (),
        "schedule": "Every day",
        "kind": "script",
        "action": "echo",
        "muted": False,
        "next_due_at": None,
        "last_status": None,
        "last_run_at": None,
        "finished_at": None,
        "fault": None,
        **fields,
    }
    job = JobSummary(**values)
    return Line(job, running_since, " ".join((name, *job.tags)).casefold())


@pytest.fixture
def add(facade: Facade) -> Add:
    """Return a function that stores a job and returns its id."""

    def store(name: str, **fields: Any) -> JobId:
        daily = {"kind": "cron", "expression": "0 9 * * *"}
        document = {
            "name": name,
            "triggers": [daily],
            "action": {"kind": "script", "text": "echo hello"},
            **fields,
        }
        return facade.jobs.add(document).job.id

    return store


class Shown:
    """The page as a person sees it."""

    def __init__(self, page: JobsPage, qtbot: QtBot) -> None:
        self.page = page
        self._qtbot = qtbot

    @property
    def table(self) -> JobsTable:
        """Return the table."""
        return self.page.findChild(JobsTable)

    def names(self) -> list[str]:
        """Return the names in the table from top to bottom, none where it is not shown."""
        model = self.table.model()
        if not self.table.isVisible():
            return []
        return [model.index(row, 1).data() for row in range(model.rowCount())]

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        return str(self.table.model().index(row, column).data())

    def select(self, *names: str) -> None:
        """Select the jobs of these names, the last of them being the current row."""
        ids = [self.table.model().line(self.names().index(name)).id for name in names]
        row = self.names().index(names[-1])
        self.table.setCurrentIndex(self.table.model().index(row, 1))
        self.table.select_jobs(ids)
        self.table.setFocus()
        self.settle()

    def selected(self) -> list[str]:
        """Return the names of the selected jobs."""
        return [line.job.name for line in self.table.selected()]

    def wait_for(self, *names: str) -> None:
        """Wait until the table shows exactly these jobs."""
        self._qtbot.waitUntil(lambda: self.names() == list(names))
        self.settle()

    def settle(self) -> None:
        """Let what follows from a selection happen."""
        QApplication.processEvents()


@pytest.fixture
def open_page(context: PageContext, qtbot: QtBot) -> Callable[[], Shown]:
    """Return a function that shows the page, for a test that has made its jobs."""

    def show() -> Shown:
        page = JobsPage(context)
        page.resize(1100, 600)
        qtbot.addWidget(page)
        page.show()
        return Shown(page, qtbot)

    return show
