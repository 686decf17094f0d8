"""What holds for every unit test: files are in memory, as no test here is about disks."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a directory of the test's own that costs no time."""
    return memory_path
