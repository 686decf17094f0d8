"""A login shell tells its environment, whatever else its files do."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from deskcron.system.shells.capture import LIMIT_BYTES, CaptureFailed, capture

# The shell, the file that it reads at a login, and how that adds a folder and a variable.
_EXPORT = 'export PATH="/opt/mine:$PATH"\nexport COLOUR="deep blue=1"\n'
_FISH = 'set -gx PATH /opt/mine $PATH\nset -gx COLOUR "deep blue=1"\n'
SHELLS = {
    "bash": (".bash_profile", _EXPORT),
    "dash": (".profile", _EXPORT),
    "zsh": (".zshrc", _EXPORT),
    "fish": (".config/fish/config.fish", _FISH),
}

Ask = Callable[..., dict[str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of a person without any files."""
    return tmp_path


@pytest.fixture
def ask(home: Path) -> Ask:
    """Ask a shell of that person."""

    def ask(shell: str = "/bin/sh", limit_s: float = 20.0, **more: str) -> dict[str, str]:
        environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", **more}
        return capture(shell, environment, limit_s, time.monotonic, lambda: False)

    return ask


@pytest.mark.parametrize("name", SHELLS)
def test_start_files(name: str, home: Path, ask: Ask) -> None:
    """What the files of a shell add to the environment is there, in every kind of shell."""
    shell = shutil.which(name)
    if shell is None:
        pytest.skip(f"{name} is not installed")
    place, text = SHELLS[name]
    home.joinpath(place).parent.mkdir(parents=True, exist_ok=True)
    home.joinpath(place).write_text(text)
    made = ask(shell)
    assert made["PATH"].startswith("/opt/mine:")
    assert made["COLOUR"] == "deep blue=1"
    assert made["HOME"] == str(home)


def test_interactive_part(home: Path, ask: Ask) -> None:
    """What a file does for interactive shells only is done: a terminal has it as well."""
    home.joinpath(".profile").write_text("case $- in *i*) export SEEN=yes ;; esac\n")
    assert ask()["SEEN"] == "yes"


def test_noise(home: Path, ask: Ask) -> None:
    """Greetings before and values of several lines do no harm."""
    home.joinpath(".profile").write_text("echo Welcome; env -0; export TWO='a\nB=c'\n")
    assert ask()["TWO"] == "a\nB=c"
    assert "B" not in ask()


def test_traces(ask: Ask) -> None:
    """What only the capture brings about is not in the answer."""
    made = ask()
    assert {"_", "SHLVL", "PWD", "OLDPWD", "TERM", "DISABLE_AUTO_UPDATE"}.isdisjoint(made)
    assert ask(TERM="xterm")["TERM"] == "xterm"


def test_hanging_file(home: Path, ask: Ask) -> None:
    """A file that never ends is given up on in time, and what it started is ended."""
    home.joinpath(".profile").write_text("sleep 600 & echo $! >child\nwait\n")
    begun_s = time.monotonic()
    with pytest.raises(CaptureFailed, match="too long"):
        ask(limit_s=0.5)
    assert time.monotonic() - begun_s < 60
    child = int(home.joinpath("child").read_text())
    psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], 5)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_question(home: Path, ask: Ask) -> None:
    """A file that asks something gets no answer and goes on."""
    home.joinpath(".profile").write_text('read answer; export ANSWER="<$answer>"\n')
    assert ask()["ANSWER"] == "<>"


def test_background(home: Path, ask: Ask) -> None:
    """What a file leaves in the background, an agent for example, does not delay the answer."""
    home.joinpath(".profile").write_text("sleep 600 & echo $! >child; export DONE=1\n")
    assert ask(limit_s=10.0)["DONE"] == "1"
    child = psutil.Process(int(home.joinpath("child").read_text()))
    assert child.is_running()
    child.kill()


def test_early_end(home: Path, ask: Ask) -> None:
    """A file that ends the shell, or becomes another program, is told as such."""
    home.joinpath(".profile").write_text("exec true\n")
    with pytest.raises(CaptureFailed, match="without an answer"):
        ask()


def test_flood(home: Path, ask: Ask) -> None:
    """A file that writes without end is given up on."""
    home.joinpath(".profile").write_text("exec yes\n")
    with pytest.raises(CaptureFailed, match="too much"):
        ask()
    assert LIMIT_BYTES < 10**7


def test_missing_shell(ask: Ask) -> None:
    """A shell that is not there is told with the reason."""
    with pytest.raises(CaptureFailed, match="No such file"):
        ask("/nowhere/shell")


def test_bytes(home: Path, ask: Ask) -> None:
    """Values that are no text come through as they are."""
    home.joinpath(".profile").write_bytes(b"export ODD='\xff\xfe'\n")
    assert os.fsencode(ask()["ODD"]) == b"\xff\xfe"


def test_clean_up(home: Path, ask: Ask) -> None:
    """What a file runs may clean up when it is given up on, such as a lock it holds."""
    home.joinpath(".profile").write_text(
        "sh -c 'trap \"rm lock; exit\" HUP; echo $$ >child; >lock; while :; do sleep 0.01; done'\n"
    )
    with pytest.raises(CaptureFailed, match="too long"):
        ask(limit_s=1.0)
    child = int(home.joinpath("child").read_text())
    psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], 20)
    assert not home.joinpath("lock").exists()
