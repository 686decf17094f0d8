"""The short form of the torture: the engine is killed a few times under load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TORTURE = Path(__file__).with_name("torture.py")


@pytest.mark.parametrize("how", [[], ["--gently"], ["--rules"], ["--logout"]])
def test_a_few_kills_lose_and_double_nothing(how):
    """Every due time has one row and at most one execution, however often the engine ends."""
    ended = subprocess.run(
        [sys.executable, str(TORTURE), "--kills", "6", *how],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
