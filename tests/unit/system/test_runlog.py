"""Output files: made once, held while written to, read as text whatever the bytes are."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deskcron.domain.ports import LogChunk
from deskcron.system import runlog
from deskcron.system.runlog import FileRunLogs

SMILE = "😀"


@pytest.fixture
def logs(tmp_path):
    """Return the logs of an empty directory."""
    return FileRunLogs(tmp_path / "logs")


@pytest.fixture
def written(logs):
    """Return what makes a log with a content."""

    def write(content, run_id=1, attempt=1):
        fd = logs.create(run_id, attempt)
        os.write(fd, content)
        os.close(fd)
        return logs

    return write


def read_all(logs, limit):
    """Return a log read in pieces."""
    text, offset = "", 0
    while True:
        chunk = logs.read(1, 1, offset, limit)
        if chunk.next_offset == offset:
            return text
        text, offset = text + chunk.text, chunk.next_offset


def test_create_once(logs):
    """A second log of the same attempt is refused, for it would be a second start."""
    assert not logs.exists(1, 1)
    os.close(logs.create(1, 1))
    assert logs.exists(1, 1)
    with pytest.raises(FileExistsError):
        logs.create(1, 1)
    os.close(logs.create(1, 2))


def test_private(logs):
    """Logs are for their owner only, and so are the directories made for them."""
    os.close(logs.create(1234, 1))
    path = logs.path(1234, 1)
    assert path.parent.name == "000001"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_create_at_once_from_many_threads(logs):
    """The first logs of a thousand may come at the same time."""
    with ThreadPoolExecutor(8) as pool:
        for fd in pool.map(lambda run_id: logs.create(run_id, 1), range(64)):
            os.close(fd)
    assert [run_id for run_id, _, _ in logs.all_logs()] == list(range(64))


def test_held_while_open(logs):
    """A log is held as long as any copy of its descriptor is open."""
    assert not logs.is_held(1, 1)
    fd = logs.create(1, 1)
    copy = os.dup(fd)
    os.close(fd)
    assert logs.is_held(1, 1)
    os.close(copy)
    assert not logs.is_held(1, 1)


def test_create_waits_for_a_look(logs, monkeypatch):
    """A look at a log that is just being made does not keep it from being locked."""
    answers = iter([False, False, True])
    monkeypatch.setattr(runlog, "try_lock", lambda fd: next(answers))
    os.close(logs.create(1, 1))


def test_no_locks(logs, monkeypatch):
    """Where the file system has no locks, no log is left that would look like a start."""

    def refuse(fd, kind):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="No locks"):
        logs.create(1, 1)
    assert not logs.exists(1, 1)


def test_discard(logs):
    """Discarding removes log and record, and is silent about those that are not there."""
    os.close(logs.create(1, 1))
    logs.record_path(1, 1).write_text("started 1\n")
    logs.discard(1, 1)
    logs.discard(1, 1)
    assert list(logs.path(1, 1).parent.iterdir()) == []


def test_all_logs(logs, written, tmp_path):
    """All logs are listed by run and attempt, as numbers; other files are passed over."""
    assert list(logs.all_logs()) == []
    for run_id, attempt in [(1000, 1), (9, 10), (9, 2), (10, 1), (2_000_000_000, 1)]:
        written(b"x" * attempt, run_id, attempt)
    logs.record_path(9, 2).write_text("started 1\n")
    (tmp_path / "logs" / "000000" / "note.log").write_text("?")
    (tmp_path / "logs" / "other").mkdir()
    found = [(9, 2, 2), (9, 10, 10), (10, 1, 1), (1000, 1, 1), (2_000_000_000, 1, 1)]
    assert list(logs.all_logs()) == found
    assert logs.size_bytes(9, 10) == 10
    assert logs.size_bytes(9, 11) == 0


def test_not_text(written):
    """Bytes that are not UTF-8 become replacement characters."""
    assert read_all(written(b"a\xff\xfeb\xc3"), 100) == "a\ufffd\ufffdb\ufffd"


def test_nul_bytes(written):
    """NUL bytes are kept."""
    assert read_all(written(b"a\0b\0"), 100) == "a\0b\0"


@pytest.mark.parametrize("limit", range(1, 9))
def test_split_characters(written, limit):
    """However small the pieces are, no character is split."""
    text = f"a{SMILE}é{SMILE}{SMILE}€z"
    assert read_all(written(text.encode()), limit) == text


def test_half_written_character(logs):
    """A character whose end is not written yet waits, until nobody can write it any more."""
    fd = logs.create(1, 1)
    os.write(fd, b"ab" + SMILE.encode()[:2])
    assert logs.read(1, 1, 0, 100) == LogChunk("ab", 2)
    assert logs.read(1, 1, 2, 100) == LogChunk("", 2)
    os.write(fd, SMILE.encode()[2:] + SMILE.encode()[:3])
    assert logs.read(1, 1, 2, 100) == LogChunk(SMILE, 6)
    os.close(fd)
    assert logs.read(1, 1, 6, 100) == LogChunk("\ufffd", 9)
    assert logs.read(1, 1, 9, 100) == LogChunk("", 9)


def test_reading_what_is_not_there(logs, written):
    """No log reads as nothing, and an offset behind the end comes back as the end."""
    assert logs.read(2, 1, 10, 100) == LogChunk("", 0)
    written(b"short")
    assert logs.read(1, 1, 100, 100) == LogChunk("", 5)


@pytest.fixture
def collapsing(tmp_path_factory):
    """Return logs on a disk whose file system can cut a file's front off."""
    logs = FileRunLogs(tmp_path_factory.mktemp("logs"))
    fd = logs.create(99, 1)
    os.write(fd, b"x" * 3_000_000)
    os.close(fd)
    if logs.keep_newest(99, 1, 1_000_000) is None:
        pytest.skip("the file system cannot collapse ranges")
    return logs


