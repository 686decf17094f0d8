"""A data directory with deskcron at work on a desktop, and the banners it shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.desktop import Desktop
from harness.notifications import Notification
from waiting import PATIENCE_S, until

from deskcron.bootstrap.core import Core
from deskcron.system.paths import Paths

DESKCRON = (sys.executable, "-m", "deskcron")


class Home:
    """A data directory with deskcron on the desktop, and what was notified since it began."""

    def __init__(self, desktop: Desktop, directory: Path, pid: int = 0) -> None:
        self.desktop = desktop
        self.pid = pid
        self.directory = directory
        self.core = Core(Paths.below(directory))
        self.facade = self.core.facade()
        self.before = desktop.notifications.count()

    def job(self, name: str, action: dict[str, object], notify: str = "always") -> str:
        """Store a job that only runs by hand, and return its id."""
        document = {"name": name, "triggers": [], "action": action, "policy": {"notify": notify}}
        return self.facade.jobs.add(document).job.id

    def every(self, length: str, name: str) -> str:
        """Store a job that runs at intervals, and return its id."""
        trigger = self.facade.whens.when("every", length)
        action = {"kind": "command", "program": "/bin/true"}
        document = {"name": name, "triggers": [trigger], "action": action}
        return self.facade.jobs.add(document).job.id

    def remind(self, title: str, text: str = "It is time.") -> str:
        """Have a reminder come, and return its job."""
        job = self.job(title, {"kind": "reminder", "title": title, "text": text})
        self.run(job)
        return job

    def shell(self, name: str, script: str) -> str:
        """Have a script run to its end, and return its job."""
        action = {"kind": "command", "program": "/bin/sh", "arguments": ["-c", script]}
        job = self.job(name, action)
        self.run(job)
        return job

    def run(self, job: str) -> None:
        """Run a job to its end."""
        self.facade.control.wait(self.facade.control.run(job), PATIENCE_S)

    def start_again(self, *command: str) -> None:
        """Start deskcron once more, which reaches the one that runs and ends with success."""
        log = self.directory.with_name("again.log")
        again = self.desktop.launch([*DESKCRON, *command], log, DESKCRON_HOME=str(self.directory))
        assert (again.wait(PATIENCE_S), log.read_text(encoding="utf-8")) == (0, "")

    def banner(self, words: str) -> Notification:
        """Wait for a banner of this home until a notification daemon has taken it.

        One that was sent to a daemon that was just ending is sent again.
        """

        def taken() -> Notification | None:
            found = self.desktop.notifications.await_one(
                words, after=self.before, within_s=PATIENCE_S
            )
            return found if found.id else None

        return until(taken, f"the banner {words!r} is taken")

    def banners(self) -> Sequence[Notification]:
        """Return all banners of this home."""
        return self.desktop.notifications.all()[self.before :]

    def press(self, words: str, button: str) -> Notification:
        """Press a button of the banner with these words, and return it."""
        banner = self.banner(words)
        self.desktop.notifications.invoke(banner, button)
        return banner

    def waiting(self) -> list[str]:
        """Return the titles of what is in the inbox."""
        return [entry.title for entry in self.facade.inbox.waiting()]


@contextmanager
def serving(desktop: Desktop, directory: Path, *command: str, **environ: str) -> Iterator[Home]:
    """Run deskcron on the desktop until an engine serves, and end it in order."""
    log = directory.with_name(f"{directory.name}{''.join(command)}.log")
    process = desktop.launch([*DESKCRON, *command], log, DESKCRON_HOME=str(directory), **environ)
    home = None
    try:
        until(lambda: _has_begun(directory / "engine.log"), "an engine serves")
        home = Home(desktop, directory, process.pid)
        yield home
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        if home is not None:
            home.core.close()
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _has_begun(log: Path) -> bool:
    return log.exists() and "Engine started" in log.read_text(encoding="utf-8")


def without_session() -> dict[str, str]:
    """Return what makes a process on the desktop one without a session."""
    return {"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": "", "PATH": os.environ["PATH"]}
