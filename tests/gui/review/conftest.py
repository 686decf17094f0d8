"""Absences that are decided through the store, and the dialog over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, NewRun, WakeKind, Wakeup
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime
from deskcron.engine.absences import close_absence, note_absence
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.dialog import ReviewDialog

OpenDialog = Callable[..., ReviewDialog]


class Away:
    """Writes what an engine writes that was away until an instant."""

    def __init__(self, facade: Facade, now: datetime) -> None:
        self._facade = facade
        self.until = now - timedelta(minutes=1)
        self.since = self.until - timedelta(hours=8)

    def job(self, name: str) -> JobId:
        """Return a new job that runs by hand only."""
        action = {"kind": "command", "program": "/bin/true"}
        return self._facade.jobs.add({"name": name, "triggers": [], "action": action}).job.id

    def missed(self, name: str, count: int = 1) -> RunId:
        """Write that a new job was due and missed."""
        return self.missed_by(self.job(name), count)

    def missed_by(self, job: JobId, count: int = 1) -> RunId:
        """Write that a job was due and missed."""
        return self._row(job, Status.MISSED, Reason.CATCH_UP_OFF, count)

    def ran(self, name: str) -> RunId:
        """Write that the due time of a new job is about to start."""
        return self._row(self.job(name), Status.QUEUED, None, 1)

    def waiting(self, name: str) -> RunId:
        """Write that a new job is caught up in an hour."""
        run_id = self._row(self.job(name), Status.WAITING, Reason.STAGGERED, 1)
        at = self.until + timedelta(hours=1)
        self._write(lambda tables: tables.wakeups.set(Wakeup(at, WakeKind.START, str(run_id))))
        return run_id

    def over(self, **longer: float) -> None:
        """Write that the absence is over, with what the inbox says; the next one comes later."""
        item = InboxItem(
            id=0,
            kind=InboxKind.MISSED,
            run_id=None,
            job_id=None,
            title="While deskcron was away",
            text="Due times were missed.",
            urgency="normal",
            created_at=self.until,
            presented_at=self.until,
        )

        def write(tables: Tables) -> None:
            note_absence(tables, self.since, self.until)
            tables.inbox.add(item)

        self._write(write)
        length = timedelta(**(longer or {"days": 1}))
        self.since, self.until = self.since + length, self.until + length

    def set_back(self) -> None:
        """Write that the clock was set back after the absence that is over."""
        self._write(close_absence)

    def _row(self, job: JobId, status: Status, reason: Reason | None, count: int) -> RunId:
        due = DueTime(self.since, None, ("t1",))
        last = self.since + timedelta(hours=count - 1) if count > 1 else None
        row = NewRun(
            job,
            1,
            Cause.CATCH_UP,
            status,
            self.until,
            due,
            due_until=last,
            count=count,
            why=None if reason is None else Why(reason),
        )
        run_id = self._write(lambda tables: tables.runs.insert(row))
        assert run_id is not None
        return run_id

    def _write(self, change: Callable[[Tables], object]) -> RunId | None:
        return self._facade._store.write(change)


@pytest.fixture
def away(facade: Facade, context: PageContext) -> Away:
    """Return what writes absences."""
    return Away(facade, context.clock.now())


@pytest.fixture
def open_dialog(qtbot: QtBot, context: PageContext) -> OpenDialog:
    """Return what shows the dialog when it has its answer."""

    def open_(at: datetime | None = None) -> ReviewDialog:
        dialog = ReviewDialog(context)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show_absence(at)
        qtbot.waitUntil(lambda: dialog._views.currentIndex() > 0)
        return dialog

    return open_
