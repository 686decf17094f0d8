"""The wrapper of exact jobs records start and exit and changes nothing else."""

from __future__ import annotations

import os
import signal

import pytest

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit, ExitRecord
from deskcron.domain.reason import Reason
from deskcron.system.runlog import FileRunLogs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
DEADLINE_S = 20.0


@pytest.fixture
def logs(tmp_path):
    """Return logs with one attempt."""
    logs = FileRunLogs(tmp_path)
    os.close(logs.create(1, 1))
    return logs


@pytest.fixture
def exact(starter, logs):
    """Return what starts a program under the wrapper."""

    def start(*argv, directory=None, **environment):
        launch = ProcessLaunch(argv, directory, environment)
        return starter.launch(starter.processes.recorded(launch, logs.record_path(1, 1)))

    return start


@pytest.mark.parametrize("code", [0, 1, 126, 127, 255])
def test_exit_code(exact, logs, code):
    """The wrapper ends with the program's code and records it."""
    process = exact("/bin/sh", "-c", f"exit {code}")
    assert process.wait(DEADLINE_S) == Exit(code=code)
    assert logs.read_record(1, 1) == ExitRecord(has_started=True, exit=Exit(code=code))


def test_arguments_and_environment(exact, starter, tmp_path):
    """Arguments reach the program untouched, and so do directory and environment."""
    exact("/bin/sh", "-c", 'printf "%s|" "$@" "$MINE"; pwd', "x", "a b", "$(c)", "'", "", "*",
          directory=str(tmp_path), MINE="own")  # fmt: skip
    assert starter.output.line() == f"a b|$(c)|'||*|own|{tmp_path}"


def test_names_of_the_shell(exact, starter, tmp_path):
    """A program with the name of a shell command is the program."""
    tool = tmp_path / "exit"
    tool.write_text("#!/bin/sh\necho the program\n")
    tool.chmod(0o755)
    process = exact("exit", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert starter.output.line() == "the program"
    assert process.wait(DEADLINE_S) == Exit(code=0)


def test_started_before_the_end(exact, starter, logs):
    """The start is recorded before the program runs, with the number of the process."""
    process = exact("/bin/sh", "-c", "echo ready; exec sleep 60")
    assert starter.output.line() == "ready"
    assert logs.read_record(1, 1) == ExitRecord(has_started=True, exit=None)
    started = logs.record_path(1, 1).read_text()
    assert started == f"started {process.identity.pid}\n"


def test_terminated(exact, starter, logs):
    """TERM to the tree ends the program; the wrapper lives long enough to record it."""
    process = exact("/bin/sh", "-c", "echo ready; exec sleep 60")
    assert starter.output.line() == "ready"
    process.terminate()
    code = 128 + signal.SIGTERM
    assert process.wait(DEADLINE_S) == Exit(code=code)
    assert logs.read_record(1, 1).exit == Exit(code=code)


def test_killed(exact, starter, logs):
    """KILL ends the wrapper as well: started, no exit."""
    process = exact("/bin/sh", "-c", "trap '' TERM; echo ready; sleep 60")
    assert starter.output.line() == "ready"
    process.kill()
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)
    assert logs.read_record(1, 1) == ExitRecord(has_started=True, exit=None)
    starter.output.rest()


def test_program_keeps_its_own_signals(exact, starter):
    """The wrapper's traps are not handed to the program: it dies of TERM as ever."""
    process = exact("/bin/sh", "-c", "trap; echo end of traps; exec sleep 60")
    assert starter.output.line() == "end of traps"
    process.terminate()
    assert process.wait(DEADLINE_S) == Exit(code=128 + signal.SIGTERM)


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (None, 0, Reason.PROGRAM_MISSING),
        (b"#!/bin/sh\n", 0o644, Reason.PROGRAM_NOT_EXECUTABLE),
        (b"echo text\n", 0o755, Reason.NOT_A_PROGRAM),
        (b"#!\necho text\n", 0o755, Reason.NOT_A_PROGRAM),
        (b"#!/no/such/interpreter\n", 0o755, Reason.INTERPRETER_MISSING),
    ],
)
def test_start_errors(exact, logs, tmp_path, content, mode, reason):
    """What cannot start fails with the same reason as without the wrapper and leaves no record."""
    program = tmp_path / "program"
    if content is not None:
        program.write_bytes(content)
        program.chmod(mode)
    with pytest.raises(StartFailed) as failed:
        exact(str(program))
    assert failed.value.why == (reason, failed.value.why.args)
    assert logs.read_record(1, 1) == ExitRecord(has_started=False, exit=None)


def test_missing_directory(exact, tmp_path):
    """A missing directory is told as such, though the program is fine."""
    with pytest.raises(StartFailed) as failed:
        exact("/bin/true", directory=str(tmp_path / "gone"))
    assert failed.value.why.code is Reason.DIRECTORY_MISSING


def test_record_cannot_be_written(starter, tmp_path):
    """The program runs although the record cannot be written, and nothing disturbs its output."""
    launch = ProcessLaunch(("/bin/sh", "-c", "echo ran; exit 3"), None, {})
    record = tmp_path / "no" / "such" / "directory"
    process = starter.launch(starter.processes.recorded(launch, record))
    assert process.wait(DEADLINE_S) == Exit(code=3)
    assert starter.output.rest() == "ran\n"


@pytest.mark.parametrize(
    ("text", "has_started", "ended"),
    [
        ("", False, None),
        ("star", False, None),
        ("started 12\n", True, None),
        ("started 12\nexit 1", True, None),
        ("started 12\nexit 12\n", True, Exit(code=12)),
        ("\0\0\0", False, None),
    ],
)
def test_torn_records(logs, text, has_started, ended):
    """Of a record that a crash has torn, only whole lines count."""
    logs.record_path(1, 1).write_text(text)
    assert logs.read_record(1, 1) == ExitRecord(has_started=has_started, exit=ended)
