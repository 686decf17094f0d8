"""What programs with secrets write is masked before anyone can read it, and is complete."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk, command
from waiting import until

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason
from deskcron.domain.run import Status
from deskcron.system.environment import base_environment
from deskcron.system.processes.maskingprogram import NOT_STARTED
from deskcron.system.processes.posix import PosixProcesses
from deskcron.system.processes.secretprocesses import SecretProcesses
from deskcron.system.runlog import FileRunLogs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
VALUE = "correct horse/battery"
SHOWN = "${secret:TOKEN}"
DEADLINE_S = 20.0
SUPPORT = Path(__file__).parents[1] / "support"


class OneSecret:
    """A Keyring with one value."""

    def get(self, name: str) -> str | None:
        """Return it."""
        return VALUE if name == "TOKEN" else None

    def set(self, name: str, value: str) -> None:
        """Keep nothing."""

    def remove(self, name: str) -> None:
        """Forget nothing."""

    def obstacle(self) -> str:
        """Tell of none."""
        return ""


class Bench:
    """Start programs with a secret in T, their output into a log."""

    def __init__(self, processes: PosixProcesses, folder: Path, own: dict[str, str]) -> None:
        self.logs = FileRunLogs(folder / "logs")
        self.folder = folder
        self._processes = SecretProcesses(processes, OneSecret(), own)
        self._started = []

    def start(self, *argv, log=1, apart=False, exact=False, directory=None, base=None, **variables):
        """Start a program; the log is held by no one but what was started."""
        environment = {"T": SHOWN, **variables}
        launch = ProcessLaunch(argv, directory, environment, base=base)
        if exact:
            launch = self._processes.recorded(launch, self.logs.record_path(log, 1))
        fd = self.logs.create(log, 1)
        self.error_fd = self.logs.open_again(log, 1) if apart else None
        try:
            process = self._processes.start(launch, fd, self.error_fd)
        finally:
            os.close(fd)
        self._started.append(process)
        return process

    def shell(self, script, **how):
        """Start a script."""
        return self.start("/bin/sh", "-c", script, **how)

    def log(self, number=1) -> str:
        """Return what is in a log."""
        return self.logs.path(number, 1).read_text()

    def await_log(self, text) -> None:
        """Wait until something is in the log."""
        until(lambda: text in self.log(), f"{text!r} is in the log")

    def close(self) -> None:
        """End what is left."""
        for process in self._started:
            process.kill()
            process.wait(DEADLINE_S)
            process.close()


@pytest.fixture
def bench(tmp_path):
    """Return what starts programs."""
    own = base_environment(os.environ)
    processes = PosixProcesses(own)
    bench = Bench(processes, tmp_path, own)
    yield bench
    bench.close()
    processes.close()


def test_the_log_is_whole_when_the_run_ends(bench):
    """The end of the run comes after its last word, and the value stands nowhere."""
    process = bench.shell('i=0; while [ $i -lt 5000 ]; do echo "$i $T"; i=$((i+1)); done; exit 3')
    assert process.wait(DEADLINE_S) == Exit(code=3)
    assert bench.log() == "".join(f"{number} {SHOWN}\n" for number in range(5000))


def test_a_value_in_two_pieces_is_masked(bench):
    """A program may write the halves of a value far apart in time."""
    gate = bench.folder / "gate"
    os.mkfifo(gate)
    process = bench.shell(
        f'printf "<%s" "${{T%horse*}}"; read go < {gate}; echo "${{T#correct }}>"'
    )
    bench.await_log("<")
    gate.write_text("go\n")
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert bench.log() == f"<{SHOWN}>\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV])
def test_the_signal_that_ends_the_program_ends_the_run(bench, number):
    """How the program has ended is seen as without masking."""
    process = bench.shell(f'echo "$T"; kill -{int(number)} $$')
    assert process.wait(DEADLINE_S) == Exit(signal=number)
    assert bench.log() == f"{SHOWN}\n"


def test_a_program_that_is_asked_to_end_has_the_last_word(bench):
    """TERM to the tree reaches the program; what masks it outlives it."""
    process = bench.shell('trap "echo bye $T; exit 4" TERM; echo ready; while :; do sleep 1; done')
    bench.await_log("ready")
    process.terminate()
    assert process.wait(DEADLINE_S) == Exit(code=4)
    assert bench.log().splitlines()[-1] == f"bye {SHOWN}"


def test_a_program_that_is_being_started_is_asked_to_end_as_well(bench):
    """TERM that comes before there is a program does not get lost: it ends at once, not by KILL."""
    code = """
import os, signal, sys
from deskcron.system.processes import maskingprogram

class LatePopen(maskingprogram.subprocess.Popen):
    def __init__(self, *given, **named):
        os.kill(os.getpid(), signal.SIGTERM)
        super().__init__(*given, **named)

