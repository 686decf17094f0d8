"""Pausing all jobs from the window and the tray."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.pausemenu import PauseMenu, seconds_until_tomorrow


@pytest.fixture
def menu(qtbot: QtBot, context: PageContext, overview_watcher: OverviewWatcher) -> PauseMenu:
    """Return the menu."""
    menu = PauseMenu(context, overview_watcher)
    qtbot.addWidget(menu)
    return menu


def choose(menu: PauseMenu, text: str) -> None:
    """Choose an entry by its text."""
    next(one for one in menu.actions() if one.text().replace("&", "") == text).trigger()


@pytest.mark.parametrize(
    ("entry", "length"),
    [("For 1 hour", timedelta(hours=1)), ("Until you resume them", None)],
)
def test_jobs_are_paused(
    menu: PauseMenu,
    context: PageContext,
    facade: Facade,
    qtbot: QtBot,
    entry: str,
    length: timedelta | None,
) -> None:
    """An entry pauses for its time, and the window says that it did."""
    before = context.clock.now()
    with qtbot.waitSignal(context.signals.say):
        choose(menu, entry)
    state = facade.control.state()
    assert state.paused
    if length is None:
        assert state.paused_until is None
    else:
        assert before + length <= state.paused_until <= context.clock.now() + length


def test_until_tomorrow_ends_at_midnight(
    menu: PauseMenu, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """The pause ends with the day, to the second."""
    with qtbot.waitSignal(context.signals.say):
        choose(menu, "Until tomorrow")
    wall = facade.control.state().paused_until.astimezone()
    day = context.clock.now().astimezone()
    midnight = (day + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert abs(wall - midnight) <= timedelta(seconds=2)


def test_resume_is_offered_while_jobs_are_paused(
    menu: PauseMenu,
    context: PageContext,
    overview_watcher: OverviewWatcher,
    facade: Facade,
    qtbot: QtBot,
) -> None:
    """The entry that ends a pause stands beside the menu when there is one."""
    resume = menu.resume
    assert not resume.isVisible()
    facade.control.pause(None)
    overview_watcher.look()
    qtbot.waitUntil(resume.isVisible)
    with qtbot.waitSignal(context.signals.say):
        resume.trigger()
    assert not facade.control.state().paused


def test_tomorrow_is_at_least_a_second_away() -> None:
    """In the last instant of a day the pause is short, not none."""
    last = datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=ZoneInfo("UTC")).astimezone()
    assert seconds_until_tomorrow(last) >= 1
