"""Private files are there whole or not at all."""

from __future__ import annotations

import os

import pytest

from deskcron.system.privatefile import write_private


def test_a_new_file_is_for_its_owner(tmp_path):
    """Nobody else can read it, whatever the umask, and nothing else is left beside it."""
    path = tmp_path / "x.json"
    before = os.umask(0)
    try:
        write_private(path, b"secret")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path):
    """What a link leads to is written, and the link stays one."""
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_private(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_is_no_plain_file_is_written_to(tmp_path):
    """A device or pipe is not replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_private(pipe, b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_place_that_is_not_there(tmp_path):
    """A missing directory is an error of the system."""
    with pytest.raises(FileNotFoundError):
        write_private(tmp_path / "no" / "x", b"")
