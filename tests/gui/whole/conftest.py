"""The whole window over a home full of samples, as it is photographed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[2] / "shots"))  # what the photographer uses

sys.path.insert(0, str(Path(__file__).parent))

import scenes
from photographer import stage_over
from samples import FILM, furnish

SETTLE_MS = 40

OpenStage = Callable[..., scenes.Stage]


@pytest.fixture
def open_stage(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenStage]:
    """Return what opens the window over samples, or over an empty home."""
    monkeypatch.setattr(scenes, "SETTLE_MS", SETTLE_MS)
    with ExitStack() as stages:

        def open_one(*, is_full: bool) -> scenes.Stage:
            home = tmp_path / ("full" if is_full else "empty")
            if is_full:
                furnish(home)
            return stages.enter_context(stage_over(home, running=FILM if is_full else ""))

        yield open_one
