"""A process ends with its whole tree, and its end is told as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deskcron.domain.action import ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason
from deskcron.system.processes import child, machine, processes_for
from deskcron.system.processes.posix import PosixProcesses
from deskcron.system.processes.windows import WindowsProcess, WindowsProcesses

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX processes")
DEADLINE_S = 20.0


@pytest.mark.parametrize("code", [0, 1, 77, 255])
def test_exit_code(starter, code):
    """The exit code is told as it is."""
    assert starter.shell(f"exit {code}").wait(DEADLINE_S) == Exit(code=code)


def test_end_by_signal(starter):
    """An end by a signal tells the signal and no code."""
    assert starter.shell("kill -SEGV $$").wait(None) == Exit(signal=signal.SIGSEGV)


def test_wait_ends_with_its_time(starter):
    """A wait that is too short answers None and does no harm."""
    process = starter.shell("echo ready; exec sleep 60")
    assert process.wait(0.01) is None
    process.terminate()
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGTERM)


def test_wait_twice(starter):
    """The end can be asked for again."""
    process = starter.shell("exit 3")
    assert process.wait(None) == process.wait(0) == Exit(code=3)


def test_descriptor_tells_the_end(starter):
    """The descriptor is the same at each call and closing twice is safe."""
    process = starter.shell("exec sleep 60")
    assert process.fileno() == process.fileno()
    process.kill()
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)
    process.close()
    process.close()


def test_without_pidfd(starter, monkeypatch):
    """Systems without descriptors of processes and without waitid wait by looking."""
    monkeypatch.setattr(child, "open_pidfd", lambda pid: -1)
    monkeypatch.delattr(os, "waitid")
    process = starter.shell("read line; exit 4")
    assert process.wait(DEADLINE_S) == Exit(code=4)
    process = starter.shell("exec sleep 60")
    assert process.fileno() == -1
    assert process.wait(0.03) is None
    process.terminate()
    assert process.wait(None) == Exit(signal=signal.SIGTERM)


def test_collected_by_someone_else(starter):
    """An exit that someone else has collected is unknown, not 0."""
    process = starter.shell("exit 5")
    os.waitpid(process.identity.pid, 0)
    assert process.wait(None) == Exit()


def test_standard_input_is_empty(starter):
    """A program that reads its input comes to the end at once."""
    assert starter.shell("cat; exit 6").wait(DEADLINE_S) == Exit(code=6)


def test_environment_and_directory(starter, tmp_path):
    """The job's variables go over the base, and the directory is where it starts."""
    argv = ("/bin/sh", "-c", 'echo "$PYTHONUNBUFFERED $MINE ${DESKCRON_RUN_KEY:+key}"; pwd')
    starter.launch(ProcessLaunch(argv, str(tmp_path), {"MINE": "own"}))
    assert starter.output.line() == "1 own key"
    assert starter.output.line() == str(tmp_path)


def test_nothing_is_inherited(starter):
    """A child has the three standard descriptors and no others."""
    starter.shell("ls /proc/self/fd | wc -l" if sys.platform == "linux" else "echo 4")
    assert starter.output.line().strip() == "4"  # three, and the one ls reads the directory by


def test_own_session(starter):
    """A child leads a session of its own: nothing typed into a terminal reaches it."""
    process = starter.shell("echo ready; exec sleep 60")
    assert starter.output.line() == "ready"
    assert os.getsid(process.identity.pid) == process.identity.pid


def test_term_ignored(starter):
    """A program that ignores TERM goes on until it is killed."""
    process = starter.shell("trap '' TERM; echo ready; while :; do sleep 60; done")
    assert starter.output.line() == "ready"
    process.terminate()
    assert process.wait(0.05) is None
    process.kill()
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)
    assert starter.output.rest() == ""


def test_stopped_program_is_asked_to_end(starter):
    """A program that is stopped hears the request, too."""
    process = starter.shell("trap 'echo bye; exit 7' TERM; echo ready; kill -STOP $$; sleep 60")
    assert starter.output.line() == "ready"
    os.waitid(os.P_PID, process.identity.pid, os.WSTOPPED | os.WNOWAIT)
    process.terminate()
    assert starter.output.line() == "bye"
    assert process.wait(DEADLINE_S) == Exit(code=7)


