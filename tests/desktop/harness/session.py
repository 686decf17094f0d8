"""A desktop that runs: where it is kept and how to reach it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from harness.processes import is_alive

_FILE = "session.json"
KEPT = ("PATH", "TZ", "USER", "LOGNAME")
"""What the desktop has from whoever started it."""
NOT_OURS = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "AT_SPI_BUS_ADDRESS")
"""What a client of the desktop must not have in its environment."""


@dataclass(frozen=True)
class Session:
    """A desktop: its directory, what it puts into an environment, and its processes by name."""

    directory: Path
    mark: str
    width: int
    height: int
    notifier: str
    environ: Mapping[str, str]
    pids: Mapping[str, int]

    @property
    def bus_address(self) -> str:
        """Return where the session bus listens."""
        return self.environ["DBUS_SESSION_BUS_ADDRESS"]

    @property
    def client_environ(self) -> Mapping[str, str]:
        """Return what leads a program to this desktop, and away from the person's own files."""
        own = (*KEPT, "LANG")
        return {key: value for key, value in self.environ.items() if key not in own}

    @property
    def failures(self) -> Path:
        """Return where the logs of a start that failed are left."""
        return self.directory.with_name(self.directory.name + ".failed")

    def log(self, name: str) -> Path:
        """Return what a process has printed."""
        return self.directory / "log" / name

    def with_process(self, name: str, pid: int) -> Self:
        """Return the session with one more process."""
        return replace(self, pids={**self.pids, name: pid})

    def is_running(self) -> bool:
        """Tell whether its screen and its bus are there."""
        servers = [self.pids[name] for name in SERVERS if name in self.pids]
        return len(servers) == len(SERVERS) and all(is_alive(pid, self.mark) for pid in servers)

    def save(self) -> None:
        """Write it into its directory."""
        values = {**asdict(self), "directory": str(self.directory)}
        (self.directory / _FILE).write_text(json.dumps(values, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> Self | None:
        """Return the session kept in a directory, None where there is none."""
        try:
            values = json.loads((directory / _FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(**{**values, "directory": directory})


SERVERS: Sequence[str] = ("Xvfb", "dbus")
"""The processes that everything else is a client of."""
