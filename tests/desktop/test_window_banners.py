"""Banners of a window on a real desktop: they lead into it, with its engine or another's."""

from __future__ import annotations

import pytest
from bannerhome import Home, serving, without_session
from harness.life import NOTIFIERS
from waiting import until

pytestmark = pytest.mark.parametrize("desktop", NOTIFIERS, indirect=True)


@pytest.fixture(autouse=True)
def _no_session(monkeypatch) -> None:
    """Give this process no session; the program on the desktop has one."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def see_output(home: Home, words: str) -> None:
    """Wait until the window shows the output of a run."""
    until(lambda: home.desktop.screen.has_window("History"), "the window is there")
    output = home.desktop.widgets
    until(lambda: words in str(output.find("text", "Output").value), "it is read")


def test_the_log_of_a_failure_is_shown_in_the_window(desktop, tmp_path) -> None:
    """Open log raises the hidden window at the output of the run."""
    with serving(desktop, tmp_path / "home", "--hidden") as home:
        home.shell("Backup", "echo no space left; exit 1")
        home.press("Backup", "Open log")
        see_output(home, "no space left")
        assert home.waiting() == ["Backup"]


def test_a_window_shows_what_a_daemon_cannot(desktop, tmp_path) -> None:
    """The window that is attached to a daemon without a session shows its banners, once each."""
    directory = tmp_path / "home"
    with serving(desktop, directory, "daemon", **without_session()) as daemon:
        daemon.remind("Before")
        with serving(desktop, directory, "--hidden") as home:
            home.banner("Before")
            home.remind("Tea")
            home.press("Tea", "Done")
            until(lambda: home.waiting() == ["Before"], "it is dealt with")
            home.shell("Backup", "echo no space left; exit 1")
            home.press("Backup", "Open log")
            see_output(home, "no space left")
        assert [banner.summary for banner in daemon.banners()] == ["Before", "Tea", "Backup"]


def test_a_banner_beside_the_icon(desktop, tmp_path) -> None:
    """The banners of the tray are shown where they are preferred, and can be tried."""
    with serving(desktop, tmp_path / "home", "--hidden") as home:
        until(desktop.tray.icons, "the icon is in the panel")
        home.facade.preferences.change(notifier="tray")
        home.remind("Tea", "From the icon.")
        banner = home.banner("Tea")
        assert (banner.summary, banner.body) == ("Tea", "From the icon.")
        assert "Done" not in banner.actions.values()
