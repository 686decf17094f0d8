"""Wait for what comes about by itself."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from enginefakes import DEADLINE_S

LOOK_S = 0.01


def eventually(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    pause = Event()
    for _ in range(int(DEADLINE_S / LOOK_S)):
        if is_so():
            return
        pause.wait(LOOK_S)
    pytest.fail("it did not come about")
