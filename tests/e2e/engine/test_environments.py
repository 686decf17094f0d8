"""Runs get the environment of their job, and what they were given can be looked at."""

from __future__ import annotations

import os

import pytest

from deskcron.domain.concealing import MASK
from deskcron.domain.environment import Base, Environment, ShellReport
from deskcron.domain.errors import BadInput, NotFound
from deskcron.engine.environments import EnvironmentService
from deskcron.engine.session import last_session

SHOW = 'printf %s "$ONE:$PATH" >out'


@pytest.fixture
def service(rig) -> EnvironmentService:
    """Return the questions about environments, of a process that was started elsewhere."""
    own = {"PATH": "/where/we/were/started"}
    return EnvironmentService(rig.store, rig.definitions, rig.logs, lambda: rig.environments, own)


def ran(machine, job: str) -> int:
    """Run a job and return its run."""
    run_id = machine.run(job)
    assert machine.next_end().run_id == run_id
    return run_id


def test_a_run_gets_what_its_job_asks_for(rig, machine):
    """The base, then the folders of the job; the action's own variables come on top."""
    rig.environments.login = {"PATH": "/usr/bin:/bin", "ONE": "login"}
    rules = {"base": "session", "path_prefix": ["/opt/x"]}
    job = rig.add("Tea", action=rig.shell(SHOW), environment=rules)
    ran(machine, job)
    assert (rig.home / "out").read_text() == "login:/opt/x:/usr/bin:/bin"
    assert rig.environments.asked[-1] == Environment(base=Base.SESSION, path_prefix=("/opt/x",))
    own = {**rig.shell(SHOW), "environment": {"ONE": "action"}}
    ran(machine, rig.add("Coffee", action=own))
    assert (rig.home / "out").read_text() == "action:/usr/bin:/bin"


def test_what_a_run_was_given_is_kept(rig, machine, service):
    """The environment of a run is kept, secrets masked, without what tells of the run."""
    rig.environments.login = {"PATH": "/bin", "API_TOKEN": "s3cret", "DESKCRON_HOME": "/d"}
    action = {**rig.shell("true"), "environment": {"ONE": "1"}}
    job = rig.add("Tea", action=action)
    run_id = ran(machine, job)
    kept = service.of_run("Tea", run_id)
    assert kept.variables == {
        "API_TOKEN": MASK,
        "DESKCRON_HOME": "/d",
        "ONE": "1",
        "PATH": "/bin",
    }
    assert (kept.base, kept.run_id) == (Base.LOGIN, run_id)
    files = list((rig.home / "logs").glob("*/*.env"))
    assert all(b"s3cret" not in file.read_bytes() for file in files)


def test_what_a_terminal_would_have(rig, service):
    """A new terminal has what the login shell makes, secrets masked; a failure of it is said."""
    rig.environments.login = {"PATH": "/bin", "API_TOKEN": "s3cret"}
    found = service.of_terminal()
    assert found.variables == {"API_TOKEN": MASK, "PATH": "/bin"}
    assert found.remark == ""
    rig.environments.told = ShellReport("/bin/zsh", (), 5.0, "it took too long")
    assert "took too long" in service.of_terminal().remark


def test_a_run_starts_although_its_environment_cannot_be_kept(rig, machine, expected_logs):
    """Keeping the environment is a help, and no reason not to run."""

    def refuse(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    rig.logs.keep_environment = refuse
    ran(machine, rig.add("Tea", action=rig.shell(SHOW)))
    assert (rig.home / "out").exists()
    assert "is not kept" in expected_logs[0].getMessage()


def test_a_reminder_waits_for_no_shell(rig, machine, service):
    """What starts no program asks for no environment, and none is kept."""
    rig.environments.asked.clear()
    run_id = ran(machine, rig.add("Tea"))
    assert rig.environments.asked == []
    with pytest.raises(NotFound, match="No environment"):
        service.of_run("Tea", run_id)


def test_what_a_run_would_get_now(rig, service):
    """Before it runs, one sees what a job would get, with references in place of secrets."""
    rig.environments.login = {"PATH": "/bin", "MY_KEY": "k"}
    action = {**rig.shell("true"), "environment": {"PASS": "${secret:web}"}}
    rig.add("Tea", action=action, environment={"path_prefix": ["/opt"]})
    shown = service.of_job("Tea")
    assert shown.variables == {"MY_KEY": MASK, "PASS": "${secret:web}", "PATH": "/opt:/bin"}
    assert shown.remark == ""
    rig.environments.told = ShellReport("/bin/sh", (), 5.0, "it took too long")
    assert "/bin/sh gave no environment: it took too long" in service.of_job("Tea").remark


def test_differences_from_a_terminal(rig, machine, service):
    """Compared with a terminal, now and of a run: only here, only there, different."""
    rig.environments.login = {"PATH": "/bin:/usr/bin", "A": "1", "B": "1", "MY_KEY": "k"}
    job = rig.add("Tea", action=rig.shell("true"))
    terminal = {"PATH": "/bin:/venv/bin", "B": "2", "C": "3", "MY_KEY": "k", "SHLVL": "2"}
    run_id = ran(machine, job)
    for found in (
        service.differences("Tea", terminal),
        service.differences("Tea", terminal, run_id),
    ):
        assert found.only_here == {"A": "1"}
        assert found.only_there == {"C": "3"}
        assert [(one.name, one.here, one.there) for one in found.different] == [("B", "1", "2")]
        assert found.path_only_here == ("/usr/bin",)
        assert found.path_only_there == ("/venv/bin",)
        assert not found.is_same
    assert service.differences("Tea", {**rig.environments.login, "_": "x"}).is_same


def test_the_run_of_another_job(rig, machine, service):
    """A run is only taken for one of its own job."""
    rig.add("Tea", action=rig.shell("true"))
    run_id = ran(machine, rig.add("Coffee", action=rig.shell("true")))
    with pytest.raises(BadInput, match="not one of 'Tea'"):
        service.of_run("Tea", run_id)
    with pytest.raises(NotFound):
        service.of_run("Tea", 99)


def test_where_programs_are_looked_for(rig, service):
    """A missing program is looked for in the login shell's PATH, then in our own."""
    rig.environments.login = {"PATH": "/login"}
    lookup = service.lookup(Environment(path_prefix=("/first",)))
    assert lookup.environment["PATH"] == f"/first{os.pathsep}/login"
    assert [one.path for one in lookup.elsewhere()] == ["/login", "/where/we/were/started"]


def test_the_session_of_a_window_is_remembered(rig, service):
    """How to reach a window's session is kept for engines without one."""
    assert rig.store.read(last_session) == {}
    service.remember({"DISPLAY": ":0"})
    assert rig.store.read(last_session) == {"DISPLAY": ":0"}
    rig.change(lambda tables: tables.settings.set("session", "damaged"))
    assert rig.store.read(last_session) == {}
