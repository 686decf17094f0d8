"""A process goes on when its starter dies, and is found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.ports import Exit, ProcessIdentity
from deskcron.system.runlog import FileRunLogs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="adoption is tested on Linux")
DEADLINE_S = 20.0
STARTER = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from deskcron.domain.action import ProcessLaunch
    from deskcron.system.processes.posix import PosixProcesses
    from deskcron.system.runlog import FileRunLogs

    logs, fifo = FileRunLogs(Path(sys.argv[1])), sys.argv[2]
    fd = logs.create(7, 1)
    script = 'echo before; read line < "$0"; echo "$line"'
    launch = ProcessLaunch(("/bin/sh", "-c", script, fifo), None, {})
    process = PosixProcesses(os.environ).start(launch, fd)
    os.close(fd)
    print(*process.identity, flush=True)
    signal.pause()
""")


@pytest.fixture
def orphan(tmp_path):
    """Start a job from another process and kill that process."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    command = [sys.executable, "-c", STARTER, str(tmp_path / "logs"), str(fifo)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as starter:
        assert starter.stdout
        pid, ticks, boot_id = starter.stdout.readline().split()
        starter.kill()
    identity = ProcessIdentity(int(pid), int(ticks), boot_id)
    yield identity, fifo, FileRunLogs(tmp_path / "logs")
    try:
        os.killpg(identity.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_adopted_after_the_starter_died(orphan, processes):
    """The child goes on, its log is held and complete, and its end is seen without its code."""
    identity, fifo, logs = orphan
    assert logs.is_held(7, 1)
    assert processes.holder_of(logs.path(7, 1)) == identity
    adopted = processes.adopt(identity)
    assert adopted is not None
    assert adopted.identity == identity
    assert adopted.fileno() >= 0
    assert adopted.wait(0.01) is None
    fifo.write_text("after\n")
    assert adopted.wait(DEADLINE_S) == Exit()
    assert adopted.wait(None) == Exit()
    assert not adopted.has_leftovers()
    adopted.close()
    adopted.close()
    assert logs.read(7, 1, 0, 1000).text == "before\nafter\n"
    assert not logs.is_held(7, 1)
    assert processes.holder_of(logs.path(7, 1)) is None
    assert processes.adopt(identity) is None


@pytest.mark.parametrize("way", ["terminate", "kill"])
def test_adopted_tree_is_stopped(orphan, processes, way):
    """An adopted process is ended like one that was started here."""
    identity, _fifo, logs = orphan
    adopted = processes.adopt(identity)
    assert adopted is not None
    getattr(adopted, way)()
    assert adopted.wait(DEADLINE_S) == Exit()
    adopted.close()
    assert not logs.is_held(7, 1)


def test_strangers_are_not_adopted(orphan, processes):
    """Another boot, another start time and impossible numbers are other processes."""
    identity, _fifo, _logs = orphan
    for stranger in (
        identity._replace(boot_id="another"),
        identity._replace(start_ticks=identity.start_ticks + 1),
        identity._replace(pid=0),
        identity._replace(pid=2**30),
    ):
        assert processes.adopt(stranger) is None


def test_zombies_are_not_adopted(starter):
    """A process that has ended and waits to be collected does not run."""
    process = starter.shell("true")
    identity = process.identity
    os.waitid(os.P_PID, identity.pid, os.WEXITED | os.WNOWAIT)
    assert starter.processes.adopt(identity) is None


def test_adopted_tree_by_its_key(starter):
    """The key of a tree is read from the adopted process, so that escaped children are found."""
    # shells that wait: a process that is just being replaced by another program has no key to read
    process = starter.shell("(setsid sh -c 'echo ready; sleep 60; :' &); sleep 60; :")
    assert starter.output.line() == "ready"
    adopted = starter.processes.adopt(process.identity)
    assert adopted is not None
    adopted.kill()
    process.wait(DEADLINE_S)
    adopted.close()
    starter.output.rest()


def test_a_reader_of_the_log_is_not_its_holder(starter, tmp_path):
    """Who only looks at a log does not hold it, and neither do we."""
    logs = FileRunLogs(tmp_path)
    fd = logs.create(1, 1)
    log = logs.path(1, 1)
    launch = ProcessLaunch(
        ("/bin/sh", "-c", f"exec 3<'{log}'; echo ready; exec sleep 60"), None, {}
    )
    starter.launch(launch)
    assert starter.output.line() == "ready"
    assert starter.processes.holder_of(log) is None
    assert starter.processes.holder_of(tmp_path / "none") is None
    os.close(fd)
