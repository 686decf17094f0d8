"""The icon in the panel over a real core; the panel itself is a switch of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import Ahead, EngineState, Overview, Waiting
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.reason import Reason
from deskcron.domain.run import JobId, RunId, Running
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.tray.icon import FIRST_LOOKS, TrayIcon
from deskcron.gui.tray.menu import MOST_JOBS, ahead_entries, plain
from deskcron.gui.tray.panel import panel_ink
from deskcron.gui.tray.state import TrayState, state_of, tooltip
from deskcron.gui.tray.tray import Tray

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
INK = QColor("black")
# Without a screen Qt looks for panels of the old kind, and complains that it cannot.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")


def overview(**fields) -> Overview:
    """Return a state of everything in which nothing is going on, but for these fields."""
    values = {
        "engine": EngineState(running=True, pid=1, role="window"),
        "jobs": 1,
        "running": (),
        "needs_you": 0,
        "upcoming": (),
    }
    return Overview(**{**values, **fields})


RUNNING = (Running(run_id=RunId(1), job_id=JobId("a"), job_name="Backup", started_at=NOW),)
PAUSED = EngineState(running=True, pid=1, role="window", paused=True)


@pytest.mark.parametrize(
    ("state", "face"),
    [
        (overview(), TrayState.IDLE),
        (overview(running=RUNNING), TrayState.RUNNING),
        (overview(running=RUNNING, engine=PAUSED), TrayState.PAUSED),
        (overview(needs_you=1, running=RUNNING, engine=PAUSED), TrayState.ATTENTION),
        (overview(engine=EngineState(running=False)), TrayState.ATTENTION),
    ],
)
def test_the_face_shows_what_matters_most(state: Overview, face: TrayState) -> None:
    """What needs a person comes before a pause, a pause before a run, a run before rest."""
    assert state_of(state) is face


def test_the_tooltip_says_who_waits_what_runs_and_what_comes() -> None:
    """The tooltip says what needs a person, what the engine does, and which job is next."""
    ahead = (Ahead(job_id=JobId("a"), job_name="Rent", at=NOW + timedelta(minutes=5)),)
    lines = tooltip(
        overview(needs_you=2, running=RUNNING, upcoming=ahead), NOW, UTC, 1
    ).splitlines()
    assert lines == [
        "deskcron",
        "2 entries wait for you",
        "Running: Backup",
        "Next: Rent, in 5 min",
    ]
    assert tooltip(overview(), NOW, UTC, 1).splitlines() == ["deskcron", "On schedule"]


def test_the_tooltip_says_what_runs_wait_for() -> None:
    """Each of the first runs that wait has a line."""
    run = Waiting(
        run_id=RunId(1),
        job_id=JobId("a"),
        job_name="Backup",
        reason=Reason.ON_BATTERY,
        reason_args={},
        since=NOW,
    )
    assert tooltip(overview(waiting=(run,)), NOW, UTC, 1).splitlines() == [
        "deskcron",
        "Waiting: Backup",
        "Backup waits: the computer runs on its battery",
    ]
    assert "2 runs are waiting" in tooltip(overview(waiting=(run, run)), NOW, UTC, 1)


def test_entries_keep_their_words_while_their_time_is_ahead() -> None:
    """What comes next is told by clock, so that the menu stays as it is from look to look."""
    at = NOW + timedelta(minutes=30)
    state = overview(upcoming=(Ahead(job_id=JobId("a"), job_name="Rent & tax", at=at),))
    tokyo = ZoneInfo("Asia/Tokyo")
    (entry,) = ahead_entries(state, NOW, tokyo)
    assert entry.text == "21:30  Rent && tax"
    assert ahead_entries(state, NOW + timedelta(minutes=29), tokyo) == (entry,)


def test_what_a_pause_leaves_out_does_not_come() -> None:
    """While all jobs are paused the menu names only what comes all the same."""
    due = Ahead(job_id=JobId("a"), job_name="Rent", at=NOW + timedelta(minutes=30))
    tea = Ahead(job_id=JobId("b"), job_name="Tea", at=NOW + timedelta(hours=1), is_snoozed=True)
    state = overview(engine=PAUSED, upcoming=(due,), snoozed=(tea,))
    assert [entry.text for entry in ahead_entries(state, NOW, UTC)] == ["13:00  Tea (snoozed)"]


def test_names_become_entries_of_one_line() -> None:
    """A name is shown as it is: & stays itself, lines are joined, and long ones are cut."""
    assert plain("Salt & pepper\n&  <b>oil</b>") == "Salt && pepper && <b>oil</b>"
    assert len(plain("word " * 40)) <= 50
    assert plain("word " * 40).endswith("…")


@pytest.mark.parametrize(
    ("desktop", "scheme", "is_light"),
    [
        ("ubuntu:GNOME", Qt.ColorScheme.Light, True),
        ("X-Cinnamon", Qt.ColorScheme.Light, True),
        ("XFCE", Qt.ColorScheme.Dark, True),
        ("KDE", Qt.ColorScheme.Dark, True),
        ("KDE", Qt.ColorScheme.Light, False),
    ],
)
def test_the_icon_can_be_seen_on_the_panel(desktop: str, scheme, is_light: bool) -> None:  # noqa: FBT001
    """On a dark panel the icon is light, on a light one dark."""
    lightness = panel_ink({"XDG_CURRENT_DESKTOP": desktop}, scheme).lightness()
    assert (lightness > 200) is is_light
    assert (lightness < 80) is not is_light


@pytest.mark.parametrize(
    ("desktop", "scheme"),
    [
        ("", Qt.ColorScheme.Unknown),
        ("XFCE", Qt.ColorScheme.Light),
        ("XFCE", Qt.ColorScheme.Unknown),
        ("MATE", Qt.ColorScheme.Light),
    ],
)
def test_the_icon_can_be_seen_on_a_panel_that_may_be_of_either_kind(desktop: str, scheme) -> None:
    """Where nothing is known of the panel, or it differs from the windows, the icon is grey."""
    assert 100 < panel_ink({"XDG_CURRENT_DESKTOP": desktop}, scheme).lightness() < 180


class Panel:
    """A panel that comes and goes."""

    def __init__(self) -> None:
        self.is_there = True

    def __call__(self) -> bool:
        return self.is_there


@pytest.fixture
def panel() -> Panel:
    """Return a panel that is there."""
    return Panel()


def test_the_icon_comes_with_a_late_panel(qtbot: QtBot, panel: Panel) -> None:
    """Without a panel there is no icon; as soon as there is one the icon is made for it."""
    panel.is_there = False
    icon = TrayIcon(QMenu(), INK, panel)
    icon.open()
    assert not icon.is_there()
    panel.is_there = True
    assert icon.is_there()
    icon.close()


def test_the_icon_is_made_anew_for_a_panel_that_comes_back(qtbot: QtBot, panel: Panel) -> None:
    """A panel that was restarted gets an icon of its own, with the state of now."""
    menu = QMenu()
    icon = TrayIcon(menu, INK, panel)
    icon.open()
    icon.show_state(TrayState.RUNNING, "deskcron\nRunning")
    first = icon.shown
    panel.is_there = False
    icon.look()
    assert icon.shown is None
    icon.show_state(TrayState.PAUSED, "deskcron\nPaused")
    panel.is_there = True
    icon.look()
    assert icon.shown is not None
    assert icon.shown is not first
    assert icon.shown.toolTip() == "deskcron\nPaused"
    assert icon.shown.contextMenu() is menu
    icon.close()
    assert icon.shown is None


def test_an_icon_that_was_taken_away_stays_away(qtbot: QtBot, panel: Panel) -> None:
    """Once it is closed the icon looks for no panel any more."""
    icon = TrayIcon(QMenu(), INK, panel)
    icon.open()
    icon.close()
    assert not any(timer.isActive() for timer in icon.findChildren(QTimer))


def test_a_panel_that_stays_away_is_told_once(qtbot: QtBot, panel: Panel) -> None:
    """After a minute without a panel it is told, once, that nobody finds the icon."""
    told: list[bool] = []
    panel.is_there = False
    icon = TrayIcon(QMenu(), INK, panel)
    icon.missing.connect(lambda: told.append(True))
    for _look in range(FIRST_LOOKS - 1):
        icon.look()
    assert told == []
    for _look in range(FIRST_LOOKS):
        icon.look()
    assert told == [True]


@pytest.fixture
def tray(qtbot: QtBot, context: PageContext, panel: Panel) -> Iterator[Tray]:
    """Return a tray that follows the core."""
    overview_watcher = OverviewWatcher(context.bridge)
    tray = Tray(context, overview_watcher, INK, panel)
    tray.open()
    overview_watcher.look()
    yield tray
    tray.close()


@pytest.fixture
def look(tray: Tray, context: PageContext) -> Callable[[], None]:
    """Return what makes the tray look again, as a commit does."""
    return context.bridge.changed.emit


def entry(menu: QMenu, text: str) -> QAction:
    """Return the entry with this text, mnemonics left out."""
    for action in menu.actions():
        if action.text().replace("&&", "\0").replace("&", "").replace("\0", "&") == text:
            return action
    raise AssertionError([action.text() for action in menu.actions()])


def submenu(menu: QMenu, text: str) -> QMenu:
    """Return the menu behind an entry."""
    found = entry(menu, text).menu()
    assert isinstance(found, QMenu)
    return found


def test_no_entry_of_the_menu_has_an_icon(tray: Tray) -> None:
    """One alone would be indented, and nobody knows on which ground a panel draws it."""
    assert all(action.icon().isNull() for action in tray.menu.actions())


def add(facade: Facade, name: str, **fields) -> str:
    """Store a reminder that is due every hour."""
    document = {
        "name": name,
        "triggers": [facade.whens.when("every", "1h")],
        "action": {"kind": "reminder"},
        **fields,
    }
    return facade.jobs.add(document).job.id


def test_what_comes_next_leads_to_its_runs(qtbot: QtBot, tray: Tray, facade, look) -> None:
    """The next due times stand in the menu, five at most, and lead to the runs of their job."""
    assert not entry(tray.menu, "Nothing is planned").isEnabled()
    rules = [facade.whens.when("every", f"{number + 1}h") for number in range(7)]
    ids = [add(facade, f"Job {number}", triggers=[rule]) for number, rule in enumerate(rules)]
    look()
    qtbot.waitUntil(lambda: len([a for a in tray.menu.actions() if "Job" in a.text()]) == 5)
    chosen: list[str] = []
    tray.runs_wanted.connect(chosen.append)
    next(a for a in tray.menu.actions() if a.text().endswith("Job 0")).trigger()
    assert chosen == [ids[0]]
    facade.jobs.remove([f"Job {number}" for number in range(7)])
    look()
    qtbot.waitUntil(lambda: "Nothing is planned" in [one.text() for one in tray.menu.actions()])


def test_what_cannot_be_seen_is_said(qtbot: QtBot, tray: Tray, facade: Facade, look) -> None:
    """While the data cannot be read the icon says so in place of what was true before."""
    add(facade, "Rent")
    look()
    qtbot.waitUntil(lambda: any("Rent" in action.text() for action in tray.menu.actions()))
    tray._overview_watcher.lost.emit(StoreUnavailable(title="The data cannot be read"))
    assert tray.icon.shown.toolTip() == "deskcron\nThe data cannot be read"
    assert not entry(tray.menu, "The data cannot be read").isEnabled()
    above = tray.menu.actions()[:4]
    assert not any("Rent" in action.text() for action in above)


@pytest.mark.usefixtures("engine")
def test_a_job_is_run_from_the_menu(qtbot: QtBot, tray: Tray, facade: Facade, look) -> None:
    """A job is run by its entry, stands first from then on, and asks for a person."""
    for number in range(MOST_JOBS + 2):
        add(facade, f"Job {number:02}")
    add(facade, "Salt & pepper", triggers=[])
    look()
    menu = submenu(tray.menu, "Run now")
    qtbot.waitUntil(lambda: len(menu.actions()) == MOST_JOBS)
    facade.control.wait(facade.control.run("Salt & pepper"), 10)
    tray.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: menu.actions()[0].text() == "Salt && pepper")
    entry(menu, "Salt & pepper").trigger()
    qtbot.waitUntil(lambda: facade.overview.look().needs_you == 2)
    look()
    qtbot.waitUntil(lambda: any(a.text() == "&Inbox (2)" for a in tray.menu.actions()))
    with qtbot.waitSignal(tray.inbox_wanted):
        entry(tray.menu, "Inbox (2)").trigger()


def test_all_is_paused_and_resumed_from_the_menu(qtbot: QtBot, tray: Tray, facade, look) -> None:
    """A pause begins by the menu, and ends by an entry that stands there meanwhile."""
    assert not entry(tray.menu, "Resume all").isVisible()
    pause = submenu(tray.menu, "Pause all")
    entry(pause, "For 1 hour").trigger()
    qtbot.waitUntil(lambda: facade.control.state().paused)
    until = facade.control.state().paused_until
    assert until is not None
    look()
    qtbot.waitUntil(entry(tray.menu, "Resume all").isVisible)
    entry(tray.menu, "Resume all").trigger()
    qtbot.waitUntil(lambda: not facade.control.state().paused)


def test_the_ways_of_the_menu_lead_out(qtbot: QtBot, tray: Tray) -> None:
    """Open, a new reminder and Quit are wishes that the tray passes on."""
    with qtbot.waitSignal(tray.reminder_wanted):
        entry(tray.menu, "New reminder…").trigger()
    with qtbot.waitSignal(tray.opened):
        entry(tray.menu, "Open deskcron").trigger()
    with qtbot.waitSignal(tray.opened):
        assert tray.icon.shown is not None
        tray.icon.shown.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.quit_wanted):
        entry(tray.menu, "Quit").trigger()
