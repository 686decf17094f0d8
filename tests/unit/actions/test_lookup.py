"""Programs are looked for in the environment of the job, and a missing one says where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskcron.actions.command import Command
from deskcron.actions.pythoncall import PythonCall
from deskcron.actions.script import Script
from deskcron.domain.action import ProcessLaunch
from deskcron.domain.environment import Lookup, PathElsewhere


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder with a program that only some PATH has."""
    folder = tmp_path / "tools"
    folder.mkdir()
    program = folder / "only-here"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return folder


def elsewhere(tools: Path) -> Lookup:
    """Return the lookup of a job without the folder that the login shell has."""
    return Lookup({"PATH": "/nowhere:/usr/bin"}, lambda: [PathElsewhere("The shell", str(tools))])


def test_found(tools):
    """What is on the PATH of the job is found, wherever deskcron was started."""
    assert not Command(program="only-here").warnings(Lookup({"PATH": str(tools)}))
    own = Command(program="only-here", environment={"PATH": str(tools)})
    assert not own.warnings(Lookup({"PATH": "/nowhere"}))


@pytest.mark.parametrize(
    "action",
    [
        Command(program="only-here"),
        Script(text="true", interpreter="only-here"),
        PythonCall(text="pass", interpreter="only-here"),
    ],
    ids=lambda action: type(action).__name__,
)
def test_elsewhere(action, tools):
    """A program that another PATH has is named with its folder, and with what to do."""
    [warning] = action.warnings(elsewhere(tools))
    assert "“only-here”" in warning
    assert "It is looked for in /nowhere, /usr/bin." in warning
    assert f"The shell has {tools}/only-here: put {tools} before the PATH" in warning


def test_nowhere(tools):
    """A program that no PATH has is said to be missing, with where it was looked for."""
    [warning] = Command(program="in-no-folder").warnings(elsewhere(tools))
    assert warning.endswith("It is looked for in /nowhere, /usr/bin.")


def test_folders_once():
    """A folder that stands twice on the PATH is named once."""
    [warning] = Command(program="in-no-folder").warnings(Lookup({"PATH": "/a:/nowhere::/a"}))
    assert warning.endswith("It is looked for in /a, /nowhere.")


def test_whole_path(tools):
    """Of a whole path nothing is said but that it is not there."""
    [warning] = Command(program="/nowhere/tool").warnings(elsewhere(tools))
    assert warning == "There is no program “/nowhere/tool”."


def test_interpreter_of_a_run(tools, run, workspace):
    """The interpreter of a script is looked for where the run will look for it."""
    script = Script(text="true", interpreter="only-here")
    launch = script.prepare(run._replace(base={"PATH": str(tools)}), workspace)
    assert isinstance(launch, ProcessLaunch)
    assert launch.argv[0] == "only-here"
