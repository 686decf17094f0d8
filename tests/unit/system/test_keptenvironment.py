"""Environments of runs are kept once for equal ones, and go with the last of them."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deskcron.domain.concealing import MASK
from deskcron.system import keptenvironment
from deskcron.system.runlog import FileRunLogs


@pytest.fixture
def logs(tmp_path: Path) -> FileRunLogs:
    """Return the logs of a data directory with three runs."""
    logs = FileRunLogs(tmp_path)
    for run in (1, 2, 3):
        os.close(logs.create(run, 1))
    return logs


def files(tmp_path: Path) -> list[Path]:
    """Return the files of environments."""
    return sorted(tmp_path.glob("*/*.env*"))


def test_round(logs, tmp_path):
    """What is kept comes back, and only its owner may read it."""
    assert logs.environment(1, 1) is None
    logs.keep_environment(1, 1, {"A": "ü", "B": ""})
    assert logs.environment(1, 1) == {"A": "ü", "B": ""}
    assert {file.stat().st_mode & 0o777 for file in files(tmp_path)} == {0o600}


def test_masks(logs):
    """What may be a secret is not written."""
    for token in ("one", "two"):
        logs.keep_environment(1, 1, {"API_TOKEN": token})
        assert logs.environment(1, 1) == {"API_TOKEN": MASK}


def test_equal_ones(logs, tmp_path):
    """Equal environments share one file; each stays until the last run goes."""
    logs.keep_environment(1, 1, {"A": "1"})
    logs.keep_environment(2, 1, {"A": "1"})
    logs.keep_environment(3, 1, {"A": "2"})
    assert len({file.stat().st_ino for file in files(tmp_path)}) == 2
    logs.discard(1, 1)
    assert logs.environment(2, 1) == {"A": "1"}
    logs.discard(2, 1)
    logs.discard(2, 1)
    assert len(files(tmp_path)) == 2
    logs.discard(3, 1)
    assert files(tmp_path) == []


def test_empty_output(logs):
    """An environment stays when the output of its run goes."""
    logs.keep_environment(1, 1, {"A": "1"})
    logs.drop_output(1, 1)
    assert not logs.exists(1, 1)
    assert logs.environment(1, 1) == {"A": "1"}


def test_again(logs):
    """A run that is started once more keeps what it is started with now."""
    logs.keep_environment(1, 1, {"A": "1"})
    logs.keep_environment(1, 1, {"A": "2"})
    assert logs.environment(1, 1) == {"A": "2"}


def test_at_once(tmp_path):
    """Many runs that start at once do not get in each other's way."""
    logs = FileRunLogs(tmp_path)
    for run in range(40):
        os.close(logs.create(run, 1))
    with ThreadPoolExecutor(8) as pool:
        kept = pool.map(lambda run: logs.keep_environment(run, 1, {"A": "x" * 5000}), range(40))
        assert list(kept) == [None] * 40
    assert all(logs.environment(run, 1) for run in range(40))
    assert len({file.stat().st_ino for file in files(tmp_path)}) <= 8


def test_no_links(logs, monkeypatch):
    """Where the file system has no links, each run has a file of its own."""

    def refuse(_source: str, _target: str) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(keptenvironment.os, "link", refuse)
    logs.keep_environment(1, 1, {"A": "1"})
    assert logs.environment(1, 1) == {"A": "1"}


def test_damage(logs):
    """A file that was cut short by a power loss counts as none."""
    logs.keep_environment(1, 1, {"A": "1"})
    logs.path(1, 1).with_suffix(".env").write_bytes(b'{"A"')
    assert logs.environment(1, 1) is None
