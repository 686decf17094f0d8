"""The foot of the window says what a real core is doing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.preferences import ZoneDisplay
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.statusstrip import StatusStrip
from deskcron.gui.theme.labels import ElidedLabel


@pytest.fixture
def strip(qtbot: QtBot, context: PageContext, overview_watcher: OverviewWatcher) -> StatusStrip:
    """Return a strip that is shown."""
    strip = StatusStrip(context, overview_watcher)
    qtbot.addWidget(strip)
    strip.show()
    return strip


def _unreadable() -> Facade:
    raise StoreUnavailable(title="The data cannot be read")


def words(strip: StatusStrip) -> str:
    """Return all that stands in the strip."""
    return " | ".join(label.text() for label in strip.findChildren(QLabel))


def resume(strip: StatusStrip) -> QPushButton:
    """Return the button that ends a pause."""
    return next(one for one in strip.findChildren(QPushButton) if one.menu() is None)


def test_nobody_running_jobs_is_told(
    strip: StatusStrip, overview_watcher: OverviewWatcher, qtbot: QtBot
) -> None:
    """Without an engine the foot says that nothing will start."""
    overview_watcher.look()
    qtbot.waitUntil(lambda: "No engine is running" in words(strip))


@pytest.mark.usefixtures("_tokyo", "engine")
def test_times_follow_the_zone_that_is_preferred(
    strip: StatusStrip,
    overview_watcher: OverviewWatcher,
    add_job: Callable[[str], str],
    context: PageContext,
    qtbot: QtBot,
) -> None:
    """Another zone is obeyed at once."""
    add_job("Stretch")
    overview_watcher.look()
    label = strip.findChildren(ElidedLabel)[-1]
    qtbot.waitUntil(lambda: " JST" in label.toolTip())
    context.zones.show_in(ZoneDisplay.UTC)
    assert " UTC" in label.toolTip()


@pytest.mark.usefixtures("engine")
def test_next_run_is_told(
    strip: StatusStrip,
    overview_watcher: OverviewWatcher,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """With an engine in this process the foot says when which job is due."""
    add_job("Stretch")
    overview_watcher.look()
    qtbot.waitUntil(lambda: "On schedule | Next: Stretch, " in words(strip))


@pytest.mark.usefixtures("engine")
def test_pause_is_told_and_ended(
    strip: StatusStrip,
    overview_watcher: OverviewWatcher,
    context: PageContext,
    facade: Facade,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """While jobs are paused the foot says until when; its button lets them go on."""
    add_job("Stretch")
    facade.control.pause(None)
    overview_watcher.look()
    qtbot.waitUntil(lambda: "All jobs are paused until you resume them" in words(strip))
    assert "Skipped next: Stretch" in words(strip)
    with qtbot.waitSignal(context.signals.say) as said:
        qtbot.mouseClick(resume(strip), Qt.MouseButton.LeftButton)
    assert said.args == ["All jobs run again at their times."]
    overview_watcher.look()
    qtbot.waitUntil(lambda: "On schedule" in words(strip))
    assert not resume(strip).isVisible()


@pytest.mark.usefixtures("engine")
def test_jobs_are_paused_from_the_foot(
    strip: StatusStrip, overview_watcher: OverviewWatcher, facade: Facade, qtbot: QtBot
) -> None:
    """A button at the foot pauses all jobs, and makes room for that which resumes them."""
    pause = next(one for one in strip.findChildren(QPushButton) if one.menu() is not None)
    assert pause.isVisible()
    pause.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: facade.control.state().paused)
    overview_watcher.look()
    qtbot.waitUntil(lambda: resume(strip).isVisible() and not pause.isVisible())


@pytest.mark.usefixtures("engine")
def test_state_is_readable_beside_a_long_name(
    strip: StatusStrip,
    overview_watcher: OverviewWatcher,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """The name of the next job gives way, the state does not."""
    add_job("name " * 40)
    strip.resize(400, strip.height())
    overview_watcher.look()
    qtbot.waitUntil(lambda: "Next: name" in words(strip))
    state, following = strip.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: state.width() >= state.sizeHint().width())
    assert following.width() < following.sizeHint().width()


def test_data_that_cannot_be_read_is_told(
    strip: StatusStrip, overview_watcher: OverviewWatcher
) -> None:
    """What keeps the state from being known takes its place."""
    overview_watcher.lost.emit(
        StoreUnavailable(title="The data cannot be read", detail="disk gone")
    )
    assert "The data cannot be read" in words(strip)


def test_lookout_looks_by_itself(overview_watcher: OverviewWatcher, qtbot: QtBot) -> None:
    """Once started it looks at once; an engine that comes or goes need not commit anything."""
    with qtbot.waitSignal(overview_watcher.seen):
        overview_watcher.start()
    assert overview_watcher.findChild(QTimer).isActive()


def test_lookout_that_loses_sight_says_so(qapp: QApplication, qtbot: QtBot) -> None:
    """An overview that cannot be had is told, and none is kept."""
    blind = Bridge(_unreadable)
    blind.open()
    lost = OverviewWatcher(blind)
    try:
        with qtbot.waitSignal(lost.lost) as told:
            lost.look()
        assert told.args[0].title == "The data cannot be read"
        assert lost.overview is None
    finally:
        blind.close()


def test_lookout_tells_changes_only(
    overview_watcher: OverviewWatcher,
    context: PageContext,
    add_job: Callable[[str], str],
    qtbot: QtBot,
) -> None:
    """Looking twice at the same tells it once; a commit is a reason to look again."""
    told: list[object] = []
    overview_watcher.seen.connect(told.append)
    overview_watcher.look()
    qtbot.waitUntil(lambda: len(told) == 1)
    add_job("Stretch")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert overview_watcher.overview is told[-1]
    assert overview_watcher.overview.jobs == 1
