"""The window on a desktop that lacks things: a panel, which comes late, or a session."""

from __future__ import annotations

from bannerhome import Home, serving, without_session
from harness.desktop import Desktop
from harness.life import add_panel
from harness.widgets import Where
from waiting import PATIENCE_S, until

NO_PANEL = True
WINDOW = "— deskcron$"
QUESTION = Where(window="Close deskcron", within_s=PATIENCE_S)


def test_without_tray_and_notifications_jobs_run_on(desktop, tmp_path) -> None:
    """With no panel and no session bus the window is there, jobs run, and reminders wait in it."""
    with serving(desktop, tmp_path / "home", **without_session()) as home:
        until(lambda: desktop.screen.has_window(WINDOW), "the window is there")
        home.remind("Tea")
        home.shell("Backup", "exit 3")
        assert home.waiting() == ["Backup", "Tea"]
        assert home.banners() == []
        assert desktop.tray.icons() == []
    assert (tmp_path / "home.log").read_text() == ""


def close(desktop: Desktop) -> None:
    """Close the window as its own button does."""
    desktop.screen.close(WINDOW)


def close_and_be_asked(desktop: Desktop, home: Home) -> bool:
    """Close the window and see what comes of it, the question or a window that minimises.

    It minimises where it does not know yet whether it has asked before.
    """
    if not desktop.screen.has_window(WINDOW):
        home.start_again()
        until(lambda: desktop.screen.has_window(WINDOW), "the window is there")
    close(desktop)
    until(lambda: is_asking(desktop) or not desktop.screen.has_window(WINDOW), "that is heard")
    return is_asking(desktop)


def is_asking(desktop: Desktop) -> bool:
    """Tell whether the question is there."""
    return desktop.widgets.look("label", "/Keep deskcron running/", QUESTION) is not None


def await_gone(desktop: Desktop) -> None:
    """Wait until the window can be seen no more."""
    until(lambda: not desktop.screen.has_window(WINDOW), "the window has gone")


def test_what_closing_means_follows_the_panel(desktop, tmp_path) -> None:
    """Without a panel the first close asks, later ones minimise; a late panel gets the icon."""
    with serving(desktop, tmp_path / "home") as home:
        until(lambda: close_and_be_asked(desktop, home), "a close asks")
        assert desktop.screen.has_window(WINDOW)
        desktop.widgets.press("button", "Minimise", QUESTION)
        await_gone(desktop)
        home.start_again()
        until(lambda: desktop.screen.has_window(WINDOW), "the window is back")
        close(desktop)
        await_gone(desktop)
        add_panel(desktop.session)
        until(desktop.tray.icons, "the icon is in the panel that came late")
        desktop.tray.press("Open deskcron")
        until(lambda: desktop.screen.has_window(WINDOW), "the icon brings the window")