def test_request_comes_once(starter):
    """A member of the group gets one TERM, as many programs take a second for impatience."""
    counting = (
        "import signal, sys, os\n"
        "signal.signal(signal.SIGTERM, lambda *_: os.write(1, b'term\\n'))\n"
        "signal.signal(signal.SIGUSR1, lambda *_: sys.exit(8))\n"
        "os.write(1, b'counting\\n')\n"
        "while True: signal.pause()\n"
    )
    process = starter.launch(ProcessLaunch((sys.executable, "-c", counting), None, {}))
    assert starter.output.line() == "counting"
    process.terminate()
    assert starter.output.line() == "term"
    os.kill(process.identity.pid, signal.SIGUSR1)
    assert process.wait(DEADLINE_S) == Exit(code=8)
    assert starter.output.rest() == ""


def test_grandchildren_hold_the_output(starter):
    """The end of the program is the end of the run, whoever still holds the output."""
    process = starter.shell("sleep 60 & echo done")
    assert process.wait(DEADLINE_S) == Exit(code=0)
    assert process.has_leftovers()
    process.kill()
    assert starter.output.rest() == "done\n"
    assert not process.has_leftovers()


def test_no_leftovers(starter):
    """A program that ends with all it started leaves nothing."""
    process = starter.shell("true & wait")
    assert process.wait(None) == Exit(code=0)
    assert not process.has_leftovers()


@pytest.mark.parametrize(
    "script",
    [
        "sleep 60 | cat & echo ready; wait",
        "setsid sleep 60 & echo ready; wait",
        "(setsid sleep 60 &); echo ready; sleep 60",
        "(setsid sh -c 'trap \"\" TERM; sleep 60' &); echo ready; exec sleep 60",
    ],
    ids=["pipeline", "session", "session and parent left", "and deaf"],
)
def test_kill_reaches_all(starter, script):
    """Those that left the session, and those whose parent has ended, are killed with the tree."""
    process = starter.shell(script)
    assert starter.output.line() == "ready"
    process.kill()
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)
    starter.output.rest()


def test_terminate_reaches_sessions(starter):
    """A child in a session of its own is asked to end, too."""
    process = starter.shell("setsid sh -c 'echo ready; exec sleep 60'; echo $?")
    assert starter.output.line() == "ready"
    process.terminate()
    assert process.wait(DEADLINE_S) is not None
    starter.output.rest()


def test_what_appears_between_terminate_and_kill(starter):
    """Processes that are started in answer to TERM are killed as well."""
    process = starter.shell(
        "trap 'setsid sleep 60 & echo more' TERM; echo ready; while :; do sleep 60 & wait $!; done"
    )
    assert starter.output.line() == "ready"
    process.terminate()
    while starter.output.line() != "more":  # the shell may tell of its children's end first
        pass
    process.kill()
    starter.output.rest()


def test_seen_by_terminate_is_killed_later(starter):
    """What terminate() has seen is killed though it has since hidden all its marks."""
    hiding = (
        "import os, signal, subprocess, sys\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "subprocess.Popen([sys.executable, '-c', "
        "'import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.setsid();"
        ' os.write(1, b"hidden\\\\n"); signal.pause()\'], env={})\n'
        "signal.pause()\n"
    )
    process = starter.launch(ProcessLaunch((sys.executable, "-c", hiding), None, {}))
    assert starter.output.line() == "hidden"
    process.terminate()
    os.kill(process.identity.pid, signal.SIGKILL)
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)
    process.kill()
    starter.output.rest()


def test_another_process_is_spared(starter):
    """A process that got the number of one that ended is not signalled."""
    process = starter.shell("echo ready; exec sleep 60")
    assert starter.output.line() == "ready"
    pid, ticks, _boot = process.identity
    machine.send_signal(pid, ticks - 1, signal.SIGKILL)
    assert process.wait(0.01) is None
    machine.send_signal(pid, ticks, signal.SIGKILL)
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGKILL)


