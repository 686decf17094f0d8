"""A settings page over a real core, with login entries in the test's own directory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import AutostartState
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.page import SettingsPage
from deskcron.system.autostart.program import Program
from deskcron.system.autostart.xdg import DesktopEntry


class NoService:
    """A system that starts no engine at login."""

    def state(self) -> AutostartState:
        """Say that nothing is set."""
        return AutostartState(is_on=False, place="nowhere")

    def enable(self) -> None:
        """Refuse, as a system without the service does."""
        raise RequestFailed(title="Not enabled", detail="there is no service", hint="Do without.")

    def disable(self) -> None:
        """Do nothing."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return where the session looks for what starts at login."""
    return tmp_path / "config"


@pytest.fixture
def open_page(
    qtbot: QtBot, context: PageContext, core: Core, config: Path
) -> Callable[[], SettingsPage]:
    """Return what shows the page and waits until it has read everything."""

    def open_() -> SettingsPage:
        login = DesktopEntry(config, Program(("/bin/true",)))
        page = SettingsPage(context, login, NoService(), core.paths())
        qtbot.addWidget(page)
        page.resize(900, 700)
        with qtbot.waitSignal(page._keeper.read):
            page.show()
        qtbot.waitUntil(lambda: page.retention.logs.hint() != "")
        qtbot.waitUntil(lambda: not page.start.login._is_asking)
        qtbot.waitUntil(lambda: len(page.notices.ways) > 1)
        return page

    return open_
