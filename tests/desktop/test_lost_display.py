"""The display is lost, as by a crash of the X server or a logout: what the next start finds."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from bannerhome import DESKCRON, Home, serving
from harness.desktop import Desktop
from waiting import PATIENCE_S, until

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Run, Status

SECOND = timedelta(seconds=1)
PROMPT = {"notify": "never", "environment": {"base": "minimal"}}
NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": "", "DBUS_SESSION_BUS_ADDRESS": ""}
ALL = {"catch_up": "all", "overlap": "queue", "overlap_limit": 1_000}


@pytest.fixture
def home(desktop, tmp_path, monkeypatch) -> Iterator[Home]:
    """Return a data directory with jobs and a reminder; this process has no session."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    home = Home(desktop, tmp_path / "home")
    yield home
    home.core.close()


def add(home: Home, name: str, script: str, *triggers: dict[str, object], **rules: object) -> str:
    """Store a job with a shell line, and return its id."""
    action = {"kind": "command", "program": "/bin/sh", "arguments": ["-c", script]}
    policy = {**PROMPT, **rules}
    document = {"name": name, "triggers": triggers, "action": action, "policy": policy}
    return home.facade.jobs.add(document).job.id


def runs_of(home: Home, job_id: str) -> list[Run]:
    """Return the runs of a job, oldest first."""
    return list(home.facade.history.page(RunFilter(job_id=job_id, limit=500)))[::-1]


def succeeded(runs: Sequence[Run]) -> list[datetime]:
    """Return when those were due that have succeeded."""
    return [run.due_at for run in runs if run.due_at and run.status is Status.SUCCEEDED]


def await_window(home: Home) -> None:
    """Wait until a window's process is the engine."""
    until(lambda: home.facade.control.state().role == "window", "the engine runs")


def kill_display(desktop: Desktop) -> None:
    """End the X server as its crash would."""
    os.kill(desktop.session.pids["Xvfb"], signal.SIGKILL)


def test_the_next_start_finds_everything(desktop, home, tmp_path) -> None:
    """The program ends with its display, its jobs go on; the next start catches up, loses none."""
    gate, ran = tmp_path / "gate", tmp_path / "ran"
    os.mkfifo(gate)
    wait = f"read line < {gate}; exit 0"
    long = {add(home, "Exact", wait, exact=True): Status.SUCCEEDED}
    long[add(home, "Plain", wait)] = Status.UNKNOWN
    trigger = home.facade.whens.when("every", "1s")
    each = add(home, "Each", f'echo "$DESKCRON_SCHEDULED_AT" >> {ran}', trigger, **ALL)
    window = desktop.launch(DESKCRON, tmp_path / "log", DESKCRON_HOME=str(home.directory))
    until(lambda: desktop.screen.has_window("— deskcron$"), "the window is shown")
    await_window(home)
    home.remind("Tea")
    for job_id in long:
        home.facade.control.run(job_id)
    until(lambda: {runs_of(home, job)[0].status for job in long} == {Status.RUNNING}, "both run")
    until(lambda: any(run.status is Status.SUCCEEDED for run in runs_of(home, each)), "it ran")

    kill_display(desktop)
    assert window.wait(PATIENCE_S) == 1
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert home.facade.control.state().role is None
    assert {runs_of(home, job)[0].status for job in long} == {Status.RUNNING}

    with serving(desktop, home.directory, "--hidden", **NO_SCREEN) as again:
        await_window(home)
        again.start_again("--hidden")
        lost = runs_of(home, each)[-1].id
        os.close(os.open(gate, os.O_WRONLY))
        for job_id, status in long.items():
            until(lambda job_id=job_id: not runs_of(home, job_id)[0].status.is_open, "it ended")
            assert [run.status for run in runs_of(home, job_id)] == [status]
        until(lambda: runs_of(home, each)[-1].id > lost, "its times go on")
        home.facade.jobs.set_enabled([each], enabled=False)
        until(lambda: not any(run.status.is_open for run in runs_of(home, each)), "all is over")
    rows = runs_of(home, each)
    dues = [run.due_at for run in rows if run.due_at is not None]
    assert dues == [dues[0] + number * SECOND for number in range(len(rows))]
    executed = ran.read_text().split()
    assert len(set(executed)) == len(executed)
    assert {due.isoformat() for due in succeeded(rows)} <= set(executed)
    assert "Tea" in home.waiting()
