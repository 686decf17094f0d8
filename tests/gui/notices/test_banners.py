"""Banners of the window's process: beside its icon, from the inbox, and back into the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Event, Thread

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from deskcron.bootstrap.core import Core
from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, BannerAction, Notification, Press
from deskcron.gui.notices import traybanners
from deskcron.gui.notices.banners import Banners
from deskcron.gui.notices.traybanners import TrayBanners
from deskcron.gui.tray.icon import TrayIcon

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen there is no panel

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
BANNER = Notification("k", "<b>Tea</b>", "It is ready.", Urgency.NORMAL, (), About(7))


@pytest.fixture
def said(monkeypatch):
    """Return what the desktop is asked to show; it shows banners beside icons."""
    said = SimpleQueue()
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, title, text, _picture: said.put((title, text))
    )
    return said


@pytest.fixture
def icon(qtbot):
    """Return an icon in a panel that is there."""
    menu = QMenu()
    qtbot.addWidget(menu)
    icon = TrayIcon(menu, QColor("black"), lambda: True)
    icon.open()
    yield icon
    icon.close()


def elsewhere(qtbot, call):
    """Call on another thread while the GUI thread goes on, and return the result."""
    answers = SimpleQueue()
    thread = Thread(target=lambda: answers.put(call()))
    thread.start()
    qtbot.waitUntil(lambda: not answers.empty())
    thread.join()
    return answers.get()


def test_a_banner_is_shown_on_the_gui_thread(qtbot, icon, said) -> None:
    """What the notification thread hands over is shown beside the icon, and told as shown."""
    banners = TrayBanners(icon)
    assert elsewhere(qtbot, lambda: banners.notify(BANNER)) is True
    assert said.get() == ("<b>Tea</b>", "It is ready.")
    assert elsewhere(qtbot, banners.obstacle) == ""
    assert said.empty()


def test_without_an_icon_the_answer_is_honest(qtbot, icon, said) -> None:
    """Where no icon is in a panel the banner is not taken, and the reason is told in words."""
    banners = TrayBanners(icon)
    icon.close()
    assert elsewhere(qtbot, lambda: banners.notify(BANNER)) is False
    assert elsewhere(qtbot, banners.obstacle).startswith("There is no icon")
    assert said.empty()


def test_on_a_desktop_without_messages(qtbot, icon, said, monkeypatch) -> None:
    """A desktop that shows no banners beside icons takes none."""
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: False))
    banners = TrayBanners(icon)
    assert elsewhere(qtbot, lambda: banners.notify(BANNER)) is False


def test_a_gui_thread_that_is_busy(icon, said, monkeypatch, qtbot) -> None:
    """A banner that was given up is not shown later; nobody waits for a busy window."""
    monkeypatch.setattr(traybanners, "ANSWER_S", 0.01)
    banners = TrayBanners(icon)
    thread = Thread(target=banners.notify, args=(BANNER,))
    thread.start()
    thread.join()  # and nothing is delivered meanwhile
    monkeypatch.setattr(traybanners, "ANSWER_S", 20)
    assert elsewhere(qtbot, banners.obstacle) == ""
    assert said.empty()


def test_a_press_is_about_the_last_banner(qtbot, icon, said) -> None:
    """The desktop does not say which banner was pressed; the last one is meant."""
    pressed = SimpleQueue()
    banners = TrayBanners(icon)
    icon.message_pressed.emit()  # nobody listens yet
    banners.listen(pressed.put)
    elsewhere(qtbot, lambda: banners.notify(BANNER))
    icon.message_pressed.emit()
    assert pressed.get() == Press(BannerAction.SHOW, About(7))


class Host:
    """Keeps what the window offers."""

    def meet_window(self, notifier, show) -> None:
        """Keep it."""
        self.notifier, self.show = notifier, show


@pytest.mark.parametrize(
    ("about", "signal", "args"),
    [
        (About(7, 12, ("a",)), "run_wanted", [12]),
        (About(7, None, ("a",)), "inbox_wanted", []),
        (About(7, review_at=NOON), "review_wanted", [NOON]),
        (About(None, None, ("a",)), "runs_wanted", ["a"]),
        (About(None, None, ("a", "b")), "window_wanted", []),
        (About(), "window_wanted", []),
    ],
)
def test_a_press_leads_to_its_place(qtbot, bridge, icon, about, signal, args) -> None:
    """A press leads to a failed run, the inbox, a review, a job's runs, or the window."""
    host = Host()
    banners = Banners(host, bridge, icon)
    with qtbot.waitSignal(getattr(banners, signal)) as wanted:
        thread = Thread(target=host.show, args=(about,))
        thread.start()
    thread.join()
    assert wanted.args == args


@pytest.fixture
def daemon(core, monkeypatch) -> Iterator[Core]:
    """Return another process' core with an engine that runs and has no screen."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    daemon, stop, ready = Core(core.paths()), Event(), Event()
    serving = Thread(target=daemon.serve, args=(stop,), kwargs={"ready": ready.set})
    serving.start()
    assert ready.wait(20)
    yield daemon
    stop.set()
    serving.join()
    daemon.close()


@pytest.mark.parametrize(
    ("job", "banner"),
    [
        ({"action": {"kind": "reminder"}}, ("Tea", "")),
        (
            {"action": {"kind": "script", "text": "true"}, "policy": {"notify": "always"}},
            ("Tea", "Succeeded"),
        ),
    ],
)
def test_what_another_process_leaves_is_shown(
    qtbot, core, icon, said, bridge, facade, daemon, job, banner
) -> None:
    """A reminder or success of an engine without a screen is shown from the attached window."""
    banners = Banners(core, bridge, icon)
    facade.jobs.add({"name": "Tea", "triggers": [], **job})
    facade.notices.look()
    assert not facade.notices.test("nobody")  # so the look is over
    facade.control.wait(facade.control.run("Tea"), 20)
    banners.look()
    qtbot.waitUntil(lambda: not said.empty())
    assert said.get() == banner
    banners.look()
    assert not facade.notices.test("nobody")
    assert said.empty()
