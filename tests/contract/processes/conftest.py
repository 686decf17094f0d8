"""Real processes for the tests of the system adapters, and a pipe that tells of their end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator

import pytest

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.ports import Process
from deskcron.system.environment import base_environment
from deskcron.system.processes.posix import PosixProcesses

DEADLINE_S = 20.0


class Output:
    """The output of a tree of processes: its end means that the last of them has ended."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        self._buffer = b""

    def line(self) -> str:
        """Wait for a line."""
        while b"\n" not in self._buffer:
            data = self._more()
            assert data, "the output ended"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def rest(self) -> str:
        """Wait until every process that could write has ended, and return what they wrote."""
        os.close(self.writer)
        self.writer = -1
        while data := self._more():
            self._buffer += data
        return self._buffer.decode()

    def close(self) -> None:
        """Give back descriptors."""
        for fd in (self.reader, self.writer):
            if fd >= 0:
                os.close(fd)

    def _more(self) -> bytes:
        poll = select.poll()
        poll.register(self.reader, select.POLLIN)
        assert poll.poll(DEADLINE_S * 1000), "nothing came before the deadline"
        return os.read(self.reader, 65_536)


class Starter:
    """Start shell scripts and see to it that none outlives its test."""

    def __init__(self, processes: PosixProcesses, output: Output) -> None:
        self.processes = processes
        self.output = output
        self._started: list[Process] = []

    def shell(self, script: str, *, waits: bool = True) -> Process:
        """Start a script with /bin/sh."""
        return self.launch(ProcessLaunch(("/bin/sh", "-c", script), None, {}, waits))

    def launch(self, launch: ProcessLaunch) -> Process:
        """Start a launch."""
        process = self.processes.start(launch, self.output.writer)
        self._started.append(process)
        return process

    def close(self) -> None:
        """End what is left."""
        for process in self._started:
            process.kill()
            process.wait(DEADLINE_S)
            process.close()


@pytest.fixture
def processes() -> Iterator[PosixProcesses]:
    """Return the adapter with the environment of the tests."""
    posix = PosixProcesses(base_environment(os.environ))
    yield posix
    posix.close()


@pytest.fixture
def output() -> Iterator[Output]:
    """Return a pipe for the output of what is started."""
    pipe = Output()
    yield pipe
    pipe.close()


@pytest.fixture
def starter(processes: PosixProcesses, output: Output) -> Iterator[Starter]:
    """Return what starts processes and ends them after the test."""
    starter = Starter(processes, output)
    yield starter
    starter.close()
