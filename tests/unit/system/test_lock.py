"""One engine per data directory: the lock dies with its holder and tells who that is."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.ports import LockHolder
from deskcron.system.lock import FileEngineLock

HOLDER = """
import sys
from deskcron.system.lock import FileEngineLock
lock = FileEngineLock(sys.argv[1])
print(lock.acquire("daemon"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    """Return where the lock is."""
    return tmp_path / "engine.lock"


def test_free_and_taken(path):
    """A free lock has no holder; a taken one tells pid and role."""
    lock = FileEngineLock(path)
    assert lock.holder() is None
    assert lock.acquire("gui")
    assert lock.acquire("gui")
    assert lock.holder() == LockHolder(os.getpid(), "gui", None)
    lock.release()
    lock.release()
    assert lock.holder() is None
    assert path.stat().st_mode & 0o777 == 0o600


def test_second_one_waits(path):
    """A second engine is refused until the first gives the lock back."""
    first, second = FileEngineLock(path), FileEngineLock(path)
    assert first.acquire("gui")
    assert not second.acquire("daemon")
    assert first.holder() == second.holder()
    first.release()
    assert second.acquire("daemon")
    second.release()


def test_beat(path):
    """The first and the last beat are told, and only by the holder."""
    lock = FileEngineLock(path)
    now = datetime(2026, 7, 1, 12, 30, 15, 250_000, tzinfo=UTC)
    lock.beat(now)
    assert not path.exists()
    lock.acquire("gui")
    size = path.stat().st_size
    lock.beat(now)
    assert lock.holder() == LockHolder(os.getpid(), "gui", now, now)
    later = now + timedelta(seconds=5)
    lock.beat(later)
    assert lock.holder() == LockHolder(os.getpid(), "gui", later, now)
    assert path.stat().st_size == size
    lock.release()
    lock.acquire("daemon")
    assert lock.holder() == LockHolder(os.getpid(), "daemon", None)
    lock.release()


def test_dies_with_its_holder(path):
    """The lock of a killed process is free, whatever its file says."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"True\n"
        lock = FileEngineLock(path)
        assert not lock.acquire("gui")
        assert lock.holder() == LockHolder(other.pid, "daemon", None)
        other.kill()
        other.wait()
        assert lock.holder() is None
        assert lock.acquire("gui")
        lock.release()


def test_not_inherited(path):
    """A child that outlives the engine does not keep the lock."""
    lock = FileEngineLock(path)
    lock.acquire("gui")
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, close_fds=False):
        lock.release()
        other = FileEngineLock(path)
        while not other.acquire("gui"):  # the kernel closes just after the start has returned
            pass
        other.release()


@pytest.mark.parametrize(
    "text", [b"", b"garbage", b"{}", b"[1]", b'{"pid": "x", "role": 1}', b"\xff"]
)
def test_unreadable_text(path, text):
    """A lock with a text that cannot be read is held by someone unknown."""
    lock = FileEngineLock(path)
    lock.acquire("gui")
    path.write_bytes(text)
    assert FileEngineLock(path).holder() == LockHolder(0, "", None)
    lock.release()


def test_replaced_file(path):
    """A lock on a file that has been replaced meanwhile does not count."""
    held = FileEngineLock(path)
    held.acquire("gui")
    path.unlink()
    other = FileEngineLock(path)
    assert other.acquire("daemon")
    other.release()
    held.release()


def test_place_that_cannot_be_used(tmp_path):
    """A missing directory is told in words."""
    with pytest.raises(StoreUnavailable, match="gone"):
        FileEngineLock(tmp_path / "gone" / "engine.lock").acquire("gui")


def test_full_disk(path, monkeypatch):
    """A beat that cannot be written is left out."""
    lock = FileEngineLock(path)
    lock.acquire("gui")

    def refuse(fd, data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        lock.beat(datetime(2026, 7, 1, tzinfo=UTC))
    assert lock.holder() == LockHolder(os.getpid(), "gui", None)
    lock.release()
