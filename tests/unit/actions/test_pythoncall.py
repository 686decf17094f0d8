"""Python functions and code, run by a real interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from typing import NamedTuple

import pytest

from deskcron.actions.pythoncall import PythonCall
from deskcron.domain.action import StartFailed
from deskcron.domain.reason import Reason

MODULE = """
import os

def add(a, b=1):
    return a + b

def nothing():
    print("done")

async def later():
    return "later"

def where():
    return os.getcwd()

def leave():
    raise SystemExit(7)

def fail():
    return {}["key"]

class Deep:
    @staticmethod
    def inner():
        return "deep"
"""


class _Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a module."""
    (tmp_path / "mine.py").write_text(MODULE)
    return tmp_path


@pytest.fixture
def call(run, workspace, folder):
    """Perform a call and return how it ended."""

    def performed(**fields):
        action = PythonCall(**{"interpreter": sys.executable, "directory": str(folder), **fields})
        assert not action.problems()
        launch = action.prepare(run, workspace)
        done = subprocess.run(
            launch.argv,
            cwd=launch.directory,
            env={**os.environ, **launch.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return _Done(done.returncode, done.stdout, done.stderr)

    return performed


@pytest.mark.parametrize(
    ("target", "arguments", "printed"),
    [
        ("mine:add", "[1, 2]", "3\n"),
        ("mine:add", '{"a": 1}', "2\n"),
        ("mine:add", '["<a b>", "$HOME"]', "<a b>$HOME\n"),
        ("mine:nothing", "", "done\n"),
        ("mine:later", "", "later\n"),
        ("mine:Deep.inner", " ", "deep\n"),
        ("os.path:join", '["a", "b"]', f"a{os.sep}b\n"),
    ],
)
def test_a_function_is_called_and_its_result_printed(call, target, arguments, printed):
    """The module is found in the folder; None is not printed; a coroutine is awaited."""
    assert call(target=target, arguments=arguments) == (0, printed, "")


def test_an_error_ends_with_the_own_lines_only(call):
    """The traceback goes to the log from the first line of the person's code on."""
    done = call(target="mine:fail")
    assert done.code == 1
    assert done.err.splitlines()[-1] == "KeyError: 'key'"
    assert "call_python" not in done.err


def test_the_code_itself_may_choose_its_exit_code(call):
    """SystemExit is what it is anywhere else."""
    assert call(target="mine:leave").code == 7


@pytest.mark.parametrize(
    ("target", "words"),
    [("nowhere:f", "No module named 'nowhere'"), ("mine:absent", "no attribute 'absent'")],
)
def test_what_is_not_there_is_named(call, target, words):
    """A wrong name fails in the words of Python."""
    done = call(target=target)
    assert done.code == 1
    assert words in done.err.splitlines()[-1]


def test_code_runs_as_a_program_in_its_folder(call, folder):
    """Inline code is __main__, finds modules in the folder, and sees no arguments of ours."""
    text = "import sys, mine\r\nprint(__name__, len(sys.argv), mine.where())\nfail = 1/0\n"
    done = call(text=text)
    assert done.out == f"__main__ 1 {folder}\n"
    assert "line 3, in <module>" in done.err
    assert done.code == 1


def test_a_virtual_environment_is_named_by_its_folder(call, folder):
    """The interpreter of an environment runs, not the one that deskcron runs by."""
    venv.create(folder / "env", with_pip=False)
    done = call(text="import sys\nprint(sys.prefix)", interpreter=str(folder / "env"))
    assert done.out == f"{folder / 'env'}\n"


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
