"""Start programs on Windows and end them with their descendants."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psutil

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit, Process, ProcessIdentity
from deskcron.domain.reason import Reason, Why

_NEW_GROUP = 0x00000200  # CREATE_NEW_PROCESS_GROUP
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW
_BELOW_NORMAL = 0x00004000  # BELOW_NORMAL_PRIORITY_CLASS; what it starts has it, too
_IDLE = 0x00000040  # IDLE_PRIORITY_CLASS, likewise
_IDLE_FROM_NICE = 15
_BAD_EXE_FORMAT = 193
_TICKS_A_SECOND = 100


class WindowsProcesses:
    """The Processes of Windows; children get `environment`. Thread: any."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._boot_id = str(round(psutil.boot_time()))

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Start a program without a console window, output to `output_fd`, stdin closed.

        Raises StartFailed with the reason.
        """
        try:
            popen = subprocess.Popen(
                launch.argv,
                cwd=launch.directory,
                env=launch.over(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=output_fd,
                stderr=output_fd if error_fd is None else error_fd,
                creationflags=_NEW_GROUP | _NO_WINDOW | _priority(launch),
            )
        except (OSError, ValueError, IndexError) as error:
            raise StartFailed(_reason(error, launch)) from error
        return WindowsProcess(psutil.Process(popen.pid), self._boot_id, popen)

    def recorded(self, launch: ProcessLaunch, record: Path) -> ProcessLaunch:
        """Return the launch unchanged: there is no POSIX shell."""
        del record
        return launch

    def adopt(self, identity: ProcessIdentity) -> Process | None:
        """Return the process if it still runs on this boot, else None."""
        try:
            process = psutil.Process(identity.pid)
            is_same = _identity(process, self._boot_id) == identity
        except psutil.Error:
            return None
        return WindowsProcess(process, self._boot_id, None) if is_same else None

    def holder_of(self, log: Path) -> ProcessIdentity | None:
        """Return None: Windows does not tell who writes to a file."""
        del log
        return None

    def boot_id(self) -> str:
        """Name the present boot of the machine by its time."""
        return self._boot_id


class WindowsProcess:
    """A started or (without `popen`) adopted process. Thread: any."""

    def __init__(
        self, process: psutil.Process, boot_id: str, popen: subprocess.Popen[bytes] | None
    ) -> None:
        self._process = process
        self._popen = popen
        self._identity = _identity(process, boot_id)
        self._seen: set[psutil.Process] = set()

    @property
    def identity(self) -> ProcessIdentity:
        """Return what is stored to find the process again."""
        return self._identity

    def fileno(self) -> int:
        """Return -1: Windows has no descriptor to wait on."""
        return -1

    def wait(self, timeout_s: float | None) -> Exit | None:
        """Wait for the direct child and return how it ended, None when the time is over."""
        try:
            if self._popen is not None:
                return Exit(code=self._popen.wait(timeout_s))
            self._process.wait(timeout_s)
        except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
            return None
        except psutil.Error:
            return Exit()
        return Exit()

    def terminate(self) -> None:
        """Remember the tree; Windows has no request to end that programs without a window hear."""
        self._seen |= self._tree()

    def kill(self) -> None:
        """End the whole tree by force, including what terminate() has seen."""
        for process in self._tree() | self._seen:
            try:
                process.kill()
            except psutil.Error:
                continue

    def has_leftovers(self) -> bool:
        """Tell whether processes seen in the tree are still there."""
        return any(process.is_running() for process in self._seen)

    def close(self) -> None:
        """Let a process that still runs go."""
        if self._popen is not None and self._popen.returncode is None:
            self._popen.returncode = 0

    def _tree(self) -> set[psutil.Process]:
        try:
            return {self._process, *self._process.children(recursive=True)}
        except psutil.Error:
            return {self._process}


def _identity(process: psutil.Process, boot_id: str) -> ProcessIdentity:
    return ProcessIdentity(process.pid, round(process.create_time() * _TICKS_A_SECOND), boot_id)


def _priority(launch: ProcessLaunch) -> int:
    """Return the flag of the priority class; the class of the disk is that of the processor."""
    if launch.nice >= _IDLE_FROM_NICE or launch.is_io_idle:
        return _IDLE
    return _BELOW_NORMAL if launch.nice else 0


def _reason(error: Exception, launch: ProcessLaunch) -> Why:
    directory, program = launch.directory, launch.argv[0] if launch.argv else ""
    if directory is not None and not os.path.isdir(directory):  # noqa: PTH112
        is_there = os.path.exists(directory)  # noqa: PTH110
        code = Reason.NOT_A_DIRECTORY if is_there else Reason.DIRECTORY_MISSING
        return Why(code, {"path": directory})
    if isinstance(error, (FileNotFoundError, IndexError)):
        return Why(Reason.PROGRAM_MISSING, {"path": program})
    if isinstance(error, PermissionError):
        return Why(Reason.PROGRAM_NOT_EXECUTABLE, {"path": program})
    if getattr(error, "winerror", None) == _BAD_EXE_FORMAT:
        return Why(Reason.NOT_A_PROGRAM, {"path": program})
    return Why(Reason.START_FAILED, {"error": str(error)})
