"""A command is passed on exactly, and what is wrong with it is said in words."""

from __future__ import annotations

import os

import pytest

from deskcron.actions.command import Command
from deskcron.domain.action import ProcessLaunch
from deskcron.domain.environment import Lookup


def test_prepare(run, workspace, home):
    """Arguments stay, the run's variables go over the job's own, home is where it starts."""
    command = Command(
        program="tool", arguments=("$HOME", "~", "a b"), environment={"A": "1", "DESKCRON_JOB": "x"}
    )
    assert command.prepare(run, workspace) == ProcessLaunch(
        argv=("tool", "$HOME", "~", "a b"),
        directory=str(home),
        environment={
            "A": "1",
            "DESKCRON_JOB": "Backup",
            "DESKCRON_RUN_ID": "5",
            "DESKCRON_CAUSE": "schedule",
            "DESKCRON_SCHEDULED_AT": "2026-07-01T10:00:00+00:00",
            "DESKCRON_ATTEMPT": "2",
        },
    )


def test_places_are_expanded(run, workspace, home, monkeypatch):
    """~ and variables are replaced in the directory, ~ in the program."""
    monkeypatch.setenv("WHERE", "~/data")
    launch = Command(program="~/bin/tool", directory="$WHERE/x").prepare(run, workspace)
    assert launch.argv == (f"{home}/bin/tool",)
    assert launch.directory == f"{home}/data/x"
    launch = Command(program="a$WHERE", directory="$NO_SUCH/x").prepare(run, workspace)
    assert launch.argv == ("a$WHERE",)
    assert launch.directory == "$NO_SUCH/x"


def test_places_are_those_of_the_run(run, workspace, tmp_path, monkeypatch):
    """~ and variables have the values that the program finds: its own, the run's, the base's."""
    monkeypatch.setenv("WHERE", "/engine")
    base = {"HOME": str(tmp_path), "WHERE": "/base", "BASE": "/b"}
    run = run._replace(base=base, origin={"file": "/watched/x"})

    def directory(text, **own):
        command = Command(program="tool", directory=text, environment=own)
        return command.prepare(run, workspace).directory

    assert directory("") == str(tmp_path)
    assert directory("~/x") == f"{tmp_path}/x"
    assert directory("$WHERE${BASE}/x") == "/base/b/x"
    assert directory("$WHERE", WHERE="/own") == "/own"
    assert directory("$DESKCRON_FILE") == "/watched/x"
    program = Command(program="~/bin/tool").prepare(run, workspace)
    assert program.argv == (f"{tmp_path}/bin/tool",)


def test_warnings_look_where_the_run_will(tmp_path):
    """A folder that the environment of the job names is found; one that a run names may be."""
    lookup = Lookup({"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert not Command(program="ls", directory="~").warnings(lookup)
    assert not Command(program="ls", directory="$DESKCRON_FILE/..").warnings(lookup)
    [warning] = Command(program="ls", directory="~/gone").warnings(lookup)
    assert f"{tmp_path}/gone" in warning


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (Command(program="ls"), []),
        (Command(program=" "), ["program"]),
        (Command(program="a\0b"), ["program"]),
        (Command(program="ls", arguments=("a", "b\0"), directory="\0"), ["arguments", "directory"]),
        (Command(program="ls", environment={"A.b": "", "_": "", "Ä": ""}), []),
        (Command(program="ls", environment={"": ""}), ["environment"]),
        (Command(program="ls", environment={"A=B": ""}), ["environment"]),
        (Command(program="ls", environment={"A\0": "x\0"}), ["environment", "environment"]),
    ],
)
def test_problems(command, fields):
    """Each thing that can never work is named with its field."""
    problems = command.problems()
    assert [problem.field for problem in problems] == fields
    assert all(problem.message and "\0" not in problem.message for problem in problems)


@pytest.fixture
def made(tmp_path):
    """Return what makes a file and returns its path."""

    def make(content, mode=0o755):
        path = tmp_path / "tool"
        path.write_bytes(content)
        path.chmod(mode)
        return path

    return make


def test_no_warnings(made, tmp_path):
    """A program that would start is not warned of, by path, by name and by the job's own PATH."""
    assert Command(program="/bin/ls").warnings() == ()
    assert Command(program="ls").warnings() == ()
    made(b"#!/bin/sh\n")
    assert Command(program="tool", environment={"PATH": str(tmp_path)}).warnings() == ()
    assert Command(program="./tool", directory=str(tmp_path)).warnings() == ()


@pytest.mark.skipif(os.name != "posix", reason="POSIX programs")
@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (b"#!/bin/sh\n", 0o644, "not executable"),
        (b"#!/no/such/shell\n", 0o755, "/no/such/shell"),
        (b"#!/bin/sh\r\n", 0o755, "/bin/sh\\r"),
        (b"echo\n", 0o755, "no first line"),
    ],
)
def test_warnings_of_the_file(made, content, mode, words):
    """Each thing that would keep a file from starting has words of its own."""
    (warning,) = Command(program=str(made(content, mode))).warnings()
    assert words in warning


def test_warnings_of_places(tmp_path, made):
    """Missing programs and directories, and what only looks like them, are warned of."""
    file = made(b"\x7fELF\0")
    for command, words in [
        (Command(program="/no/such"), "no program"),
        (Command(program="no-such"), "no program"),
        (Command(program="ls -l"), "field of their own"),
        (Command(program=str(tmp_path)), "is a folder"),
        (Command(program="/bin/ls", directory="/no/such"), "does not exist"),
        (Command(program="/bin/ls", directory=str(file)), "not a folder"),
    ]:
        (warning,) = command.warnings()
        assert words in warning, command


def test_directory_that_may_not_be_entered(tmp_path, monkeypatch):
    """A directory without permission is warned of."""
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    (warning,) = Command(program="/bin/ls", directory=str(tmp_path)).warnings()
    assert "may not be entered" in warning


def test_describe():
    """The description is the exact command."""
    assert Command(program="echo", arguments=("a b", "c")).describe() == "echo 'a b' c"
