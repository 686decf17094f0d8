"""The real program, typed at as a person or a script does it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from waiting import until

from deskcron.bootstrap.core import Core
from deskcron.cli.main import main
from deskcron.system import pythonsearch
from deskcron.system.paths import Paths

PATIENCE_S = 15.0
PROGRAM = (sys.executable, "-m", "deskcron")
DASH = "--"


class Typed(NamedTuple):
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


class Answers:
    """Ways to type a command and to look at what comes of it."""

    def type(self, *arguments: str) -> Typed:
        """Run a command to its end."""
        raise NotImplementedError

    def get(self, *arguments: str) -> str:
        """Run a command that succeeds and return what it prints."""
        ended = self.type(*arguments)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def json(self, command: str, *arguments: str) -> Any:
        """Run a command with --json and return the answer."""
        return json.loads(self.get(command, "--json", *arguments))


class Here(Answers):
    """The program in this process, where nothing depends on a process of its own."""

    def __init__(self, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capfd = capfd

    def type(self, *arguments: str) -> Typed:
        """Run a command to its end; each finds the store closed."""
        self._capfd.readouterr()
        core = Core(Paths.below(self.home))
        try:
            code = main(core, arguments)
        finally:
            core.close()
        out, err = self._capfd.readouterr()
        assert "Traceback" not in err, err
        return Typed(code, out, err)


class Terminal(Answers):
    """A data directory, the program and what has been started on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {**os.environ, "DESKCRON_HOME": str(home), "TZ": "UTC"}
        self._started: list[subprocess.Popen[str]] = []

    def type(self, *arguments: str, **environment: str) -> Typed:
        """Run a command to its end."""
        ended = subprocess.run(
            [*PROGRAM, *arguments],
            capture_output=True,
            encoding="utf-8",
            env={**self.environment, **environment},
            timeout=PATIENCE_S,
            check=False,
        )
        assert "Traceback" not in ended.stderr, ended.stderr
        return Typed(ended.returncode, ended.stdout, ended.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and go on."""
        process = subprocess.Popen(
            [*PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment,
        )
        self._started.append(process)
        return process

    def daemon(self) -> subprocess.Popen[str]:
        """Start the engine and wait until it is ready."""
        process = self.start("daemon")
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("deskcron engine is ready: "), line
        assert f"(PID {process.pid})" in line
        return process

    def end(self, process: subprocess.Popen[str], number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        process.send_signal(number)
        _out, err = process.communicate(timeout=PATIENCE_S)
        assert "Traceback" not in err, err
        return process.returncode

    def close(self) -> None:
        """End what is left."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=PATIENCE_S)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Give an empty data directory and a terminal."""
    made = Terminal(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def here(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Here:
    """Give an empty data directory and the program in this process."""
    return Here(tmp_path / "home", capfd)


def test_a_job_runs_on_time_and_tells_about_it(terminal):
    """Added, run by the daemon at its time, with row, reason and log; SIGTERM ends the daemon."""
    shell = 'echo "$DESKCRON_JOB by $DESKCRON_CAUSE"'
    added = terminal.type("add", "Täglich 🧘", "--every", "1s", "--shell", shell)
    assert added.returncode == 0
    assert "No engine is running" in added.stderr
    daemon = terminal.daemon()
    wanted = ("runs", "--job", "täglich 🧘", "--status", "succeeded")
    run = until(lambda: terminal.json(*wanted), "the job has run")[-1]
    assert run["cause"] == "schedule"
    assert run["due_at"].endswith("+00:00")
    assert terminal.get("log", str(run["id"])) == "Täglich 🧘 by schedule\n"
    why = terminal.json("why", "Täglich 🧘")
    assert why["obstacles"] == []
    assert why["last_execution"]["status"] == "succeeded"
    assert "running, process" in terminal.get("why", "Täglich 🧘")
    second = terminal.type("daemon")
    assert second.returncode == 1
    assert second.stderr
    assert terminal.end(daemon) == 0


def test_a_reminder_waits_in_the_inbox_until_done(here):
    """A reminder stays in the inbox; it can be put off and dealt with."""
    here.get("add", "Stretch", "--remind", "Stand up")
    assert here.type("run", "Stretch").returncode == 0
    [item] = here.json("inbox")
    assert (item["title"], item["text"], item["kind"]) == ("Stretch", "Stand up", "reminder")
    number = str(item["id"])
    here.get("snooze", number, "10m")
    assert here.json("inbox")[0]["snoozed_until"] is not None
    here.get("done", number)
    assert here.json("inbox") == []
    assert here.type("done", number).returncode == 1
    assert here.type("done", "999").returncode == 3


def test_failures_of_a_job_wait_together(here):
    """A job that fails again has one entry, with each run; done of it is done of all of them."""
    here.get("add", "bad", DASH, "sh", "-c", "exit 3")
    here.get("add", "worse", DASH, "sh", "-c", "kill -9 $$")
    for name in ("bad", "worse", "bad"):
        assert here.type("run", name).returncode == 1
    bad, worse = here.json("inbox")
    assert (bad["title"], bad["count"], bad["run_ids"]) == ("bad", 2, [3, 1])
    assert (worse["title"], worse["count"], worse["run"]["reason"]) == ("worse", 1, "signal")
    assert "failed: exit code 3; 2 failures in all" in here.get("inbox")
    here.get("done", str(bad["id"]))
    assert [entry["title"] for entry in here.json("inbox")] == ["worse"]
    assert here.get("done", "--all") == "Done: 1 item.\n"
    assert here.json("inbox") == []


def test_run_without_an_engine(here):
    """A disabled job is run here and now; any end but success is exit 1."""
    here.get("add", "good", "--disabled", DASH, "sh", "-c", "echo out; echo err >&2")
    here.get("add", "bad", DASH, "sh", "-c", "exit 3")
    good = here.type("run", "good")
    assert good.returncode == 0
    assert "succeeded" in good.stdout
    [run] = here.json("runs", "--job", "good")
    assert here.get("log", str(run["id"])) == "out\nerr\n"
    bad = here.type("run", "bad", "--wait")
    assert bad.returncode == 1
    assert "failed: exit code 3" in bad.stdout


def test_what_runs_come_to(here):
    """Runs by hand are counted for each job, and told in a block, a table and JSON."""
    here.get("add", "good", "--disabled", DASH, "true")
    here.get("add", "bad", "--disabled", DASH, "sh", "-c", "exit 3")
    here.get("run", "good")
    here.type("run", "bad")
    [bad, good] = here.json("stats", "--since", "1h")
    assert (good["job_name"], good["executed"], good["success_rate"]) == ("good", 1, 1.0)
    assert (bad["failed"], bad["success_rate"]) == (1, 0.0)
    assert good["duration"]["median_s"] > 0
    assert good["lateness"] is None
    assert "1; 1 succeeded (100.0 %), 0 failed" in here.get("stats", "good")
    assert len(here.get("stats").splitlines()) == 3


def test_stop_and_follow(terminal, tmp_path):
    """A run is followed while it goes on, and stopped; --wait returns 1."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    terminal.get("add", "long", DASH, "sh", "-c", f"echo begun; read x < '{gate}'")
    terminal.daemon()
    waiting = terminal.start("run", "long", "--wait")
    [run] = until(lambda: terminal.json("runs", "--status", "running"), "the run goes on")
    following = terminal.start("log", str(run["id"]), "--follow")
    assert following.stdout is not None
    assert following.stdout.readline() == "begun\n"
    assert str(run["id"]) in terminal.get("stop", "long")
    assert waiting.wait(PATIENCE_S) == 1
    assert following.wait(PATIENCE_S) == 0
    assert terminal.json("runs")[0]["status"] == "cancelled"
    assert terminal.type("stop", "long").returncode == 1


def test_a_daemon_that_waits_for_a_run_by_hand_says_so_and_can_be_ended(terminal, tmp_path):
    """The wait is told on stderr, SIGTERM ends it as it ends a daemon, and the run goes on."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    terminal.get("add", "long", "--shell", f"read x < '{gate}'")
    by_hand = terminal.start("run", "long")
    until(lambda: terminal.json("runs", "--status", "running"), "the run goes on")
    daemon = terminal.start("daemon")
    assert daemon.stderr is not None
    assert daemon.stderr.readline().startswith(f"Waiting for process {by_hand.pid} to end")
    assert terminal.end(daemon) == 0
    gate.write_text("go\n")
    assert by_hand.wait(PATIENCE_S) == 0


def test_sigterm_leaves_running_jobs_to_the_next_daemon(terminal, tmp_path):
    """The engine ends, the job goes on, and its end is recorded by the next engine."""
    gate, mark = tmp_path / "gate", tmp_path / "mark"
    os.mkfifo(gate)
    script = f"read x < '{gate}'; echo $x; echo done > '{mark}'"
    terminal.get("add", "long", "--exact", "--shell", script)
    daemon = terminal.daemon()
    terminal.get("run", "long")
    until(lambda: terminal.json("runs", "--status", "running"), "the run goes on")
    assert terminal.end(daemon) == 0
    assert not mark.exists()
    terminal.daemon()
    with gate.open("w") as opened:
        opened.write("late\n")
    until(mark.exists, "the job has ended")
    [run] = until(lambda: terminal.json("runs", "--status", "succeeded"), "its end is recorded")
    assert terminal.get("log", str(run["id"])) == "late\n"


def test_ctrl_c_in_the_foreground_stops_the_run(terminal):
    """What a command has started itself ends with it."""
    terminal.get("add", "long", DASH, "sleep", "60")
    running = terminal.start("run", "long")
    until(lambda: terminal.json("runs", "--status", "running"), "the run goes on")
    assert terminal.end(running, signal.SIGINT) == 130
    assert terminal.json("runs")[0]["status"] == "cancelled"


def test_changes_and_undo(here):
    """Jobs are edited, switched, copied, removed, and brought back."""
    here.get("add", "Backup", "--daily", "18:00", "--tag", "home", DASH, "true")
    identity = here.json("list")[0]["id"]
    here.get("edit", identity[:6], "--add-when", "--weekly", "mon@07:00", "--timeout", "10m")
    detail = here.json("show", "BACKUP")
    assert len(detail["document"]["triggers"]) == 2
    assert detail["document"]["policy"]["timeout_s"] == 600
    assert detail["revision"] == 2
    here.get("disable", "Backup")
    assert here.json("why", "Backup")["obstacles"] == ["disabled", "no-engine"]
    here.get("enable", "Backup")
    here.get("duplicate", "Backup")
    assert len(here.json("list", "--tag", "home")) == 2
    here.get("undo")
    here.get("remove", "Backup")
    assert here.json("list") == []
    assert "Deleting Backup" in here.get("undo")
    assert [job["id"] for job in here.json("list")] == [identity]


def test_pause_keeps_jobs_from_starting(terminal):
    """While paused nothing starts on its own; by hand it does."""
    terminal.get("pause")
    terminal.get("add", "often", "--every", "1s", DASH, "true")
    daemon = terminal.daemon()
    assert terminal.type("run", "often", "--wait").returncode == 0
    assert terminal.json("why", "often")["obstacles"] == ["paused"]
    assert {run["cause"] for run in terminal.json("runs")} == {"manual"}
    terminal.get("resume")
    wanted = ("runs", "--status", "succeeded")
    until(
        lambda: any(run["cause"] == "schedule" for run in terminal.json(*wanted)), "it runs again"
    )
    assert terminal.end(daemon, signal.SIGINT) == 0


def test_a_signal_runs_its_listeners_and_those_that_follow(terminal):
    """A job runs at a signal, another one after it; without an engine a signal is not kept."""
    terminal.get("add", "first", "--signal", "go", "--shell", "echo $DESKCRON_SIGNAL")
    terminal.get("add", "second", "--after", "FIRST:success", DASH, "true")
    deaf = terminal.type("fire", "go")
    assert deaf.returncode == 1
    assert "not heard: no engine is running" in deaf.stderr
    terminal.daemon()
    assert terminal.get("fire", "go") == "1 job listens to 'go'.\n"
    followed = ("runs", "--job", "second", "--status", "succeeded")
    [chained] = until(lambda: terminal.json(*followed), "the second one has run")
    assert chained["cause"] == "chain"
    [run] = terminal.json("runs", "--job", "first")
    assert run["cause"] == "event"
    assert terminal.get("log", str(run["id"])) == "go\n"
    assert terminal.json("list")[0]["listens"] is True


def test_a_run_that_asks_is_let_start_put_off_or_skipped(terminal):
    """Runs that wait for an answer get it from the command line, once."""
    terminal.get("add", "asking", "--signal", "go", "--ask", "1h", DASH, "true")
    terminal.daemon()

    def asked() -> str:
        terminal.get("fire", "go")
        waiting = ("runs", "--status", "waiting")
        [run] = until(
            lambda: [one for one in terminal.json(*waiting) if one["reason"] == "asked"], "it asks"
        )
        return str(run["id"])

    first = asked()
    assert "you are asked; without an answer it starts at" in terminal.get("why", "asking")
    terminal.get("later", first, "2h")
    assert "you have put it off until" in terminal.get("runs")
    terminal.get("proceed", first)
    until(lambda: terminal.json("runs", "--status", "succeeded"), "it has run")
    over = terminal.type("proceed", first)
    assert over.returncode == 1
    assert "does not wait any longer" in over.stderr
    terminal.get("decline", asked())
    assert "skipped: you chose to skip it" in terminal.get("runs")


def test_what_a_run_waits_for_is_told_and_looked_at(terminal, tmp_path):
    """The condition that does not hold is named with the end of the wait, and as it is now."""
    disk = tmp_path / "disk"
    rules = ("--need", f"present:{disk}", "--unmet", "wait:1h")
    terminal.get("add", "copy", "--signal", "go", *rules, DASH, "true")
    terminal.daemon()
    terminal.get("fire", "go")
    [run] = until(
        lambda: [
            one
            for one in terminal.json("runs", "--status", "waiting")
            if one["reason"] == "not-present"
        ],
        "it waits",
    )
    told = terminal.get("why", "copy")
    assert f"Would wait now, for up to 1 h: {disk} is not there.\n" in told
    assert f"Run {run['id']} waits: {disk} is not there; it waits until " in told
    assert terminal.json("why", "copy")["outlook"]["conditions"]["otherwise"] == "wait"
    disk.mkdir()
    assert "What it needs to start is there now.\n" in terminal.get("why", "copy")


def test_a_lane_that_is_given_room_lets_the_next_one_in(terminal):
    """Who waits for a lane is told who is in it; more room is obeyed by a running engine."""
    for name in ("one", "two"):
        terminal.get("add", name, "--signal", name, "--lane", "disk", "--shell", "exec sleep 60")
    terminal.daemon()
    terminal.get("fire", "one")
    until(lambda: terminal.json("runs", "--status", "running"), "it runs")
    terminal.get("fire", "two")
    [run] = until(
        lambda: [one for one in terminal.json("runs", "--status", "queued") if one["reason"]],
        "the other waits",
    )
    told = terminal.get("why", "two")
    assert "Would wait now: the lane disk has room for 1 run, taken by “one” (run " in told
    assert f"Run {run['id']} waits: other runs of the lane disk come before it." in told
    [lane] = terminal.json("lanes")
    assert (lane["limit"], lane["jobs"], len(lane["runs"])) == (1, ["one", "two"], 1)
    assert "disk  2 " in terminal.get("lanes", "disk=2")
    until(lambda: len(terminal.json("runs", "--status", "running")) == 2, "both run")
    terminal.get("stop", "one")
    terminal.get("stop", "two")


def test_a_failing_job_is_tried_again_and_held(terminal):
    """Each attempt has its log; after the failure the job is held until a person lets it go on."""
    script = "echo attempt $DESKCRON_ATTEMPT; exit 3"
    rules = ("--retry", "1:0", "--brake", "1")
    terminal.get("add", "bad", "--signal", "go", *rules, "--shell", script)
    terminal.daemon()
    terminal.get("fire", "go")
    [run] = until(lambda: terminal.json("runs", "--status", "failed"), "it has failed")
    assert run["attempt"] == 2
    assert terminal.get("log", str(run["id"]), "--attempt", "1") == "attempt 1\n"
    assert "attempt 2\n" in terminal.get("log", str(run["id"]))
    assert terminal.type("log", str(run["id"]), "--attempt", "3").returncode == 3
    assert "failed: exit code 3 (attempt 2)" in terminal.get("runs")
    assert "  held  " in terminal.get("list")
    assert "deskcron resume" in terminal.get("why", "bad")
    assert terminal.get("resume", "bad") == "'bad' runs at its times again.\n"
    assert terminal.type("resume", "bad").returncode == 1
    assert terminal.json("list")[0]["is_held"] is False


def test_every_rule_is_saved_and_told(here, tmp_path):
    """What is typed comes back in words, what is taken away does not."""
    here.get(
        *("add", "Backup", "--daily", "18:00", "--overlap", "replace", "--retry", "3:5m"),
        *("--success-codes", "0,2", "--warning-codes", "1", "--brake", "3:1h"),
        *("--runs-per-day", "4", "--only", "mon-fri 09:00-18:00", "--holidays", "DE-BY"),
        *("--not-on", "2026-12-24..2027-01-02", "--need", "on-mains", "--need", "idle:10m"),
        *("--need", f"free:{tmp_path}:500MB", "--unmet", "wait:2h", "--ask", "60s", DASH, "true"),
    )
    out = here.get("show", "Backup")
    for text in (
        "A later run takes the place of an earlier one",
        "Tried again up to 3 times if it failed or timed out, after 5 min",
        "Succeeds with exit code 0, 2, and with 1 as a warning",
        "Held after 3 failures in a row, for 1 h",
        "At most 4 runs a day",
        "Only Monday to Friday 09:00-18:00",
        "Not from 24 Dec 2026 to 2 Jan 2027",
        "Not on public holidays of DE-BY",
        "Only if the computer is plugged in and nobody has used the computer for 10 min",
        f"500 MB are free at {tmp_path}; else it waits for up to 2 h",
        "Asks before it starts, and starts after 1 min without an answer",
    ):
        assert text in out
    here.get(
        *("edit", "Backup", "--overlap", "skip", "--retry", "none", "--success-codes", "none"),
        *("--warning-codes", "none", "--brake", "none", "--runs-per-day", "none"),
        *("--only", "none", "--not-on", "none", "--holidays", "none", "--need", "none"),
        *("--ask", "none", "--never"),
    )
    left = here.get("show", "Backup")
    assert "Rules    the usual ones" in left
    assert "By hand only" in left


def test_new_jobs_start_from_the_defaults(here):
    """They hold for what is added from then on, and for nothing that is there."""
    here.get("add", "before", "--remind", "x")
    here.get("defaults", "set", "--notify", "failure", "--holidays", "DE")
    here.get("add", "after", "--remind", "x", "--notify", "never")

    def rules(name: str) -> Any:
        return here.json("show", name)["document"]["policy"]

    assert (rules("before")["notify"], rules("before")["hours"]) == ("always", {})
    assert (rules("after")["notify"], rules("after")["hours"]) == ("never", {"holidays": "DE"})
    refused = here.type("defaults", "set", "--holidays", "XX")
    assert refused.returncode == 2
    assert "The holidays of “XX” are not known" in refused.stderr
    here.get("defaults", "clear")
    assert here.json("defaults") == {}


def test_next_without_a_job(here):
    """A rule is put into words and its next times listed, with what the clocks do."""
    berlin = ("--tz", "Europe/Berlin", "--from", "2027-10-30")
    out = here.get("next", "--daily", "02:30", "-n", "2", *berlin)
    assert "+02:00" in out
    assert "twice" in out
    rows = here.json("next", "--cron", "*/15 9 * * 1-5", "-n", "3")
    assert len(rows) == 3
    assert set(rows[0]) == {"at", "wall", "triggers", "marks", "barred"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "x", "--every", "soon", DASH, "true"), 2),
        (("add", "x", "--cron", "0 9 31 2 *", DASH, "true"), 2),
        (("add", "x", "--cron", "0 0 9 * * *", DASH, "true"), 2),
        (("add", "x", "--at", "1999-01-01 00:00", DASH, "true"), 2),
        (("add", "x", "--daily", "25:00", DASH, "true"), 2),
        (("add", "x", "--daily", "09:00", "--tz", "Mars/Olympus", DASH, "true"), 2),
        (("add", "", "--remind", "x"), 2),
        (("add", "x" * 10_000, "--remind", "x"), 2),
        (("add", "two\nlines", "--remind", "x"), 2),
        (("add", "x"), 2),
        (("add", "x", "--remind", "y", "--holidays", "XX"), 2),
        (("add", "x", "--remind", "y", "--retry", "1000"), 2),
        (("add", "x", "--remind", "y", "--success-codes", "300"), 2),
        (("add", "x", "--remind", "y", "--only", "25:00-26:00"), 2),
        (("add", "x", "--remind", "y", "--need", "battery:100"), 2),
        (("add", "x", "--remind", "y", "--after", "nobody"), 3),
        (("add", "x", "--remind", "y", "--signal", " "), 2),
        (("fire", "go"), 1),
        (("proceed", "12"), 3),
        (("resume", "nobody"), 3),
        (("next", "--cron", ""), 2),
        (("show", "nobody"), 3),
        (("show", "nobody\n🧘"), 3),
        (("log", "99999999999999999999"), 2),
        (("log", "9999"), 3),
        (("stop", "12"), 3),
        (("undo",), 1),
        (("import", "/nowhere"), 2),
    ],
)
def test_bad_input_is_told_in_words(here, arguments, code):
    """Nothing typed makes a traceback; the exit code says what kind of mistake it was."""
    ended = here.type(*arguments)
    assert ended.returncode == code, ended.stderr
    assert ended.stdout == ""
    assert ended.stderr.strip()


