"""A script runs by the interpreter that the job or its first line names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deskcron.actions.script import Script
from deskcron.domain.action import StartFailed
from deskcron.domain.reason import Reason

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX interpreters")


def argv(script, run, workspace):
    """Return the prepared command."""
    return script.prepare(run, workspace).argv


def reason(script, run, workspace):
    """Return why a script cannot be started, and check that the warnings say something, too."""
    with pytest.raises(StartFailed) as failed:
        script.prepare(run, workspace)
    assert len(script.warnings()) == 1
    return failed.value.why.code


@pytest.fixture
def made(tmp_path):
    """Return what makes a script file and returns its path."""

    def make(content, mode=0o644, name="job"):
        path = tmp_path / name
        path.write_text(content)
        path.chmod(mode)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("interpreter", "before", "suffix"),
    [
        ("", ("/bin/sh",), ".sh"),
        ("sh", ("/bin/sh",), ".sh"),
        ("bash", ("bash",), ".sh"),
        ("python", ("python3",), ".py"),
        ("/bin/cat", ("/bin/cat",), ".script"),
    ],
)
def test_text(run, workspace, interpreter, before, suffix):
    """A text goes to a file and is run from there with the job's arguments."""
    script = Script(text="echo é", interpreter=interpreter, arguments=("a b",))
    file = workspace.folder / f"script{suffix}"
    assert argv(script, run, workspace) == (*before, str(file), "a b")
    assert file.read_text(encoding="utf-8") == "echo é"
    assert script.warnings() == ()


def test_text_with_first_line(run, workspace):
    """The first line of a text names its interpreter, with one argument as the kernel splits it."""
    script = Script(text="#! /usr/bin/env -S sh -e \necho")
    assert argv(script, run, workspace)[:2] == ("/usr/bin/env", "-S sh -e")
    assert argv(Script(text="#!/bin/cat\n", interpreter="sh"), run, workspace)[0] == "/bin/sh"


@pytest.mark.parametrize(
    ("found", "first"), [({"pwsh", "powershell"}, "pwsh"), ({"powershell"}, "powershell")]
)
def test_powershell(run, workspace, tmp_path, found, first):
    """The newer PowerShell is taken where there are both."""
    for name in found:
        (tmp_path / name).write_text("")
    script = Script(text="x", interpreter="powershell", environment={"PATH": str(tmp_path)})
    command = argv(script, run, workspace)
    assert command[:-1] == (first, "-NoProfile", "-ExecutionPolicy", "Bypass", "-File")
    assert command[-1].endswith(".ps1")


def test_file(run, workspace, made, home):
    """An executable file is run as it is, another one by its first line, or as the job says."""
    path = made("#!/bin/sh -e\n", 0o755)
    assert argv(Script(file=path), run, workspace) == (path,)
    Path(path).chmod(0o644)
    assert argv(Script(file=path), run, workspace) == ("/bin/sh", "-e", path)
    assert argv(Script(file=path, interpreter="python"), run, workspace) == ("python3", path)
    assert argv(Script(file=made("#!/bin/sh -e\r\n")), run, workspace)[:2] == ("/bin/sh", "-e")
    (home / "mine.sh").write_text("#!/bin/sh\n")
    for name in ("~/mine.sh", "$HOME/mine.sh", "mine.sh"):
        assert argv(Script(file=name), run, workspace) == ("/bin/sh", str(home / "mine.sh"))


def test_launch(run, workspace, tmp_path):
    """Directory and environment are those of the job, with the run's variables."""
    launch = Script(text="x", directory=str(tmp_path), environment={"A": "1"}).prepare(
        run, workspace
    )
    assert launch.directory == str(tmp_path)
    assert launch.environment["A"] == "1"
    assert launch.environment["DESKCRON_RUN_ID"] == "5"
    assert launch.waits


def test_start_errors(run, workspace, made):
    """Each thing that is missing has a reason of its own and a warning beforehand."""
    assert reason(Script(file="/no/such.sh"), run, workspace) is Reason.SCRIPT_MISSING
    assert reason(Script(file=made("echo")), run, workspace) is Reason.NOT_A_PROGRAM
    for script in (
        Script(file=made("#!/no/such/sh\n")),
        Script(text="#!/no/such/sh\n"),
        Script(text="x", interpreter="/no/such/sh"),
        Script(text="x", interpreter="bash", environment={"PATH": "/no/such"}),
    ):
        assert reason(script, run, workspace) is Reason.INTERPRETER_MISSING


def test_text_that_cannot_be_kept(run, workspace):
    """A full disk is a reason not to start, in the system's words."""
    workspace.folder /= "gone"
    with pytest.raises(StartFailed) as failed:
        Script(text="x").prepare(run, workspace)
    assert failed.value.why.code is Reason.START_FAILED


@pytest.mark.parametrize(
    ("script", "fields"),
    [
        (Script(text="x"), []),
        (Script(file="x"), []),
        (Script(), ["text"]),
        (Script(text=" \n"), ["text"]),
        (Script(text="x", file="x"), ["file"]),
        (Script(text="#!\nx"), ["text"]),
        (
            Script(text="x\0", interpreter="\0", arguments=("\0",)),
            ["text", "interpreter", "arguments"],
        ),
        (Script(text="x", environment={"": ""}), ["environment"]),
    ],
)
def test_problems(script, fields):
    """Each thing that can never work is named with its field."""
    assert [problem.field for problem in script.problems()] == fields


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(text="#!/bin/sh\n# note\n\n  echo a\n"), "echo a"),
        (Script(text="echo a\necho b"), "echo a (and 1 more line)"),
        (Script(text="a\nb\nc"), "a (and 2 more lines)"),
        (Script(text="# nothing"), "empty script"),
        (Script(file="/a b.sh", interpreter="bash", arguments=("c",)), "bash '/a b.sh' c"),
    ],
)
def test_describe(script, words):
    """The description is the command, or the first line that does something."""
    assert script.describe() == words
