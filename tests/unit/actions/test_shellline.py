"""What a plain line for the shell begins with is looked for before it is needed."""

from __future__ import annotations

import sys

import pytest

from deskcron.actions.script import Script
from deskcron.actions.shellline import check_warnings
from deskcron.domain.action import Place
from deskcron.domain.environment import Lookup

HERE = Lookup({"PATH": "/nowhere:/usr/bin:/bin"})
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there cmd is the shell")


@pytest.mark.parametrize(
    "text", ["nosuchprog | cat", "  nosuchprog", "# first\n\nnosuchprog;ls\n", "./nosuch && ls"]
)
@pytest.mark.parametrize("interpreter", ["", "sh", "bash"])
def test_a_program_that_is_missing_is_told_of(text, interpreter):
    """Its name stands at the beginning of the only line."""
    [warning] = Script(text=text, interpreter=interpreter).warnings(HERE)
    assert warning.startswith("There is no program “")
    assert "nosuch" in warning


@pytest.mark.parametrize(
    "text",
    [
        "ls | nosuchprog",
        "A=1 nosuchprog",
        "$PROGRAM x",
        "'my program' x",
        "nosuchprog() { ls; }; nosuchprog",
        "if nosuchprog; then ls; fi",
        "cd /srv && ls",
        "[ -f x ]",
        ". x",
        "! nosuchprog",
        "(nosuchprog)",
        "nosuchprog\nls",
        "/bin/ls",
        "",
    ],
)
def test_what_is_not_plain_is_not_guessed(text):
    """Words of the shell, variables, and what comes later are the shell's to understand."""
    assert not [word for word in Script(text=text or "#").warnings(HERE) if "no program" in word]


def test_another_language_has_other_words():
    """Only lines for a shell begin with programs."""
    assert Script(text="nosuchprog", interpreter="python").warnings(HERE) == ()
    assert Script(text="#!/bin/cat\nnosuchprog").warnings(HERE) == ()


def test_a_check_is_looked_for_where_its_job_starts(tmp_path):
    """It finds what the job finds: beside it, and on the PATH that the job adds."""
    program = tmp_path / "mycheck"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    at_home, there = Place(str(tmp_path.parent)), Place(str(tmp_path), {"PATH": str(tmp_path)})
    [warning] = check_warnings("mycheck --token=abc", at_home, HERE)
    assert warning.startswith(
        "The check “mycheck --token=••••” cannot succeed. There is no program"
    )
    assert "It is looked for in /nowhere, /usr/bin, /bin." in warning
    for command in ("./mycheck", "mycheck"):
        assert not list(check_warnings(command, there, HERE))
