"""A virtual desktop for the tests of a module, and the real program on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the harness beside this file

from harness.desktop import Desktop
from harness.life import NOTIFIERS, start, stop
from harness.packages import missing_packages
from harness.treetext import lines

LONGEST_REPORT = 200
"""Lines."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Add what was on the desktop to the report of a test that failed."""
    report = yield
    desktop = getattr(item, "funcargs", {}).get("desktop")
    if report.when == "call" and report.failed and desktop is not None:
        shown = [line for app in desktop.widgets.apps() for line in lines(app)]
        report.sections.append(("On the desktop", "\n".join(shown[:LONGEST_REPORT])))
    return report


@pytest.fixture(scope="module")
def desktop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desktop]:
    """Start a desktop of this module's own; the parameter names its notification service.

    In a module with NO_PANEL it has no panel yet.
    """
    missing = missing_packages()
    if missing:
        words = f"The virtual desktop needs: apt install {' '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(words, pytrace=False)
        pytest.skip(words)
    directory = tmp_path_factory.mktemp("desktop") / "state"
    session = start(
        directory,
        notifier=getattr(request, "param", NOTIFIERS[0]),
        has_panel=not getattr(request.module, "NO_PANEL", False),
    )
    try:
        with Desktop(session) as desktop:
            yield desktop
    finally:
        stop(session)
