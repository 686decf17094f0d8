"""Python functions and code: what can be called, by which interpreter, and how it is described."""

from __future__ import annotations

import os
import sys

import pytest

from deskcron.actions.pythoncall import PythonCall
from deskcron.domain.action import StartFailed
from deskcron.domain.environment import Lacks, Lookup, PythonTarget
from deskcron.domain.reason import Reason


def test_without_a_choice_the_python_of_the_path_runs(run, workspace, tmp_path):
    """The empty interpreter is a name for the child's own PATH, never our own program."""
    launch = PythonCall(target="a:b").prepare(run, workspace)
    assert launch.argv[0] == "python3"
    nowhere = PythonCall(target="a:b", environment={"PATH": str(tmp_path)})
    with pytest.raises(StartFailed) as failed:
        nowhere.prepare(run, workspace)
    assert failed.value.why == (Reason.INTERPRETER_MISSING, {"path": "python3"})
    assert nowhere.warnings()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "target"),
        ({"target": "module"}, "target"),
        ({"target": "a:b; import os"}, "target"),
        ({"target": "1a:b"}, "target"),
        ({"target": "a:b", "text": "x"}, "text"),
        ({"text": "x", "arguments": "[1]"}, "arguments"),
        ({"target": "a:b", "arguments": "1"}, "arguments"),
        ({"target": "a:b", "arguments": "[1"}, "arguments"),
        ({"text": "x\0"}, "text"),
        ({"text": "x", "environment": {"A": "${secret:a b}"}}, "environment"),
    ],
)
def test_what_cannot_be_called_is_refused(fields, field):
    """A problem names the field that is wrong."""
    assert [problem.field for problem in PythonCall(**fields).problems()] == [field]


def test_a_missing_environment_is_warned_of(tmp_path):
    """A folder without an interpreter is told of when the job is saved."""
    assert "There is no Python" in PythonCall(target="a:b", interpreter=str(tmp_path)).warnings()[0]


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        (Lacks.NOTHING, []),
        (Lacks.MODULE, ["python3 finds no module “a.b”. It is looked for in {folder} first."]),
        (Lacks.FUNCTION, ["The module “a.b” has no “c.d”."]),
    ],
)
def test_what_the_interpreter_does_not_find_is_warned_of(tmp_path, lacks, words):
    """It is asked as the job would start it: in its folder, with its environment."""
    asked = []

    def answer(target: PythonTarget) -> Lacks:
        asked.append(target)
        return lacks

    lookup = Lookup({"PATH": os.environ["PATH"]}, lacks=answer)
    call = PythonCall(target="a.b:c.d", directory=str(tmp_path), environment={"PYTHONPATH": "/x"})
    assert call.warnings(lookup) == tuple(text.format(folder=tmp_path) for text in words)
    assert asked == [
        PythonTarget("python3", "a.b:c.d", str(tmp_path), {"PYTHONPATH": "/x"}, lookup.environment)
    ]
    assert call.warnings(lookup.without_processes()) == ()


def test_nothing_but_a_python_is_asked(tmp_path):
    """What has another name might do something with the question; code has no function."""
    other = tmp_path / "sh"
    other.symlink_to(sys.executable)
    lookup = Lookup(lacks=lambda _target: Lacks.MODULE)
    assert PythonCall(target="a:b", interpreter=str(other)).warnings(lookup) == ()
    assert PythonCall(text="import a").warnings(lookup) == ()
    assert len(PythonCall(target="a:b", directory="/no/where").warnings(lookup)) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target": "a:b"}, "a:b()"),
        ({"target": "a:b", "arguments": '[1, "x"]'}, "a:b(1, 'x')"),
        ({"target": "a:b", "arguments": '{"n": 1}'}, "a:b(n=1)"),
        ({"target": "a:b", "arguments": "{"}, "a:b(…)"),
        ({"text": "# hi\nprint(1)\n"}, "print(1)"),
        ({"text": "#\n"}, "empty script"),
    ],
)
def test_it_is_described_as_the_call_it_is(fields, words):
    """One line says what is called."""
    assert PythonCall(**fields).describe() == words
