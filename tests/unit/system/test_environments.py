"""Jobs get the environment they ask for, and nothing of the terminal deskcron came from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskcron.domain.environment import Base, Environment
from deskcron.system.environment import fresh_environment, minimal_environment
from deskcron.system.environments import SystemEnvironments

Make = Callable[..., SystemEnvironments]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Return what makes the environments of a person whose shell is the real sh."""
    made = []
    (tmp_path / ".profile").write_text('PATH="$HOME/bin:$PATH"; export PATH FROM_PROFILE=yes\n')

    def make(**more: str) -> SystemEnvironments:
        own = {"HOME": str(tmp_path), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", **more}
        made.append(SystemEnvironments(own, time.monotonic))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_login(make: Make, tmp_path: Path) -> None:
    """By default a job finds what a terminal finds."""
    found = make(EXTRA="1").of(Environment())
    assert found["PATH"].split(":")[0] == f"{tmp_path}/bin"
    assert (found["FROM_PROFILE"], found["EXTRA"]) == ("yes", "1")


def test_session(make: Make) -> None:
    """A job may have the environment of the engine as it is."""
    found = make(EXTRA="1").of(Environment(base=Base.SESSION))
    assert (found["PATH"], found["EXTRA"]) == ("/usr/bin:/bin", "1")
    assert "FROM_PROFILE" not in found


def test_minimal(make: Make, tmp_path: Path) -> None:
    """A job may have as little as a program needs."""
    around = make(EXTRA="1", USER="me", LANG="de_DE.UTF-8", DESKCRON_HOME="/data")
    assert around.of(Environment(base=Base.MINIMAL)) == {
        "HOME": str(tmp_path),
        "USER": "me",
        "LOGNAME": "me",
        "SHELL": "/bin/sh",
        "LANG": "de_DE.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "DESKCRON_HOME": "/data",
    }
    assert set(minimal_environment({})) == {"HOME", "USER", "LOGNAME", "SHELL", "LANG", "PATH"}


@pytest.mark.parametrize("base", Base)
def test_prefix(make: Make, tmp_path: Path, base: Base) -> None:
    """Folders of the job's own are looked into first, whatever comes after."""
    found = make().of(Environment(base=base, path_prefix=("/opt/x/bin", "~/own")))
    assert found["PATH"].split(":")[:2] == ["/opt/x/bin", f"{tmp_path}/own"]
    assert len(found["PATH"].split(":")) > 3


def test_terminal(make: Make) -> None:
    """The Python and the virtual environment of a terminal do not reach what a shell makes."""
    found = make(
        VIRTUAL_ENV="/venv", PATH="/venv/bin:/usr/bin:/bin", PYTHONPATH="/src", PYTHONHOME="/py"
    ).of(Environment())
    assert {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}.isdisjoint(found)
    assert "/venv/bin" not in found["PATH"].split(":")


def test_conda() -> None:
    """An active environment of conda is left as well."""
    environ = {"CONDA_PREFIX": "/c/envs/a", "CONDA_SHLVL": "1", "PATH": "/c/envs/a/bin:/bin"}
    assert fresh_environment(environ) == {"PATH": "/bin"}


def test_own_setting(make: Make, tmp_path: Path) -> None:
    """What the person's own files say of Python stays."""
    (tmp_path / ".profile").write_text("export PYTHONPATH=/mine\n")
    assert make(PYTHONPATH="/src").of(Environment())["PYTHONPATH"] == "/mine"


def test_session_changes(make: Make, tmp_path: Path) -> None:
    """A session that begins after the shell was asked is in the environment, its own agent not."""
    (tmp_path / ".profile").write_text("export SSH_AUTH_SOCK=/agent/of/the/files\n")
    around = make()
    assert "XDG_RUNTIME_DIR" not in around.of(Environment())
    around.meet({"XDG_RUNTIME_DIR": str(tmp_path), "SSH_AUTH_SOCK": str(tmp_path)})
    found = around.of(Environment())
    assert found["XDG_RUNTIME_DIR"] == str(tmp_path)
    assert found["SSH_AUTH_SOCK"] == "/agent/of/the/files"


def test_no_answer(make: Make, tmp_path: Path) -> None:
    """Without an answer of the shell a job gets the session's environment, and that is told."""
    (tmp_path / ".profile").write_text("exit 3\n")
    around = make(EXTRA="1")
    assert around.of(Environment())["EXTRA"] == "1"
    report = around.report()
    assert report is not None
    assert "without an answer" in report.fault
