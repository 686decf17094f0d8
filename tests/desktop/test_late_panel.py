"""The window on a desktop whose panel is not there yet: it can be found all the same."""

from __future__ import annotations

from bannerhome import serving
from harness.desktop import Desktop
from harness.life import add_panel
from harness.waiting import until
from harness.widgets import Where

NO_PANEL = True
WINDOW = "— deskcron$"
QUESTION = Where(window="Close deskcron")


def close(desktop: Desktop) -> None:
    """Close the window as its own button does, and see it go."""
    desktop.screen.close(WINDOW)


def await_gone(desktop: Desktop) -> None:
    """Wait until no window of deskcron can be seen."""
    until(lambda: not desktop.screen.has_window("deskcron"), "the window has gone")


def test_what_closing_means_follows_the_panel(desktop, tmp_path) -> None:
    """Without a panel the first close asks, later ones minimise; a late panel gets the icon."""
    with serving(desktop, tmp_path / "home") as home:
        until(lambda: desktop.screen.has_window(WINDOW), "the window is there")
        close(desktop)
        desktop.widgets.find("label", "/Keep deskcron running/", QUESTION)
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
