"""Starts of the window on a real desktop: hidden, a second one, and what they leave alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from bannerhome import Home, serving
from harness.desktop import Desktop
from harness.widgets import Where
from waiting import PATIENCE_S, until

from deskcron.domain.records import RunFilter

WINDOW = "— deskcron$"
OTHER = "^Another program$"
COMMANDS = Path(__file__).with_name("desktop.py")
PROGRAM = """\
from PySide6.QtWidgets import QApplication, QMainWindow
app, window = QApplication(), QMainWindow()
window.setWindowTitle("Another program")
window.showMaximized()
app.exec()
"""


def test_a_second_start_raises_the_first(desktop, tmp_path) -> None:
    """Hidden, no window is shown; the next start shows it, and another brings it to the front."""
    with serving(desktop, tmp_path / "home", "--hidden") as home:
        until(desktop.tray.icons, "the icon, which a window would come before, is in the panel")
        home.start_again("--hidden")
        assert not has_own_window(home)
        home.start_again()
        until(lambda: has_own_window(home), "the window is shown")
        other = desktop.launch([sys.executable, "-c", PROGRAM], tmp_path / "other.log")
        try:
            until(lambda: desktop.screen.has_window(OTHER), "the other window is there")
            until(lambda: desktop.screen.is_above(OTHER, WINDOW), "it covers ours")
            home.start_again()
            until(lambda: desktop.screen.is_above(WINDOW, OTHER), "ours is in front again")
        finally:
            other.terminate()
            other.wait(PATIENCE_S)


def test_the_output_of_a_run_is_opened_in_an_editor(desktop, tmp_path) -> None:
    """The window gives the log file to the program that the desktop has for it."""
    program, opened = tmp_path / "bin" / "xdg-open", tmp_path / "opened"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    program.chmod(0o700)
    path = f"{program.parent}:{os.environ['PATH']}"
    with serving(desktop, tmp_path / "home", PATH=path) as home:
        home.shell("Backup", "echo no space left; exit 1")
        desktop.widgets.press("checkbox", "/^History/", Where(within_s=PATIENCE_S))
        until(lambda: choose_run(desktop), "the output of the run is shown")
        desktop.widgets.press("button", "Open in editor")
        until(opened.exists, "the log is opened")
        assert opened.read_text().strip() == f"file://{log_of_newest(home)}"


def has_own_window(home: Home) -> bool:
    """Tell whether the main window of this very program can be seen."""
    windows = home.desktop.screen.windows_of_process(home.pid)
    return any(re.search(WINDOW, window.title) for window in windows)


def choose_run(desktop: Desktop) -> bool:
    """Click on the run in the history, and tell whether its output is shown."""
    desktop.widgets.click("cell", "Backup", Where(within_s=PATIENCE_S))
    return desktop.widgets.look("button", "Open in editor") is not None


def log_of_newest(home: Home) -> Path:
    """Return the log of the run that was the last."""
    (run,) = home.facade.history.page(RunFilter())
    return home.facade.history.log_path(run.id)


def test_what_is_run_by_hand_has_files_of_its_own(desktop) -> None:
    """A program that a terminal starts on the desktop sees no file of the person's home."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    shown = subprocess.run(
        [
            sys.executable,
            str(COMMANDS),
            "run",
            "sh",
            "-c",
            f"echo {' '.join(f'${n}' for n in names)}",
        ],
        env={**os.environ, "DESKTOP_STATE": str(desktop.session.directory)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    places = list(map(Path, shown.stdout.split()))
    assert len(places) == len(names)
    assert all(place.is_relative_to(desktop.session.directory) for place in places)
