"""Each way in which a start can fail has a reason of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.reason import Reason

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX start errors")


def why(starter, *argv, directory=None, environment=None):
    """Return the reason for which a start fails."""
    with pytest.raises(StartFailed) as failed:
        starter.launch(ProcessLaunch(argv, directory, environment or {}))
    return failed.value.why


@pytest.fixture
def made(tmp_path):
    """Return what makes a file and returns its path."""

    def make(name, content, mode=0o755):
        path = tmp_path / name
        path.write_bytes(content)
        path.chmod(mode)
        return str(path)

    return make


def test_missing_program(starter):
    """A path where nothing is gives PROGRAM_MISSING with that path."""
    assert why(starter, "/no/such/program") == (
        Reason.PROGRAM_MISSING,
        {"path": "/no/such/program"},
    )


def test_missing_bare_name(starter):
    """A name that is nowhere in PATH gives PROGRAM_MISSING with the name."""
    assert why(starter, "no-such-program") == (Reason.PROGRAM_MISSING, {"path": "no-such-program"})


def test_program_in_the_childs_path(starter, made, tmp_path):
    """A bare name is looked for in the PATH the child gets, also by the diagnosis."""
    made("tool", b"#!/bin/sh\necho found\n")
    starter.launch(ProcessLaunch(("tool",), None, {"PATH": str(tmp_path)}))
    assert starter.output.line() == "found"
    made("plain", b"#!/bin/sh\n", 0o644)
    reason = why(starter, "plain", environment={"PATH": str(tmp_path)})
    assert reason == (Reason.PROGRAM_NOT_EXECUTABLE, {"path": str(tmp_path / "plain")})


def test_dangling_link(starter, tmp_path):
    """A link to nothing is a missing program."""
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert why(starter, str(tmp_path / "link")).code is Reason.PROGRAM_MISSING


def test_missing_directory(starter, tmp_path):
    """A working directory that is not there is told from a missing program."""
    gone = str(tmp_path / "gone")
    assert why(starter, "/bin/true", directory=gone) == (Reason.DIRECTORY_MISSING, {"path": gone})


@pytest.mark.parametrize("below", ["", "/inside"])
def test_directory_is_a_file(starter, made, below):
    """A file in place of the working directory is named as such."""
    file = made("file", b"") + below
    assert why(starter, "/bin/true", directory=file) == (Reason.NOT_A_DIRECTORY, {"path": file})


def test_not_executable(starter, made):
    """A file without the execute bit gives PROGRAM_NOT_EXECUTABLE."""
    path = made("script", b"#!/bin/sh\n", 0o644)
    assert why(starter, path) == (Reason.PROGRAM_NOT_EXECUTABLE, {"path": path})


def test_directory_as_program(starter, tmp_path):
    """A directory is no program that could be executed."""
    assert why(starter, str(tmp_path)).code is Reason.PROGRAM_NOT_EXECUTABLE


def test_missing_interpreter(starter, made):
    """A script whose first line names a program that is not there names the interpreter."""
    path = made("script", b"#!/no/such/interpreter -x\n")
    assert why(starter, path) == (Reason.INTERPRETER_MISSING, {"path": "/no/such/interpreter"})


def test_carriage_return_in_first_line(starter, made):
    """A script with the line ends of Windows shows the carriage return that breaks it."""
    path = made("script", b"#!/bin/sh\r\necho\r\n")
    assert why(starter, path) == (Reason.INTERPRETER_MISSING, {"path": "/bin/sh\\r"})


def test_interpreter_not_executable(starter, made):
    """An interpreter that may not be executed is named instead of the script."""
    interpreter = made("interpreter", b"", 0o644)
    path = made("script", f"#!{interpreter}\n".encode())
    assert why(starter, path) == (Reason.PROGRAM_NOT_EXECUTABLE, {"path": interpreter})


@pytest.mark.parametrize("content", [b"echo no first line\n", b"", b"\x7fELF of another world"])
def test_not_a_program(starter, made, content):
    """A file that is neither a script with a first line nor a binary gives NOT_A_PROGRAM."""
    path = made("file", content)
    assert why(starter, path) == (Reason.NOT_A_PROGRAM, {"path": path})


def test_binary_for_another_loader(starter, made):
    """A binary whose loader is missing is no program of this machine."""
    binary = Path("/bin/true").read_bytes()
    if b"/lib64/ld-linux-x86-64.so.2" not in binary:
        pytest.skip("needs a dynamically linked /bin/true of x86-64")
    foreign = binary.replace(b"/lib64/ld-linux-x86-64.so.2", b"/lib64/ld-linux-x86-64.so.X")
    path = made("foreign", foreign)
    assert why(starter, path) == (Reason.NOT_A_PROGRAM, {"path": path})


@pytest.mark.parametrize(
    ("argv", "environment", "word"),
    [
        (("/bin/echo", "a\0b"), {}, "null"),
        (("/bin/echo", "\ud800"), {}, "surrogate"),
        (("/bin/echo",), {"A=B": "x"}, "name"),
        (("/bin/echo", "x" * 3_000_000), {}, "too long"),
    ],
    ids=["nul", "surrogate", "variable name", "too long"],
)
def test_unusable_arguments(starter, argv, environment, word):
    """What the system cannot pass on gives START_FAILED with its error text."""
    reason = why(starter, *argv, environment=environment)
    assert reason.code is Reason.START_FAILED
    assert word in reason.args["error"]


def test_no_program_at_all(starter):
    """An empty command is a missing program, not an error of ours."""
    assert why(starter).code is Reason.PROGRAM_MISSING
