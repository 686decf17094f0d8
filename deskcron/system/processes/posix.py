"""Start programs on Linux and macOS, adopt them again, and find the writer of a log."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Process, ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.system.processes.adopted import adopt
from deskcron.system.processes.child import ChildProcess
from deskcron.system.processes.diagnosis import diagnose
from deskcron.system.processes.exact import recorded
from deskcron.system.processes.gentle import gentle
from deskcron.system.processes.machine import boot_id
from deskcron.system.processes.tree import RUN_KEY
from deskcron.system.processes.writers import session_leader_writing
from deskcron.system.session import snapshot


class PosixProcesses:
    """The Processes of a POSIX system. Thread: any.

    Children get `environment`, which is read at each start.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._boot_id = boot_id()
        self._null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Start a program in a session of its own, output to `output_fd`, stdin closed.

        What is not waited for is collected by a thread of its own when it ends, so that it
        leaves no zombie. Raises StartFailed with the reason.
        """
        if not launch.argv:
            raise StartFailed(Why(Reason.PROGRAM_MISSING, {"path": ""}))
        key = token_hex(8)
        own = snapshot(self._environment) if launch.base is None else {}
        environment = {**launch.over(own), RUN_KEY: key}
        try:
            # Popen and not posix_spawn: with a session of its own, that is three times slower.
            popen = subprocess.Popen(
                gentle(launch, environment),
                cwd=launch.directory,
                env=environment,
                stdin=self._null,
                stdout=output_fd,
                stderr=output_fd if error_fd is None else error_fd,
                start_new_session=True,
            )
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise StartFailed(diagnose(error, launch, environment)) from error
        popen.returncode = 0  # from here on the process is ours to collect, not Popen's
        process = ChildProcess(popen.pid, self._boot_id, key)
        if not launch.waits:
            threading.Thread(
                target=process.wait, args=(None,), name=f"collect-{popen.pid}", daemon=True
            ).start()
        return process

    def recorded(self, launch: ProcessLaunch, record: Path) -> ProcessLaunch:
        """Wrap a launch so that its start and exit code are written to `record`.

        A launch that cannot succeed comes back unchanged, so that start() gives its reason.
        """
        return recorded(launch, record, snapshot(self._environment))

    def adopt(self, identity: ProcessIdentity) -> Process | None:
        """Return the process if it still runs on this boot, else None."""
        return adopt(identity, self._boot_id)

    def holder_of(self, log: Path) -> ProcessIdentity | None:
        """Find the session leader that writes to `log`, None where none does."""
        return session_leader_writing(log, self._boot_id)

    def boot_id(self) -> str:
        """Name the present boot of the machine."""
        return self._boot_id

    def close(self) -> None:
        """Give back descriptors; safe to call twice."""
        if self._null >= 0:
            os.close(self._null)
            self._null = -1