def test_killing_what_has_ended(starter):
    """Stopping a process after its end is silent."""
    process = starter.shell("true")
    process.wait(None)
    process.terminate()
    process.kill()


def test_opened_programs_leave_no_zombie(starter):
    """A program that is not waited for is collected when it ends, even after close()."""
    process = starter.shell("echo ready; exec sleep 60", waits=False)
    assert starter.output.line() == "ready"
    pid = process.identity.pid
    assert not process.has_leftovers()
    process.close()
    os.kill(pid, signal.SIGTERM)
    assert process.wait(DEADLINE_S) == Exit(signal=signal.SIGTERM)
    assert not Path(f"/proc/{pid}").exists()


def test_identity_after_the_end(starter):
    """Asked too late, the identity is that of no process."""
    process = starter.shell("true")
    process.wait(None)
    assert process.identity.start_ticks == 0
    assert starter.processes.adopt(process.identity) is None


def test_choice_of_platform():
    """The factory picks the adapter of the platform."""
    posix = processes_for("linux", {})
    assert isinstance(posix, PosixProcesses)
    posix.close()
    assert isinstance(processes_for("win32", {}), WindowsProcesses)


class TestWindowsProcess:
    """The parts of the Windows adapter that do not depend on Windows."""

    @pytest.fixture
    def tree(self):
        popen = subprocess.Popen(
            ["/bin/sh", "-c", "sleep 60 & echo ready; wait"], stdout=subprocess.PIPE
        )
        assert popen.stdout
        assert popen.stdout.readline() == b"ready\n"
        process = WindowsProcess(psutil.Process(popen.pid), "boot", popen)
        yield process, popen
        process.kill()
        popen.wait()
        popen.stdout.close()

    def test_tree_is_killed(self, tree):
        """The children go with the process, and its end is told."""
        process, popen = tree
        assert process.wait(0.01) is None
        process.terminate()
        assert process.has_leftovers()
        process.kill()
        assert process.wait(DEADLINE_S) is not None
        assert popen.stdout.read() == b""
        process.close()

    def test_adoption(self, tree):
        """A process is adopted by its number and start time; its exit code is not known."""
        process, popen = tree
        processes = WindowsProcesses({})
        identity = process.identity._replace(boot_id=processes.boot_id())
        assert processes.adopt(identity._replace(start_ticks=1)) is None
        assert processes.adopt(identity._replace(pid=2**30)) is None
        adopted = processes.adopt(identity)
        assert adopted is not None
        assert adopted.wait(0.01) is None
        adopted.kill()
        popen.wait()
        assert adopted.wait(DEADLINE_S) == Exit()
        adopted.close()
        assert processes.adopt(identity) is None

    @pytest.mark.parametrize(
        ("error", "directory", "code"),
        [
            (FileNotFoundError(), None, Reason.PROGRAM_MISSING),
            (FileNotFoundError(), "/no/such", Reason.DIRECTORY_MISSING),
            (NotADirectoryError(), __file__, Reason.NOT_A_DIRECTORY),
            (PermissionError(), "/", Reason.PROGRAM_NOT_EXECUTABLE),
            (ValueError("null"), None, Reason.START_FAILED),
        ],
    )
    def test_start_errors(self, monkeypatch, error, directory, code):
        """Start errors have the reasons they have elsewhere."""

        def fail(*_args, **_kwargs):
            raise error

        monkeypatch.setattr(subprocess, "Popen", fail)
        launch = ProcessLaunch(("tool",), directory, {})
        with pytest.raises(StartFailed) as failed:
            WindowsProcesses({}).start(launch, 1)
        assert failed.value.why.code is code

    def test_what_windows_lacks(self, tmp_path):
        """There is no wrapper and nobody tells who writes to a file."""
        launch = ProcessLaunch(("tool",), None, {})
        assert WindowsProcesses({}).recorded(launch, tmp_path) is launch
        assert WindowsProcesses({}).holder_of(tmp_path) is None
