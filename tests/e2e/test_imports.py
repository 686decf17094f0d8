"""What a fresh process loads: no more than it needs for what it is asked to do."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

from deskcron.cli.group import COMMANDS

HEAVY = ("PySide6", "apscheduler", "rich", "sqlite3", "cron_descriptor", "dateutil")
QT_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print("alive")
"""


def loaded(code: str) -> set[str]:
    """Return the modules in a process after it has run some code."""
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('loaded:', *sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.rpartition("loaded: ")[2].split())


def test_the_command_line_loads_no_heavy_module() -> None:
    """Qt, APScheduler, rich and the store stay out of the command line's own modules."""
    modules = ", ".join(f"deskcron.cli.{module}" for module in {m for m, _ in COMMANDS.values()})
    assert not loaded(f"import {modules}") & set(HEAVY)


def test_commands_load_nothing_of_the_window() -> None:
    """A command does without Qt."""
    code = "import sys; from deskcron.bootstrap.entry import main; sys.argv[1:] = ['list']; main()"
    assert not [name for name in loaded(code) if name.startswith(("PySide6", "deskcron.gui"))]


def test_an_engine_does_without_words() -> None:
    """Importing every kind of trigger does not import what only descriptions need."""
    assert "cron_descriptor" not in loaded("import deskcron.triggers.kinds")


@pytest.mark.skipif(
    importlib.util.find_spec("PySide6") is None and not os.environ.get("CI"),
    reason="PySide6 is not installed",
)
def test_many_qt_calls_do_not_end_the_process() -> None:
    """20,000 calls survive; PySide6 6.12 aborts Python 3.11 after about 5,300 of them."""
    result = subprocess.run(
        [sys.executable, "-c", QT_CALLS], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "alive\n"), result.stderr