maskingprogram.subprocess.Popen = LatePopen
sys.exit(maskingprogram.run_masked(["/bin/sleep", "1000"], {}))
"""
    process = bench.start(sys.executable, "-c", code, T="no secret, so nothing stands between")
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGTERM)


@pytest.mark.parametrize("name", ["TERM", "USR1"])
def test_a_signal_to_the_process_of_the_run_alone_reaches_the_program(bench, name):
    """Whoever sends one to the number that deskcron shows means the program."""
    process = bench.shell(f'trap "exit 5" {name}; echo ready; while :; do sleep 0.1; done')
    bench.await_log("ready")
    os.kill(process.identity.pid, getattr(signal, f"SIG{name}"))
    assert process.wait(DEADLINE_S) == Exit(code=5)


def test_a_run_ends_with_its_program_where_nothing_can_be_left_to_mask(bench):
    """On Windows what a program leaves running does not keep the run from its end."""
    gate = bench.folder / "gate"
    os.mkfifo(gate)
    code = f"""
import os, sys
from deskcron.system.processes import maskingprogram

os.name = "nt"
maskingprogram.LINGERS_S = 0.1
argv = ["/bin/sh", "-c", "read go < {gate} & exit 3"]
sys.exit(maskingprogram.run_masked(argv, dict(os.environ)))
"""
    process = bench.start(sys.executable, "-c", code, T="no secret, so nothing stands between")
    assert process.wait(DEADLINE_S) == Exit(code=3)


def test_what_a_program_leaves_running_is_masked_as_well(bench):
    """The run ends with the program; what it left is masked and holds the log until its end."""
    gate = bench.folder / "gate"
    os.mkfifo(gate)
    process = bench.shell(f'(read go < {gate}; echo "late $T") & echo "first $T"')
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert bench.log() == f"first {SHOWN}\n"
    assert process.has_leftovers()
    assert bench.logs.is_held(1, 1)
    gate.write_text("go\n")
    until(lambda: not bench.logs.is_held(1, 1), "nobody writes any more")
    assert bench.log() == f"first {SHOWN}\nlate {SHOWN}\n"


def test_errors_are_told_apart_where_somebody_wants_to_know(bench):
    """Both kinds of output are masked, and the one shows in a position of its own."""
    process = bench.shell('echo "$T"', apart=True)
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert os.lseek(bench.error_fd, 0, os.SEEK_CUR) == 0
    os.close(bench.error_fd)
    process = bench.shell('echo "$T" >&2', apart=True, log=2)
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert os.lseek(bench.error_fd, 0, os.SEEK_CUR) > 0
    os.close(bench.error_fd)
    assert bench.log(1) == bench.log(2) == f"{SHOWN}\n"


def test_the_program_gets_its_own_environment_and_no_more(bench):
    """Variables that would lead a Python astray reach the program and not what masks it."""
    base = {"PATH": os.environ["PATH"], "PYTHONHOME": "/nowhere", "LC_ALL": "C", "A b": "c"}
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    script = 'unset PYTHONHOME; exec "$0" -S -c "$1"'
    process = bench.start("/bin/sh", "-c", script, sys.executable, code, base=base)
    assert process.wait(DEADLINE_S) == Exit(code=0)
    got = json.loads(bench.log())
    got.pop("PWD", None)
    key = got.pop("DESKCRON_RUN_KEY")
    assert len(key) == 16
    del base["PYTHONHOME"], base["A b"]  # a shell hands on no names that it cannot have itself
    assert {name: value for name, value in got.items() if name != "A b"} == {**base, "T": SHOWN}


def test_arguments_reach_the_program_untouched(bench):
    """None of them is taken for an option of ours, and none need be text."""
    odd = os.fsdecode(b"\xff")
    process = bench.start("/bin/echo", "--", "-h", "--apart", "", "a b", odd)
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert bench.logs.path(1, 1).read_bytes() == b"-- -h --apart  a b \xff\n"


def test_no_argument_of_any_process_has_the_value(bench):
    """Whoever lists the processes of the machine does not see it."""
    bench.shell("echo ready; exec sleep 60")
    bench.await_log("ready")
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                arguments = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            assert VALUE.encode() not in arguments


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (None, 0, Reason.PROGRAM_MISSING),
        (b"#!/bin/sh\n", 0o644, Reason.PROGRAM_NOT_EXECUTABLE),
        (b"#!/no/such/interpreter\n", 0o755, Reason.INTERPRETER_MISSING),
    ],
)
def test_what_cannot_start_fails_with_its_own_reason(bench, content, mode, reason):
    """The reason is that of the program, not that of what masks it."""
    program = bench.folder / "program"
    if content is not None:
        program.write_bytes(content)
        program.chmod(mode)
    with pytest.raises(StartFailed) as failed:
        bench.start(str(program))
    assert failed.value.why.code is reason


def test_what_only_the_system_can_judge_is_tried_with_its_secrets(bench):
    """A file of no known kind may be one that the system starts; where not, the log says why."""
    program = bench.folder / "program"
    program.write_bytes(b"echo text\n")
    program.chmod(0o755)
    assert bench.start(str(program)).wait(DEADLINE_S) == Exit(code=NOT_STARTED)
    assert "is not a program of this machine" in bench.log()


def test_a_missing_folder_is_told_as_such(bench):
    """The working folder is checked as ever."""
    with pytest.raises(StartFailed) as failed:
        bench.start("/bin/true", directory=str(bench.folder / "gone"))
    assert failed.value.why.code is Reason.DIRECTORY_MISSING


def test_an_exact_job_has_its_record(bench):
    """Start and exit of the program are recorded as without masking."""
    process = bench.shell('echo "$T"; exit 7', exact=True)
    assert process.wait(DEADLINE_S) == Exit(code=7)
    assert bench.logs.read_record(1, 1).exit == Exit(code=7)
    assert bench.log() == f"{SHOWN}\n"


def test_without_secrets_a_program_writes_to_the_log_itself(bench):
    """A run without secrets pays for nothing: no other process stands between."""
    process = bench.shell('[ "$PPID" = "$0" ] || ps -o args= -p $PPID; echo $$', T="plain")
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert bench.log().splitlines()[-1] == str(process.identity.pid)


def _with_ring(tmp_path: Path) -> dict[str, str]:
    """Return the variables that give every deskcron a keyring with the secret."""
    ring = tmp_path / "ring.json"
    ring.write_text(json.dumps({"TOKEN": VALUE}))
    path = os.pathsep.join([str(SUPPORT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {
        "PYTHON_KEYRING_BACKEND": "filering.FileRing",
        "TEST_RING": str(ring),
        "PYTHONPATH": path,
    }


@pytest.fixture
def holders(desk: Desk) -> Callable[[], list[Path]]:
    """Return what finds the files of the data directory that have the value in any form."""

    def look() -> list[Path]:
        files = [path for path in desk.home.rglob("*") if path.is_file()]
        assert files
        return [path for path in files if b"horse" in path.read_bytes()]

    return look


def _secretive(script: str) -> dict[str, object]:
    return {**command("/bin/sh", "-c", script), "environment": {"T": SHOWN}}


def test_a_value_is_in_no_file_of_the_data_directory(desk, tmp_path, holders):
    """Log, store, kept environment and engine log have the reference alone."""
    desk.add(
        "Leaky", _secretive('echo "$T"; env; echo "$T" >&2; exit 1'), watchdogs={"errors": True}
    )
    desk.daemon(**_with_ring(tmp_path))
    run = desk.await_end(desk.start("Leaky"))
    assert run.exit_code == 1
    printed = desk.told("log", run.id)
    assert printed.count(SHOWN) == 3
    assert "horse" not in printed + desk.told("export", "-") + desk.told("show", "Leaky", "--json")
    assert holders() == []


def test_masking_goes_on_when_the_engine_is_killed(desk, tmp_path, holders):
    """The program neither dies nor waits; the next engine adopts it and the log is complete."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    lines = 'i=0; while [ $i -lt 20000 ]; do echo "line $T"; i=$((i+1)); done'
    script = f'echo "before $T"; read go < {gate}; {lines}; echo "end $T"'
    desk.add("Long", _secretive(script))
    ring = _with_ring(tmp_path)
    first = desk.daemon(**ring)
    run_id = desk.start("Long")
    desk.await_status(run_id, Status.RUNNING)
    until(lambda: "before" in desk.log(run_id), "it has begun")
    first.kill()
    gate.write_text("go\n")
    until(lambda: "end" in desk.log(run_id), "it has gone on without an engine")
    desk.daemon(**ring)
    run = desk.await_end(run_id)
    assert run.status in {Status.UNKNOWN, Status.SUCCEEDED}
    assert desk.log(run_id).splitlines() == [
        f"before {SHOWN}",
        *[f"line {SHOWN}"] * 20_000,
        f"end {SHOWN}",
    ]
    assert holders() == []


def test_more_output_than_is_kept_stops_at_the_limit(desk, tmp_path, holders):
    """The limit of a job's output counts for masked output, too."""
    script = 'while :; do echo "$T $T $T $T $T $T $T $T"; done'
    desk.add("Flood", _secretive(script), output_limit_mb=1, output_over="stop")
    desk.daemon(**_with_ring(tmp_path))
    run = desk.await_end(desk.start("Flood"))
    assert run.reason is Reason.OUTPUT_LIMIT
    assert holders() == []


def test_a_secret_that_is_not_there_is_told_when_a_job_is_saved(desk, tmp_path):
    """The job is saved, with a note for the secret that the keyring of the session lacks."""
    variables = ("--env", f"A={SHOWN}", "--env", "B=${secret:OTHER}")
    words = ("add", "Job", *variables, "--", "/bin/true")
    told = desk.cli(*words, **_with_ring(tmp_path))
    assert told.returncode == 0
    assert "There is no secret OTHER" in told.stderr
    assert "secret TOKEN" not in told.stderr
