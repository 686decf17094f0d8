"""Programs that give way to others: what the kernel says of them and of what they start."""

from __future__ import annotations

import os
import shutil

import pytest

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason

pytestmark = pytest.mark.skipif(shutil.which("ionice") is None, reason="needs util-linux")
DEADLINE_S = 20.0
TELL = 'sh -c "nice; ionice" & wait'
"""A shell that has another one tell its niceness and class."""


@pytest.mark.parametrize(
    ("manners", "nice", "disk"),
    [
        ({}, 0, "none: prio 0"),
        ({"nice": 7}, 7, "none: prio 0"),
        ({"nice": 19, "is_io_idle": True}, 19, "idle"),
        ({"is_io_idle": True}, 0, "idle"),
    ],
)
def test_a_program_and_what_it_starts_give_way(starter, manners, nice, disk):
    """Niceness and disk class hold for the whole tree, and nothing else changes."""
    launch = ProcessLaunch(("/bin/sh", "-c", TELL), None, {}, **manners)
    process = starter.launch(launch)
    assert starter.output.line() == str(min(19, nice + os.nice(0)))
    assert starter.output.line() == disk
    assert process.wait(DEADLINE_S) == Exit(code=0)


def test_it_is_the_program_that_is_watched(starter):
    """The tools are gone when the program runs: it has the pid and ends with its own code."""
    manners = {"nice": 3, "is_io_idle": True}
    launch = ProcessLaunch(("/bin/sh", "-c", 'echo $$; exit "$1"', "x", "9"), None, {}, **manners)
    process = starter.launch(launch)
    assert starter.output.line() == str(process.identity.pid)
    assert process.wait(DEADLINE_S) == Exit(code=9)


def test_a_missing_program_keeps_its_reason(starter):
    """It is the program that cannot start, not the tool."""
    with pytest.raises(StartFailed) as failed:
        starter.launch(ProcessLaunch(("/no/program",), None, {}, nice=5))
    assert failed.value.why.code is Reason.PROGRAM_MISSING


def test_without_the_tools_a_program_starts_as_ever(starter, tmp_path):
    """Where neither tool is found the program still runs."""
    environment = {"PATH": str(tmp_path)}
    launch = ProcessLaunch(("/bin/sh", "-c", "exit 4"), None, environment, nice=5, is_io_idle=True)
    assert starter.launch(launch).wait(DEADLINE_S) == Exit(code=4)