def test_keep_newest_of_a_growing_file(collapsing):
    """The oldest lines go while a writer appends; what remains is whole and in order."""
    fd = collapsing.create(1, 1)
    has_much, is_cut = threading.Event(), threading.Event()

    def write():
        for number in range(60_000):
            os.write(fd, b"%019d\n" % number)
            if number == 40_000:
                has_much.set()
                is_cut.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    assert has_much.wait(20)
    dropped = collapsing.keep_newest(1, 1, 100_000)
    is_cut.set()
    dropped += collapsing.keep_newest(1, 1, 100_000)
    writer.join()
    os.close(fd)
    assert 600_000 < dropped < 1_200_000
    content = collapsing.path(1, 1).read_bytes()
    assert len(content) + dropped == 60_000 * 20
    lines = content.splitlines()[1:]
    assert [int(line) for line in lines] == list(range(60_000 - len(lines), 60_000))


def test_keep_newest_within_the_limit(collapsing):
    """A log within its limit, or without a whole block to spare, stays as it is."""
    assert collapsing.keep_newest(2, 1, 100) == 0
    fd = collapsing.create(1, 1)
    os.write(fd, b"x" * 1000)
    os.close(fd)
    assert collapsing.keep_newest(1, 1, 1000) == 0
    assert collapsing.keep_newest(1, 1, 100) == 0
    assert collapsing.size_bytes(1, 1) == 1000


@pytest.mark.parametrize("limit", [0, 1, 4096])
def test_keep_newest_with_a_tiny_limit(collapsing, limit):
    """Never all of a log is dropped."""
    fd = collapsing.create(1, 1)
    os.write(fd, b"x" * 40_960)
    os.close(fd)
    assert collapsing.keep_newest(1, 1, limit) in range(1, 40_960)


def test_keep_newest_where_it_cannot(written, tmp_path):
    """None tells that the file system cannot, and nothing is lost."""
    if not Path("/dev/shm").is_dir():
        pytest.skip("needs a tmpfs")
    name = f"/dev/shm/{tmp_path.parent.name}-{tmp_path.name}"
    Path(name).mkdir()
    logs = FileRunLogs(name)
    try:
        fd = logs.create(1, 1)
        os.write(fd, b"x" * 100_000)
        os.close(fd)
        assert logs.keep_newest(1, 1, 10_000) in {None, 94_208}
    finally:
        logs.discard(1, 1)
        os.removedirs(f"{name}/000000")
