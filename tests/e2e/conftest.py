"""What tests of the whole program share: a data directory of their own, cleaned up after."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the support modules beside this file

from desk import Desk


@pytest.fixture
def desk(deskcron_home, tmp_path):
    """Give a data directory; daemons and jobs are ended after the test."""
    made = Desk(deskcron_home, tmp_path / "aside")
    yield made
    made.close()
