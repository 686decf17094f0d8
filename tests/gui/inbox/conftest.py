"""An inbox page over a real core, and what puts things into the inbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, Status
from deskcron.engine.facade import Facade
from deskcron.gui.inbox.page import InboxPage
from deskcron.gui.pagecontext import PageContext

Put = Callable[..., int]
Failed = Callable[..., int]


@pytest.fixture
def now(context: PageContext) -> datetime:
    """Return the time at the beginning of the test."""
    return context.clock.now()


@pytest.fixture
def put(facade: Facade, now: datetime) -> Put:
    """Return what puts an item into the inbox and gives its number."""

    def put(title: str, **fields) -> int:
        item = InboxItem(
            **{
                "id": 0,
                "kind": InboxKind.REMINDER,
                "run_id": None,
                "job_id": None,
                "title": title,
                "text": "",
                "urgency": "normal",
                "created_at": now,
                "presented_at": now,
                **fields,
            }
        )
        return facade._store.write(lambda tables: tables.inbox.add(item))

    return put


@pytest.fixture
def add_job(facade: Facade) -> Callable[..., str]:
    """Return what adds a job that runs a program, and gives its id."""

    def add(name: str, program: str = "true", **policy) -> str:
        action = {"kind": "command", "program": program}
        document = {
            "name": name,
            "enabled": True,
            "triggers": [],
            "action": action,
            "policy": policy,
        }
        return facade.jobs.add(document).job.id

    return add


@pytest.fixture
def failed(facade: Facade, put: Put, now: datetime) -> Failed:
    """Return what records a run that needs a person, as its end does; gives the run's number."""

    def record(
        job_id: str,
        name: str,
        status: Status = Status.FAILED,
        why: Why = Why(Reason.EXIT_CODE, {"code": 3}),  # noqa: B008 - never changed
        ago: timedelta = timedelta(0),
    ) -> int:
        at = now - ago

        def insert(tables) -> int:
            run_id = tables.runs.insert(NewRun(job_id, 1, Cause.MANUAL, Status.RUNNING, at))
            tables.runs.ended(RunEnd(run_id, status, at, at, why))
            return run_id

        run_id = facade._store.write(insert)
        put(name, kind=InboxKind.TROUBLE, run_id=run_id, job_id=job_id, created_at=at)
        return run_id

    return record


@pytest.fixture
def open_page(qtbot: QtBot, context: PageContext) -> Callable[[], InboxPage]:
    """Return what shows the page, with the keyboard in its list."""

    def open_() -> InboxPage:
        page = InboxPage(context)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: page._places.currentIndex() > 0)
        page.setFocus()
        return page

    return open_
