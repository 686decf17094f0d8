"""What is handed over for a start: secrets in place of every reference, or nothing at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.reason import Reason
from deskcron.system.processes.secretprocesses import SecretProcesses

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX says what a program is")


@pytest.fixture
def given(tmp_path):
    """Return what starts a program with a secret and returns the launches handed over."""
    launches: list[ProcessLaunch] = []
    machine = SimpleNamespace(start=lambda launch, *_fds: launches.append(launch))
    ring = SimpleNamespace(get=lambda _name: "value-of-a-secret")
    processes = SecretProcesses(machine, ring, {"PATH": str(tmp_path)})

    def start(program: str, **how) -> list[ProcessLaunch]:
        processes.start(ProcessLaunch((program,), None, {"T": "${secret:A}"}, **how), 1)
        return launches

    start.launches = launches
    return start


def _made(path: Path, content: bytes, mode: int) -> str:
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize("content", [b"\x7fELF", b"#!/bin/sh\n", b"echo text\n", b""])
def test_what_may_start_gets_the_value_and_is_masked(given, tmp_path, content) -> None:
    """Of no file that may be executed it is guessed that it cannot start: it would leak."""
    program = _made(tmp_path / "program", content, 0o755)
    [launch] = given(program)
    assert launch.argv[-2:] == ("--", program)
    assert launch.argv[0] != program
    assert not any("${secret:A}" in value for value in launch.environment.values())


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (None, 0, Reason.PROGRAM_MISSING),
        (b"\x7fELF", 0o644, Reason.PROGRAM_NOT_EXECUTABLE),
        (b"#!/no/such/interpreter\n", 0o755, Reason.INTERPRETER_MISSING),
    ],
)
def test_what_cannot_start_is_not_even_tried(given, tmp_path, content, mode, reason) -> None:
    """It may be put there just now, and would run with a reference in place of the secret."""
    if content is not None:
        _made(tmp_path / "program", content, mode)
    with pytest.raises(StartFailed) as failed:
        given("program")
    assert failed.value.why.code is reason
    assert given.launches == []


def test_an_interpreter_that_may_not_be_executed_is_named(given, tmp_path) -> None:
    """The program itself is fine; what its first line names is not."""
    interpreter = _made(tmp_path / "interpreter", b"\x7fELF", 0o644)
    program = _made(tmp_path / "program", f"#!{interpreter}\n".encode(), 0o755)
    with pytest.raises(StartFailed) as failed:
        given(program)
    assert failed.value.why == (Reason.PROGRAM_NOT_EXECUTABLE, {"path": interpreter})
