"""Questions about runs and held jobs in the inbox: answered where they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, InboxKind, NewRun
from deskcron.domain.run import Cause, Status
from deskcron.engine.facade import Facade
from deskcron.gui.inbox.page import SECOND_MS, TICK_MS, InboxPage

OpenPage = Callable[[], InboxPage]


@pytest.fixture
def asked(facade: Facade, add_job, put, now: datetime) -> int:
    """Return a run of the job Backup that starts in five minutes without an answer."""
    job, until = add_job("Backup", ask_s=300), (now + timedelta(minutes=5, seconds=1)).isoformat()
    why = Why(Reason.ASKED, {"until": until})
    row = NewRun(job, 1, Cause.SCHEDULE, Status.WAITING, now, why=why)
    run_id = facade._store.write(lambda tables: tables.runs.insert(row))
    put("Backup", kind=InboxKind.QUESTION, run_id=run_id, job_id=job, text="It is about to start.")
    return run_id


def press(page: InboxPage, name: str, qtbot: QtBot) -> None:
    """Press the button of this name."""
    buttons = {
        one.text().replace("&", ""): one
        for one in page.findChildren(QAbstractButton)
        if one.isVisible()
    }
    qtbot.mouseClick(buttons[name], Qt.MouseButton.LeftButton)


def test_a_question_counts_down(open_page: OpenPage, asked: int, now: datetime, put) -> None:
    """It says when the run starts, looks at the clock every second, and offers three answers."""
    page = open_page()
    starts = (now + timedelta(minutes=5, seconds=1)).astimezone()
    assert page.reader.caption() == "Question · starts in 5 min"
    assert page.reader.text.toPlainText().startswith(f"It starts at {starts:%H:%M}, unless")
    names = [one.text().replace("&", "") for one in page._actions.buttons()]
    visible = [
        action.text().replace("&", "") for action in page._actions._first() if action.isVisible()
    ]
    assert visible == ["Run now", "Done", "Snooze", "Skip", "Why?"]
    assert len(names) > len(visible)
    assert page._tick.interval() == SECOND_MS
    page.list.clearSelection()
    assert page._tick.interval() == TICK_MS


def test_a_question_is_answered_by_run_now(
    open_page: OpenPage, engine: None, asked: int, facade: Facade, qtbot: QtBot
) -> None:
    """The run starts, and the question goes."""
    page = open_page()
    press(page, "Run now", qtbot)
    qtbot.waitUntil(lambda: facade.history.get(asked).status is Status.SUCCEEDED)
    qtbot.waitUntil(lambda: page._model.entries() == [])


def test_a_question_is_answered_by_skip(
    open_page: OpenPage, engine: None, asked: int, facade: Facade, qtbot: QtBot
) -> None:
    """The run ends without its start."""
    page = open_page()
    press(page, "Skip", qtbot)
    qtbot.waitUntil(lambda: facade.history.get(asked).reason is Reason.DECLINED)
    qtbot.waitUntil(lambda: page._model.entries() == [])


def test_a_snoozed_question_puts_its_run_off(
    open_page: OpenPage, engine: None, asked: int, facade: Facade, now: datetime, qtbot: QtBot
) -> None:
    """The run waits as long as the question."""
    page = open_page()
    page._actions.snooze_menu.chosen.emit(now + timedelta(minutes=10))
    qtbot.waitUntil(lambda: facade.history.get(asked).reason is Reason.PUT_OFF)


def test_done_leaves_the_run_as_it_is(
    open_page: OpenPage, asked: int, facade: Facade, qtbot: QtBot
) -> None:
    """Only the question goes; the run starts when it was to start."""
    page = open_page()
    press(page, "Done", qtbot)
    qtbot.waitUntil(lambda: page._model.entries() == [])
    assert facade.history.get(asked).asked_until is not None


def test_a_held_job_runs_on(
    open_page: OpenPage, add_job, put, facade: Facade, now: datetime, qtbot: QtBot
) -> None:
    """Resume job ends the hold, and the entry goes."""
    job = add_job("Backup")
    facade._store.write(lambda tables: tables.holds.set(Hold(job, 3, now, None)))
    put("Backup", kind=InboxKind.HELD, job_id=job, text="Held after 3 failures in a row.")
    page = open_page()
    assert page.reader.caption() == "Held · now"
    press(page, "Resume job", qtbot)
    qtbot.waitUntil(lambda: page._model.entries() == [])
    assert [job.is_held for job in facade.catalogue.list()] == [False]
