"""The desktop in one's hands: its parts, and programs started on it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from harness.bus import Bus
from harness.notifications import Notifications
from harness.screen import Screen
from harness.session import Session
from harness.tray import Tray
from harness.widgets import Widgets


class Desktop:
    """A desktop that runs. Close it to end the connections; the desktop itself goes on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._bus = Bus(session.bus_address)
        address = self._bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
        self._accessibility = Bus(address)
        self.screen = Screen(session.environ)
        self.widgets = Widgets(self._accessibility, self.screen)
        self.notifications = Notifications(session, self.widgets)
        self.tray = Tray(session, self._bus, self.screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._accessibility.close()
        self._bus.close()

    @property
    def home(self) -> Path:
        """Return the home directory of what is launched."""
        return self.session.directory / "home"

    def launch(
        self, command: Sequence[str | Path], log: Path, **environ: str
    ) -> subprocess.Popen[bytes]:
        """Start a program in the desktop's own session; what it prints goes into `log`."""
        with log.open("ab") as out:
            return subprocess.Popen(
                command,
                env={**self.session.environ, **environ},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.home,
            )
