"""What a screen reader is told of the real windows, and where the Tab key leads in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.accessible import Accessible
from harness.desktop import Desktop
from harness.widgets import Where
from waiting import until

from deskcron.bootstrap.core import Core
from deskcron.system.paths import Paths

PROGRAM = Path(sys.executable).with_name("deskcron")
CONTROLS = {
    "push button",
    "toggle button",
    "button menu",
    "check box",
    "radio button",
    "combo box",
    "spin box",
    "spin button",
    "text",
    "password text",
    "table",
    "list",
    "slider",
}
WHOLE = {"combo box", "spin box", "spin button", "text"}
"""What is inside of these is used with them."""
PAGES = ("Jobs", "History", "Inbox", "Settings")
MOST_TABS = 30
START = Where(within_s=20)


@pytest.fixture
def window(desktop: Desktop, tmp_path: Path) -> Iterator[Accessible]:
    """Show the window over a job that has run."""
    home = tmp_path / "data"
    core = Core(Paths.below(home))
    action = {"kind": "reminder", "text": "Look up"}
    triggers = [core.facade().whens.when("every", "1h")]
    core.facade().jobs.add({"name": "Stretch", "triggers": triggers, "action": action})
    core.close()
    log = tmp_path / "log"
    process = desktop.launch([PROGRAM], log, DESKCRON_HOME=str(home))
    try:
        desktop.widgets.find("table", "Jobs", START)
        yield desktop.widgets.find("window", "/deskcron/", START)
        assert log.read_text(encoding="utf-8") == ""
    finally:
        process.kill()
        process.wait()


def test_every_control_says_what_it_is(desktop: Desktop, window: Accessible) -> None:
    """On each page and in the form all that can be used has a name, a label or a description."""
    nameless = []
    for page in PAGES:
        desktop.widgets.press("checkbox", f"/^{page}/")
        desktop.widgets.find("window", f"/^{page}/")
        nameless += [f"{page}: {one} {one.place}" for one in controls(window) if not says(one)]
    desktop.widgets.press("checkbox", "/^Jobs/")
    desktop.widgets.click("cell", "Stretch")
    desktop.screen.keys("Return")
    form = desktop.widgets.find("window", "/^Edit/")
    desktop.widgets.find("button", "Save", Where(window="^Edit"))
    nameless += [f"form: {one} {one.place}" for one in controls(form) if not says(one)]
    assert nameless == []


def test_tab_comes_round_the_window(desktop: Desktop, window: Accessible) -> None:
    """Tab comes to the navigation, to what is above the table, to the table, and round again."""
    desktop.screen.activate("Jobs")
    begin = until(lambda: focused(window), "something has the keyboard")
    found = [begin]
    for _step in range(MOST_TABS):
        desktop.screen.keys("Tab")
        until(lambda: focused(window) not in {"", found[-1]}, f"Tab leaves {found[-1]}")
        found.append(focused(window))
        if found[-1] == begin:
            break
    wanted = {
        "check box Jobs",
        "button menu More",
        "button menu New job",
        "text Search jobs",
        "table Jobs",
    }
    assert wanted <= set(found)
    assert found[-1] == begin


def controls(window: Accessible) -> Iterator[Accessible]:
    """Yield what can be used, whole."""
    for child in window.children:
        if not child.is_showing:
            continue
        if child.role in CONTROLS and "sensitive" in child.states:
            yield child
        if child.role not in WHOLE:
            yield from controls(child)


def says(one: Accessible) -> str:
    """Return what is said of a control, beyond what it holds."""
    named = "" if one.role == "combo box" else one.name
    return named or one.label or one.description


def focused(window: Accessible) -> str:
    """Return role and name of what has the keyboard, "" for nothing."""
    cells = {"cell", "table cell", "list item"}
    for one in window.walk():
        if "focused" in one.states and one.role not in cells:
            return f"{one.role} {one.name}"
    return ""
