"""What every wake channel does, and what the FIFO adds."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deskcron.system import wake
from deskcron.system.wake import FifoWakeChannel, TickWakeChannel, wake_channel_for

DEADLINE_S = 20.0
fifo_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")


@pytest.fixture
def path(tmp_path):
    """Return where the FIFO is."""
    return tmp_path / "wake"


@pytest.fixture(
    params=[pytest.param("fifo", marks=fifo_only), "tick", pytest.param("broken", marks=fifo_only)]
)
def channel(request, path, tmp_path, expected_logs):
    """Return each kind, and a FIFO where none can be made."""
    if request.param == "tick":
        made = TickWakeChannel()
    else:
        made = FifoWakeChannel(path if request.param == "fifo" else tmp_path / "gone" / "wake")
    yield made
    made.close()


def test_nobody_listens(channel):
    """A nudge without a listener tells so."""
    assert channel.nudge() is False


def test_wait_ends_with_its_time(channel):
    """Without a nudge a wait answers False when its time is over."""
    channel.open()
    assert channel.wait(0.01) is False
    assert channel.wait(0) is False


def test_close_ends_a_wait(channel):
    """Closing from another thread ends a wait at once, and closing twice is safe."""
    channel.open()
    answers = []
    waiter = threading.Thread(target=lambda: answers.append(channel.wait(60)))
    waiter.start()
    channel.close()
    waiter.join(DEADLINE_S)
    assert answers == [False]
    channel.close()
    assert channel.nudge() is False


def test_open_again(channel):
    """A channel that was closed can be opened again."""
    channel.open()
    channel.close()
    channel.open()
    assert channel.wait(0.01) is False


@fifo_only
class TestFifo:
    @pytest.fixture
    def listening(self, path):
        channel = FifoWakeChannel(path)
        channel.open()
        yield channel
        channel.close()

    def test_nudges_are_taken_together(self, listening, path):
        """A nudge ends a wait, before it or during it; several count as one."""
        caller = FifoWakeChannel(path)
        assert caller.nudge()
        assert caller.nudge()
        assert listening.wait(DEADLINE_S) is True
        assert listening.wait(0) is False

    def test_nudge_from_another_process(self, listening, path):
        """A nudge reaches the engine from another process."""
        script = (
            "import sys; from pathlib import Path; from deskcron.system.wake import *;"
            "sys.exit(not FifoWakeChannel(Path(sys.argv[1])).nudge())"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        with subprocess.Popen([sys.executable, "-c", script, str(path)], env=environment) as other:
            assert listening.wait(DEADLINE_S) is True
            assert other.wait(DEADLINE_S) == 0

    def test_flood(self, listening, path):
        """Nudges that nobody takes neither block nor fail."""
        caller = FifoWakeChannel(path)
        fd = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(fd, b"x" * 4096)
        os.close(fd)
        assert caller.nudge()
        assert listening.wait(DEADLINE_S)
        assert listening.wait(0) is False

    def test_listener_is_gone(self, path):
        """The FIFO of a closed engine stays and has no listener."""
        channel = FifoWakeChannel(path)
        channel.open()
        channel.close()
        assert path.is_fifo()
        assert path.stat().st_mode & 0o777 == 0o600
        assert channel.nudge() is False

    @pytest.mark.parametrize("kind", ["file", "link"])
    def test_something_else_in_its_place(self, path, tmp_path, kind):
        """Another file of that name takes no nudges and is replaced by a listener."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.write_text("kept")
        path.write_text("") if kind == "file" else path.symlink_to(elsewhere)
        channel = FifoWakeChannel(path)
        assert channel.nudge() is False
        channel.open()
        assert path.is_fifo()
        assert channel.nudge() is True
        assert elsewhere.read_text() == "kept"
        channel.close()


@fifo_only
def test_choice(path, monkeypatch):
    """The FIFO is chosen where there are FIFOs."""
    assert isinstance(wake_channel_for(path), FifoWakeChannel)
    monkeypatch.delattr(wake.os, "mkfifo")
    assert isinstance(wake_channel_for(path), TickWakeChannel)