def test_a_python_function_that_is_not_there_is_told_of(here, tmp_path, monkeypatch):
    """The job is saved all the same, and no module was run to know it."""
    monkeypatch.setattr(pythonsearch, "LIMIT_S", PATIENCE_S)
    (tmp_path / "mine.py").write_text("raise SystemExit\ndef there(): pass\n")
    asked = ("--interpreter", sys.executable, "--cwd", str(tmp_path))
    told = [
        here.type("add", f"Call {target}", "--python", target, *asked)
        for target in ("nosuch:f", "mine:f", "mine:there")
    ]
    assert [one.returncode for one in told] == [0, 0, 0]
    assert f"finds no module “nosuch”. It is looked for in {tmp_path} first." in told[0].stderr
    assert "The module “mine” has no “f”." in told[1].stderr
    assert "mine" not in told[2].stderr


def test_a_name_is_taken_whatever_its_case(here):
    """Names are unique; a prefix of several ids is ambiguous."""
    here.get("add", "Backup", "--remind", "x")
    taken = here.type("add", "BACKUP", "--remind", "x")
    assert taken.returncode == 2
    assert "BACKUP" in taken.stderr


def test_names_with_dashes_and_quotes(here):
    """Odd names can be added, shown and removed."""
    for name in ("-rf", 'it\'s "quoted"', "$(date)", "休憩 🧘‍♀️"):
        here.get("add", "--remind", "x", DASH, name)
        assert here.json("show", DASH, name)["summary"]["name"] == name
        here.get("remove", DASH, name)


