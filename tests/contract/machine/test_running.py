"""Programs that run, found by name and by path among real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskcron.system.machine.running import is_running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture
def script(tmp_path):
    """Return a running script with a long name, waiting for the end of its input."""
    path = tmp_path / "a-script-with-a-long-name-8421"
    path.write_text("#!/bin/sh\necho ready\nread line\n")
    path.chmod(0o755)
    process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    yield path, process
    process.communicate()


def test_found_by_name_and_path(script) -> None:
    """A script is found by its name and its path, by no part of them, and not after its end."""
    path, process = script
    assert is_running(path.name)
    assert is_running(str(path))
    assert not is_running(path.name[:-1])
    assert not is_running(str(path.with_name("other")))
    process.stdin.close()
    process.wait()
    process.stdin = None
    assert not is_running(path.name)
    assert not is_running(str(path))


def test_a_program_is_found_by_the_path_of_its_file(script) -> None:
    """The interpreter of a script runs as well, by the file that it really is."""
    assert is_running(str(Path("/bin/sh")))
    assert is_running(sys.executable)


def test_a_process_that_ended_does_not_run(tmp_path) -> None:
    """One whose end nobody has collected yet does not run any more."""
    path = tmp_path / "quick-8422"
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(0o755)
    process = subprocess.Popen([path], stdout=subprocess.PIPE)
    assert process.stdout.read() == b""
    process.stdout.close()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not is_running(path.name)
    process.wait()


def test_a_file_that_is_worked_on_is_no_program(script, tmp_path) -> None:
    """A script counts when an interpreter runs it, not when an editor shows it."""
    edited = tmp_path / "edited-8423.sh"
    os.mkfifo(edited)
    editor = subprocess.Popen(["cat", edited])
    with edited.open("w"):  # from here on it is being read
        assert not is_running(edited.name)
        assert not is_running(str(edited))
        assert is_running("cat")
    editor.wait()


def test_nothing_is_named(script) -> None:
    """An empty name runs never, and neither does what can be no path."""
    assert not is_running("")
    assert not is_running("/\0")
    assert not is_running("  ")
