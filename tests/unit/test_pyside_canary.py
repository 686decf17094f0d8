"""The installed PySide6 fits the installed Python."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

PROGRAM = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print("alive")
"""


@pytest.mark.skipif(
    importlib.util.find_spec("PySide6") is None and not os.environ.get("CI"),
    reason="PySide6 is not installed",
)
def test_many_qt_calls_do_not_end_the_process() -> None:
    """20,000 calls survive; PySide6 6.12 aborts Python 3.11 after about 5,300 of them."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "alive\n"), result.stderr
