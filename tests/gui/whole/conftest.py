"""The whole window over a home full of samples, as it is photographed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).parents[2] / "shots"))  # what the photographer uses

sys.path.insert(0, str(Path(__file__).parent))

from photographer import stage_over
from samples import FILM, furnish
from scenes import BARE, FULL
from stage import Stage

Check = Callable[[QWidget, Stage], Iterator[str]]
Walk = Callable[..., str]
PARTS = (*FULL, *BARE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let each test walk through each part of the scenes, so that several can at once."""
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", PARTS)


@pytest.fixture
def walk(qapp: QApplication, tmp_path: Path, part: str) -> Walk:
    """Return what goes through the scenes of a part and tells what is wrong, a line each."""

    def go(*checks: Check) -> str:
        found: dict[str, str] = {}
        if part in FULL:
            furnish(tmp_path)
        with stage_over(tmp_path, running=FILM if part in FULL else "") as stage:
            for name, scene in (FULL | BARE)[part].items():
                shown = scene(stage)
                for check in checks:
                    for problem in check(shown, stage):
                        found.setdefault(problem, name)
                stage.strike()
        return "\n".join(f"{name}: {problem}" for problem, name in found.items())

    return go