def test_a_store_that_cannot_be_used(here):
    """A file in place of the data directory is exit 4, in words."""
    here.home.write_text("not a directory")
    ended = here.type("list")
    assert ended.returncode == 4
    assert str(here.home) in ended.stderr


def test_export_and_import(here, tmp_path, capfd):
    """A bundle is stable, arrives disabled in another home, and can be looked at first."""
    here.get("add", "Backup", "--daily", "18:00", DASH, "true")
    here.get("add", "Stretch", "--every", "45m", "--remind", "x")
    bundle = tmp_path / "jobs.json"
    here.get("export", str(bundle))
    assert here.get("export", "-") == bundle.read_text(encoding="utf-8")
    other = Here(tmp_path / "other", capfd)
    assert "Backup" in other.get("import", str(bundle), "--dry-run")
    assert other.json("list") == []
    other.get("import", str(bundle))
    assert {(job["name"], job["enabled"]) for job in other.json("list")} == (
        {("Backup", False), ("Stretch", False)}
    )
    again = other.type("import", str(bundle))
    assert again.returncode == 0
    assert len(other.json("list")) == 4


def test_a_reader_that_goes_away_is_no_error(terminal):
    """`deskcron list | head` ends quietly."""
    terminal.get("add", "Backup", "--remind", "x")
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [*PROGRAM, "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=terminal.environment,
        check=False,
    )
    os.close(write)
    assert ended.stderr == ""


def test_a_terminal_without_unicode(terminal):
    """Names that the terminal cannot show are replaced, never a crash; JSON stays UTF-8."""
    terminal.get("add", "休憩 🧘", "--remind", "x")
    plain = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    assert "?? ?" in terminal.type("list", **plain).stdout
    assert json.loads(terminal.type("list", "--json", **plain).stdout)[0]["name"] == "休憩 🧘"


def test_the_demonstration(terminal):
    """`deskcron demo` shows a reminder, a script and Tidy Downloads, and leaves nothing behind."""
    out = terminal.get("demo", "--for", "4s")
    for text in ("'Stretch': succeeded", "Hello from run", "would move", "reminder"):
        assert text in out
    assert terminal.type("list").stdout == "No jobs.\n"


def test_a_command_loads_neither_qt_nor_the_scheduler(terminal):
    """Listing jobs does not pay for what it does not use."""
    code = (
        "import sys; sys.argv = ['deskcron', 'list']; from deskcron.bootstrap.entry import main; "
        "main(); print({'PySide6', 'apscheduler', 'rich'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=terminal.environment,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "set()"
