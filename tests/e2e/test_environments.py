"""Jobs of the real engine find what a terminal finds, whatever started it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from desk import command

from deskcron.domain.run import Status

BARE = dict.fromkeys(os.environ)
"""Takes everything away from an environment."""


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """Return the environment that a desktop gives to what it starts for a person."""
    home = tmp_path / "person"
    (home / "bin").mkdir(parents=True)
    tool = home / "bin" / "persons-tool"
    tool.write_text('#!/bin/sh\necho "with $FROM_PROFILE in $XDG_RUNTIME_DIR"\n')
    tool.chmod(0o755)
    profile = 'PATH="$HOME/bin:$PATH"; export PATH FROM_PROFILE=a-profile MY_TOKEN=s3cret\n'
    (home / ".profile").write_text(profile)
    return {"HOME": str(home), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "USER": "me"}


def bare(desk, person):
    """Return the variables of a daemon that was started by no terminal."""
    return {**BARE, **person, "DESKCRON_HOME": str(desk.home), "TZ": "UTC"}


def test_a_program_that_only_the_login_shell_finds(desk, person):
    """A daemon without a terminal runs it; the minimal environment does not have it."""
    desk.add("Tool", command("persons-tool"))
    desk.add("Least", command("persons-tool"), environment={"base": "minimal"})
    desk.add(
        "Named",
        command("persons-tool"),
        environment={"base": "minimal", "path_prefix": ["~/bin"]},
    )
    desk.daemon(**bare(desk, person))
    ends = {name: desk.await_end(desk.start(name)).status for name in ("Tool", "Least", "Named")}
    assert ends == {
        "Tool": Status.SUCCEEDED,
        "Least": Status.FAILED,
        "Named": Status.SUCCEEDED,
    }


def test_a_terminal_sees_the_environment_of_the_engine(desk, person):
    """The command env shows what the engine gives, and compares it with where it is typed."""
    desk.add("Tool", command("persons-tool"))
    desk.daemon(**bare(desk, person))
    run = desk.await_end(desk.start("Tool"))
    now = desk.json("env", "Tool")["variables"]
    then = desk.json("env", "Tool", "--run", run.id)["variables"]
    assert now == then
    assert now["FROM_PROFILE"] == "a-profile"
    assert "s3cret" not in desk.told("env", "Tool")
    typed_in = {"PATH": f"/typed/bin:{os.environ['PATH']}", "ONLY_TYPED": "1"}
    told = desk.told("env", "Tool", "--diff", **typed_in)
    assert "  < FROM_PROFILE=a-profile" in told
    assert "  > ONLY_TYPED=1" in told
    assert "  > /typed/bin" in told
    assert f"  < {person['HOME']}/bin" in told
    assert "/bin/sh gave its environment" in desk.cli("doctor").stdout


def test_a_shell_that_hangs(desk, person):
    """Start-up files that never end delay the first run by five seconds, and no later one."""
    Path(person["HOME"], ".profile").write_text('echo asked >> "$HOME/asked"\nsleep 600\n')
    for name in ("Tea", "Milk"):
        desk.add(name, command("/bin/echo", "hello"))
    desk.daemon(**bare(desk, person))
    first = desk.await_end(desk.start("Tea"))
    assert first.status is Status.SUCCEEDED
    assert desk.await_end(desk.start("Milk")).status is Status.SUCCEEDED
    assert Path(person["HOME"], "asked").read_text() == "asked\n"


def test_the_session_of_the_last_window(desk, person, tmp_path):
    """A headless engine gives its jobs the session a window was in, while that is there."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    desk.facade.environment.remember({"XDG_RUNTIME_DIR": str(folder)})
    desk.add("Tool", command("persons-tool"))
    desk.daemon(**bare(desk, person))
    run = desk.await_end(desk.start("Tool"))
    assert desk.told("log", run.id) == f"with a-profile in {folder}\n"
    folder.rmdir()
    run = desk.await_end(desk.start("Tool"))
    assert desk.told("log", run.id) == "with a-profile in \n"


def test_a_program_that_is_not_on_the_path_of_the_job(desk, person):
    """Saving says where it was looked for and who has it."""
    person = {**person, "DESKCRON_HOME": str(desk.home)}
    ended = desk.cli(
        *("add", "Tool", "--every", "1h", "--environment", "minimal", "--", "persons-tool"),
        **person,
    )
    assert ended.returncode == 0
    assert "It is looked for in /usr/local/bin, /usr/bin, /bin." in ended.stderr
    assert f"The login shell has {person['HOME']}/bin/persons-tool" in ended.stderr
