"""The main job, from the first start to the next day: what a person does with the real program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.accessible import Accessible
from harness.desktop import Desktop
from harness.life import NOTIFIERS
from harness.widgets import Where
from waiting import until

pytestmark = pytest.mark.parametrize("desktop", NOTIFIERS, indirect=True)

PROGRAM = Path(sys.executable).with_name("deskcron")
END_S = 20
REMINDER_S = 10
SCRIPT = """\
for step in 1 2 3; do echo "copied folder $step"; sleep 0.2; done
echo "disk is full" >&2
exit 3
"""
IN_FORM = Where(window="(New|Edit)")
SLOW = Where(within_s=20)


class Program:
    """The program on the desktop, and what a person sees and does there."""

    def __init__(self, desktop: Desktop, aside: Path) -> None:
        self.desktop = desktop
        self.widgets = desktop.widgets
        self.screen = desktop.screen
        self._log = aside / "deskcron.log"
        self._home = aside / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait for its window."""
        self._process = self.desktop.launch(
            [PROGRAM], self._log, DESKCRON_HOME=str(self._home), PYTHONFAULTHANDLER="1"
        )
        self.widgets.find("window", "/deskcron/", SLOW)

    def printed(self) -> str:
        """Return what it has said on the terminal."""
        return self._log.read_text(encoding="utf-8")

    def quit_by_command(self) -> tuple[int | None, str]:
        """Have another start quit it; return the exit code and the words."""
        log = self._log.with_suffix(".quit")
        caller = self.desktop.launch([PROGRAM, "--quit"], log, DESKCRON_HOME=str(self._home))
        return caller.wait(END_S), log.read_text(encoding="utf-8")

    def await_end(self) -> None:
        """Wait until it has ended, with success and nothing to say."""
        assert self._process is not None
        assert (self._process.wait(END_S), self.printed()) == (0, "")

    def end(self) -> None:
        """End it, also when the test has failed."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def go(self, page: str) -> None:
        """Show a page."""
        self.widgets.press("checkbox", f"/^{page}/")

    def jobs(self) -> list[str]:
        """Return the names in the table of jobs."""
        table = self.widgets.look("table", "Jobs")
        return [row[1] for row in table.rows()] if table is not None else []

    def row(self, name: str) -> str:
        """Return what the table says of a job, in one line."""
        rows = self.widgets.table("Jobs")
        return next(" | ".join(row) for row in rows if row[1] == name)

    def switch(self, name: str) -> None:
        """Turn a job on or off by the switch in its row."""
        self.widgets.click("cell", name, Where(column="On"))

    def fill(self, name: str, text: str) -> None:
        """Fill a field of the form."""
        self.widgets.fill("field", name, text, IN_FORM)

    def run_every(self, seconds: int) -> None:
        """Let the job of the form run at intervals."""
        self.fill("When", "Every so many minutes or hours")
        self.fill("Every: number", str(seconds))
        self.fill("Every: unit", "seconds")

    def save(self) -> None:
        """Save the form, which closes it."""
        self.widgets.press("button", "Save", IN_FORM)
        self.widgets.await_gone("button", "Save", IN_FORM)

    def text(self, name: str) -> str:
        """Return what stands in a field now, "" where there is no such field."""
        field = self.widgets.look("text", name)
        return "" if field is None else str(field.value)


@pytest.fixture
def program(desktop: Desktop, tmp_path: Path) -> Iterator[Program]:
    """Return the program, which has never been started before."""
    program = Program(desktop, tmp_path)
    yield program
    program.end()


@pytest.mark.timeout(300)
def test_the_main_job(program: Program) -> None:
    """A reminder and a script by form, banners, logs, undo, pause, quit: all is there after it."""
    program.start()
    make_reminder(program)
    snooze_by_banner(program)
    make_script(program)
    open_log_of_failure(program)
    delete_and_undo(program)
    pause_by_tray(program)
    quit_by_tray(program)
    find_everything_back(program)


def make_reminder(program: Program) -> None:
    """Begin at the empty page, as at a first start."""
    assert program.jobs() == []
    program.widgets.press("button", "Reminder")
    program.fill("Name", "Drink water")
    program.fill("Text", "A glass of it <now>")
    program.run_every(REMINDER_S)
    program.widgets.find("label", "Every 10 seconds", IN_FORM)
    code, words = program.quit_by_command()
    assert (code, "changes that are not saved" in words) == (1, True)
    program.save()
    until(lambda: program.jobs() == ["Drink water"], "the reminder is in the table")


def snooze_by_banner(program: Program) -> None:
    """Put the reminder off by the button of its banner."""
    notifications = program.desktop.notifications
    banner = notifications.await_one("Drink water", within_s=2 * REMINDER_S)
    assert "A glass of it" in banner.body
    notifications.invoke(banner, "Snooze 10 min")
    program.switch("Drink water")
    until(lambda: "Off" in program.row("Drink water"), "the reminder is off")
    program.go("Inbox")
    program.widgets.find("list item", "/Drink water.*back in (9|10) min/")
    program.go("Jobs")


def make_script(program: Program) -> None:
    """Write a script, try it before it is saved, then let it run by itself."""
    program.widgets.press("button", "New job")
    program.screen.keys("Down", "Down", "Return")
    program.fill("Name", "Copy folders")
    program.fill("Script", SCRIPT)
    program.widgets.press("button", "Test run", IN_FORM)
    until(lambda: "copied folder 1" in program.text("Output"), "the output is shown as it comes")
    program.widgets.find("label", "Failed: exit code 3", IN_FORM)
    assert program.text("Output").endswith("disk is full\n")
    program.run_every(5)
    program.save()
    until(lambda: "Copy folders" in program.jobs(), "the script is in the table")


def open_log_of_failure(program: Program) -> None:
    """Go from the banner of the failure to its output, and search that."""
    notifications = program.desktop.notifications
    banner = notifications.await_one("Copy folders", within_s=30)
    assert (banner.body, banner.urgency) == ("Failed: exit code 3", "critical")
    program.switch("Copy folders")
    notifications.invoke(banner, "Open log")
    program.widgets.find("window", "/^History/", SLOW)
    until(lambda: "disk is full" in program.text("Output"), "the output is shown")
    program.widgets.press("button", "Find")
    program.widgets.fill("text", "Find in the output", "folder")
    program.widgets.find("label", "/^. of 3$/")
    program.screen.keys("Escape")


def delete_and_undo(program: Program) -> None:
    """Delete a job by key, and take that back."""
    program.go("Jobs")
    program.widgets.click("cell", "Copy folders")
    program.screen.keys("Delete")
    until(lambda: program.jobs() == ["Drink water"], "the script has gone")
    program.widgets.press("button", "Undo")
    until(lambda: "Copy folders" in program.jobs(), "the script is back")


def pause_by_tray(program: Program) -> None:
    """Turn a job on, and pause everything by the menu of the icon."""
    program.switch("Drink water")
    until(lambda: program.row("Drink water").startswith("[x]"), "the reminder is on")
    program.desktop.tray.press("Pause all/Until you resume them", "deskcron")
    program.widgets.find("label", "/[Pp]aused/")
    until(lambda: "aused" in program.desktop.tray.icon("deskcron").tooltip, "the icon says so")


def quit_by_tray(program: Program) -> None:
    """Quit by the menu of the icon, which first says what will not run."""
    program.desktop.tray.press("Resume all", "deskcron")
    until(lambda: "in " in program.row("Drink water"), "times are ahead again")
    program.desktop.tray.press("Quit", "deskcron")
    question = program.widgets.find("window", "/Quit deskcron/")
    words = " ".join(said(question))
    assert "until you start deskcron again" in words
    assert "Drink water" in words
    program.widgets.press("button", "Quit", Where(window="Quit"))
    program.await_end()
    until(lambda: not program.desktop.tray.icons(), "the icon has gone")


def find_everything_back(program: Program) -> None:
    """Start again, and find what was there."""
    program.start()
    until(lambda: sorted(program.jobs()) == ["Copy folders", "Drink water"], "the jobs are there")
    assert "[ ]" in program.row("Copy folders")
    assert "failed" in program.row("Copy folders")
    program.go("History")
    until(lambda: any("Exit code 3" in " ".join(row) for row in history(program)), "runs are there")
    program.go("Inbox")
    program.widgets.find("list item", "/Drink water/")
    program.widgets.find("list item", "/Copy folders/")
    program.screen.keys("ctrl+q")
    program.widgets.press("button", "Quit", Where(window="Quit"))
    program.await_end()


def history(program: Program) -> list[list[str]]:
    """Return the rows of the history."""
    return program.widgets.table("*")


def said(window: Accessible) -> list[str]:
    """Return the words of a dialog."""
    return [one.name for one in window.walk() if one.role == "label"]
