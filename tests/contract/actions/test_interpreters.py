"""Python code and scripts, run by a real interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from typing import NamedTuple

import pytest

from deskcron.actions.pythoncall import PythonCall
from deskcron.actions.script import Script
from deskcron.domain.action import RunContext
from deskcron.domain.environment import Lacks, PythonTarget
from deskcron.system import pythonsearch
from deskcron.system.processes import processes_for
from deskcron.system.pythonsearch import PythonSearch
from deskcron.system.resources import resource
from deskcron.system.workspace import ScriptWorkspace

RUN = RunContext(7, "Tea", "schedule", None, 1)
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


PATIENCE_S = 60.0


class _Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def workspace(tmp_path):
    """Return where texts are kept as files."""
    return ScriptWorkspace(tmp_path / "scripts")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a module."""
    (tmp_path / "mine.py").write_text(MODULE)
    return tmp_path


@pytest.fixture
def call(workspace, folder):
    """Perform a call and return how it ended."""

    def performed(**fields):
        action = PythonCall(**{"interpreter": sys.executable, "directory": str(folder), **fields})
        assert not action.problems()
        launch = action.prepare(RUN, workspace)
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


def test_a_text_runs_with_the_line_ends_of_windows(workspace):
    """A prepared text runs with its arguments, whichever system it was written on."""
    text = 'echo "$1"\r\nif true; then\r\necho yes\r\nfi\r\n'
    launch = Script(text=text, arguments=("a b",)).prepare(RUN, workspace)
    done = subprocess.run(launch.argv, capture_output=True, text=True, check=True)
    assert done.stdout == "a b\nyes\n"


@pytest.fixture
def search(tmp_path, monkeypatch):
    """Return what asks a Python for functions, with patience."""
    monkeypatch.setattr(pythonsearch, "LIMIT_S", PATIENCE_S)
    processes = processes_for(sys.platform, dict(os.environ))
    yield PythonSearch(processes, resource("scripts", "find_python.py"))
    processes.close()


@pytest.fixture
def modules(folder):
    """Return a folder with modules of many kinds, which tell when they are run."""
    for name, text in {
        "plain.py": "def there(): pass",
        "given.py": "from plain import *",
        "pack/__init__.py": "def there(): pass",
        "pack/inner.py": "there = 1",
        "wide/__init__.py": "__path__.append('/x')",
        "space/one.py": "there = 1",
    }.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        mark = str(folder / "was-run")
        file.write_text(f"open({mark!r}, 'w').close()\n{text}\n")
    return folder


@pytest.mark.parametrize(
    ("target", "lacks"),
    [
        ("nosuch:f", Lacks.MODULE),
        ("nosuch.inner:f", Lacks.MODULE),
        ("plain:there", Lacks.NOTHING),
        ("plain:nowhere.inner", Lacks.FUNCTION),
        ("given:whatever", Lacks.NOTHING),
        ("pack:there", Lacks.NOTHING),
        ("pack:nowhere", Lacks.FUNCTION),
        ("pack.inner:there", Lacks.NOTHING),
        ("pack.inner:nowhere", Lacks.FUNCTION),
        ("pack.outer:there", Lacks.MODULE),
        ("pack.inner.more:there", Lacks.NOTHING),
        ("wide.outer:there", Lacks.NOTHING),
        ("space.one:there", Lacks.NOTHING),
        ("space.two:there", Lacks.NOTHING),
        ("os.path:join", Lacks.NOTHING),
        ("json:dumps", Lacks.NOTHING),
        ("sys:exit", Lacks.NOTHING),
        ("__main__:f", Lacks.NOTHING),
    ],
)
def test_a_function_is_looked_for_and_nothing_run(search, modules, target, lacks):
    """What cannot be known without running the module counts as found."""
    wanted = PythonTarget(sys.executable, target, str(modules), {}, None)
    assert search.lacks(wanted) is lacks
    assert not (modules / "was-run").exists()


def test_the_environment_of_the_job_counts(search, modules, tmp_path):
    """Modules are found where the run would find them."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    wanted = PythonTarget(sys.executable, "plain:there", str(elsewhere), {}, None)
    assert search.lacks(wanted) is Lacks.MODULE
    added = {"PYTHONPATH": str(modules)}
    assert search.lacks(wanted._replace(added=added)) is Lacks.NOTHING


def test_a_python_that_does_not_answer_is_ended(search, tmp_path, monkeypatch):
    """Nothing is said of it, nor of one that cannot be started or says something else."""
    monkeypatch.setattr(pythonsearch, "LIMIT_S", 0.2)
    silent = tmp_path / "python3"
    wanted = PythonTarget(str(silent), "a:b", str(tmp_path), {}, None)
    assert search.lacks(wanted) is Lacks.NOTHING
    for script in ("exec sleep 60", "exit 1", "kill -9 $$"):
        silent.write_text(f"#!/bin/sh\n{script}\n")
        silent.chmod(0o755)
        assert search.lacks(wanted) is Lacks.NOTHING
