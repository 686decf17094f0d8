"""The menu of the icon in a real panel: what it tells, and where each entry leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bannerhome import Home, serving
from harness.desktop import Desktop
from harness.tray import Entry
from waiting import until

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status

AHEAD = 5


@pytest.fixture
def home(desktop, tmp_path, monkeypatch) -> Iterator[Home]:
    """Return a data directory with a hidden window that is the engine."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with serving(desktop, tmp_path / "home", "--hidden") as home:
        until(desktop.tray.icons, "the icon is in the panel")
        yield home


def entries(desktop: Desktop) -> list[Entry]:
    """Return the entries of the menu that can be chosen."""
    found = desktop.tray.icon("deskcron").entries
    return [entry for entry in found if not entry.is_separator and entry.is_enabled]


def ahead(desktop: Desktop) -> list[str]:
    """Return what the menu says is next: what stands between its first lines."""
    found = list(desktop.tray.icon("deskcron").entries)
    lines = [number for number, entry in enumerate(found) if entry.is_separator]
    return [entry.label for entry in found[lines[0] + 1 : lines[1]]]


def test_each_entry_leads_where_it_says(home, desktop) -> None:
    """Next five, Run now, Inbox, New reminder and Open do what they say, the window hidden."""
    names = [f"Job {hours}" for hours in range(2, 2 + AHEAD)]
    for hours, name in enumerate([*names, "Late"], start=2):
        home.every(f"{hours}h", name)
    until(lambda: [label.split("  ")[-1] for label in ahead(desktop)] == names, "five are told")
    desktop.tray.press("Run now/Late", "deskcron")
    until(lambda: ended(home) == ["Late"], "the job has run")
    desktop.tray.press(ahead(desktop)[0], "deskcron")
    see(desktop, "^History")
    until(lambda: desktop.widgets.look("cell", "Late") is None, "only its own runs are shown")
    hide(desktop)
    home.remind("Tea")
    until(lambda: any(entry.label == "Inbox (1)" for entry in entries(desktop)), "it is told")
    desktop.tray.press("Inbox (1)", "deskcron")
    see(desktop, "^Inbox")
    desktop.widgets.find("list item", "/Tea/")
    hide(desktop)
    desktop.tray.press("Open deskcron", "deskcron")
    see(desktop, "^Inbox")
    hide(desktop)
    desktop.tray.press("New reminder", "deskcron")
    see(desktop, "^New")


def ended(home: Home) -> list[str]:
    """Return the jobs whose runs have succeeded."""
    runs = home.facade.history.page(RunFilter(status=Status.SUCCEEDED))
    return [run.job_name for run in runs]


def see(desktop: Desktop, title: str) -> None:
    """Wait for a window."""
    until(lambda: desktop.screen.has_window(title), f"a window {title!r} is shown")


def hide(desktop: Desktop) -> None:
    """Close the window into the tray."""
    desktop.screen.close("— deskcron$")
    until(lambda: not desktop.screen.has_window("— deskcron$"), "the window has gone")
