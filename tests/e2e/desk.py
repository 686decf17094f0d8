"""A data directory with the real program working on it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from waiting import PATIENCE_S, until

from deskcron.bootstrap.core import Core
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status
from deskcron.system.paths import Paths

PROGRAM = (sys.executable, "-m", "deskcron")
PAGE = 1000


def is_alive(pid):
    """Tell whether a process is there and not a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wall_now():
    """Return the present as an aware UTC datetime."""
    return datetime.fromtimestamp(time.time(), UTC)


def every(seconds, start=None):
    """Return the document of an interval on a grid from `start`, the present by default."""
    begin = start or wall_now()
    return {"kind": "interval", "id": "t1", "every_s": seconds, "start": begin.isoformat()}


def cron(rule):
    """Return the document of a cron rule in UTC."""
    return {"kind": "cron", "id": "t1", "expression": rule, "zone": "UTC"}


def command(program, *arguments, **fields):
    """Return the document of a program with its arguments."""
    return {"kind": "command", "program": str(program), "arguments": list(arguments), **fields}


def shell(text):
    """Return the document of a command line for sh, run without a file of its own."""
    return command("/bin/sh", "-c", text)


class Daemon:
    """A running `deskcron daemon`."""

    def __init__(self, process, output):
        self._process = process
        self._output = output
        self.pid = process.pid

    @property
    def text(self):
        """Return what it has printed so far, errors included."""
        return self._output.read_text(encoding="utf-8")

    @property
    def has_ended(self):
        """Tell whether the process is over."""
        return self._process.poll() is not None

    @property
    def is_ready(self):
        """Tell whether it has said that it serves; fails when it has ended instead."""
        assert not self.has_ended, f"The engine ended: {self.text}"
        return "is ready" in self.text

    def await_ready(self):
        """Wait until the engine serves."""
        until(lambda: self.is_ready, "the engine is ready")
        return self

    def kill(self):
        """End it as a power cut would: SIGKILL."""
        self._process.kill()
        self._process.wait()

    def stop(self, number=signal.SIGTERM, within_s=PATIENCE_S):
        """End it in order and return its exit code."""
        self._process.send_signal(number)
        return self.wait(within_s)

    def wait(self, within_s=PATIENCE_S):
        """Wait for its end and return its exit code."""
        return self._process.wait(within_s)


class Desk:
    """One data directory: jobs, daemons, and what both have left behind."""

    def __init__(self, home, aside):
        self.home = home
        self.aside = aside
        self.paths = Paths.below(home)
        own = {"DESKCRON_HOME": str(home), "HOME": str(aside), "TZ": "UTC"}
        self.environ = {**os.environ, **own}
        self._core = None
        self._daemons = []
        aside.mkdir(parents=True, exist_ok=True)

    @property
    def facade(self):
        """Return the facade in this process, opening the store at the first call."""
        if self._core is None:
            self._core = Core(self.paths)
        return self._core.facade()

    def leave(self):
        """Close the store in this process; the next use opens it again."""
        if self._core is not None:
            self._core.close()
            self._core = None

    def close(self):
        """End every daemon and everything their jobs have started."""
        for daemon in self._daemons:
            if not daemon.has_ended:
                daemon.kill()
        self.leave()
        self.kill_jobs()

    def launch(self, **environ):
        """Start a daemon without waiting for it; a variable that is None is taken away."""
        return self.launch_cli("daemon", **environ)

    def launch_cli(self, *arguments, **environ):
        """Start a command without waiting for it."""
        env = {key: value for key, value in {**self.environ, **environ}.items() if value}
        output = self.aside / f"daemon-{len(self._daemons)}.txt"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [*PROGRAM, *map(str, arguments)],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        daemon = Daemon(process, output)
        self._daemons.append(daemon)
        return daemon

    def daemon(self, **environ):
        """Start a daemon and wait until it serves."""
        return self.launch(**environ).await_ready()

    def cli(self, *arguments, **environ):
        """Run the command line and return the ended process, its output decoded."""
        env = {key: value for key, value in {**self.environ, **environ}.items() if value}
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def told(self, *arguments, **environ):
        """Return what a command that must succeed has printed."""
        ended = self.cli(*arguments, **environ)
        assert ended.returncode == 0, f"{arguments}: exit {ended.returncode}, {ended.stderr}"
        return ended.stdout

    def json(self, *arguments):
        """Return the answer of a command that prints JSON."""
        return json.loads(self.told(*arguments, "--json"))

    def add(self, name, action, *triggers, **policy):
        """Store a job and return its id."""
        document = {
            "name": name,
            "enabled": True,
            "tags": [],
            "triggers": list(triggers),
            "action": action,
            "policy": {"notify": "never", **policy},
        }
        return self.facade.jobs.add(document).job.id

    def start(self, name):
        """Have the engine run a job now and return the number of the run."""
        return self.facade.control.run(name)

    def run(self, run_id):
        """Return a run as it is now."""
        return self.facade.history.get(run_id)

    def await_status(self, run_id, status):
        """Wait until a run has this status and return it."""
        until(lambda: self.run(run_id).status is status, f"run {run_id} is {status}")
        return self.run(run_id)

    def await_end(self, run_id, within_s=PATIENCE_S):
        """Wait until a run is over and return it."""
        until(lambda: not self.run(run_id).status.is_open, f"run {run_id} is over", within_s)
        return self.run(run_id)

    def runs(self, job_id=None, status=None):
        """Return the whole history, or that of a job or status, oldest first."""
        found, before = [], None
        while True:
            wanted = RunFilter(job_id=job_id, status=status, before=before, limit=PAGE)
            page = self.facade.history.page(wanted)
            found += page
            if len(page) < PAGE:
                return found[::-1]
            before = page[-1].id

    def open_runs(self):
        """Return the runs that are not over."""
        return [run for status in Status if status.is_open for run in self.runs(status=status)]

    def log(self, run_id):
        """Return the output of a run, decoded."""
        path = self.facade.history.log_path(run_id)
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def engine_log(self):
        """Return what the engines have logged in this data directory."""
        parts = sorted(self.home.glob("engine.log*"), reverse=True)
        return "".join(part.read_text(encoding="utf-8") for part in parts)

    def note(self, name):
        """Return a path that jobs of the test write to."""
        return self.aside / name

    def await_note(self, name, within_s=PATIENCE_S):
        """Wait until a job has written a whole line to a note, and return the note."""
        path = self.note(name)
        until(
            lambda: path.exists() and path.read_text().endswith("\n"),
            f"{name} is written",
            within_s,
        )
        return path.read_text()

    def job_pids(self):
        """Return the processes that jobs of this data directory have started, zombies left out."""
        mark = f"DESKCRON_HOME={self.home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                variables = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            is_job = any(variable.startswith(b"DESKCRON_RUN_ID=") for variable in variables)
            if mark in variables and is_job:
                found.append(int(entry.name))
        return found

    def kill_jobs(self):
        """End what jobs of this data directory have started and left running."""
        for pid in self.job_pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def remove(self):
        """Delete the data directory and what the test wrote beside it."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.aside, ignore_errors=True)
